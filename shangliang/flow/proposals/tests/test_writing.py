"""A member's proposal, from the draft to its number: writing, signing, two looks."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.flow.proposals import actions, queries, reasons, rules
from shangliang.flow.proposals.actions import Draft, Looked
from shangliang.flow.proposals.models import Filed, Proposal, Version
from stories.world_people import grant

from .story import (
    ALL,
    TEXT,
    answered,
    assigned,
    checked,
    drafted,
    filed,
    fresh,
    invited,
    joint,
    sent,
    signature,
    signed,
)


def told(row):
    return [act.name for act in Act.objects.filter(subject=row.subject)]


def test_from_the_draft_to_its_number_each_step_an_act(world):
    row = filed(world)
    assert told(row) == ["proposal_drafted", "proposal_sent", "proposal_checked", "proposal_filed"]
    assert row.case_number == f"{clock.today().year}年平时第1号"
    act = Act.objects.get(subject=row.subject, name="proposal_filed")
    assert (act.facts["lead"], act.facts["part"]) == ([world.member.key], [])
    assert "路灯" not in str(list(Act.objects.values_list("facts", flat=True)))


def test_a_draft_may_lack_a_part_what_is_sent_may_not(world):
    row = drafted(world, advice="")
    with pytest.raises(ValidationError, match="建议"):
        actions.send(row.code, by=world.member, seen=row.version)
    said = Draft(**{**TEXT, "analysis": ""})
    row = actions.redraft(row.code, by=world.member, seen=row.version, said=said)
    assert actions.send(row.code, by=world.member, seen=row.version).state == "sent"


@pytest.mark.parametrize(
    "fault", [{"title": "灯"}, {"title": "灯" * 51}, {"advice": "字" * 3001}, {"kind": "x"}]
)
def test_what_does_not_fit_is_said_at_its_field(world, fault):
    with pytest.raises(ValidationError) as found:
        drafted(world, **fault)
    assert found.value.message_dict.keys() == fault.keys()


def test_a_collective_one_says_who_speaks(world):
    with pytest.raises(ValidationError, match="哪个单位"):
        drafted(world, kind="party")
    assert drafted(world, kind="party", body="民进清溪县支部").body == "民进清溪县支部"
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(body="")


def test_a_draft_is_its_writers_alone_until_it_is_sent(world):
    row = drafted(world)
    for name in ("member2", "officer", "leader", "auditor", "handler"):
        with pytest.raises(Unseen):
            queries.proposal(row.code, getattr(world, name))
    actions.send(row.code, by=world.member, seen=row.version)
    for name in ("officer", "leader", "auditor"):
        assert queries.proposal(row.code, getattr(world, name)) == row
    for name in ("member2", "convener", "handler", "neighbour_officer", "city_officer", "operator"):
        with pytest.raises(Unseen):
            queries.proposal(row.code, getattr(world, name))


def test_a_draft_goes_to_another_committee_until_others_are_asked(world):
    row = drafted(world, kind="joint")
    with pytest.raises(NotYours):
        actions.readdress(row.code, by=world.member, seen=row.version, to=world.city)
    grant(world, "member", "", Role.MEMBER, committee=world.city)
    by = actor_of(world.accounts["member"])
    row = actions.readdress(fresh(row).code, by=by, seen=row.version, to=world.city)
    row = actions.readdress(row.code, by=by, seen=row.version, to=world.city)
    [act] = Act.objects.filter(name="proposal_readdressed")
    assert (act.committee, act.facts["was"]) == (world.city.path, "990101")
    assert fresh(row).texts[0] == TEXT["title"]
    back = actions.readdress(row.code, by=by, seen=row.version, to=world.county)
    asked = {"members": [world.member2.key], "sign_by": clock.today()}
    row = actions.invite(back.code, by=by, seen=back.version, **asked)
    row = actions.take_back(row.code, by=by, seen=row.version)
    with pytest.raises(NotNow, match="请过人联名"):
        actions.readdress(row.code, by=by, seen=row.version, to=world.city)
    row = sent(world)
    with pytest.raises(NotNow, match="等初审"):
        actions.readdress(row.code, by=by, seen=row.version, to=world.city)


# ── Signing ──
def test_the_order_of_signers_is_kept_and_the_leader_is_first(world):
    row = joint(world, "member2", "other_member")
    rows = row.signatures.order_by("number")
    assert [one.person for one in rows] == [world.member.key, world.member2.key, world.other_member.key]
    facts = Act.objects.get(subject=row.subject, name="proposal_sent").facts
    assert facts["part"] == [world.member2.key, world.other_member.key]


def test_whoever_is_asked_reads_it_and_signs_for_themselves(world):
    row = invited(world, "member2")
    assert queries.proposal(row.code, world.member2) == row
    with pytest.raises(Unseen):
        queries.proposal(row.code, world.other_member)
    one = signature(row, world.member2)
    for name in ("member", "officer"):
        with pytest.raises((NotYours, Unseen)):
            actions.sign(one.code, by=getattr(world, name), seen=one.version)
    assert signed(world, row, "member2").state == "signed"


def test_no_late_signing(world):
    row = invited(world, "member2", "other_member", days=2)
    signed(world, row, "member2")
    with pytest.raises(NotNow, match="还有人没签"):
        actions.send(row.code, by=world.member, seen=row.version)
    with clock.at(clock.now() + timedelta(days=3)):
        with pytest.raises(NotNow, match="截止"):
            signed(world, row, "other_member")
        actions.send(row.code, by=world.member, seen=row.version)
    assert signature(row, world.other_member).state == "lapsed"
    with pytest.raises(Unseen):
        queries.proposal(row.code, world.other_member)


def test_a_later_day_is_set_while_the_old_one_runs_and_not_after_it(world):
    world.third = actor_of(grant(world, "third", "邵委员", Role.MEMBER))
    row = invited(world, "member2", "other_member", days=2)
    signed(world, row, "member2")
    later = {"seen": None, "sign_by": clock.today() + timedelta(days=9)}
    with clock.at(clock.now() + timedelta(days=3)):
        with pytest.raises(NotNow, match="已经截止"):
            actions.invite(row.code, by=world.member, members=[], **later)
        actions.invite(row.code, by=world.member, members=[world.third.key], **later)
        with pytest.raises(Unseen):
            signed(world, row, "other_member")
        signed(world, row, "third")
        assert states(row) == ["signed", "signed", "lapsed", "signed"]
    again = invited(world, "member2", days=2)
    actions.invite(again.code, by=world.member, members=[], **later)
    with clock.at(clock.now() + timedelta(days=3)):
        signed(world, again, "member2")


def test_taken_back_late_it_is_signed_anew_by_who_had_signed_in_time(world):
    row = invited(world, "member2", "other_member", days=2)
    signed(world, row, "member2")
    with clock.at(clock.now() + timedelta(days=3)):
        actions.take_back(row.code, by=world.member, seen=None)
        assert states(row) == ["signed", "invited", "lapsed"]
        with pytest.raises(NotNow, match="还有人没签"):
            actions.send(row.code, by=world.member, seen=None)
        until = clock.today() + timedelta(days=2)
        actions.invite(row.code, by=world.member, seen=None, members=[], sign_by=until)
        signed(world, row, "member2")
        with pytest.raises(Unseen):
            signed(world, row, "other_member")


def states(row):
    return list(row.signatures.order_by("number").values_list("state", flat=True))


def test_a_declined_or_called_off_invitation_is_over(world):
    row = invited(world, "member2", "other_member")
    signed(world, row, "member2", actions.decline)
    one = signature(row, world.other_member)
    actions.call_off(one.code, by=world.member, seen=one.version)
    with pytest.raises(Unseen):
        actions.sign(one.code, by=world.other_member, seen=None)
    with pytest.raises(NotNow, match="个人提案"):
        actions.send(row.code, by=world.member, seen=row.version)


def test_the_text_stands_still_while_it_is_signed(world):
    row = invited(world, "member2")
    signed(world, row, "member2")
    with pytest.raises(NotNow):
        actions.redraft(row.code, by=world.member, seen=None, said=Draft(**TEXT, kind="joint"))
    actions.take_back(row.code, by=world.member, seen=None)
    assert signature(row, world.member2).state == "invited"
    with pytest.raises(Unseen):
        queries.proposal(row.code, world.member2)


def test_an_invitation_read_before_the_text_was_changed_is_stale(world):
    row = invited(world, "member2")
    read = signature(row, world.member2)
    actions.take_back(row.code, by=world.member, seen=None)
    changed = Draft(**{**TEXT, "advice": "把路灯都拆掉，一盏也不留，省下电费修别的。"}, kind="joint")
    actions.redraft(row.code, by=world.member, seen=None, said=changed)
    until = clock.today() + timedelta(days=2)
    actions.invite(row.code, by=world.member, seen=None, members=[], sign_by=until)
    with pytest.raises(NotNow):
        actions.sign(read.code, by=world.member2, seen=read.version)
    assert signed(world, row, "member2").state == "signed"


def test_what_was_given_up_before_it_was_sent_is_its_leaders_alone(world):
    row = invited(world, "member2")
    actions.take_back(row.code, by=world.member, seen=None)
    actions.withdraw(row.code, by=world.member, seen=None)
    assert queries.proposal(row.code, world.member) == row
    with pytest.raises(Unseen):
        queries.proposal(row.code, world.member2)


def test_only_members_of_this_committee_and_of_none_below_are_asked(world):
    people.grant(world.accounts["other_member"], "member", committee=world.city, by="clock",
                 since=date(2020, 1, 1))  # fmt: skip
    people.grant(world.accounts["member"], "member", committee=world.city, by="clock", since=date(2020, 1, 1))
    by = actor_of(world.accounts["member"])
    row = actions.draft(world.city, by=by, said=Draft(**TEXT, kind="joint"))
    assert [one.key for one in queries.askable(row)] == [world.other_member.key]
    until = clock.today() + timedelta(days=2)
    with pytest.raises(ValidationError):
        actions.invite(row.code, by=by, seen=None, members=[world.member2.key], sign_by=until)
    actions.invite(row.code, by=by, seen=None, members=[world.other_member.key], sign_by=until)


def test_what_comes_back_and_is_changed_is_signed_anew(world):
    row = joint(world, "member2")
    row = actions.return_(row.code, by=world.officer, seen=None, words="写明是哪几条巷子。")
    same = Draft(**TEXT, kind="joint")
    actions.redraft(row.code, by=world.member, seen=None, said=same)
    assert signature(row, world.member2).state == "signed"
    actions.redraft(
        row.code, by=world.member, seen=None, said=Draft(**{**TEXT, "analysis": ""}, kind="joint")
    )
    assert signature(row, world.member2).state == "invited"
    until = clock.today() + timedelta(days=2)
    actions.invite(row.code, by=world.member, seen=None, members=[], sign_by=until)
    signed(world, row, "member2")
    actions.send(row.code, by=world.member, seen=None)
    assert Version.objects.filter(proposal=row).count() == 2


def test_only_members_of_the_committee_are_asked_each_once(world):
    row = drafted(world, kind="joint")
    until = clock.today() + timedelta(days=2)
    for wrong in ([], [world.handler.key], [world.member.key], [world.member2.key] * 2):
        with pytest.raises(ValidationError):
            actions.invite(row.code, by=world.member, seen=None, members=wrong, sign_by=until)
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(ValidationError, match="截止"):
        actions.invite(row.code, by=world.member, seen=None, members=[world.member2.key], sign_by=yesterday)


# ── The two looks ──
def test_two_persons_file_it(world):
    row = checked(world, sent(world))
    with pytest.raises(NotYours):
        actions.file(row.code, by=world.officer, seen=row.version)
    assert actions.file(row.code, by=world.leader, seen=row.version).state == "filed"


def test_to_file_asks_the_whole_checklist(world):
    row = sent(world)
    looked = Looked("file", topic="society", ticks=ALL[1:])
    with pytest.raises(ValidationError, match="都符合才能立案"):
        actions.check(row.code, by=world.officer, seen=None, looked=looked)


def test_not_filed_with_a_published_reason_and_passed_on(world):
    row = sent(world)
    with pytest.raises(ValidationError, match="公布的理由"):
        checked(world, row, "refuse", reason="boring", passed="letter")
    row = checked(world, row, "refuse", reason="academic", passed="report")
    with pytest.raises(NotNow, match="不立案"):
        actions.file(row.code, by=world.leader, seen=None)
    row = actions.refuse(row.code, by=world.leader, seen=None, words="属于学术研讨，转成社情民意信息。")
    assert (row.state, row.number, row.passed) == ("not_filed", None, "report")
    assert [note.about for note in queries.notes(row)] == ["not_filed"]


def test_ten_reasons_with_their_source():
    edition = reasons.on(date(2026, 3, 1))
    assert len(edition.reasons) == 10
    assert edition.source
    assert reasons.on(date(2001, 1, 1)) == reasons.editions()[-1]


def test_numbers_have_no_gaps_and_are_of_a_committee(world):
    first, second = filed(world), filed(world, title="关于另一条巷子路灯的提案")
    refused = checked(world, sent(world), "refuse", reason="empty", passed="letter")
    asked = {"department": world.lamps.code, "due": clock.today()}
    actions.refuse(refused.code, by=world.leader, seen=None, words="没有具体建议，转来信。", **asked)
    third = filed(world, title="关于第三条巷子路灯的提案")
    assert [row.number for row in (first, second, third)] == [1, 2, 3]


def test_merged_it_has_a_number_and_what_it_goes_with(world):
    head = filed(world)
    row = sent(world, by="member2", title="关于巷道路灯养护的提案")
    row = checked(world, row, "merge", into=head.code)
    row = actions.merge(row.code, by=world.leader, seen=row.version)
    assert (row.state, row.into, row.number) == ("merged", head, 2)
    with pytest.raises(ValidationError, match="并进哪一件"):
        checked(world, sent(world, title="关于又一条巷子的提案"), "merge", into=row.code)


def test_a_merger_that_is_only_proposed_is_none_yet(world):
    head = assigned(world)
    row = sent(world, by="member2", title="关于巷道路灯养护的提案")
    row = checked(world, row, "merge", into=head.code)
    mine = queries.proposal(row.code, world.member2)
    assert mine.head == mine
    assert [*queries.standing(mine), *queries.answers(mine), *queries.contacts(mine)] == []
    with pytest.raises(Unseen):
        queries.proposal(row.code, world.handler)
    assert not rules.signed_with(world.member2, queries.proposal(head.code, world.officer))
    assert not rules.signed_with(world.member, mine)
    assert actions.withdraw(row.code, by=world.member2, seen=None).into is None


def test_whoever_signed_does_not_look_it_over(world):
    since = date(2020, 1, 1)
    people.grant(world.accounts["member"], "officer", committee=world.county, by="clock", since=since)
    both = actor_of(world.accounts["member"])
    row = sent(world)
    with pytest.raises(NotYours):
        actions.check(row.code, by=both, seen=None, looked=Looked("file", topic="society", ticks=ALL))


def test_the_second_look_may_send_it_back_to_the_first(world):
    row = checked(world, sent(world))
    row = actions.look_again(row.code, by=world.leader, seen=row.version)
    assert (row.state, row.proposed, row.checked_by) == ("sent", "", "")


def test_a_filed_text_outlives_its_writers_account(world):
    row, unsent = filed(world), drafted(world, title="关于还没交的提案")
    actions.forget(world.member.key)
    row, unsent = fresh(row), fresh(unsent)
    assert row.heading == TEXT["title"]
    assert unsent.heading != "关于还没交的提案"


def test_a_desk_does_not_wait_for_words_that_are_gone(world):
    gone, stays = sent(world), sent(world, by="member2")
    people.erase(world.member.key, way="account", by=world.operator)
    assert gone not in queries.waiting(world.officer)
    assert list(queries.waiting(world.officer)) == [stays]


def test_of_an_earlier_one_that_is_not_public_only_those_told_who_read_it(world):
    earlier = assigned(world)
    row = drafted(world, by="member2", title="关于老旧小区路灯维修的提案")
    assert not queries.outcomes_alike(row, world.member2)
    assert [one for one, _words in queries.outcomes_alike(row, world.officer)] == [earlier]
    answered(world, earlier)
    assert [one for one, _words in queries.outcomes_alike(row, world.member2)] == [earlier]
    assert Filed.objects.get().texts[0] == TEXT["title"]
