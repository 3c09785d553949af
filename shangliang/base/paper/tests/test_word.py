"""The Word file takes any words that were once kept."""

import io

import docx

from shangliang.base.paper.word import Sheet


def test_signs_that_xml_does_not_allow_are_left_out_and_old_breaks_stay_breaks():
    sheet = Sheet("关于\x0b路灯\x00的建议" + "长" * 300)
    sheet.headline("关于\x01路灯")
    sheet.passage("第一行\x0b第二行\ufffe\ud800")
    out = io.BytesIO()
    sheet.document.save(out)
    read = docx.Document(io.BytesIO(out.getvalue()))
    assert read.core_properties.title.startswith("关于 路灯的建议")
    assert [row.text for row in read.paragraphs if row.text] == ["关于路灯", "第一行\n第二行"]
