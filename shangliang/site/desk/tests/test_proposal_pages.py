"""Proposals at the desk, at the department's door and in public."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.paper.tests import reading
from shangliang.base.people import actions as people
from shangliang.flow.proposals import actions, queries
from shangliang.flow.proposals.tests.story import (
    ALL,
    ANSWER,
    CROSS,
    TEXT,
    answer_drafted,
    answered,
    assigned,
    checked,
    drafted,
    filed,
    fresh,
    joint,
    part,
    rated,
    sent,
)
from stories.pages import Signed

LOOKED = {"topic": "society", "ticks": ALL, "decision": "file", "into": "", "reason": "", "passed": ""}


def now(row):
    row.refresh_from_db()
    return row.version


def test_two_looks_an_assignment_and_an_answer_passed(world, client):
    row = sent(world)
    desk = Signed(client, world)("officer")
    assert TEXT["title"] in desk.get("desk:proposals").text
    wrong = desk.post("desk:proposal_move", row.code, "check", seen=now(row), **{**LOOKED, "ticks": ALL[1:]})
    assert wrong.status_code == 422
    assert "都符合才能立案" in wrong.text
    assert desk.post("desk:proposal_move", row.code, "check", seen=now(row), **LOOKED).status_code == 302
    assert desk.post("desk:proposal_move", row.code, "file", seen=now(row)).status_code == 403
    leader = Signed(client, world)("leader")
    assert "初审意见：立案" in leader.get("desk:proposal", row.code).text
    assert leader.post("desk:proposal_move", row.code, "file", seen=now(row)).status_code == 302
    desk = Signed(client, world)("officer")
    said = {"host": world.lamps.code, "co": [], "separate": []}
    assert desk.post("desk:proposal_move", row.code, "assign", seen=now(row), **said).status_code == 302
    one = part(row, world.lamps)
    handler = Signed(client, world)("handler")
    assert TEXT["title"] in handler.get("departments:proposals").text
    assert "还没有。办理前" in handler.get("departments:proposal", one.code).text
    touched = {"way": "visit", "on": clock.today()}
    assert (
        handler.post("departments:proposal_move", one.code, "contact", seen=now(one), **touched).status_code
        == 302
    )
    short = handler.post(
        "departments:proposal_move", one.code, "draft_answer", seen=now(one), **{**ANSWER, "text": "在办"}
    )
    assert short.status_code == 422
    assert (
        handler.post(
            "departments:proposal_move", one.code, "draft_answer", seen=now(one), **ANSWER
        ).status_code
        == 302
    )
    desk = Signed(client, world)("officer")
    assert ANSWER["text"] in desk.get("desk:proposal", row.code).text
    assert (
        desk.post("desk:proposal_part_move", one.code, "hold_back", seen=now(one), words="短").status_code
        == 422
    )
    assert desk.post("desk:proposal_part_move", one.code, "pass", seen=now(one)).status_code == 302
    assert fresh(row).state == "answered"


def test_the_department_does_not_see_its_rating_before_it_has_rated_the_proposal(world, client):
    row = rated(world, answered(world), "member")
    one = part(row, world.lamps)
    handler = Signed(client, world)("handler")
    assert "提案人怎么评</h2>" not in handler.get("departments:proposal", one.code).text
    marks = dict.fromkeys(("one", "two", "three", "four", "five"), 18)
    assert (
        handler.post("departments:proposal_move", one.code, "review", seen=now(one), **marks).status_code
        == 302
    )
    page = handler.get("departments:proposal", one.code).text
    assert "92 分，优秀" in page
    assert (
        "评这件提案：90 分，优秀" in Signed(client, world)("member").get("workbench:proposal", row.code).text
    )


def both_rated(world):
    """Rated by its leader and by its host, not yet by its other signer; another department beside."""
    row = assigned(world, filed(world, joint(world, "member2")), co=[world.farms])
    one, beside = part(row, world.lamps), part(row, world.farms)
    actions.opine(beside.code, by=world.handler2, seen=None, words="路灯用的电表由我局协调农电站。")
    answer_drafted(world, row)
    actions.countersign(beside.code, by=world.handler2, seen=None)
    actions.pass_(one.code, by=world.officer, seen=None)
    return rated(world, fresh(row), "member"), one, beside


@pytest.mark.parametrize("also", ["leader of it", "auditor of it", "leader elsewhere"])
def test_who_signed_reads_no_reviews_at_the_desk_whatever_other_post_they_hold(world, client, also):
    row, one, _beside = both_rated(world)
    actions.review(one.code, by=world.handler, seen=None, marks=[18] * 5)
    role, _space, where = also.partition(" ")
    at = world.county if where == "of it" else world.city
    people.grant(world.accounts["member2"], role, committee=at, by="clock", since=date(2020, 1, 1))
    page = Signed(client, world)("member2").get("desk:proposal", row.code)
    assert page.status_code == (200 if where == "of it" else 404)
    assert "两边怎么评</h2>" not in page.text
    assert "两边怎么评</h2>" in Signed(client, world)("auditor").get("desk:proposal", row.code).text


def test_who_handles_reads_no_ratings_at_the_desk(world, client):
    row, _one, _beside = both_rated(world)
    people.grant(
        world.accounts["handler"], "auditor", committee=world.county, by="clock", since=date(2020, 1, 1)
    )
    assert "两边怎么评</h2>" not in Signed(client, world)("handler").get("desk:proposal", row.code).text


def test_beside_the_host_ratings_are_read_once_the_host_has_reviewed(world, client):
    _row, one, beside = both_rated(world)
    second = Signed(client, world)("handler2")
    assert "提案人怎么评</h2>" not in second.get("departments:proposal", beside.code).text
    actions.review(one.code, by=world.handler, seen=None, marks=[18] * 5)
    assert "提案人怎么评</h2>" in second.get("departments:proposal", beside.code).text


def test_an_earlier_part_that_was_sent_back_is_no_way_around_the_review(world, client):
    row = actions.assign(filed(world).code, by=world.officer, seen=None, host=world.farms.code,
                         co=[world.lamps.code])  # fmt: skip
    first = part(row, world.lamps)
    actions.send_back(first.code, by=world.handler, seen=None, words="不归本单位管，归农业农村局。")
    actions.send_back(
        part(row, world.farms).code, by=world.handler2, seen=None, words="归城管局管，请他们办。"
    )
    rated(world, answered(world, assigned(world, fresh(row))), "member")
    assert (
        "提案人怎么评</h2>"
        not in Signed(client, world)("handler").get("departments:proposal", first.code).text
    )


def test_an_assignment_meeting_gives_all_that_were_chosen(world, client):
    assigned(world)
    rows = [filed(world, title=f"关于第{n}条巷子路灯管护的提案") for n in range(3)]
    desk = Signed(client, world)("officer")
    page = desk.get("desk:proposal_meeting").text
    assert "推荐 城管局" in page
    said = {f"{row.code}-host": world.lamps.code for row in rows[:2]} | {f"{rows[2].code}-host": ""}
    seen = {f"{row.code}-seen": row.version for row in rows}
    assert desk.post("desk:proposal_meeting", **said, **seen).status_code == 302
    assert [fresh(row).state for row in rows] == ["assigned", "assigned", "filed"]
    late = {f"{rows[2].code}-host": world.lamps.code, f"{rows[2].code}-seen": 1}
    assert desk.post("desk:proposal_meeting", **late).status_code == 409
    assert fresh(rows[2]).state == "filed"


def test_nothing_that_was_chosen_is_dropped_silently(world, client):
    rows = [filed(world, title=f"关于第{n}条巷子路灯管护的提案") for n in range(2)]
    said = {f"{row.code}-host": world.lamps.code for row in rows}
    seen = {f"{row.code}-seen": row.version for row in rows}
    assigned(world, rows[0])
    desk = Signed(client, world)("officer")
    answer = desk.post("desk:proposal_meeting", **said, **seen)
    assert answer.status_code == 409
    assert "不在交办的单子上了" in answer.text
    assert fresh(rows[1]).state == "filed"
    kept = {name: value for name, value in (said | seen).items() if name.startswith(rows[1].code)}
    assert desk.post("desk:proposal_meeting", **kept, **{f"{rows[0].code}-host": ""}).status_code == 302


def test_what_stays_unanswered_with_nobody_is_answered_at_the_desk(world, client):
    both = [world.lamps.code, world.farms.code]
    row = actions.assign(filed(world).code, by=world.officer, seen=None, separate=both)
    answered(world, row)
    desk = Signed(client, world)("officer")
    step = reverse("desk:proposal_move", args=[row.code, "answer"])
    assert step not in desk.get("desk:proposal", row.code).text
    back = part(row, world.farms)
    actions.send_back(back.code, by=world.handler2, seen=None, words="不归本单位管，归城管局。")
    assert step in desk.get("desk:proposal", row.code).text
    assert desk.post("desk:proposal_move", row.code, "answer", seen=now(row)).status_code == 302
    assert fresh(row).state == "answered"


def test_what_is_not_ones_own_is_not_found(world, client):
    row, unsent = assigned(world), drafted(world, title="关于没有交的提案")
    one = part(row, world.lamps)
    assert Signed(client, world)("officer").get("desk:proposal", unsent.code).status_code == 404
    assert Signed(client, world)("neighbour_officer").get("desk:proposal", row.code).status_code == 404
    assert Signed(client, world)("handler2").get("departments:proposal", one.code).status_code == 404
    assert Signed(client, world)("member2").get("desk:proposals").status_code == 403


def test_a_contact_tells_in_which_round_it_was(world, client):
    row = rated(world, answered(world), "member", CROSS)
    one = part(row, world.lamps)
    for who, page, code in (
        ("officer", "desk:proposal", row.code),
        ("handler", "departments:proposal", one.code),
    ):
        assert "第 2 次办理" not in Signed(client, world)(who).get(page, code).text
    actions.contact(one.code, by=world.handler, seen=None, way="visit", on=clock.today())
    for who, page, code in (
        ("officer", "desk:proposal", row.code),
        ("handler", "departments:proposal", one.code),
        ("member", "workbench:proposal", row.code),
    ):
        assert "第 2 次办理" in Signed(client, world)(who).get(page, code).text


def test_the_list_tells_the_share_that_was_chosen(world, client):
    filed(world)
    page = Signed(client, world)("officer").get("desk:proposal_overdue").text
    assert f"{clock.today().year} 年立案 1 件，公布优秀 0 件" in page


def test_lists_on_paper_and_as_a_table(world, client):
    desk = Signed(client, world)("officer")
    assert desk.get("desk:proposal_bound").status_code == 404
    filed(world)
    assert TEXT["title"] in reading.text(desk.get("desk:proposal_bound").content)
    page = desk.get("desk:proposals", tab="filed").text
    year = clock.today().year
    for name, query in (("table", f"year={year}"), ("bound", f"year={year}"), ("bound", "tab=filed")):
        assert f"{reverse('desk:proposal_' + name)}?{query}" in page
    assert TEXT["title"] in reading.text(desk.get("desk:proposal_bound", tab="filed").content)
    for tab in ("closed", "nothing"):
        assert desk.get("desk:proposal_bound", tab=tab).status_code == 404
    book = desk.get("desk:proposal_table")
    assert book.content.startswith(b"PK")
    assert client.get(reverse("desk:proposal_table") + "?year=x").status_code == 404


def test_late_ones_and_a_letter(world, client):
    row = assigned(world)
    actions.mark_key(row.code, by=world.leader, seen=None, words="群众反映多。")
    one = part(row, world.lamps)
    desk = Signed(client, world)("officer")
    said = {"words": "请尽快见面。", "due": clock.today()}
    assert desk.post("desk:proposal_part_move", one.code, "urge", seen=now(one), **said).status_code == 302
    [letter] = queries.urgings(row)
    assert "请尽快见面" in reading.text(desk.get("desk:proposal_urging", row.code, letter.pk).content)
    assert "请尽快见面" in Signed(client, world)("handler").get("departments:proposal", one.code).text


def test_everybody_reads_what_is_public_and_only_that(world, client):
    row = answered(world)
    kept = answered(world, assigned(world, title="关于另一件事的提案"), public=False, reason="在办的案件")
    page = client.get(reverse("proposals:list")).text
    assert TEXT["title"] in page
    assert "另一件事" not in page
    page = client.get(reverse("proposals:proposal", args=[row.code])).text
    assert ANSWER["text"] in page
    assert "岳委员" in page
    assert client.get(reverse("proposals:proposal", args=[kept.code])).status_code == 404
    [answer], [hidden] = queries.answers(row), queries.answers(kept)
    assert client.get(reverse("proposals:letter", args=[row.code, answer.pk])).status_code == 200
    assert client.get(reverse("proposals:letter", args=[kept.code, hidden.pk])).status_code == 404
    assert client.get(reverse("proposals:letter", args=[row.code, hidden.pk])).status_code == 404


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("officer", "desk:proposals"), ("officer", "desk:proposal_overdue"), ("member2", "proposals:list"),
        ("handler", "departments:proposals"),
    ],
)  # fmt: skip
def test_as_many_queries_for_one_as_for_many(world, client, who, name):
    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse(name)).status_code == 200
        return len(found)

    def more(n):
        sent(world, title=f"关于第{n}条巷子的提案")
        answered(world, assigned(world, title=f"关于第{n}条街的提案"))
        assigned(world, title=f"关于第{n}座桥的提案")

    Signed(client, world)(who)
    more(1)
    asked()
    few = asked()
    for n in range(2, 6):
        more(n)
    asked()  # what waits is counted anew after each act
    assert asked() == few


def test_one_page_asks_as_much_with_many_signers_and_departments(world, client):
    head = filed(world)
    actions.merge(checked(world, sent(world, title="关于一件小事的提案"), "merge", into=head.code).code,
                  by=world.leader, seen=None)  # fmt: skip
    row = assigned(world, head)
    Signed(client, world)("officer")

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("desk:proposal", args=[row.code])).status_code == 200
        return len(found)

    asked()
    few = asked()
    for one in (world.farms, world.roads, world.schools):
        actions.add(row.code, by=world.officer, seen=None, department=one.code, task="co")
    answer_drafted(world, row)
    other = checked(world, sent(world, title="关于另一件事的提案"), "merge", into=row.code)
    actions.merge(other.code, by=world.leader, seen=None)
    asked()
    assert asked() == few


def test_an_officer_enters_a_session_and_strikes_it(world, client):
    person, today = Signed(client, world)("officer"), clock.today()
    assert "没有会期" in person.get("desk:proposal_sessions").text
    said = {"name": "十二届三次会议", "opens": today.isoformat(), "until": "2026-01-01"}
    answer = person.post("desk:proposal_sessions", **said)
    assert (answer.status_code, "十二届三次会议" in answer.text) == (422, True)
    said["until"] = today.isoformat()
    assert person.post("desk:proposal_sessions", **said).status_code == 302
    [one] = queries.sessions(world.county)
    assert one.code in person.get("desk:proposal_sessions").text
    assert person.post("desk:proposal_sessions", strike=one.code).status_code == 302
    assert queries.sessions(world.county) == []
    assert person.post("desk:proposal_sessions", strike="nothing").status_code == 404
    assert person("leader").get("desk:proposal_sessions").status_code == 403
