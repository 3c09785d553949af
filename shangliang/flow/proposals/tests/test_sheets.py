"""Letters, the bound proposals and the list that offices keep."""

from datetime import timedelta
from itertools import pairwise

import pypdfium2
import pytest

from shangliang.base import clock
from shangliang.base.paper.press import printed
from shangliang.base.people import queries as people
from shangliang.flow.proposals import actions, queries, sheets

from .story import TEXT, answered, assigned, filed, joint, part

MM = 72 / 25.4
PITCH, CHARACTER = 225 / 22 * MM, 156 / 28 * MM  # GB/T 9704: 22 lines of 28 characters


def names_of(*rows):
    return people.names({one.person for row in rows for one in row.signatures.all()})


def boxes(page):
    """The characters of a page with where each begins and its middle from above, in points."""
    text, high = page.get_textpage(), page.get_height()
    found = [(text.get_text_range(n, 1), text.get_charbox(n, loose=True)) for n in range(text.count_chars())]
    return [(said, box[0], high - (box[1] + box[3]) / 2) for said, box in found if said.strip()]


def test_the_reply_letter_keeps_the_grid_of_the_standard(world):
    text = "路灯由我局接管，" * 60
    row = answered(world, assigned(world, filed(world, joint(world, "member2"))), text=text)
    [answer] = queries.answers(row)
    said = sheets.reply(row, row, answer, names_of(row))
    assert said["addressee"] == "岳委员、何委员"
    document = pypdfium2.PdfDocument(printed(sheets.REPLY, said))
    assert [round(side / MM) for side in document[0].get_size()] == [210, 297]
    placed = boxes(document[0])
    body = [(left, above) for sign, left, above in placed if sign in "路灯由我局接管" and above > 120 * MM]
    rows = sorted({round(above, 1) for _left, above in body})
    steps = [(b - a) / PITCH for a, b in pairwise(rows) if b - a > 5]
    assert len(steps) > 5
    assert steps == pytest.approx([round(step) for step in steps], abs=0.05)
    assert min(left for left, _above in body) == pytest.approx(28 * MM, abs=2)
    assert max(left for left, _above in body) < (210 - 26) * MM
    columns = sorted({round(left, 1) for left, above in body if abs(above - rows[2]) < 3})
    across = [b - a for a, b in pairwise(columns)]
    assert min(across) == pytest.approx(CHARACTER, abs=1)
    words = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    for wanted in (answer.letter_number, "复文类别：B", "公开", "周科长", "清溪县政协提案委"):
        assert wanted in words.replace("\r\n", "")


def test_a_chasing_letter_has_its_number_and_its_day(world):
    row = assigned(world)
    one, due = part(row, world.lamps), clock.today() + timedelta(days=9)
    actions.mark_key(row.code, by=world.leader, seen=None, words="群众反映多。")
    actions.urge(one.code, by=world.officer, seen=None, words="请尽快和提案人见面。", due=due)
    [letter] = queries.urgings(row)
    said = sheets.urging(row, letter.handling, letter)
    text = pypdfium2.PdfDocument(printed(sheets.URGING, said))[0].get_textpage().get_text_range()
    assert f"提督〔{clock.today().year}〕1号" in text
    assert "请尽快和提案人见面" in text


def test_all_of_a_year_in_one_file_and_in_one_table(world):
    first, second = filed(world), assigned(world, filed(world, title="关于另一条巷子路灯的提案"))
    rows = queries.ready(queries.filed_in(world.county, clock.today().year))
    assert rows == [first, second]
    names = names_of(*rows)
    document = pypdfium2.PdfDocument(printed(sheets.BOUND, sheets.bound("清溪县政协提案", rows, names)))
    assert len(document) == 2
    assert TEXT["advice"][:10] in document[0].get_textpage().get_text_range()
    head, *lines = sheets.listing(rows, names)
    assert all(len(line) == len(head) for line in lines)
    assert lines[1][1] == "关于另一条巷子路灯的提案"
    assert lines[1][8] == "城管局（主办）"
