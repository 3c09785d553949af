"""From packed votes to a map; keeps what can be mended after a few new votes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from . import components, covariance, naming, projection
from .ballots import Ballots, counts
from .changes import Changes
from .covariance import Covariance
from .kinds import Flags, Floats, Id, Whole, by_id
from .maps import FEW_VOTES, META, NOT_ACCEPTED, REJECTED, LeftOut, Map
from .naming import Groups
from .settings import Rejected, Settings
from .state import State
from .tally import Tally


@dataclass
class Moderation:
    """What was decided of statements: -1 rejected, 0 not moderated, 1 accepted; and which are meta."""

    of: dict[Id, int] = field(default_factory=dict)
    meta: set[Id] = field(default_factory=set)

    def reason(self, statement: Id, *, strict: bool) -> str:
        """Why a statement does not count; "" if it does. Source: as published (README.md)."""
        if self.of.get(statement, 0) < 0:
            return REJECTED
        if strict and self.of.get(statement, 0) < 1:
            return NOT_ACCEPTED
        return META if statement in self.meta else ""


class Reckoning:
    """One way of counting: with some participants left out, or with everybody."""

    def __init__(self) -> None:
        self.changes = Changes()
        self._covariance = Covariance()
        self._tally = Tally()

    def map(
        self,
        ballots: Ballots,
        moderation: Moderation,
        settings: Settings,
        out: Mapping[Id, str],
        before: State | None,
        given: Mapping[Id, Id] | None,
        source: Callable[[], str],
    ) -> Map:
        """`out`: who is left out, with the reason. `given`: groups that are not ours to find."""
        people, participants = ballots.people()
        topics, statements = ballots.topics()
        gone = _flags(ballots, out)
        votes = ballots.counts if gone is None else ballots.counts - _counts_of(ballots, gone)
        reasons = {name: moderation.reason(name, strict=settings.strict) for name in statements}
        shown = np.array([not reasons[name] for name in statements], bool)
        means, axes, shares = self._axes(ballots, votes, gone, shown)
        if before is not None:
            axes = before.along(axes, statements)
        axes = projection.exact(axes)
        places = _places(ballots, means, axes, shown, settings)
        enough = ballots.given >= min(settings.least_votes, len(statements))
        if gone is not None:
            enough &= ~gone
        if given is None:
            found = naming.NONE
            if np.count_nonzero(shown) > 1 and axes.any():
                found = naming.groups(places[enough], settings, before)
            names: tuple[Id, ...] = found.shown
            groups = np.full(len(people), -1)
            if found.shown:
                groups[enough] = found.of
        else:
            found = naming.NONE
            names, groups = _given(ballots, given, gone)
        group_votes = self._tally.votes(ballots.codes, groups, len(names), ballots.counts, self.changes)
        self.changes.clear()
        few = np.flatnonzero((groups < 0) & ~enough & (~gone if gone is not None else True))
        return Map(
            participants=participants,
            statements=statements,
            shown=shown,
            means=means,
            axes=axes,
            shares=shares,
            positions=places[people],
            names=names,
            groups=groups[people],
            centres=_middles(places, groups, len(names)),
            group_votes=group_votes[:, :, topics],
            votes=votes[:, topics],
            best=found.best,
            fit=found.fit,
            extremity=projection.extremity(means, axes, _counted(shown, settings)),
            meta=np.array([reasons[name] == META for name in statements], bool),
            left_out=LeftOut(
                {ballots.participants[n]: FEW_VOTES for n in few.tolist()}
                | {name: why for name, why in out.items() if ballots.row(name) is not None},
                {name: why for name, why in reasons.items() if why},
            ),
            state=_state(statements, axes, found),
            settings=settings,
            source=source,
        )

    def _axes(
        self, ballots: Ballots, votes: Whole, gone: Flags | None, shown: Flags
    ) -> tuple[Floats, Floats, Floats]:
        """Means, axes and their shares, in the order of ids; 0 for statements that are not shown."""
        sums = self._covariance.sums(ballots.codes, votes, gone, self.changes)
        topics, _ = ballots.topics()
        kept = topics[shown]
        axes = np.zeros((2, len(shown)))
        axes[:, shown], shares = components.components(sums[np.ix_(kept, kept)])
        return np.where(shown, covariance.means(votes)[topics], 0.0), axes, shares

    def forget(self) -> None:
        """Reckon all anew next time."""
        self.changes.lose()
        self._covariance.forget()


def _flags(ballots: Ballots, out: Mapping[Id, str]) -> Flags | None:
    rows = [row for name in out if (row := ballots.row(name)) is not None]
    if not rows:
        return None
    gone = np.zeros(len(ballots.participants), bool)
    gone[rows] = True
    return gone


def _counts_of(ballots: Ballots, gone: Flags) -> Whole:
    total = np.zeros_like(ballots.counts)
    rows = np.flatnonzero(gone)
    for start in range(0, len(rows), 4096):
        total += counts(ballots.codes[rows[start : start + 4096]], total.shape[1])
    return total


def _counted(shown: Flags, settings: Settings) -> int:
    """The number of statements by which positions are stretched."""
    return len(shown) if settings.rejected is Rejected.ZERO else int(np.count_nonzero(shown))


def _places(ballots: Ballots, means: Floats, axes: Floats, shown: Flags, settings: Settings) -> Floats:
    """Where everybody stands, in the order in which they came. A statement that does not count is, as
    published, one on which everybody voted 0."""
    width = ballots.codes.shape[1]
    columns = np.zeros((4, width))
    columns[:, ballots.topics()[0]] = np.vstack([means, axes, shown])
    found, counted = projection.scores(ballots.codes, columns[0], columns[1:3], columns[3])
    if settings.rejected is Rejected.ZERO:
        counted = counted + int(np.count_nonzero(~shown))
    return projection.positions(found, counted, _counted(shown, settings))


def _given(ballots: Ballots, given: Mapping[Id, Id], gone: Flags | None) -> tuple[tuple[Id, ...], Whole]:
    names = tuple(sorted(set(given.values()), key=by_id))
    place = {name: n for n, name in enumerate(names)}
    groups = np.array([place[given[one]] if one in given else -1 for one in ballots.participants], np.int64)
    if gone is not None:
        groups[gone] = -1
    return names, groups


def _middles(places: Floats, groups: Whole, k: int) -> Floats:
    held = np.bincount(groups[groups >= 0], minlength=k)
    sums = [np.bincount(groups[groups >= 0], weights=places[groups >= 0, a], minlength=k) for a in (0, 1)]
    return np.stack(sums, axis=1) / np.maximum(held, 1)[:, None]


def _state(statements: tuple[Id, ...], axes: Floats, found: Groups) -> State:
    return State(
        {str(name): (float(x), float(y)) for name, x, y in zip(statements, *axes, strict=True)},
        tuple((float(x), float(y)) for x, y in found.centres),
        found.names,
        found.best,
        found.rounds,
    )
