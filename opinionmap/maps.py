"""What comes out: the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from . import standing
from .kinds import Flags, Floats, Id, Whole
from .settings import Settings
from .standing import Consensus, Held
from .state import State

FEW_VOTES, REJECTED, NOT_ACCEPTED, META = "few votes", "rejected", "not accepted", "meta"


@dataclass(frozen=True)
class LeftOut:
    """Who and what does not count, and why. participants: "few votes" (they count for the consensus and for
    the axes, but are in no group), or the reason that was given when they were left out (they count for
    nothing). statements: "rejected", "not accepted" (strict moderation), or "meta"."""

    participants: Mapping[Id, str]
    statements: Mapping[Id, str]


@dataclass(frozen=True)
class Map:
    """One conversation, as a picture and as lists. Everything by statement stands in the order of
    `statements`, everything by participant in the order of `participants` (by id).

    shown: statements that count. means: of the given votes, -1 to 1. axes: (2, statements), the loadings of
    the two components, of length 1 (0 if there is none). shares: of the spread of all votes that each holds.
    positions: (participants, 2), in multiples of 2^-24. groups: (participants,) places in `names`, -1 for
    none; `names` is empty when there are no groups yet. centres: (groups, 2). group_votes: (groups, 3,
    statements) disagree, pass, agree; votes: (3, statements) of everybody who counts. best: the number of
    groups that fits best, fit: its silhouette (-1 to 1); the number shown follows it after four runs.
    representative: by group. everyone: the same map with nobody left out, if somebody was. state: for the
    next run. unseen: shown statements on which nobody in a group voted: to be shown first.
    """

    participants: tuple[Id, ...]
    statements: tuple[Id, ...]
    shown: Flags
    means: Floats
    axes: Floats
    shares: Floats
    positions: Floats
    names: tuple[Id, ...]
    groups: Whole
    centres: Floats
    group_votes: Whole
    votes: Whole
    best: int
    fit: float
    extremity: Floats
    meta: Flags
    left_out: LeftOut
    state: State
    settings: Settings
    source: Callable[[], str] = field(compare=False, repr=False)
    everyone: Map | None = None

    @property
    def k(self) -> int:
        """The number of groups; 0: no groups yet."""
        return len(self.names)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Of the groups, in the order of `names`."""
        return tuple(np.bincount(self.groups[self.groups >= 0], minlength=self.k).tolist())

    @property
    def group_of(self) -> dict[Id, Id | None]:
        """The name of each participant's group."""
        return {
            person: self.names[group] if group >= 0 else None
            for person, group in zip(self.participants, self.groups.tolist(), strict=True)
        }

    @property
    def consensus(self) -> Consensus:
        """See `standing.consensus`: of everybody who counts, in a group or not."""
        return standing.consensus(self.votes, self.statements, self.shown)

    @property
    def representative(self) -> dict[Id, tuple[Held, ...]]:
        """See `standing.representative`."""
        return {
            name: standing.representative(self.group_votes, place, self.statements, self.shown)
            for place, name in enumerate(self.names)
        }

    @property
    def group_aware(self) -> list[tuple[Id, float]]:
        """Shown statements, the most agreed across groups first: see `standing.group_aware`. Empty without
        groups."""
        return self._ordered(standing.group_aware(self.group_votes), self.shown) if self.k else []

    @property
    def priority(self) -> list[tuple[Id, float]]:
        """Shown and meta statements, the one to show next first: see `standing.priority`."""
        values = standing.priority(self._asked(), self.extremity, self.meta)
        return self._ordered(values, self.shown | self.meta)

    @property
    def unseen(self) -> tuple[Id, ...]:
        asked = self._asked().sum(axis=(0, 1)) > 0
        return tuple(
            name
            for name, there, seen in zip(self.statements, self.shown, asked, strict=True)
            if there and not seen
        )

    def _asked(self) -> Whole:
        return self.group_votes if self.k else self.votes[None]

    def _ordered(self, values: Floats, shown: Flags) -> list[tuple[Id, float]]:
        return [(self.statements[n], float(values[n])) for n in standing.in_order(values, shown)]
