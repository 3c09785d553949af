"""The statement taken along, and a doubt of it: from the member's own pages."""

from datetime import UTC, date, datetime

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.files import tables
from shangliang.base.people.models import Person, Post, Role
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points import actions, queries
from shangliang.ledgers.points.models import Entry, Objection
from shangliang.ledgers.points.verification import read
from stories.pages import Signed

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)
WRONG = "这一场我没有到，记错人了。"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def at_work(world, client):
    return Signed(client, world)


def receive(world, *members):
    studios.hold_reception(
        world.studio.code, by=world.convener, day=date(2026, 11, 20), residents=5,
        members=[m.key for m in members],
    )  # fmt: skip


def entries(member):
    year = date(2026, 1, 1), date(2026, 12, 31)
    return [line.entry for line in queries.statement(member.key, *year, actor=member).lines]


def test_a_doubt_from_the_entry_to_its_reversal(world, at_work):
    receive(world, world.member)
    [entry] = entries(world.member)
    member = at_work("member")
    assert "/objections/write/" in member.get("workbench:entry", entry.code).text
    page = member.get("workbench:objection_write", entry=entry.code).text
    assert "最晚 10 个工作日内答复您" in page
    assert "哪天的事" not in page
    empty = member.post("workbench:objection_write", entry=entry.code, words="")
    assert empty.status_code == 422
    assert member.post("workbench:objection_write", entry=entry.code, words=WRONG).status_code == 302
    asked = Objection.objects.get()
    assert "12月7日" in member.get("workbench:objection", asked.code).text
    assert "等着答复" in member.get("workbench:entry", entry.code).text
    assert WRONG[:10] in member.get("workbench:objections").text
    again = member.post("workbench:objection_write", entry=entry.code, words=WRONG)
    assert again.status_code == 409
    assert WRONG in again.text
    actions.uphold(asked.code, by=world.officer, seen=None, words="核对了签到。", reverse=True)
    page = member.get("workbench:objection", asked.code).text
    assert "核对了签到。" in page
    assert "冲销" in page
    statement = member.get("workbench:statement").text
    assert "（已冲销）" in statement
    assert "（冲销）" in statement
    reversal = entries(world.member)[-1]
    page = member.get("workbench:entry", reversal.code).text
    assert "和它抵掉的是" in page
    assert "/objections/write/" not in page


def test_something_missing_needs_its_day(world, at_work):
    member = at_work("member")
    said = {"committee": "990101", "words": "七月那场没有记。"}
    for day in ("", "2026-12-01", "七月"):
        answer = member.post("workbench:objection_write", **said, day=day)
        assert answer.status_code == 422
        assert "七月那场没有记。" in answer.text
    assert member.post("workbench:objection_write", **said, day="2026-07-03").status_code == 302
    asked = Objection.objects.get()
    assert member.post("workbench:objection_move", asked.code, "withdraw", seen=9).status_code == 409
    assert member.post("workbench:objection_move", asked.code, "withdraw", seen=1).status_code == 302
    assert "收回了" in member.get("workbench:objections").text


def test_nobody_elses_doubt_or_statement_is_there(world, at_work):
    receive(world, world.member)
    [entry] = entries(world.member)
    asked = actions.object_(by=world.member, words=WRONG, entry=entry.code)
    for who in ("member2", "convener"):
        other = at_work(who)
        assert other.get("workbench:objection", asked.code).status_code == 404
        assert other.get("workbench:objection_write", entry=entry.code).status_code == 404
        assert other.get("workbench:statement_pdf", member=world.member.key).status_code == 404
        assert other.get("workbench:statement_xlsx", member=world.member.key).status_code == 404
    officer = at_work("officer")  # reads it at the desk; it is not the officer's own
    assert officer.get("workbench:objection", asked.code).status_code == 404
    assert officer.get("workbench:objections").status_code == 404
    assert officer.get("workbench:statement_xlsx", member=world.member.key).status_code == 200


