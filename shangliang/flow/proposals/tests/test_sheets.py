"""Letters, the bound proposals and the list that offices keep."""

from datetime import timedelta

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.paper.press import printed
from shangliang.base.paper.tests import reading
from shangliang.base.people import queries as people
from shangliang.base.people.models import Post
from shangliang.base.places.models import Sector
from shangliang.flow.proposals import actions, queries, sheets

from .story import ANSWER, TEXT, answered, assigned, filed, joint, part


def names_of(*rows):
    return people.names({one.person for row in rows for one in row.signatures.all()})


def test_the_reply_letter_keeps_the_grid_of_the_standard(world):
    text = "水渠两岸住着人家" * 150
    row = answered(world, assigned(world, filed(world, joint(world, "member2"))), text=text)
    [answer] = queries.answers(row)
    said = sheets.reply(row, row, answer, names_of(row))
    assert said["addressee"] == "岳委员、何委员"
    pdf = printed(sheets.REPLY, said)
    assert set(reading.sizes(pdf)) == {(210, 297)}
    found = reading.grid(pdf, 1)
    assert (found.lines, found.characters) == (22, 28)
    assert (found.left, found.right) == (pytest.approx(28, abs=0.1), pytest.approx(26, abs=0.1))
    assert (found.pitch, found.advance) == (pytest.approx(28.99, abs=0.02), pytest.approx(15.79, abs=0.02))
    half = 28.99 / 2 / reading.MM
    assert (found.first - half, found.last - half) == (pytest.approx(37, abs=0.3), pytest.approx(35, abs=0.3))
    words = reading.text(pdf)
    assert said["signers"] == "1. 岳委员　2. 何委员"
    for wanted in (
        answer.letter_number,
        "复文类别：B",
        "公开",
        "周科长",
        "清溪县政协提案委、清溪县政府督查室",
        "2.何委员",
    ):
        assert wanted in words
    assert "place(" not in words  # nothing of the template is read as words


def test_rare_characters_of_the_filers_names_are_not_blank_in_the_letter(world):
    row = answered(world)
    [answer] = queries.answers(row)
    pdf = printed(sheets.REPLY, sheets.reply(row, row, answer, {world.member.key: "镕堃喆玥旻昇翀"}))
    assert "镕堃喆玥旻昇翀委员" in reading.text(pdf)
    assert reading.inked(pdf, "镕堃喆玥旻昇翀")


def test_as_a_word_file_the_reply_says_the_same(world):
    row = answered(world, assigned(world, filed(world)))
    [answer] = queries.answers(row)
    said = sheets.reply(row, row, answer, names_of(row))
    assert said["signers"] == ""  # one alone needs no number
    words = "\n".join(one.text for one in reading.word(sheets.reply_in_word(said)).paragraphs)
    for wanted in (
        said["masthead"],
        answer.letter_number,
        "复文类别：B",
        "公开",
        "岳委员：",
        answer.text,
        "周科长",
    ):
        assert wanted in words


def test_a_chasing_letter_has_its_number_and_its_day(world):
    row = assigned(world)
    one, due = part(row, world.lamps), clock.today() + timedelta(days=9)
    actions.mark_key(row.code, by=world.leader, seen=None, words="群众反映多。")
    actions.urge(one.code, by=world.officer, seen=None, words="请尽快和提案人见面。", due=due)
    [letter] = queries.urgings(row)
    said = sheets.urging(row, letter)
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
    head, *lines = table(rows)
    assert all(len(line) == len(head) for line in lines)
    assert lines[1][1] == "关于另一条巷子路灯的提案"
    assert lines[1][head.index("承办单位")] == "城管局（主办）"
    assert lines[1][head.index("交办日期")] == clock.today().isoformat()


def table(rows):
    said = queries.sectors_of(rows), queries.opinions_of(rows)
    return sheets.listing(rows, names_of(*rows), *said)


def test_the_table_has_sector_special_committee_and_the_opinion(world):
    farming = Sector.objects.get(committee=world.county, name="农业界")
    Post.objects.filter(holder__key=world.member.key, role="member").update(sector=farming)
    filed(world)
    answered(world, assigned(world, filed(world, title="关于另一条巷子路灯的提案")))
    filed(world, kind="special", body="提案委", title="关于提案办理的提案")
    filed(world, kind="sector", body="科技界", title="关于科普进村的提案")
    head, *lines = table(queries.ready(queries.filed_in(world.county, clock.today().year)))
    found = [[line[head.index(name)] for name in ("界别", "专委会", "答复意见")] for line in lines]
    assert found == [
        ["农业界", "", ""],
        ["农业界", "", ANSWER["text"]],
        ["", "提案委", ""],
        ["科技界", "", ""],
    ]


def test_a_table_of_many_asks_no_more(world):
    def asked():
        with CaptureQueriesContext(connection) as made:
            table(queries.ready(queries.filed_in(world.county, clock.today().year)))
        return len(made)

    answered(world, assigned(world, filed(world)))
    once = asked()
    for n in range(3):
        answered(world, assigned(world, filed(world, title=f"关于第 {n} 条巷子路灯的提案")))
    assert asked() == once
