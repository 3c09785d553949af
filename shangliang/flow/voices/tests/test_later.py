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
