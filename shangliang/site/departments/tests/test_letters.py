"""A proposal that was not filed comes to a department as a letter, from the desk to the reply."""

import re
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.paper.tests import reading
from shangliang.base.ui import paging
from shangliang.flow.proposals import actions
from shangliang.flow.proposals.models import Letter, Urging
from shangliang.flow.proposals.tests.story import TEXT, checked, sent
from shangliang.ledgers.notices.who import seats
from stories.pages import Signed

WORDS = "内容空泛，转给城管局研究。"


def refused(world, **said):
    row = checked(world, sent(world, **said), "refuse", reason="empty", passed="letter")
    due = clock.today() + timedelta(days=9)
    return actions.refuse(
        row.code, by=world.leader, seen=None, words=WORDS, department=world.lamps.code, due=due
    )


def test_from_the_decision_to_the_reply_that_the_filer_reads(world, client):
    row = checked(world, sent(world), "refuse", reason="empty", passed="letter")
    leader, said = Signed(client, world)("leader"), {"words": WORDS, "due": clock.today()}
    assert "转给哪个单位" in leader.get("desk:proposal", row.code, form="refuse").text
    answer = leader.post("desk:proposal_move", row.code, "refuse", seen=row.version, **said, department="")
    assert answer.status_code == 422
    assert WORDS in answer.text
    said["department"] = world.lamps.code
    leader.post("desk:proposal_move", row.code, "refuse", seen=row.version, **said)
    letter = Letter.objects.get()
    page = Signed(client, world)("member").get("workbench:proposal", row.code).text
    assert letter.letter_number in page
    assert "照这件写一篇" not in page  # it became a letter, no report
    handler = Signed(client, world)("handler")
    assert reverse("departments:letter_in", args=[letter.code]) in handler.get("departments:proposals").text
    assert TEXT["advice"] in handler.get("departments:letter_in", letter.code).text
    assert handler.get("proposals:passed", row.code).headers["Content-Type"] == "application/pdf"
    answer = handler.post("departments:letter_reply", letter.code, seen=1, words="好")
    assert answer.status_code == 422
    handler.post("departments:letter_reply", letter.code, seen=1, words="列入了明年的计划。")
    assert "列入了明年的计划。" in handler.get("departments:letter_in", letter.code).text
    assert reverse("departments:letter_in", args=[letter.code]) in handler.get(
        "departments:proposals", tab="done"
    ).text  # fmt: skip
    for who, page in (("member", "workbench:proposal"), ("officer", "desk:proposal")):
        assert "列入了明年的计划。" in Signed(client, world)(who).get(page, row.code).text


def test_the_department_is_told_of_the_letter_and_the_filer_of_the_reply(world):
    letter = refused(world).letter
    told = seats(Act.objects.get(name="proposal_letter_sent"))
    assert {f"department:{world.lamps.code}", f"person:{world.member.key}"} <= set(told)
    actions.reply_letter(letter.code, by=world.handler, seen=None, words="列入了明年的计划。")
    assert f"person:{world.member.key}" in seats(Act.objects.get(name="proposal_letter_replied"))


def test_late_it_stands_in_the_list_of_what_is_overdue(world, client):
    row = refused(world)
    with clock.at(clock.now() + timedelta(days=10)):
        page = Signed(client, world)("officer").get("desk:proposal_overdue").text
    assert row.letter.letter_number in page
    assert row.letter.letter_number not in Signed(client, world)("officer").get("desk:proposal_overdue").text


def test_a_late_one_is_urged_and_the_department_reads_it_until_it_replies(world, client):
    row, words, as_ = refused(world), "请本月研究并回复提案人。", Signed(client, world)
    said = {"seen": row.version, "due": clock.today() + timedelta(days=20)}
    where = ("desk:proposal", row.code)
    assert "发督办函" not in as_("officer").get(*where, form="urge_letter").text
    early = as_("officer").post("desk:proposal_move", row.code, "urge_letter", words=words, **said)
    assert early.status_code == 409
    with clock.at(clock.now() + timedelta(days=10)):
        assert "发督办函" in as_("officer").get(*where, form="urge_letter").text
        answer = as_("officer").post("desk:proposal_move", row.code, "urge_letter", words="急", **said)
        assert answer.status_code == 422
        as_("officer").post("desk:proposal_move", row.code, "urge_letter", words=words, **said)
        letter = Urging.objects.get()
        assert words in as_("officer").get(*where).text
        sheet = as_("officer").get("desk:proposal_urging", row.code, letter.pk)
        assert row.letter.letter_number in reading.text(sheet.content)
        assert set(seats(Act.objects.get(name="proposal_letter_urged"))) == {f"department:{world.lamps.code}"}
        assert words in as_("handler").get("departments:letter_in", row.letter.code).text
        as_("handler").post("departments:letter_reply", row.letter.code, seen=1, words="列入明年的计划。")
        assert words not in as_("handler").get("departments:letter_in", row.letter.code).text
        assert "发督办函" not in as_("officer").get(*where, form="urge_letter").text


def test_lists_of_more_letters_than_a_page_holds_go_on(world, client):
    rows = [refused(world, title=f"关于第 {n} 条巷子路灯的提案") for n in range(paging.SIZE + 1)]
    last = rows[-1].letter.letter_number
    for who, name, days in (
        ("handler", "departments:proposals", 0),
        ("officer", "desk:proposal_overdue", 10),
    ):
        with clock.at(clock.now() + timedelta(days=days)):
            browser = Signed(client, world)(who)
            page = browser.get(name).text
            assert last not in page
            [code] = re.findall(r"[?&;]letters=([\w-]+)", page)
            assert last in browser.get(name, letters=code).text


def test_a_list_of_many_letters_asks_no_more(world, client):
    def asked():
        handler = Signed(client, world)("handler")
        handler.get("departments:proposals")
        with CaptureQueriesContext(
            connection,
        ) as made:
            handler.get("departments:proposals")
        return len(made)

    refused(world)
    once = asked()
    for n in range(4):
        refused(world, title=f"关于第 {n} 条巷子路灯的提案")
    assert asked() == once
