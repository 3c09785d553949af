"""The bulletin on paper."""

import pypdfium2
import pytest

from shangliang.base.paper.press import printed
from shangliang.base.people import queries as people
from shangliang.flow.reports import actions, queries, sheets

from .story import SAID, signed


@pytest.mark.parametrize(
    ("title", "lines"),
    [("路灯没有人管", [6]), ("关" * 20, [20]), ("关" * 21, [11, 10]), ("关" * 50, [17, 17, 16])],
)
def test_a_long_title_breaks_evenly(title, lines):
    assert [len(line) for line in sheets.lined(title).split("\n")] == lines


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
