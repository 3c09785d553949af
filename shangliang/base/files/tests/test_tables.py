"""A table is read as its writer sees it, or refused in words; none makes us large or slow."""

import io
import resource
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.base.files import tables
from shangliang.base.ui import spreadsheets

TABLE = [["姓名", "登录名"], ["欧阳昇翀", "ouyang"], ["", ""], ["何䶮", "he"]]


def read(content, name="名册.xlsx"):
    return tables.rows(SimpleUploadedFile(name, content))


def altered(*, sheet="", head="", drop=(), **parts):
    """A good workbook with its sheet's rows replaced, and other parts put in (`__` is /, `_dot_` is .)."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(spreadsheets.as_workbook(TABLE))) as good,
        zipfile.ZipFile(out, "w", 8) as bad,
    ):
        for name in good.namelist():
            said = good.read(name).decode()
            if sheet and name.endswith("sheet1.xml"):
                start, end = said.index("<sheetData>") + 11, said.index("</sheetData>")
                said = said[:start] + sheet + said[end:]
            if head and name.endswith("sheet1.xml"):
                said = said.replace("?>", f"?>{head}", 1)
            if name not in drop:
                bad.writestr(name, said)
        for name, said in parts.items():
            bad.writestr(name.replace("__", "/").replace("_dot_", "."), said)
    return out.getvalue()


def test_a_workbook_and_a_csv_say_the_same():
    as_csv = spreadsheets.as_csv(TABLE)
    assert read(spreadsheets.as_workbook(TABLE)) == TABLE
    assert read(as_csv, "名册.csv") == TABLE
    assert read(as_csv.decode("utf-8-sig").encode("gb18030"), "名册.csv") == TABLE


def test_numbers_and_days_are_read_as_they_are_written():
    row = '<row r="1"><c r="A1"><v>139</v></c><c r="B1"><v>1.5</v></c><c r="C1" t="b"><v>1</v></c></row>'
    assert read(altered(sheet=row)) == [["139", "1.5", "TRUE"]]


def test_wide_and_unbreakable_blanks_are_blanks():
    table, plain = (
        [["姓　名", "界\u00a0别"], ["\u3000Li\u2003Ming\u00a0", ""]],
        [["姓 名", "界 别"], ["Li Ming", ""]],
    )
    assert read(spreadsheets.as_workbook(table)) == plain
    assert read(spreadsheets.as_csv(table), "名册.csv") == plain


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("王 明", "王明"),
        ("登  录 名", "登录名"),
        ("何 䶮", "何䶮"),
        ("王明 李四", "王明 李四"),
        ("Li Ming", "Li Ming"),
        ("王", "王"),
    ],
)
def test_only_single_characters_written_apart_are_put_together(written, meant):
    assert tables.together(written) == meant


def cell(place, text="x"):
    row = "".join(ch for ch in place if ch.isdigit())
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'


FORMULA = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1+1</f><v>2</v></c></row>'
BOMB = "<!DOCTYPE x [<!ENTITY a 'zq'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)
LINKED = (
    '<Relationships><Relationship Id="r" TargetMode="External" Target="https://x.example/"/></Relationships>'
)
HOSTILE = {
    "far cell": (altered(sheet=cell("XFD1048576")), "第 1048576 行在表格外面很远"),
    "far row": (altered(sheet=cell("A900000")), "很远"),
    "far column": (altered(sheet=cell("ZZ1")), "很远"),
    "far row without a cell's place": (altered(sheet='<row r="1048576"><c t="s"/></row>'), "很远"),
    "formula": (altered(sheet=FORMULA), "B1 这一格是公式"),
    "prefixed formula": (altered(sheet=FORMULA.replace("<f>", "<x:f>")), "是公式"),
    "entities": (altered(head=BOMB + "]>", sheet=cell("A1", "&j;")), "不该有的定义"),
    "macro": (altered(xl__vbaProject_dot_bin=b"Sub x"), "带着宏"),
    "macro sheet": (altered(xl__macrosheets__sheet1_dot_xml=b"<x/>"), "带着宏"),
    "link to elsewhere": (altered(xl__worksheets___rels__sheet1_dot_xml_dot_rels=LINKED), "外部链接"),
    "link book": (altered(xl__externalLinks__externalLink1_dot_xml=b"<x/>"), "外部链接"),
    "bomb": (altered(xl__media__a_dot_bin=bytes(80 << 20)), "太大"),
    "sheet that is a bomb": (altered(sheet=cell("A1", "x" * (70 << 20))), "太大"),
    "many parts": (altered(**{f"xl__m{n}_dot_bin": b"x" for n in range(200)}), "太大"),
    "another encoding": (altered(xl__worksheets__b_dot_xml=cell("A1").encode("utf-16")), "打不开"),
    "another encoding said": (altered(xl__b_dot_xml=b'<?xml version="1.0" encoding="utf-7"?><a/>'), "打不开"),
    "twice the same part": (altered(XL__workbook_dot_xml=b"<x/>"), "打不开"),
    "open document within": (altered(content_dot_xml=b"<x/>"), "这不是 XLSX"),
    "no book": (altered(drop=("xl/workbook.xml",)), "这不是 XLSX"),
    "no sheet": (altered(drop=("xl/worksheets/sheet1.xml",)), "打不开"),
    "cut off": (spreadsheets.as_workbook(TABLE)[:300], "这不是 XLSX"),
    "only a head": (b"PK\x03\x04", "这不是 XLSX"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "读不成表格"),
    "too many rows": (spreadsheets.as_workbook([["a"]] * 30_002), "很远"),
    "a long cell": (spreadsheets.as_workbook([["长" * 301]]), "第 1 行有一格"),
    "turned round": (spreadsheets.as_workbook([["\u202eab"]]), "第 1 行有一格"),
    "a control character": (spreadsheets.as_csv([["王\x07明"]]), "第 1 行有一格"),
    "a line's end": (spreadsheets.as_workbook([["王\u2028明"]]), "第 1 行有一格"),
    "nul csv": (b"a\x00b", "读不成表格"),
    "too many rows in csv": (b"a\r\n" * 30_002, "最多 30000 行"),
    "wide csv": (b"," * 100_000, "很远"),
    "too large": (b"x" * (tables.MOST_BYTES + 1), "6 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_table_is_refused_in_words(name):
    content, words = HOSTILE[name]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.process_time()
    with pytest.raises(ValidationError) as told:
        read(content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert words in " ".join(told.value.messages)
    assert time.process_time() - began + after.ru_utime - before.ru_utime < 8
    # Kilobytes of the largest child so far: of ours, unless one before was larger.
    assert after.ru_maxrss < 400 * 1024 or after.ru_maxrss == before.ru_maxrss


def test_past_the_looking_the_far_cell_ends_the_child_and_nothing_else(monkeypatch, tmp_path):
    """Planted: the guard's eye shut. Its memory's limit holds."""
    import subprocess
    import sys

    path = tmp_path / "far.xlsx"
    path.write_bytes(altered(sheet=cell("A1") + cell("XFD1048576")))
    ask = (
        "import resource, sys; from shangliang.base.files import workbook;"
        "workbook._look_at = lambda *_: None;"
        "resource.setrlimit(resource.RLIMIT_AS, (workbook.MEMORY, workbook.MEMORY));"
        "print(workbook.read(sys.argv[1], 2_000_000, 20_000)['said'])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", ask, str(path)], capture_output=True, text=True, check=False
    )
    assert ended.stdout.strip() != "ok"


def test_what_is_taken_along_holds_no_formula():
    assert read(spreadsheets.as_csv([["=1+1", "+1", "@x", "-1"]]), "x.csv") == [
        ["'=1+1", "'+1", "'@x", "'-1"]
    ]
    assert read(spreadsheets.as_workbook([["=1+1", "<a>&"]])) == [["=1+1", "<a>&"]]
