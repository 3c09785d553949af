"""The bulletin on paper."""

import pypdfium2
import pytest

from shangliang.base.paper.press import lined, printed
from shangliang.base.paper.tests import reading
from shangliang.base.people import queries as people
from shangliang.flow.reports import actions, queries, sheets

from .story import SAID, signed


@pytest.mark.parametrize(
    ("title", "lines"),
    [("路灯没有人管", [6]), ("关" * 20, [20]), ("关" * 21, [11, 10]), ("关" * 50, [17, 17, 16])],
)
def test_a_long_title_breaks_evenly(title, lines):
    assert [len(line) for line in lined(title).split("\n")] == lines


def test_a_number_with_its_items_on_a4(world):
    codes = [
        signed(world, title=f"关于第{n}条巷子路灯的情况", urgent=n == 1, situation="情况属实。" * 40).code
        for n in range(2)
    ]
    made = actions.issue(world.county, by=world.officer, reports=codes, to_own=True, to_upper=True)
    items = queries.items(made)
    names = people.names({world.member.key, world.leader.key})
    said = sheets.bulletin(made, items, names)
    assert (said["signer"], said["urgent"]) == ("秦主席", "特急")
    pages = pypdfium2.PdfDocument(printed(sheets.BULLETIN, said))
    wide, high = (round(n / 72 * 25.4) for n in pages[0].get_size())
    assert (wide, high) == (210, 297)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    for words in ("总第1期", "签发人", "第0条巷子", "第1条巷子", "岳委员", "上一级政协", SAID.advice[:8]):
        assert words in text


def test_its_pages_stand_on_the_standards_grid(world):
    """GB/T 9704-2012: margins 37, 35, 28, 26 mm, 22 lines of 28 characters, lines 28.99 pt apart."""
    one = signed(world, situation="水渠两岸住着人家" * 70, analysis="水渠两岸住着人家" * 70)
    made = actions.issue(world.county, by=world.officer, reports=[one.code], to_own=True, to_upper=False)
    pdf = printed(sheets.BULLETIN, sheets.bulletin(made, queries.items(made), {}))
    found = reading.grid(pdf, 1)
    assert (found.lines, found.characters) == (22, 28)
    assert found.left == pytest.approx(28, abs=0.1)
    assert found.right == pytest.approx(26, abs=0.1)
    assert found.pitch == pytest.approx(28.99, abs=0.02)
    assert found.advance == pytest.approx(15.79, abs=0.02)
    half = 28.99 / 2 / reading.MM
    assert found.first - half == pytest.approx(37, abs=0.3)
    assert found.last - half == pytest.approx(35, abs=0.3)


def test_rare_characters_of_names_are_not_blank(world):
    one = signed(world, situation="镕堃喆玥旻昇翀犇赟家门口的路灯夜里都不亮")
    made = actions.issue(world.county, by=world.officer, reports=[one.code], to_own=True, to_upper=False)
    pdf = printed(sheets.BULLETIN, sheets.bulletin(made, queries.items(made), {}))
    assert "镕堃喆玥旻昇翀犇赟" in reading.text(pdf)
    assert reading.inked(pdf, "镕堃喆玥旻昇翀犇赟")


def test_as_a_word_file_it_says_the_same_on_the_same_page(world):
    codes = [signed(world, title=f"关于第{n}条巷子路灯的情况").code for n in range(2)]
    made = actions.issue(world.county, by=world.officer, reports=codes, to_own=True, to_upper=True)
    items = queries.items(made)
    said = sheets.bulletin(made, items, people.names({world.member.key, world.leader.key}))
    found = reading.word(sheets.word(said))
    page = found.sections[0]
    lengths = (page.page_width, page.page_height, page.top_margin, page.bottom_margin)
    assert [round(n.mm) for n in (*lengths, page.left_margin, page.right_margin)] == [
        210,
        297,
        37,
        35,
        28,
        26,
    ]
    assert page._sectPr.xpath("string(w:docGrid/@w:linePitch)") == "579"  # 28.95 points: 22 lines in 225 mm
    words = "\n".join(row.text for row in found.paragraphs)
    for said_so in ("总第1期", "签发人：秦主席", "第0条巷子", "第1条巷子", "岳委员", SAID.advice, "报送："):
        assert said_so in words
    order = ["w:pBdr", "w:autoSpaceDE", "w:snapToGrid", "w:spacing", "w:ind", "w:jc"]
    for row in found.element.body.iter("{*}pPr"):
        names = [f"w:{child.tag.rpartition('}')[2]}" for child in row]
        there = [name for name in names if name in order]
        assert there == sorted(there, key=order.index)  # Word refuses another order
