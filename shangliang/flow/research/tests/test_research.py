"""A research report, from the draft of a team to what became of each piece of advice."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.ui import paging
from shangliang.flow.activities.tests import story as activities
from shangliang.flow.research import actions, measure, queries, rules
from shangliang.flow.research.actions import Draft
from shangliang.flow.research.models import Advice, Outcome, Paper

from .story import SAID, accepted, again, drafted, endorsed, noted, sent, submitted, visited

pytestmark = pytest.mark.django_db


def told(row):
    return [act.name.removeprefix("research_") for act in Act.objects.filter(subject=row.subject)]


def facts(row, name):
    return Act.objects.filter(subject=row.subject, name=f"research_{name}").order_by("-pk")[0].facts


def test_from_the_draft_to_the_adoption_each_step_an_act_that_names_the_team_in_its_order(world):
    row = sent(world)
    assert (row.number, row.year) == (1, clock.today().year)
    noted(world, row, "acknowledge", pieces=["1"])
    noted(world, row, "adopt", pieces=["1", "2"])
    endorsed(world, row)
    assert told(row) == [
        "drafted", "named", "named", "visit_added", "submitted", "accepted", "sent", "acknowledged",
        "adopted", "endorsed",
    ]  # fmt: skip
    team = {"lead": [world.member.key], "writers": [world.convener.key], "team": [world.deputy.key]}
    for name in ("submitted", "accepted", "sent", "adopted", "endorsed"):
        assert facts(row, name).items() >= team.items()
    assert "供水" not in str(list(Act.objects.filter(subject=row.subject).values_list("facts", flat=True)))


def test_what_is_handed_in_has_findings_advice_addressees_and_a_visit_it_rests_on(world):
    row = drafted(world, findings="", advice="", to=())
    with pytest.raises(ValidationError) as fault:
        actions.submit(row.code, by=world.member, seen=None)
    assert set(fault.value.message_dict) == {"findings", "advice", "to"}
    actions.redraft(row.code, by=world.member, seen=None, said=SAID)
    with pytest.raises(ValidationError, match="还没有一次走访"):
        actions.submit(row.code, by=world.member, seen=None)
    visited(world, row)
    assert actions.submit(row.code, by=world.member, seen=None).state == "submitted"


def test_an_outcome_written_down_wrongly_is_taken_back_and_its_row_stays(world):
    row = sent(world)
    noted(world, row, "adopt", pieces=["1", "2"])
    noted(world, row, "adopt", whom="own", pieces=["2"], words="主席会议纪要")
    one = queries.standing(row).filter(addressee__whom="government")[0]
    wrong = {"outcome": one.code, "words": "是另一篇报告的结果"}
    with pytest.raises(NotYours):
        actions.take_back(row.code, by=world.leader, seen=None, **wrong)
    with pytest.raises(ValidationError, match="哪里记错"):
        actions.take_back(row.code, by=world.officer, seen=None, **wrong | {"words": "错"})
    actions.take_back(row.code, by=world.officer, seen=None, **wrong)
    said = facts(row, "taken_back")
    # the second piece is adopted by another still; by the government none is
    assert (said["was"], said["last"], said["pieces"], said["by_government"]) == ("adopted", False, -1, -2)
    assert (Outcome.objects.count(), queries.standing(row).count()) == (3, 1)
    with pytest.raises(ValidationError, match="从列着的"):
        actions.take_back(row.code, by=world.officer, seen=None, **wrong)
    noted(world, row, "decline", pieces=["1"])  # what was taken back stands in nobody's way
    assert facts(row, "declined")["first"]


def test_found_by_its_words_by_whoever_may_read_it_and_not_once_its_writer_is_gone(world):
    row = drafted(world)
    for actor, n in ((world.member, 1), (world.officer, 0), (world.member2, 0)):
        assert len(queries.found("供水 管护", queries.visible_to(actor))[0]) == n
    changed = Draft(**{**vars(SAID), "title": "关于乡村公交的调研报告"})
    actions.redraft(row.code, by=world.member, seen=None, said=changed)
    assert queries.found("公交", queries.of_member(world.member))[0] == [row]
    submitted(world, again(row))
    assert queries.found("公交", queries.at_desk(world.officer))[0] == [row]
    actions.forget(world.member.key)
    assert queries.found("公交", queries.at_desk(world.officer))[0] == []


def test_advice_is_a_line_each_without_its_numbering():
    lines = "一、修路。\n（二）装灯。\n3. 管水。\n\n 4、收费。\n十年内不变。"
    assert measure.pieces(lines) == ["修路。", "装灯。", "管水。", "收费。", "十年内不变。"]


def test_a_visit_is_an_activity_on_record_or_written_down_plainly_and_each_once(world):
    row, held = drafted(world), activities.held(world)
    elsewhere = activities.planned(world)
    with clock.at(held.ends_at + timedelta(hours=2)):
        made = actions.add_visit(row.code, by=world.member, seen=None, activity=held.code)
        assert (made.activity, made.place) == (held, held.place)
        with pytest.raises(ValidationError, match="已经记过了"):
            actions.add_visit(row.code, by=world.member, seen=None, activity=held.code)
        with pytest.raises(ValidationError, match="办过了"):  # it is only planned
            actions.add_visit(row.code, by=world.member, seen=None, activity=elsewhere.code)
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="今天以后"):
        actions.add_visit(row.code, by=world.member, seen=None, on=tomorrow, place="石桥村", whom="村委会")
    actions.drop_visit(row.code, by=world.member, seen=None, visit=made.code)
    assert queries.visits(row) == []


def test_who_is_named_sees_it_and_may_leave_and_is_not_named_again(world):
    row = drafted(world)
    with pytest.raises(Unseen):
        queries.research(row.code, world.convener)
    actions.name(row.code, by=world.member, seen=None, member=world.convener.key, writer=True)
    assert queries.research(row.code, world.convener) == row
    assert row in queries.of_member(world.convener)
    with pytest.raises(NotYours):
        actions.redraft(row.code, by=world.convener, seen=None, said=SAID)
    with pytest.raises(NotYours):  # the lead writer withdraws instead
        actions.leave(row.code, by=world.member, seen=None)
    actions.leave(row.code, by=world.convener, seen=None)
    with pytest.raises(Unseen):
        queries.research(row.code, world.convener)
    with pytest.raises(ValidationError, match="自己退出"):
        actions.name(row.code, by=world.member, seen=None, member=world.convener.key, writer=True)
    row = submitted(world, again(row), writers=("member2",), went=())
    assert facts(row, "submitted")["writers"] == [world.member2.key]
    with pytest.raises(NotNow):
        actions.leave(row.code, by=world.member2, seen=None)


def test_only_members_of_this_committee_are_named(world):
    row = drafted(world)
    for stranger in (world.officer.key, world.neighbour_officer.key, "nobody"):
        with pytest.raises(ValidationError, match="本级政协"):
            actions.name(row.code, by=world.member, seen=None, member=stranger, writer=False)


def test_a_draft_is_its_teams_alone_until_it_is_handed_in(world):
    row = drafted(world)
    for name in ("officer", "leader", "auditor", "member2", "convener"):
        with pytest.raises(Unseen):
            queries.research(row.code, getattr(world, name))
    submitted(world, row, writers=(), went=())
    for name in ("officer", "leader", "auditor"):
        assert queries.research(row.code, getattr(world, name)) == row
    for name in ("member2", "convener", "handler", "operator", "neighbour_officer", "city_officer"):
        with pytest.raises(Unseen):
            queries.research(row.code, getattr(world, name))


def test_looked_over_and_signed_by_two_who_are_not_of_the_team(world):
    row = accepted(world)
    with pytest.raises(NotYours):
        actions.sign(row.code, by=world.officer, seen=None)
    row = actions.return_(row.code, by=world.leader, seen=None, words="数字再核一核")
    assert (row.state, row.accepted_by) == ("returned", "")
    assert [str(one.words) for one in queries.notes(row)] == ["数字再核一核"]
    row = actions.submit(row.code, by=world.member, seen=None)
    firsts = Act.objects.filter(subject=row.subject, name="research_submitted").order_by("pk")
    assert [act.facts["first"] for act in firsts] == [True, False]
    assert [one.number for one in queries.versions(row)] == [1]  # nothing was changed


def test_versions_are_kept_as_they_were_handed_in(world):
    row = submitted(world)
    actions.return_(row.code, by=world.officer, seen=None, words="写明是哪几个村")
    better = actions.Draft(**{**vars(SAID), "findings": SAID.findings + "石桥、河东最难。"})
    actions.redraft(row.code, by=world.member, seen=None, said=better)
    row = actions.submit(row.code, by=world.member, seen=None)
    assert [one.texts[1].endswith("石桥、河东最难。") for one in queries.versions(row)] == [False, True]


def test_numbers_run_by_committee_kind_and_year_without_gaps(world):
    numbers = [sent(world).number for _n in range(2)]
    left = submitted(world)
    actions.withdraw(left.code, by=world.member, seen=None)
    assert [*numbers, sent(world).number] == [1, 2, 3]
    assert again(left).number is None


def test_each_piece_of_advice_has_its_own_outcome_and_counts_once(world):
    row = sent(world)
    noted(world, row, "acknowledge", whom="own", pieces=["1"])
    noted(world, row, "acknowledge", pieces=["1", "2"])
    assert facts(row, "acknowledged")["pieces"] == 1  # the first was acknowledged before
    noted(world, row, "adopt", whom="own", pieces=["1"])
    assert "by_government" not in facts(row, "adopted")
    noted(world, row, "adopt", pieces=["1", "2"])
    assert facts(row, "adopted").items() >= {"by_government": 2, "pieces": 1, "first": False}.items()
    noted(world, row, "decline", pieces=["3"], words="今年没有经费，明年再看")
    by_piece = {
        one.number: [str(said.said) for said in one.outcomes.order_by("pk")]
        for one in Advice.objects.filter(research=row).order_by("number")
    }
    assert by_piece == {
        1: ["acknowledged", "acknowledged", "adopted", "adopted"],
        2: ["acknowledged", "adopted"],
        3: ["declined"],
    }


def test_nobody_says_the_same_twice_or_takes_back_what_they_said(world):
    row = sent(world)
    noted(world, row, "adopt", pieces=["1"])
    with pytest.raises(NotNow, match="已经记过了"):
        noted(world, row, "adopt", pieces=["1"])
    with pytest.raises(NotNow, match="相反"):
        noted(world, row, "decline", pieces=["1"])
    noted(world, row, "decline", pieces=["2"])
    with pytest.raises(NotNow, match="相反"):
        noted(world, row, "adopt", pieces=["2", "3"])
    assert Outcome.objects.filter(research=row).count() == 2
    with pytest.raises(ValidationError, match="列着的建议"):
        noted(world, row, "adopt", pieces=["9"])
    yesterday, to = clock.today() - timedelta(days=1), queries.addressees(row)[0]
    with pytest.raises(ValidationError, match="报送以后"):
        actions.adopt(
            row.code, by=world.officer, seen=None, addressee=to.code, pieces=[], words="会上定", on=yesterday
        )


def test_an_endorsement_needs_its_scan_which_the_team_opens_and_nobody_else(world):
    row = sent(world)
    with pytest.raises(ValidationError, match="扫描件"):
        endorsed(world, row, scan=[])
    made = endorsed(world, row)
    assert queries.may_see_scan([world.convener], made.code)
    assert queries.may_see_scan([world.auditor], made.code)
    assert not queries.may_see_scan([world.other_convener, world.handler], made.code)


def test_the_office_says_to_whom_it_goes(world):
    row = submitted(world)
    with pytest.raises(ValidationError, match="勾上「单位」"):
        actions.accept(row.code, by=world.officer, seen=None, to=["party"], departments=[world.lamps.code])
    with pytest.raises(ValidationError, match="列着的"):
        actions.accept(row.code, by=world.officer, seen=None, to=["department"], departments=[world.far.code])
    to = ["party", "department"]
    actions.accept(row.code, by=world.officer, seen=None, to=to, departments=[world.lamps.code])
    assert [str(one) for one in queries.addressees(row)] == ["党委", "城管局"]


def test_a_stale_form_changes_nothing(world):
    row = drafted(world)
    actions.redraft(row.code, by=world.member, seen=row.version, said=SAID)
    with pytest.raises(NotNow, match="刚处理过"):
        actions.redraft(row.code, by=world.member, seen=row.version, said=SAID)


def test_an_erased_lead_writer_leaves_what_was_sent_and_nothing_else(world):
    out, kept = sent(world), submitted(world)
    people.erase(world.member.key, way="account", by=world.operator)
    with pytest.raises(NotNow, match="注销"):
        actions.accept(kept.code, by=world.officer, seen=None, to=["own"], departments=[])
    assert kept not in queries.waiting(world.officer)
    assert again(kept).heading == "已按本人要求删除"
    assert [one.texts[1] for one in queries.versions(again(kept))] == ["已按本人要求删除"]
    assert again(out).heading == SAID.title
    assert str(Paper.objects.get(research=out).findings) == SAID.findings
    assert [str(one.words) for one in queries.ready(again(out))] == measure.pieces(SAID.advice)
    noted(world, again(out), "adopt")


def test_lists_ask_as_much_for_one_as_for_many(world):
    def read():
        rows, _after = paging.page(queries.listed(queries.at_desk(world.officer)), "")
        return [(row.heading, len(row.team.all()), len(row.outcomes.all())) for row in rows]

    noted(world, sent(world), "adopt", pieces=["1"])
    with CaptureQueriesContext(connection) as one:
        read()
    for _n in range(4):
        noted(world, sent(world), "adopt", pieces=["1"])
    with CaptureQueriesContext(connection) as many:
        assert len(read()) == 5
    assert len(many) == len(one)


def test_who_was_dropped_looks_nothing_over_and_may_be_named_again(world):
    row = drafted(world)
    actions.name(row.code, by=world.member, seen=None, member=world.convener.key, writer=True)
    actions.drop(row.code, by=world.member, seen=None, member=world.convener.key)
    row = again(row)
    assert not rules.named(world.convener, row)
    assert rules.concerned(world.convener, row)  # may have written what they would look over
    actions.name(row.code, by=world.member, seen=None, member=world.convener.key, writer=False)
    assert rules.named(world.convener, again(row))
