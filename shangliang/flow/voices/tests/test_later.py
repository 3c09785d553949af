"""After the verdict: another one within a week, and the question of four weeks later."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.models import Act
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.models import FollowUp, Verdict
from shangliang.flow.voices.queries import tied

from .conftest import MONDAY


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def change(story, voice, verdict, **more):
    voice = fresh(voice)
    return actions.change_verdict(voice.code, by=story.by(voice), seen=voice.version, verdict=verdict, **more)


def say(story, voice, said):
    voice = fresh(voice)
    return actions.follow_up(voice.code, by=story.by(voice), seen=voice.version, said=said)


def test_solved_becomes_partly_and_back_within_a_week(story, later):
    voice = story.to("closed")
    with later(2):
        partly = change(story, voice, "partly", attitude=2, missing="又黑了一盏")
        assert (partly.state, partly.confirmed_on) == ("closed", None)
        assert Act.objects.get(name="voice_verdict_changed").facts == {
            "round": 1, "was": "solved", "verdict": "partly",
        }  # fmt: skip
    with later(7):
        again = change(story, voice, "solved")
        assert again.confirmed_on == MONDAY + timedelta(days=7)
    [row] = Verdict.objects.filter(voice=voice)
    assert (row.verdict, row.attitude, row.missing) == ("solved", None, "")
    assert row.changed_at is not None


def test_marks_alone_may_be_changed_and_no_figure_moves(story):
    voice = story.to("closed")
    confirmed = voice.confirmed_on
    assert change(story, voice, "solved", result=3).confirmed_on == confirmed
    assert Act.objects.get(name="voice_verdict_changed").facts == {"round": 1}


def test_after_a_week_it_stands_and_nobody_else_ever_changes_it(story, world, later):
    voice = story.to("closed")
    with pytest.raises(NotYours):
        actions.change_verdict(voice.code, by=world.officer, seen=voice.version, verdict="not")
    with pytest.raises(ValidationError):
        change(story, voice, "wonderful")
    with later(8), pytest.raises(NotNow, match="七天"):
        change(story, voice, "not")
    assert Verdict.objects.get(voice=voice).verdict == "solved"


def reopen(story, voice, verdict="not", **more):
    voice = fresh(voice)
    by = story.by(voice)
    return actions.reopen_after_all(voice.code, by=by, seen=voice.version, verdict=verdict, **more)


def test_changed_to_not_within_a_week_it_may_be_done_once_more(story, world, later):
    voice = story.to("closed")
    with later(7):
        again = reopen(story, voice, attitude=2, missing="又黑了")
        assert (again.state, again.round, again.reopened, again.confirmed_on) == ("taken_up", 2, True, None)
        assert again.due_by == again.answer_by == clock.due_after(clock.today(), 10).day
        row = Verdict.objects.get(voice=voice)
        assert (row.verdict, row.reopened, row.missing) == ("not", True, "又黑了")
        assert Act.objects.get(name="voice_reopened_after_all").facts == {
            "round": 1, "was": "solved", "verdict": "not", "answer_by": again.answer_by.isoformat(),
        }  # fmt: skip
        answered = actions.answer(again.code, by=world.convener, seen=again.version, words="换了线。")
        actions.judge_not(again.code, by=story.by(again), seen=answered.version)
        with pytest.raises(NotNow, match="只能退回一次"):
            reopen(story, voice)
        offered = {move.name for move in queries.offered(story.by(voice), fresh(voice), clock.today())}
        assert "change_verdict" in offered
        assert "reopen_after_all" not in offered


def test_who_said_not_at_once_may_still_ask_for_it_to_be_done_again(story, world):
    voice = story.to("answered")
    actions.judge_not(voice.code, by=story.by(voice), seen=voice.version)
    assert reopen(story, voice).round == 2
    assert "was" not in Act.objects.get(name="voice_reopened_after_all").facts


def test_not_after_a_week_not_for_solved_and_by_nobody_else(story, world, later):
    voice = story.to("closed")
    with pytest.raises(ValidationError, match="才退回再办"):
        reopen(story, voice, "solved")
    with pytest.raises(NotYours):
        actions.reopen_after_all(voice.code, by=world.officer, seen=voice.version, verdict="not")
    with later(8), pytest.raises(NotNow, match="七天"):
        reopen(story, voice)
    assert (fresh(voice).state, Verdict.objects.get(voice=voice).verdict) == ("closed", "solved")


def test_one_reopened_before_is_changed_and_no_more(story, world):
    voice = story.to("answered")
    again = actions.reopen(voice.code, by=story.by(voice), seen=voice.version, verdict="not")
    answered = actions.answer(again.code, by=world.convener, seen=again.version, words="换了线。")
    actions.confirm(voice.code, by=story.by(voice), seen=answered.version)
    with pytest.raises(NotNow, match="只能退回一次"):
        reopen(story, voice)
    assert fresh(voice).state == "closed"
    assert change(story, voice, "not").state == "closed"


def test_the_question_is_put_once_after_four_weeks(story, later):
    voice = story.to("closed")
    with later(27, hour=23):
        assert actions.ask_later() == 0
    with later(28, hour=1):
        assert [actions.ask_later(), actions.ask_later()] == [1, 0]
        asked = FollowUp.objects.get(voice=voice)
        assert asked.asked_on == date(2026, 12, 21)
        assert tied.asks_later(fresh(voice), asked)
        assert Act.objects.get(name="voice_follow_up_due").by == "clock"
        assert say(story, voice, "solved").state == "closed"
        assert not tied.asks_later(fresh(voice), tied.follow_up_of(voice))
        with pytest.raises(NotNow):
            say(story, voice, "partly")
    with later(80):
        assert actions.ask_later() == 0


@pytest.mark.parametrize("said", ["solved", "partly", "unknown"])
def test_what_holds_or_nearly_is_written_down_and_nothing_else_moves(story, later, said):
    voice = story.to("closed")
    with later(29):
        actions.ask_later()
        after = say(story, voice, said)
    assert (after.state, after.confirmed_on) == ("closed", voice.confirmed_on)
    assert Act.objects.get(name="voice_followed_up").facts == {"said": said}


def test_not_opens_it_again_with_a_clock_of_its_own(story, world, later):
    voice = story.to("closed")
    with later(28):
        actions.ask_later()
        again = say(story, voice, "not")
        assert (again.state, again.round, again.confirmed_on) == ("taken_up", 2, None)
        assert again.answer_by == again.due_by == clock.due_after(clock.today(), 10).day
        answered = actions.answer(again.code, by=world.convener, seen=again.version, words="换了线。")
        actions.confirm(again.code, by=story.by(again), seen=answered.version)
    with later(60):
        assert actions.ask_later() == 0  # once a voice
    facts = Act.objects.get(name="voice_relapsed").facts
    assert (facts["was"], facts["said"]) == ("solved", "not")


def test_who_would_rather_not_be_asked_is_not(story, later):
    voice = story.to("closed")
    actions.set_follow_up(voice.code, by=story.by(voice), wanted=False)
    with later(30):
        assert actions.ask_later() == 0
        actions.set_follow_up(voice.code, by=story.by(voice), wanted=True)
        assert actions.ask_later() == 1
        actions.set_follow_up(voice.code, by=story.by(voice), wanted=False)
        assert not tied.asks_later(fresh(voice), tied.follow_up_of(voice))


@pytest.mark.parametrize("verdict", ["judge_partly", "judge_not"])
def test_partly_is_asked_and_not_solved_is_not(story, later, verdict):
    voice = story.to("answered")
    getattr(actions, verdict)(voice.code, by=story.by(voice), seen=voice.version)
    with later(28):
        assert actions.ask_later() == (verdict == "judge_partly")


def test_an_erased_or_long_closed_voice_is_not_asked(story, later):
    voice = story.to("closed")
    with later(120):
        assert actions.ask_later() == 0
    actions.erase(voice.code, by=story.by(voice))
    with later(28):
        assert actions.ask_later() == 0
