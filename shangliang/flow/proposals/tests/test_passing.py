"""A proposal that is not filed goes on: as a draft opinion report of its leader's, or as a letter."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act, Flow
from shangliang.base.paper.press import printed
from shangliang.base.paper.tests import reading
from shangliang.flow.proposals import actions, queries, sheets
from shangliang.flow.reports import actions as reports
from shangliang.flow.reports import queries as of_reports
from shangliang.flow.reports.measure import MOST, fitted, length
from shangliang.flow.reports.models import OpinionReport
from shangliang.flow.studios.models import Studio

from .story import TEXT, checked, joint, sent

WORDS = "内容是对的，还缺数据，先作为社情民意信息反映。"


def refused(world, row=None, passed="report", **more):
    row = checked(world, row or sent(world), "refuse", reason="empty", passed=passed)
    return actions.refuse(row.code, by=world.leader, seen=row.version, words=WORDS, **more)


def test_as_a_report_it_is_a_draft_of_its_leaders_alone(world):
    row = refused(world, joint(world, "member2"))
    made = OpinionReport.objects.get()
    assert (row.report, made.person, made.state) == (made, world.member.key, "draft")
    assert made.texts == (TEXT["title"], TEXT["situation"], TEXT["analysis"], TEXT["advice"])
    assert made.studio == world.studio
    act = Act.objects.get(name="opinion_report_begun")
    assert (act.by, act.facts["member"]) == (world.leader.key, world.member.key)
    for who in (world.leader, world.officer, world.member2):
        with pytest.raises(Unseen):
            of_reports.report(made.code, who)
    reports.send(made.code, by=world.member, seen=made.version)
    assert of_reports.report(made.code, world.officer) == made


def test_both_threads_lead_to_each_other(world):
    row = refused(world)
    assert Flow.objects.filter(thread=row.thread, into=row.report.thread).exists()
    assert Act.objects.get(name="proposal_not_filed").facts["into"] == row.report.thread
    assert queries.report_of(row, world.member) == row.report
    assert queries.report_of(row, world.officer) is None  # a draft is its writer's
    assert queries.behind_report(row.report, world.member) == row
    assert queries.behind_report(row.report, world.handler) is None


def test_what_is_longer_than_a_report_may_be_is_cut_and_says_so(world):
    row = refused(world, sent(world, situation="情" * 2000, analysis="析" * 1000, advice="建" * 1000))
    title, *parts = row.report.texts
    assert length(title, *parts) <= MOST
    assert all(part.endswith("……") for part in parts)
    assert fitted("题目", "短的", "", "也短") == ("短的", "", "也短")


def test_without_a_studio_to_send_it_through_it_goes_another_way(world):
    row = checked(world, sent(world), "refuse", reason="empty", passed="report")
    Studio.objects.update(state="suspended")
    with pytest.raises(NotNow, match="没有开着的工作室"):
        actions.refuse(row.code, by=world.leader, seen=row.version, words=WORDS)
    assert not OpinionReport.objects.exists()


def test_nobody_begins_one_for_a_member_but_their_office(world):
    said = reports.Draft(TEXT["title"])
    for who in (world.member2, world.handler, world.neighbour_officer):
        with pytest.raises(NotYours):
            reports.begin(world.member, world.county, by=who, said=said)


# ── As a letter ──
def lettered(world, row=None, days=10):
    due = clock.today() + timedelta(days=days)
    row = refused(world, row, passed="letter", department=world.lamps.code, due=due)
    return queries.letter_of(row)


def test_as_a_letter_it_has_a_department_a_number_and_a_day(world):
    letter = lettered(world)
    assert (letter.department, letter.number) == (world.lamps, 1)
    assert letter.letter_number == f"清溪县政协提转〔{clock.today().year}〕1号"
    assert lettered(world, sent(world, title="关于另一件事的提案")).number == 2
    names = Act.objects.filter(subject=letter.proposal.subject).values_list("name", flat=True)
    assert list(names)[-2:] == ["proposal_not_filed", "proposal_letter_sent"]
    assert not OpinionReport.objects.exists()


def test_a_letter_asks_to_whom_and_by_when(world):
    for field, wrong in (
        ("department", {"due": clock.today()}),
        ("department", {"due": clock.today(), "department": world.far.code}),
        ("due", {"department": world.lamps.code}),
        ("due", {"department": world.lamps.code, "due": clock.today() - timedelta(days=1)}),
    ):
        row = checked(world, sent(world), "refuse", reason="empty", passed="letter")
        with pytest.raises(ValidationError) as told:
            actions.refuse(row.code, by=world.leader, seen=row.version, words=WORDS, **wrong)
        assert field in told.value.error_dict
        assert queries.letter_of(row) is None


def test_the_department_replies_once(world):
    letter = lettered(world)
    for who in (world.officer, world.member, world.handler2):
        with pytest.raises((Unseen, NotYours)):
            actions.reply_letter(letter.code, by=who, seen=None, words="下月初装好，请放心。")
    row = actions.reply_letter(
        letter.code, by=world.handler, seen=letter.version, words="下月初装好，请放心。"
    )
    assert (row.reply, row.replied_on) == ("下月初装好，请放心。", clock.today())
    assert Act.objects.get(name="proposal_letter_replied").facts["on_time"] is True
    with pytest.raises(NotNow, match="已经回复过"):
        actions.reply_letter(letter.code, by=world.handler, seen=None, words="再说一遍，再说一遍。")


def test_the_department_reads_its_letter_and_no_more_of_it(world):
    letter = lettered(world)
    of = letter.proposal
    assert queries.letter_to(letter.code, world.handler) == letter
    [told] = queries.told_of(world.handler).filter(pk=of.pk)
    assert told.letter_in == letter.code
    with pytest.raises(Unseen):
        queries.proposal(of.code, world.handler)
    with pytest.raises(Unseen):
        queries.letter_to(letter.code, world.handler2)
    for who in (world.member, world.officer, world.handler):
        assert queries.letter_read(of.code, who) == letter
    for who in (world.member2, world.handler2, world.neighbour_officer):
        with pytest.raises(Unseen):
            queries.letter_read(of.code, who)


def test_past_its_day_it_is_in_the_offices_list_till_it_is_replied_to(world):
    letter = lettered(world, days=3)
    assert not queries.letters_overdue(world.officer)
    with clock.at(clock.now() + timedelta(days=4)):
        assert list(queries.letters_overdue(world.officer)) == [letter]
        assert not queries.letters_overdue(world.neighbour_officer)
        actions.reply_letter(letter.code, by=world.handler, seen=None, words="晚了，已经装好。")
        assert not queries.letters_overdue(world.officer)
    assert Act.objects.get(name="proposal_letter_replied").facts["on_time"] is False


def test_one_refused_before_letters_were_kept_gets_its_letter_later(world):
    letter = lettered(world)
    of = letter.proposal
    asked = {"department": world.lamps.code, "due": clock.today()}
    with pytest.raises(NotNow):
        actions.write_letter(of.code, by=world.leader, seen=None, **asked)
    letter.delete()
    actions.write_letter(of.code, by=world.leader, seen=None, **asked)
    assert queries.letter_of(of).due == clock.today()


def test_the_letter_is_a_sheet_in_the_houses_letter_form(world):
    letter = lettered(world)
    said = sheets.passed(letter, {world.member.key: "岳委员"})
    pdf = printed(sheets.PASSED, said)
    assert set(reading.sizes(pdf)) == {(210, 297)}
    words = reading.text(pdf)
    for wanted in (letter.letter_number, "城管局：", "岳委员", TEXT["advice"][:8], "附件"):
        assert wanted in words