def test_the_workbook_says_the_same_and_its_code_is_genuine(world, at_work):
    receive(world, world.member)
    receive(world, world.member)
    answer = at_work("member").get("workbench:statement_xlsx", year="2026", quarter="4")
    assert "attachment" in answer["Content-Disposition"]
    read_back = tables.rows(SimpleUploadedFile("明白账.xlsx", answer.content))
    rows = [[cell for cell in row if cell] for row in read_back]
    assert rows[0] == ["委员履职明白账", world.member.name, "清溪县政协", "2026年第4季度"]
    assert [row[3:] for row in rows[2:4]] == [["+2.00", "2.00"], ["+2.00", "4.00"]]
    proof = next(row[1] for row in rows if row[0] == "验证码")
    found = read(proof, world.member.name)
    assert (found.committee, found.total, found.period.quarter) == ("990101", 400, 4)


def test_the_pdf_is_a4_with_its_lines_and_code(world, at_work):
    for _again in range(12):
        receive(world, world.member)
    answer = at_work("member").get("workbench:statement_pdf", year="2026")
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    paper = pypdfium2.PdfDocument(answer.content)
    width, height = paper[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    text = "".join(page.get_textpage().get_text_bounded() for page in paper)
    assert "委员履职明白账" in text
    assert world.member.name in text
    assert "20.00" in text
    assert "/points/check" in text


def test_a_quarter_to_come_has_no_paper(world, at_work):
    with clock.at(datetime(2026, 2, 3, 2, tzinfo=UTC)):
        for quarter, status in (("1", 200), ("3", 404), ("9", 200), ("x", 200)):
            answer = at_work("member").get("workbench:statement_xlsx", year="2026", quarter=quarter)
            assert answer.status_code == status


def test_a_paper_certifies_one_committee_alone(world, at_work, client):
    receive(world, world.member)
    Post.objects.create(
        holder=Person.objects.get(key=world.member.key), role=Role.MEMBER, committee=world.neighbour,
        since=date(2026, 1, 1),
    )  # fmt: skip
    [mine] = Entry.objects.all()
    mine.pk, mine.code, mine.committee, mine.act_id = None, "abroad", world.neighbour.path, mine.act_id + 1
    mine.save(force_insert=True)
    member = at_work("member")
    page = member.get("workbench:statement").text
    for one, total in ((world.county, 200), (world.neighbour, 200)):
        assert f"committee={one.code}" in page
        answer = member.get("workbench:statement_xlsx", year="2026", committee=one.code)
        rows = [row for row in tables.rows(SimpleUploadedFile("明白账.xlsx", answer.content)) if row[0]]
        assert rows[0][2] == one.office
        found = read(next(row[1] for row in rows if row[0] == "验证码"), world.member.name)
        assert (found.committee, found.total) == (one.code, total)
    assert member.get("workbench:statement_xlsx", committee=world.city.code).status_code == 404
    officer = at_work("officer")
    of = {"member": world.member.key}
    assert officer.get("workbench:statement_xlsx", **of).status_code == 200
    assert officer.get("workbench:statement_xlsx", **of, committee=world.neighbour.code).status_code == 404


def test_twenty_doubts_ask_no_more_than_one(world, at_work):
    member, seen = at_work("member"), []
    for count in (1, 19):
        for n in range(count):
            actions.object_(
                by=world.member, words=f"{n}月那场没有记。", committee=world.county, day=date(2026, 7, 3)
            )
        member.get("workbench:objections")
        with CaptureQueriesContext(connection) as asked:
            member.get("workbench:objections")
        seen.append(len(asked))
    assert seen[0] == seen[1]


def test_the_check_is_where_the_paper_says(world):
    assert reverse("points:check") == "/points/check/"


def test_a_statement_is_drawn_once_until_the_next_act_and_for_its_reader_alone(world, at_work):
    receive(world, world.member)
    member, of = at_work("member"), {"member": world.member.key}
    first = member.get("workbench:statement").text
    with CaptureQueriesContext(connection) as asked:
        assert "少了一笔" in member.get("workbench:statement").text
    assert not [row for row in asked.captured_queries if "points_entry" in row["sql"]]
    assert "少了一笔" not in at_work("officer").get("workbench:statement", **of).text
    assert at_work("member2").get("workbench:statement", **of).status_code == 404
    assert at_work("member2").get("workbench:statement").text.count("看依据") == 0
    receive(world, world.member)
    member = at_work("member")
    again = member.get("workbench:statement").text
    assert (first.count("看依据"), again.count("看依据")) == (1, 2)
    assert member.get("workbench:statement", year="2025").text.count("看依据") == 0
