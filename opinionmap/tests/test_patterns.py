"""How ballots were handed in; never which way they point."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from opinionmap import Conversation, patterns


def ballot(who, votes):
    return [(who, statement, vote) for statement, vote in enumerate(votes)]


TWELVE = [1, -1, 0, 1, 1, -1, 1, 0, -1, 1, 1, -1]


def test_identical_ballots_are_found():
    rows = [row for who in ("c", "a", "b") for row in ballot(who, TWELVE)] + ballot("d", TWELVE[::-1])
    found = patterns(Conversation(rows).ballots)
    assert [(one.participants, one.votes) for one in found.same] == [(("a", "b", "c"), 12)]
    assert found.bursts == ()


def test_short_ballots_are_often_alike_and_tell_nothing():
    rows = [row for who in range(5) for row in ballot(who, TWELVE[:9])]
    assert patterns(Conversation(rows).ballots).same == ()
    assert len(patterns(Conversation(rows).ballots, least_votes=9).same) == 1


def test_the_largest_comes_first():
    rows = [row for who in range(3) for row in ballot(who, TWELVE)]
    rows += [row for who in range(10, 14) for row in ballot(who, TWELVE[::-1])]
    assert [len(one.participants) for one in patterns(Conversation(rows).ballots).same] == [4, 3]


def test_bursts_are_found():
    """One an hour, then twelve in a minute, then one an hour, then ten in half a minute."""
    times = [3600.0 * n for n in range(20)]
    times += [90_000 + 5.0 * n for n in range(12)] + [100_000.0 + 3600 * n for n in range(20)]
    times += [300_000 + 3.0 * n for n in range(10)]
    talk = Conversation()
    talk.add([(who, 1, 1) for who in range(len(times))], times=times)
    found = patterns(talk.ballots)
    assert [(len(one.participants), one.since, one.until) for one in found.bursts] == [
        (12, 90_000.0, 90_055.0),
        (10, 300_000.0, 300_027.0),
    ]
    assert found.bursts[1].participants == tuple(range(52, 62))
    assert patterns(talk.ballots, least_at_once=13).bursts == ()
    assert patterns(talk.ballots, window=1).bursts == ()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_the_direction_of_votes_changes_nothing(seed):
    chance = np.random.default_rng(seed)
    votes = chance.integers(-1, 2, (3, 12))[chance.integers(0, 3, 12)]
    times = chance.random(12 * 12) * 200
    found = []
    for turn in (1, -1):
        talk = Conversation()
        rows = [(who, what, int(turn * votes[who, what])) for who in range(12) for what in range(12)]
        talk.add(rows, times=times)
        found.append(patterns(talk.ballots, least_at_once=4))
    assert found[0] == found[1]
