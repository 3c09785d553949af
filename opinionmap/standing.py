"""What each group holds, what all hold, and what to show next: from counts of votes alone.

Counts come as (groups, 3, statements) or (3, statements): disagree, pass, agree. S is all three, A agrees, D
disagrees. The formulas are the published algorithm's (README.md); ties go to the smaller id,
so statements must stand in the order of their ids.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .kinds import Flags, Floats, Id, Whole
from .settings import LISTED

SURE = 1.2816  # 90 %, one-sided
META = 49.0
AGREE, DISAGREE = "agree", "disagree"


@dataclass(frozen=True)
class Held:
    """A statement that tells a group apart. agreed, voted: of those who voted on it in the group, how many
    hold `side`. share: (agreed + 1) / (voted + 2). ratio: share by that of all other groups together. test,
    ratio_test: z of the share against one half, and of the two shares against each other."""

    statement: Id
    side: str
    agreed: int
    voted: int
    share: float
    test: float
    ratio: float
    ratio_test: float


@dataclass(frozen=True)
class Spoken:
    """A statement on which most of all participants agree, or disagree."""

    statement: Id
    agreed: int
    voted: int
    share: float
    test: float


@dataclass(frozen=True)
class Consensus:
    """At most five each, the strongest first."""

    agree: tuple[Spoken, ...]
    disagree: tuple[Spoken, ...]


def share(held: Whole, voted: Whole) -> Floats:
    """(held + 1) / (voted + 2): one half where nobody voted."""
    return np.asarray((held + 1) / (voted + 2))


def share_test(held: Whole, voted: Whole) -> Floats:
    """z of a share against one half: 2 sqrt(S + 1) ((A + 1) / (S + 1) - 1/2)."""
    return np.asarray(2 * np.sqrt(voted + 1) * ((held + 1) / (voted + 1) - 0.5))


def shares_test(held: Whole, voted: Whole, other: Whole, other_voted: Whole) -> Floats:
    """z of two shares against each other, pooled, with one more success and try on each side; 0 where all of
    both hold it."""
    one, two = (held + 1) / (voted + 1), (other + 1) / (other_voted + 1)
    pooled = (held + other + 2) / (voted + other_voted + 2)
    spread = pooled * (1 - pooled) * (1 / (voted + 1) + 1 / (other_voted + 1))
    return np.where(spread > 0, (one - two) / np.sqrt(np.where(spread > 0, spread, 1)), 0.0)


class _Side:
    """One side (agree or disagree) of one group against the others, for all statements."""

    def __init__(self, group: Whole, others: Whole, place: int) -> None:
        self.held, self.voted = group[place], group.sum(axis=0)
        other, other_voted = others[place], others.sum(axis=0)
        self.share, self.test = share(self.held, self.voted), share_test(self.held, self.voted)
        self.ratio = self.share / share(other, other_voted)
        self.ratio_test = shares_test(self.held, self.voted, other, other_voted)
        self.sure = (self.test > SURE) & (self.ratio_test > SURE)
        self.weight = self.ratio * self.ratio_test * self.share * self.test

    def held_at(self, column: int, statement: Id, side: str) -> Held:
        return Held(
            statement,
            side,
            int(self.held[column]),
            int(self.voted[column]),
            float(self.share[column]),
            float(self.test[column]),
            float(self.ratio[column]),
            float(self.ratio_test[column]),
        )


def representative(counts: Whole, group: int, statements: Sequence[Id], shown: Flags) -> tuple[Held, ...]:
    """At most five statements that tell `group` apart from all other groups together, agreed ones first.

    Both tests beyond 90 % on one side; by ratio * its test * share * its test; the best agreed one is always
    among them. If no statement passes, the one that comes nearest. Source: published, `repness`."""
    own = counts[group]
    others = counts.sum(axis=0) - own
    agree, disagree = _Side(own, others, 2), _Side(own, others, 0)
    asked = shown & (own[0] + own[2] > 0)
    if not asked.any():
        return ()
    agreeing = agree.ratio_test > disagree.ratio_test
    enough = asked & (agree.sure | disagree.sure)
    weight = np.where(agreeing, agree.weight, disagree.weight)
    best = best_agreed(agree, asked)
    chosen: list[tuple[int, bool]] = [] if best is None else [(best, True)]
    if enough.any():
        order = [
            place for place in np.argsort(-weight, kind="stable").tolist() if enough[place] and place != best
        ]
        chosen += [(place, bool(agreeing[place])) for place in order]
    elif best is None:
        nearest = np.where(asked, np.maximum(agree.ratio_test, disagree.ratio_test), -np.inf)
        place = int(np.argmax(nearest))
        chosen = [(place, bool(agreeing[place]))]
    chosen = sorted(chosen[:LISTED], key=lambda one: not one[1])
    return tuple(
        (agree if agreed else disagree).held_at(place, statements[place], AGREE if agreed else DISAGREE)
        for place, agreed in chosen
    )


def best_agreed(agree: _Side, asked: Flags) -> int | None:
    """The column of the statement that the group agrees on most, told apart from others if it can be. The
    rule compares with what it holds so far, so the order of columns (by id) is a part of it. Source:
    published, `beats-best-agr?`."""
    held: int | None = None
    alone, together = agree.share * agree.test, agree.weight
    fit = (agree.test > SURE) | ((agree.ratio > 1) & (agree.share > 0.5))
    for place in np.flatnonzero(asked).tolist():
        if held is None:
            better = bool(fit[place])
        elif agree.ratio[held] > 1:
            better = bool(together[place] > together[held])
        else:
            better = bool(alone[place] > alone[held])
        held = place if better else held
    return held


def consensus(counts: Whole, statements: Sequence[Id], shown: Flags) -> Consensus:
    """What most of all participants hold, whether or not in a group: share above one half and its test beyond
    90 %, by share * test. Source: published, `consensus`."""
    voted = counts.sum(axis=0)

    def spoken(held: Whole) -> tuple[Spoken, ...]:
        shares, tests = share(held, voted), share_test(held, voted)
        fit = shown & (shares > 0.5) & (tests > SURE)
        order = [place for place in np.argsort(-shares * tests, kind="stable").tolist() if fit[place]]
        return tuple(
            Spoken(statements[n], int(held[n]), int(voted[n]), float(shares[n]), float(tests[n]))
            for n in order[:LISTED]
        )

    return Consensus(spoken(counts[2]), spoken(counts[0]))


def group_aware(counts: Whole) -> Floats:
    """For each statement the product over groups of (A + 1) / (S + 2): high only if no group stands against
    it. It falls with the number of groups. Source: published, `group-aware-consensus`."""
    return np.asarray(np.prod(share(counts[:, 2], counts.sum(axis=1)), axis=0))


def priority(counts: Whole, extremity: Floats, meta: Flags) -> Floats:
    """How much to show each statement next: little passed, far out, agreed, and eight times more while new.

    Of the votes of all groups: importance = (1 - (P + 1) / (S + 2)) (E + 1) (A + 1) / (S + 2); priority =
    (importance (1 + 8 * 2^(-S / 5)))^2; 49 for a meta statement. E: extremity. Source: published,
    `importance-metric`, `priority-metric`."""
    _, passed, agreed = counts.sum(axis=0)
    voted = counts.sum(axis=(0, 1))
    importance = (1 - share(passed, voted)) * (extremity + 1) * share(agreed, voted)
    return np.where(meta, META, (importance * (1 + 8 * np.exp2(-voted / 5))) ** 2)


def in_order(values: Floats, shown: Flags) -> list[int]:
    """Columns of what is shown, the greatest value first, equal ones by id."""
    return [place for place in np.argsort(-values, kind="stable").tolist() if shown[place]]
