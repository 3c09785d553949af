"""A filed proposal in the hands of departments: assignment, answers, ratings, what the office does later."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places
from shangliang.flow.proposals import actions, measure, queries, settings
from shangliang.flow.proposals.models import Answer, Contact, Handling, Urging

from .story import (
    ANSWER,
    CROSS,
    PLEASED,
    answer_drafted,
    answered,
    assigned,
    checked,
    filed,
    fresh,
    joint,
    part,
    rated,
    sent,
    signature,
)


def later(days):
    return clock.at(clock.now() + timedelta(days=days))


# ── Assignment ──
def test_the_clocks_of_host_and_co_handler(world):
    with clock.at(clock.start_of(date(2026, 11, 30)) + timedelta(hours=10)):
        row = assigned(world, co=[world.farms])
    host, beside = part(row, world.lamps), part(row, world.farms)
    assert (host.due, beside.due) == (date(2027, 2, 28), date(2026, 12, 30))
    assert host.send_back_by == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "host"),
        ({"host": "lamps", "separate": ["farms", "roads"]}, "host"),
        ({"separate": ["farms"]}, "separate"),
        ({"host": "lamps", "co": ["lamps"]}, "host"),
        ({"host": "far"}, "host"),
    ],
)
def test_a_host_or_several_that_each_answer(world, said, field):
    row = filed(world)
    codes = {
        name: [getattr(world, one).code for one in value]
        if isinstance(value, list)
        else getattr(world, value).code
        for name, value in said.items()
    }
    with pytest.raises(ValidationError) as found:
        actions.assign(row.code, by=world.officer, seen=None, **codes)
    assert field in found.value.message_dict


def test_a_handler_reads_it_once_it_was_given_to_them(world):
    row = filed(world)
    with pytest.raises(Unseen):
        queries.proposal(row.code, world.handler)
    assigned(world, row)
    assert queries.proposal(row.code, world.handler) == row
    with pytest.raises(Unseen):
        queries.proposal(row.code, world.handler2)


@pytest.mark.parametrize(("days", "last"), [(5, 7), (7, 9), (10, 14)])
def test_sent_back_within_the_days_that_are_set(world, days, last):
    places.prefer(world.county, "proposal_send_back_days", days)
    with clock.at(clock.start_of(date(2026, 11, 30)) + timedelta(hours=10)):
        row = assigned(world)
    one = part(row, world.lamps)
    assert one.send_back_by == date(2026, 12, last)
    with clock.at(clock.start_of(date(2026, 12, last + 1))), pytest.raises(NotNow, match="期限过了"):
        actions.send_back(one.code, by=world.handler, seen=None, words="归农业农村局管。")
    with clock.at(clock.start_of(date(2026, 12, last))):
        actions.send_back(one.code, by=world.handler, seen=None, words="归农业农村局管。")
        assert fresh(row).state == "filed"
        actions.assign(row.code, by=world.officer, seen=None, host=world.farms.code)
    assert fresh(row).state == "assigned"


def test_put_off_once_before_its_day_to_six_months_at_most(world):
    one = part(assigned(world), world.lamps)
    most = settings.latest(world.county, one.given_on)
    with pytest.raises(ValidationError, match="最晚到"):
        actions.extend(
            one.code, by=world.handler, seen=None, due=most + timedelta(days=1), words="要等预算下来。"
        )
    actions.extend(one.code, by=world.handler, seen=None, due=most, words="要等预算下来。")
    with pytest.raises(NotNow, match="已经延过"):
        actions.extend(one.code, by=world.handler, seen=None, due=most, words="要等预算下来。")


def test_who_hosted_one_like_it_is_suggested_with_the_words_that_match(world):
    assigned(world)
    row = filed(world, by="member2", title="关于巷道路灯无人管护的提案")
    department, earlier, words = queries.suggested(row)
    assert department == world.lamps
    assert earlier != row
    assert words


# ── The answer ──
def test_no_answer_before_somebody_spoke_with_the_filers(world):
    one = part(assigned(world), world.lamps)
    with pytest.raises(NotNow, match="先和提案人联系"):
        actions.draft_answer(one.code, by=world.handler, seen=None, **ANSWER)


def test_three_contacts_before_during_and_after(world):
    row = assigned(world)
    one = part(row, world.lamps)
    for way in ("visit", "phone"):
        actions.contact(one.code, by=world.handler, seen=None, way=way, on=clock.today())
    actions.draft_answer(one.code, by=world.handler, seen=None, **ANSWER)
    actions.pass_(one.code, by=world.officer, seen=None)
    actions.contact(one.code, by=world.handler, seen=None, way="meeting", on=clock.today())
    assert [row.phase for row in Contact.objects.order_by("pk")] == ["before", "during", "after"]


def test_co_handlers_countersign_before_it_goes_out(world):
    row = assigned(world, co=[world.farms])
    beside = part(row, world.farms)
    actions.opine(beside.code, by=world.handler2, seen=None, words="路灯用的电表由我局协调农电站。")
    with pytest.raises(NotNow, match="还没有拟好"):
        actions.countersign(beside.code, by=world.handler2, seen=None)
    one = answer_drafted(world, row)
    with pytest.raises(NotNow, match="没有会签"):
        actions.pass_(one.code, by=world.officer, seen=None)
    actions.countersign(beside.code, by=world.handler2, seen=None)
    actions.pass_(one.code, by=world.officer, seen=None)
    row = fresh(row)
    assert (row.state, row.outcome, row.public) == ("answered", "B", True)


def test_what_is_held_back_is_agreed_to_anew(world):
    row = assigned(world, co=[world.farms])
    beside = part(row, world.farms)
    actions.opine(beside.code, by=world.handler2, seen=None, words="同意由城管局牵头。")
    one = answer_drafted(world, row)
    actions.countersign(beside.code, by=world.handler2, seen=None)
    actions.hold_back(one.code, by=world.officer, seen=None, words="写明哪天修好。")
    actions.draft_answer(one.code, by=world.handler, seen=None, **ANSWER)
    with pytest.raises(NotNow, match="没有会签"):
        actions.pass_(one.code, by=world.officer, seen=None)


def test_kept_from_the_public_only_with_a_reason_or_by_its_filer(world):
    one = part(assigned(world), world.lamps)
    actions.contact(one.code, by=world.handler, seen=None, way="visit", on=clock.today())
    with pytest.raises(ValidationError, match="理由"):
        actions.draft_answer(one.code, by=world.handler, seen=None, **{**ANSWER, "public": False})
    assert not answered(world, assigned(world, may_publish=False)).public
    row = answered(world, assigned(world), public=False, reason="涉及在办的案件")
    with pytest.raises(Unseen):
        queries.public_one(row.code)


def test_class_d_is_for_those_who_have_set_it(world):
    with pytest.raises(ValidationError, match="哪一类"):
        answer_drafted(world, assigned(world), grade="D")
    places.prefer(world.county, "proposal_class_d", True)
    assert answered(world, assigned(world), grade="D").outcome == "D"


def test_each_of_those_who_answer_apart_answers_and_the_worst_counts(world):
    row = filed(world)
    both = [world.lamps.code, world.farms.code]
    row = actions.assign(row.code, by=world.officer, seen=None, separate=both)
    row = answered(world, row, grade="A")
    assert row.state == "assigned"
    one = part(row, world.farms)
    actions.contact(one.code, by=world.handler2, seen=None, way="phone", on=clock.today())
    actions.draft_answer(one.code, by=world.handler2, seen=None, **{**ANSWER, "grade": "C"})
    actions.pass_(one.code, by=world.officer, seen=None)
    row = fresh(row)
    assert (row.state, row.outcome) == ("answered", "C")
    assert {answer.letter_number for answer in queries.answers(row)} == {
        f"城管局提复〔{clock.today().year}〕1号", f"农业农村局提复〔{clock.today().year}〕1号"
    }  # fmt: skip


def test_an_answer_that_never_went_out_does_not_count(world):
    row = actions.assign(filed(world).code, by=world.officer, seen=None,
                         separate=[world.lamps.code, world.farms.code])  # fmt: skip
    other = part(row, world.farms)
    actions.contact(other.code, by=world.handler2, seen=None, way="phone", on=clock.today())
    actions.draft_answer(other.code, by=world.handler2, seen=None, **{**ANSWER, "grade": "C"})
    actions.hold_back(other.code, by=world.officer, seen=None, words="写明哪天办。")
    actions.send_back(other.code, by=world.handler2, seen=None, words="不归本单位管，归城管局。")
    assert answered(world, fresh(row), grade="A", public=False, reason="在办的案件").outcome == "A"
    assert not fresh(row).public


def test_what_all_who_still_have_it_have_answered_is_answered_by_the_office(world):
    row = actions.assign(filed(world).code, by=world.officer, seen=None,
                         separate=[world.lamps.code, world.farms.code])  # fmt: skip
    with pytest.raises(NotNow, match="还没有都答复"):
        actions.answer(row.code, by=world.officer, seen=None)
    row = answered(world, row)
    assert row not in queries.waiting(world.officer)
    back = part(row, world.farms)
    actions.send_back(back.code, by=world.handler2, seen=None, words="不归本单位管，归城管局。")
    row = fresh(row)
    assert (row.state, row in queries.waiting(world.officer)) == ("assigned", True)
    row = actions.answer(row.code, by=world.officer, seen=row.version)
    assert (row.state, row.outcome) == ("answered", "B")


def test_each_filer_of_what_was_merged_is_answered(world):
    head = filed(world)
    row = sent(world, by="member2", title="关于巷道路灯养护的提案")
    row = actions.merge(checked(world, row, "merge", into=head.code).code, by=world.leader, seen=None)
    answered(world, assigned(world, head))
    row = fresh(row)
    assert (row.state, row.outcome) == ("answered", "B")
    assert [answer.text for answer in queries.answers(row)] == [ANSWER["text"]]
    assert rated(world, row, "member2").state == "closed"
    assert fresh(head).state == "answered"


# ── Rating ──
def test_every_signer_rates_for_themselves_and_the_last_closes_it(world):
    row = answered(world, assigned(world, filed(world, joint(world, "member2"))))
    row = rated(world, row, "member2")
    assert row.state == "answered"
    with pytest.raises(NotNow, match="已经评过"):
        rated(world, row, "member2")
    with pytest.raises((NotYours, Unseen)):
        actions.rate(signature(row, world.member).code, by=world.member2, seen=None, said=PLEASED)
    assert rated(world, row, "member").state == "closed"


def test_no_account_of_a_department_that_handled_it_rates(world):
    since = date(2020, 1, 1)
    person = world.accounts["member"]
    people.grant(
        person, "handler", committee=world.county, department=world.lamps.code, by="clock", since=since
    )
    row = answered(world)
    both = actor_of(person)
    with pytest.raises(NotYours):
        actions.rate(signature(row, both).code, by=both, seen=None, said=PLEASED)
    assert actions.refuse_rating(row.code, by=both)
    assert Act.objects.filter(name="proposal_rating_refused", by=both.key).count() == 1
    other = answered(world, assigned(world, filed(world, by="member2", title="关于另一件事的提案")))
    assert not actions.refuse_rating(other.code, by=world.member2)


def test_it_is_closed_without_those_who_cannot_rate(world):
    row = answered(world, assigned(world, filed(world, joint(world, "member2", "other_member"))))
    people.grant(world.accounts["member2"], "handler", committee=world.county, department=world.lamps.code,
                 by="clock", since=date(2020, 1, 1))  # fmt: skip
    assert not queries.to_rate(actor_of(world.accounts["member2"]))
    assert list(queries.to_rate(world.other_member)) == [row]
    people.erase(world.other_member.key, way="account", by=world.operator)
    assert rated(world, row, "member").state == "closed"


def test_who_is_unsatisfied_has_it_handled_again_once(world):
    row = answered(world, assigned(world, filed(world, joint(world, "member2"))))
    rated(world, row, "member")
    row = rated(world, row, "member2", CROSS)
    one = part(row, world.lamps)
    assert (row.state, one.state, one.round) == ("assigned", "given", 2)
    assert one.due == settings.answer_due(world.county)
    row = answered(world, row, grade="A")
    assert [answer.round for answer in queries.answers(row)] == [1, 2]
    with pytest.raises(NotNow, match="已经重新办过"):
        rated(world, row, "member2", CROSS)
    rated(world, row, "member2")
    assert rated(world, row, "member").state == "closed"


def test_pleased_and_again_do_not_go_together(world):
    row = answered(world)
    with pytest.raises(ValidationError, match="满意的"):
        rated(world, row, "member", type(PLEASED)(**{**vars(PLEASED), "again": True, "words": "再看看。"}))
    with pytest.raises(ValidationError) as found:
        rated(world, row, "member", type(PLEASED)(**{**vars(PLEASED), "result": "?", "score": 101}))
    assert found.value.message_dict.keys() == {"result", "score"}


def test_unsatisfied_filers_of_what_was_merged_have_all_of_it_handled_again(world):
    head = filed(world)
    row = sent(world, by="member2", title="关于巷道路灯养护的提案")
    row = actions.merge(checked(world, row, "merge", into=head.code).code, by=world.leader, seen=None)
    answered(world, assigned(world, head))
    rated(world, fresh(head), "member")
    rated(world, fresh(row), "member2", CROSS)
    assert (fresh(head).state, fresh(row).state) == ("assigned", "merged")
    answered(world, fresh(head), grade="A")
    assert (fresh(head).outcome, fresh(row).outcome) == ("A", "A")


def test_bands_of_marks():
    assert [measure.band(mark) for mark in (90, 89, 75, 74, 60, 59)] == [
        "优秀", "良好", "良好", "一般", "一般", "较差"
    ]  # fmt: skip


def test_a_department_rates_the_proposal_once_when_it_has_answered(world):
    row = assigned(world)
    one = part(row, world.lamps)
    with pytest.raises(NotNow):
        actions.review(one.code, by=world.handler, seen=None, marks=[18] * 5)
    answered(world, row)
    actions.review(one.code, by=world.handler, seen=None, marks=[18] * 5)
    assert [found.total for found in queries.reviews(row)] == [90]
    with pytest.raises(NotNow, match="已经评过"):
        actions.review(one.code, by=world.handler, seen=None, marks=[18] * 5)


# ── Later ──
def test_the_office_chases_what_is_late_or_key(world):
    row = assigned(world)
    one, soon = part(row, world.lamps), clock.today() + timedelta(days=10)
    with pytest.raises(NotNow, match="不用督办"):
        actions.urge(one.code, by=world.officer, seen=None, words="请按期答复。", due=soon)
    actions.mark_key(row.code, by=world.leader, seen=None, words="涉及面广，群众反映多。")
    actions.urge(one.code, by=world.officer, seen=None, words="请按期答复。", due=soon)
    other = part(assigned(world, title="关于别的事情的提案"), world.lamps)
    with later(100):
        assert list(queries.overdue(world.officer)) == [one, other]
        late = clock.today() + timedelta(days=5)
        actions.urge(other.code, by=world.officer, seen=None, words="超期了，请即办。", due=late)
    assert Urging.objects.get(handling=one).number == 1


def test_class_b_is_looked_at_again_next_year(world):
    with clock.at(clock.start_of(date(2026, 6, 1)) + timedelta(hours=10)):
        row = rated(world, answered(world), "member")
        with pytest.raises(NotNow, match="第二年"):
            actions.recheck(row.code, by=world.officer, seen=None, grade="A", words="灯都修好了。")
        assert not queries.recheck_due(world.officer)
    with clock.at(clock.start_of(date(2027, 3, 1)) + timedelta(hours=10)):
        assert list(queries.recheck_due(world.officer)) == [row]
        actions.recheck(row.code, by=world.officer, seen=None, grade="B", words="还差两条巷子。")
        assert not queries.recheck_due(world.officer)
        with pytest.raises(NotNow, match="已经复查"):
            actions.recheck(row.code, by=world.officer, seen=None, grade="A", words="灯都修好了。")
    with clock.at(clock.start_of(date(2028, 3, 1)) + timedelta(hours=10)):
        assert list(queries.recheck_due(world.officer)) == [row]
        actions.recheck(row.code, by=world.officer, seen=None, grade="A", words="灯都修好了。")
    assert fresh(row).outcome == "A"


def test_nobody_answers_or_passes_what_they_signed_or_wrote(world):
    row = assigned(world)
    one = answer_drafted(world, row)
    since = date(2020, 1, 1)
    people.grant(world.accounts["handler"], "officer", committee=world.county, by="clock", since=since)
    both = actor_of(world.accounts["handler"])
    with pytest.raises(NotYours, match="换一个人"):
        actions.pass_(one.code, by=both, seen=None)
    assert Answer.objects.get().passed_on is None
    assert Handling.objects.get().state == "drafted"


def test_excellent_ones_are_chosen_in_four_steps(world):
    row = assigned(world)
    with pytest.raises(NotNow, match="答复了的"):
        actions.nominate(row.code, by=world.officer, seen=None)
    row = answered(world, row)
    actions.nominate(row.code, by=world.officer, seen=None)
    actions.shortlist(row.code, by=world.officer, seen=None)
    with pytest.raises(NotYours):
        actions.deliberate(row.code, by=world.officer, seen=None)
    actions.deliberate(row.code, by=world.leader, seen=None)
    actions.announce(row.code, by=world.officer, seen=None)
    assert queries.chosen_share(world.county, clock.today().year) == (1, 1, 0)
    assert Act.objects.get(name="proposal_excellent").facts["lead"] == [world.member.key]
