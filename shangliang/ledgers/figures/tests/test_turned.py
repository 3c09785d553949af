"""What its author takes back: a verdict changed or not held for four weeks, a support, a merging. The number
follows on the day it happened, and still opens."""

from datetime import timedelta

import pytest

from shangliang.base import clock
from shangliang.base.people.actor import STRANGER
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries
from shangliang.ledgers.figures import counting, queries, records
from shangliang.ledgers.figures.actions import repost
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.models import Tally
from shangliang.ledgers.figures.period import Period

from .conftest import MONDAY, count

JUDGED = ("voices_confirmed_solved", "voices_judged_partly", "voices_judged_not")


def numbers(world, *names, period=None):
    count()
    return tuple(f.counted for f in queries.figures(names, world.county, period or Period()))


def own(voice):
    fresh = voice_queries.rows().get(pk=voice.pk)
    return {"code": fresh.code, "by": voice_queries.author_of(fresh), "seen": fresh.version}


def opens(world, name):
    """The rows of the number, each with what it adds, add up to it."""
    found = records.records(name, world.county, actor=world.officer)
    assert found.left_out == 0
    assert sum(row.adds for row in found.rows) == numbers(world, name)[0]
    return [row.adds for row in found.rows]


def test_a_changed_verdict_moves_from_one_number_to_the_other(told, world):
    told.confirm()
    voice = told.confirm()
    assert numbers(world, *JUDGED) == (2, 0, 0)
    voices.change_verdict(**own(voice), verdict="not")
    assert numbers(world, *JUDGED) == (1, 0, 1)
    assert opens(world, "voices_confirmed_solved") == [-1, 1, 1]
    voices.change_verdict(**own(voice), verdict="partly")
    assert numbers(world, *JUDGED) == (1, 1, 0)
    voices.change_verdict(**own(voice), verdict="partly", result=1)  # the marks alone
    assert numbers(world, *JUDGED) == (1, 1, 0)
    assert opens(world, "voices_judged_not") == [-1, 1]
    share = counting.total(["share_confirmed"], world.county.path, Period())["share_confirmed"]
    assert (share.n, share.of) == (50, 2)


def test_changed_and_to_be_done_again_it_moves_once_and_is_counted_as_reopened(told, world):
    voice = told.confirm()
    assert numbers(world, *JUDGED, "voices_reopened", "voices_awaiting_verdict") == (1, 0, 0, 0, 0)
    voices.reopen_after_all(**own(voice), verdict="not")
    assert numbers(world, *JUDGED, "voices_reopened", "voices_awaiting_verdict") == (0, 0, 1, 1, 0)
    assert opens(world, "voices_judged_not") == [1]
    assert opens(world, "voices_confirmed_solved") == [-1, 1]


@pytest.mark.parametrize("judged", ["solved", "partly"])
def test_what_did_not_hold_for_four_weeks_is_not_confirmed_any_more(told, world, judged):
    voice = told.confirm() if judged == "solved" else told.answer()
    if judged == "partly":
        voices.judge_partly(**own(voice))
    with clock.at(MONDAY + timedelta(days=28)):
        voices.ask_later()
        voices.follow_up(**own(voice), said="not")
        assert numbers(world, *JUDGED, "voices_reopened", "follow_ups") == (0, 0, 1, 1, 1)
        again = voices.answer(voice.code, by=world.officer, seen=None, words="换了线。")
        voices.confirm(**own(again))
        # One voice, said solved once: not twice.
        assert numbers(world, "voices_confirmed_solved", "voices_answered") == (1, 1)


def test_what_they_say_four_weeks_later_is_counted_by_what_they_say(told, world):
    first, second = told.confirm(), told.confirm()
    with clock.at(MONDAY + timedelta(days=28)):
        voices.ask_later()
        voices.follow_up(**own(first), said="solved")
        voices.follow_up(**own(second), said="unknown")
        count()
        parts = counting.parts(METRICS["follow_ups"], world.county.path, Period())
    assert parts == {"solved": 1, "partly": 0, "not": 0, "unknown": 1}


def test_a_merged_voice_counts_once(told, world):
    host, voice = told.leave(), told.leave(words="学校门口的灯也黑着")
    for one in (host, voice):
        voices.take_up(one.code, by=world.officer, seen=1)
    voices.propose_merge(voice.code, by=world.officer, seen=2, into=host.number, words="同一排灯。")
    voices.agree_merge(**own(voice))
    answered = voices.answer(host.code, by=world.officer, seen=2, words="两排都换了。")
    voices.confirm(**own(answered))
    names = ("voices_received", "voices_taken_up", "voices_merged", "voices_answered", *JUDGED)
    assert numbers(world, *names) == (2, 2, 1, 1, 1, 0, 0)
    voices.unmerge(voice.code, by=world.officer, seen=None)
    assert numbers(world, "voices_merged", "voices_received") == (0, 2)
    assert opens(world, "voices_merged") == [-1, 1]


def test_withdrawn_is_counted_and_no_verdict_is_awaited(told, world):
    voice = told.answer()
    assert numbers(world, "voices_awaiting_verdict", "voices_withdrawn") == (1, 0)
    voices.withdraw(**own(voice))
    assert numbers(world, "voices_awaiting_verdict", "voices_withdrawn", "voices_received") == (0, 1, 1)
    assert opens(world, "voices_awaiting_verdict") == []


def test_supports_received_less_those_taken_back(told, world):
    voice = told.leave(public=True)
    voices.show(voice.code, by=world.officer, seen=1)
    for n in range(3):
        voices.support(voice.code, by=STRANGER, digest=f"d{n}")
    voices.withdraw_support(voice.code, by=STRANGER, digest="d1")
    assert numbers(world, "supports") == (2,)
    assert opens(world, "supports") == [-1, 1, 1, 1]


def test_posted_anew_the_tallies_are_the_same(told, world):
    voice = told.confirm(public=True)
    voices.change_verdict(**own(voice), verdict="partly")
    voices.show(voice.code, by=world.officer, seen=1)
    count()
    before = sorted(Tally.objects.values_list("metric", "path", "day", "n"))
    repost()
    assert sorted(Tally.objects.values_list("metric", "path", "day", "n")) == before
