"""The two clocks of a voice, in Chinese working days: left on Monday 23 November 2026, accepted by Thursday,
answered by Monday the 7th."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.models import Act
from shangliang.flow.voices import actions, queries, standing, told
from shangliang.flow.voices.models import Deadline, Voice

from .conftest import Story, moment

THURSDAY, MONDAY_2 = date(2026, 11, 26), date(2026, 12, 7)


@pytest.mark.parametrize(
    ("left", "accept", "answer", "provisional"),
    [
        (moment(date(2026, 11, 23)), THURSDAY, MONDAY_2, False),
        (
            moment(date(2026, 11, 23), 23, 59),
            THURSDAY,
            MONDAY_2,
            False,
        ),  # late in the evening is still that day
        (moment(date(2026, 11, 21)), date(2026, 11, 25), date(2026, 12, 4), False),  # on a Saturday
        (
            moment(date(2026, 9, 18)),
            date(2026, 9, 22),
            date(2026, 10, 9),
            False,
        ),  # 20 Sept. is made up, a week off
        (
            moment(date(2026, 12, 28)),
            date(2026, 12, 31),
            date(2027, 1, 12),
            True,
        ),  # next year is not announced
    ],
)
def test_clocks_run_in_working_days(world, left, accept, answer, provisional):
    with clock.at(left):
        voice = Story(world).leave()
    assert (voice.accept_by, voice.answer_by, voice.provisional) == (accept, answer, provisional)
    assert voice.due_by == accept


def test_a_committee_may_set_its_own_days(story, world):
    world.studio.committee.preferences = {"accept_days": 1, "answer_days": 5, "mark": "溪"}
    voice = story.leave()
    assert (voice.accept_by, voice.answer_by) == (date(2026, 11, 24), date(2026, 11, 30))
    assert voice.number == "溪政留2026-000001"


def test_taking_up_ends_the_first_clock_and_the_second_goes_on(story, world):
    voice = story.to("taken_up")
    assert voice.due_by == MONDAY_2
    kinds = {d.kind: d for d in Deadline.objects.filter(voice=voice)}
    assert (kinds["accept"].end, kinds["accept"].on_time, kinds["answer"].ended_on) == ("met", True, None)


def test_an_extension_moves_the_day_once_before_it_comes(story, world, later):
    voice = story.to("taken_up")
    with pytest.raises(ValidationError, match="最多延 10"):
        actions.extend(voice.code, by=world.officer, seen=2, days=11, words="要订做灯杆")
    moved = actions.extend(voice.code, by=world.officer, seen=2, days=5, words="要订做灯杆")
    assert (moved.answer_by, moved.due_by) == (date(2026, 12, 14), date(2026, 12, 14))
    with pytest.raises(NotNow, match="延过一次"):
        actions.extend(voice.code, by=world.officer, seen=3, days=1, words="再晚一天")
    with later(1):
        late = story.to("taken_up", words="另一件：水渠漏水，田里没水。")
    with later(30), pytest.raises(NotNow, match="日子已经过了"):
        actions.extend(late.code, by=world.officer, seen=2, days=5, words="忘了办")
    assert Voice.objects.get(pk=late.pk).extended is False


def test_what_is_reopened_or_given_back_gets_a_clock_of_its_own(story, world, later):
    voice = story.to("answered")
    assert (voice.due_by, voice.verdict_by) == (None, MONDAY_2)
    with later(3):  # Thursday
        again = actions.reopen(voice.code, by=story.by(voice), seen=3, verdict="not", missing="还黑着")
        assert (again.answer_by, again.due_by) == (date(2026, 12, 10), date(2026, 12, 10))
        assert again.extended is False
        raised = story.to("in_consultation", words="朱鹮踩了秧苗，有没有补苗的办法。")
        assert raised.due_by is None
    with later(7):
        back = actions.give_back(raised.code, by=world.officer, reason="先单独办。")
        assert back.answer_by == date(2026, 12, 14)


def test_a_wrong_assignment_goes_back_only_within_the_days_set(story, world, later):
    voice = story.to("assigned")
    assert (voice.send_back_by, voice.due_by) == (date(2026, 11, 30), MONDAY_2)
    with later(8), pytest.raises(NotNow, match="期限已经过了"):
        actions.send_back(voice.code, by=world.handler, seen=3, words="不归我们")
    with later(7):
        back = actions.send_back(voice.code, by=world.handler, seen=3, words="不归我们")
    assert (back.state, back.due_by) == ("taken_up", MONDAY_2)


def test_overdue_on_any_day_and_the_clocks_that_fell(story, world, later):
    on_time, late, refused = story.to("answered"), story.to("taken_up"), story.to("refused")
    county, city = world.county.path, world.city.path
    for path in (county, city):
        assert list(queries.overdue_on(path, MONDAY_2)) == []
        assert list(queries.overdue_on(path, date(2026, 12, 8))) == [late]
    assert list(queries.overdue_on(world.neighbour.path, date(2026, 12, 8))) == []
    with later(20):
        actions.answer(late.code, by=world.convener, seen=2, words="晚了，灯换好了。")
    assert list(queries.overdue_on(county, date(2026, 12, 12))) == [late]  # as it was, whatever came after
    assert list(queries.overdue_on(county, date(2026, 12, 14))) == []
    fell = {
        d.voice_id: d.on_time for d in queries.deadlines_fallen(city, date(2026, 12, 1), date(2026, 12, 31))
    }
    assert fell == {on_time.pk: True, late.pk: False}
    assert refused.pk not in fell


UNCLEAR = {
    "why": "unclear", "owner": "城关委员工作室", "contact": "000-0000100", "words": "看不明白，请再来说。",
}  # fmt: skip


def asked(voice, world):
    return actions.reply(
        voice.code, by=world.officer, seen=voice.version, words="是哪里的什么坏了？", asks=True
    )


def test_unclear_is_a_reason_only_after_a_question_went_unanswered_and_then_it_is_on_time(
    story, world, later
):
    voice = story.to("received", words="那个东西又坏了，快来。")
    said = actions.reply(voice.code, by=world.officer, seen=1, words="收到了，我们看看。")
    with later(8), pytest.raises(ValidationError, match="先回一句问清楚"):  # that was no question
        actions.refuse(voice.code, by=world.officer, seen=said.version, **UNCLEAR)
    with later(3):  # Thursday, the last day to accept it
        open_ = asked(Voice.objects.get(pk=voice.pk), world)
    assert (open_.waits_until, open_.accept_by) == (date(2026, 12, 3), date(2026, 12, 4))
    with later(10), pytest.raises(ValidationError, match="先回一句问清楚"):
        actions.refuse(voice.code, by=world.officer, seen=open_.version, **UNCLEAR)
    with later(11):
        gone = actions.refuse(voice.code, by=world.officer, seen=open_.version, **UNCLEAR)
    assert (gone.state, gone.waits_until) == ("refused", None)
    assert Deadline.objects.get(voice=voice, kind="accept").on_time


@pytest.mark.parametrize(
    ("left", "question", "answer", "until", "accept", "more"),
    [  # the days from the question to the answer, both included, are not the office's
        ((9, 21), (9, 22), (9, 22), (9, 30), (9, 28), 1),  # 25 to 27 September are a feast
        ((9, 21), (9, 22), (9, 27), (9, 30), (9, 30), 3),
        ((9, 28), (9, 29), (10, 5), (10, 12), (10, 10), 2),  # answered in the week off, which nobody counts
        ((9, 28), (9, 29), (10, 9), (10, 12), (10, 13), 4),  # Saturday, 10 October is made up
        ((9, 28), (9, 29), (10, 20), (10, 12), (10, 15), 6),  # too late: the days had gone on
        ((9, 28), (9, 29), None, (10, 12), (10, 15), 6),
    ],
)
def test_the_days_stand_still_while_the_author_is_asked(world, left, question, answer, until, accept, more):
    with clock.at(moment(date(2026, *left))):
        story = Story(world)
        voice = story.leave()
    due = voice.answer_by
    with clock.at(moment(date(2026, *question))):
        voice = asked(voice, world)
        assert voice.waits_until == date(2026, *until)
        turn = standing.turn(voice)
        assert (turn.you, turn.sentence) == (True, "问了您一句，等您回话")
    if answer:
        with clock.at(moment(date(2026, *answer))):
            voice = actions.say(voice.code, by=story.by(voice), seen=None, words="村口的灯。")
            assert voice.waits_until is None
            assert not standing.turn(voice).you
    assert (voice.accept_by, voice.due_by) == (date(2026, *accept), date(2026, *accept))
    assert voice.answer_by == clock.due_after(due, more).day
    [running] = voice.deadlines.filter(kind="accept")
    assert running.due == clock.due_after(running.started, running.days).day == voice.accept_by


def test_a_question_before_the_last_was_answered_stops_nothing_more(story, world, later):
    voice = asked(story.to("received"), world)
    with later(10):
        again = asked(voice, world)
    assert (again.waits_until, again.accept_by) == (voice.waits_until, voice.accept_by)


def test_what_is_late_stays_late_whatever_is_asked(story, world, later):
    voice = story.to("received")
    with later(4):
        late = asked(voice, world)
        assert late.accept_by == late.due_by == THURSDAY
        assert not standing.turn(late).you
    with later(12):
        assert actions.refuse(voice.code, by=world.officer, seen=late.version, **UNCLEAR).state == "refused"
    assert not Deadline.objects.get(voice=voice, kind="accept").on_time


def test_taken_up_nobody_waits_any_more_and_in_that_round_no_day_stands_still_again(story, world):
    taken = actions.take_up(asked(story.to("received"), world).code, by=world.officer, seen=2)
    assert (taken.waits_until, taken.answer_by) == (None, clock.due_after(MONDAY_2, 1).day)
    assert asked(taken, world).waits_until is None


def test_provisional_days_are_reckoned_again(story, world):
    with clock.at(moment(date(2026, 12, 28))):
        voice = story.leave()
    Deadline.objects.filter(voice=voice, kind="answer").update(due=date(2027, 1, 11))
    assert actions.reckon_again() == 1
    moved = Voice.objects.get(pk=voice.pk)
    assert (moved.answer_by, moved.version) == (date(2027, 1, 12), voice.version + 1)
    assert Act.objects.get(name="voice_clock_reckoned").facts == {"kind": "answer", "due": "2027-01-12"}
    assert "2027年1月12日" in told.timeline(moved, mine=True)[-1].sentence


def test_of_two_clocks_reckoned_again_the_queue_runs_by_the_new_day_of_the_first(story, world):
    with clock.at(moment(date(2026, 12, 28))):
        voice = story.leave()
    right = (voice.accept_by, voice.answer_by)
    stale = [day - timedelta(days=1) for day in right]
    for kind, day in zip(("accept", "answer"), stale, strict=True):
        Deadline.objects.filter(voice=voice, kind=kind).update(due=day, provisional=True)
    Voice.objects.filter(pk=voice.pk).update(accept_by=stale[0], answer_by=stale[1], due_by=stale[0])
    assert actions.reckon_again() == 2
    moved = Voice.objects.get(pk=voice.pk)
    assert (moved.accept_by, moved.answer_by, moved.due_by) == (*right, right[0])
    assert moved.version == voice.version + 2
