"""How ballots were handed in: alike to the letter, or many at once. Never which way they point.

What is found is a reason to look, nothing more: a household that voted together is a burst too. Leaving
anybody out is a decision of people, done by `Conversation.leave_out` with a reason, and each map then says
what it would be without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .ballots import Ballots
from .kinds import Id, by_id

LEAST_ALIKE, LEAST_VOTES = 3, 10
WINDOW, LEAST_AT_ONCE = 60.0, 10


@dataclass(frozen=True)
class Same:
    """Participants who voted on the same statements, and the same on each. votes: on how many."""

    participants: tuple[Id, ...]
    votes: int


@dataclass(frozen=True)
class Burst:
    """Participants whose first votes lie close together. since, until: the first and last of these first
    votes, in seconds as they were given."""

    participants: tuple[Id, ...]
    since: float
    until: float


@dataclass(frozen=True)
class Patterns:
    """The largest first, equal ones by id or by time."""

    same: tuple[Same, ...]
    bursts: tuple[Burst, ...]


def patterns(
    ballots: Ballots,
    *,
    least_alike: int = LEAST_ALIKE,
    least_votes: int = LEAST_VOTES,
    window: float = WINDOW,
    least_at_once: int = LEAST_AT_ONCE,
) -> Patterns:
    """Ballots of at least `least_votes` votes that `least_alike` participants or more handed in identically;
    and stretches in which any `least_at_once` participants came within `window` seconds. Without times no
    bursts.

    Turning all votes round (agree for disagree) changes nothing in the result. Costs one pass and a sort."""
    return Patterns(_same(ballots, least_alike, least_votes), _bursts(ballots, window, least_at_once))


def _same(ballots: Ballots, least: int, votes: int) -> tuple[Same, ...]:
    codes = np.ascontiguousarray(ballots.codes)
    rows: dict[bytes, list[int]] = {}
    for row in np.flatnonzero(ballots.given >= votes).tolist():
        rows.setdefault(codes[row].tobytes(), []).append(row)
    found = [
        Same(_names(ballots, alike), int(ballots.given[alike[0]]))
        for alike in rows.values()
        if len(alike) >= least
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.participants), by_id(one.participants[0]))))


def _bursts(ballots: Ballots, window: float, least: int) -> tuple[Burst, ...]:
    known = np.flatnonzero(np.isfinite(ballots.first))
    order = known[np.argsort(ballots.first[known], kind="stable")]
    times = ballots.first[order]
    close = times[least - 1 :] - times[: max(len(times) - least + 1, 0)] <= window
    found, place = [], 0
    while place < len(close):
        if not close[place]:
            place += 1
            continue
        end = place
        while end + 1 < len(close) and close[end + 1]:
            end += 1
        held = slice(place, end + least)
        found.append(Burst(_names(ballots, order[held].tolist()), *map(float, times[held][[0, -1]])))
        place = end + least
    return tuple(sorted(found, key=lambda one: (-len(one.participants), one.since)))


def _names(ballots: Ballots, rows: list[int]) -> tuple[Id, ...]:
    return tuple(sorted((ballots.participants[row] for row in rows), key=by_id))
