"""The statement on paper stands on the page of the standard."""

import pytest

from shangliang.base.paper.press import printed
from shangliang.base.paper.tests import reading
from shangliang.ledgers.points import sheets

LINES = 60  # more than two pages of them
NOTE = "水渠两岸住着人家" * 7 * LINES
NAME = "镕堃喆玥旻昇翀"


def sheet(**more):
    row = ["2026-09-01", "接待群众", "每次 2 分", "+2", "12"]
    said = {
        "title": "委员履职明白账", "name": NAME, "about": "清溪县政协　2026年第三季度",
        "heads": sheets.heads(),
        "rows": [row] * 9, "sums": [["现有", "12"]], "note": NOTE, "qr": "M0 0h1v1h-1z",
        "scan": ["验真：扫码，或到", "a.example/p", "输入验证码和姓名", "0123-4567"],
        "issuer": "清溪县政协", "date": "2026年11月26日", "sample": None,
    }  # fmt: skip
    return printed(sheets.STATEMENT, said | more)


def test_its_pages_stand_on_the_standards_grid():
    """GB/T 9704-2012: margins 37, 35, 28, 26 mm, 22 lines of 28 characters, lines 28.99 pt apart."""
    found = reading.grid(sheet(), 1)
    assert (found.lines, found.characters) == (22, 28)
    assert (found.left, found.right) == (pytest.approx(28, abs=0.1), pytest.approx(26, abs=0.1))
    assert (found.pitch, found.advance) == (pytest.approx(28.99, abs=0.02), pytest.approx(15.79, abs=0.02))
    half = 28.99 / 2 / reading.MM
    assert (found.first - half, found.last - half) == (pytest.approx(37, abs=0.3), pytest.approx(35, abs=0.3))


def test_rare_characters_of_a_name_are_not_blank():
    assert reading.inked(sheet(note="以账上为准。"), NAME)
