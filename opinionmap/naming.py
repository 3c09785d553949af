"""Which groups people are in, how many are shown, and what they are called from run to run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import grouping
from .cells import Cells, cells
from .kinds import Floats, Whole
from .settings import Settings
from .state import State, smoothed

EACH = 12  # people for each group more that is tried: k <= 2 + people / 12


@dataclass(frozen=True)
class Groups:
    """centres (n, 2) and names as k-means left them, also of groups too small to be shown; of: for each
    person the place in `shown`, the names that are."""

    centres: Floats
    names: tuple[int, ...]
    of: Whole
    shown: tuple[int, ...]
    best: int
    rounds: int
    fit: float


NONE = Groups(np.zeros((0, 2)), (), np.zeros(0, np.int64), (), 0, 0, 0.0)


def groups(places: Floats, settings: Settings, before: State | None) -> Groups:
    """Groups of the people who stand at `places` (people, 2); NONE if there are too few, or all alike."""
    if len(places) < settings.least_people:
        return NONE
    points = cells(places)
    most = min(settings.most_groups, 2 + len(places) // EACH, len(points.weights))
    starts = grouping.Starts(points)
    tried = {k: _centres(points, k, before, starts) for k in range(2, most + 1)}
    parts = {k: grouping.nearest(points.points, centres) for k, centres in tried.items()}
    parts = {k: part for k, part in parts.items() if _enough(points, part, k, settings.least_group)}
    if not parts:
        return NONE
    fits = {k: round(fit, 12) for k, fit in zip(parts, grouping.fits(points, [*parts.values()]), strict=True)}
    best = max(fits, key=lambda k: (fits[k], k))  # of equals the greater, as published
    wanted, rounds = smoothed(before, best, needed=settings.rounds)
    k = wanted if wanted in fits else best
    centres = tried[k]
    names = _named(points, centres, parts[k], before)
    shown, joined = _joined(centres, names, grouping.nearest(places, centres), settings.least_group)
    if len(shown) < 2:
        return NONE
    return Groups(centres, names, joined, shown, best, rounds, fits[best])


def _centres(points: Cells, k: int, before: State | None, starts: grouping.Starts) -> Floats:
    """From the last run's centres where there are as many, so that groups stay; else from all starts."""
    if before is not None and len(before.centres) == k:
        return grouping.settle(points, np.array(before.centres)[None])
    return grouping.settle(points, starts.of(k))


def _enough(points: Cells, part: Whole, k: int, least: int) -> bool:
    """Whether two groups at least are large enough, and none is empty."""
    sizes = np.bincount(part, weights=points.weights, minlength=k)
    return bool(sizes.min() > 0 and (sizes >= least).sum() >= 2)


def _named(points: Cells, centres: Floats, part: Whole, before: State | None) -> tuple[int, ...]:
    """Each centre's name: the old group's with which it shares most people, the largest share first; what has
    none takes the least free number. At first: by size, the largest 0; equal ones by their place."""
    k = len(centres)
    if before is None or not before.names:
        sizes = np.bincount(part, weights=points.weights, minlength=k)
        order = sorted(range(k), key=lambda place: (-sizes[place], *centres[place].tolist()))
        return tuple(order.index(place) for place in range(k))
    old = grouping.nearest(points.points, np.array(before.centres))
    shared = np.bincount(old * k + part, weights=points.weights, minlength=len(before.names) * k)
    names: dict[int, int] = {}
    for pair in np.argsort(-shared, kind="stable").tolist():
        was, now = before.names[pair // k], pair % k
        if shared[pair] and now not in names and was not in names.values():
            names[now] = was
    free = (number for number in range(2 * k + len(before.names)) if number not in before.names)
    return tuple(names[place] if place in names else next(free) for place in range(k))


def _joined(centres: Floats, names: tuple[int, ...], of: Whole, least: int) -> tuple[tuple[int, ...], Whole]:
    """Groups too small join the nearest one; the names that remain, in order, and everybody's place in
    them."""
    sizes = np.bincount(of, minlength=len(centres))
    into = join(centres, sizes, least)
    shown = tuple(sorted(names[place] for place in set(into)))
    places = np.array([shown.index(names[place]) for place in into])
    return shown, places[of]


def join(centres: Floats, sizes: Whole, least: int) -> list[int]:
    """For each group the group in which it ends, when those under `least` people join the nearest, the
    smallest first (of equals the last), until none is left or all are one."""
    into, sizes = list(range(len(centres))), sizes.copy()
    while len(set(into)) > 1:
        there = sorted(set(into))
        small = min(there, key=lambda place: (sizes[place], -place))
        if sizes[small] >= least:
            break
        others = [place for place in there if place != small]
        away = [float(((centres[place] - centres[small]) ** 2).sum()) for place in others]
        target = others[int(np.argmin(away))]
        sizes[target] += sizes[small]
        into = [target if place == small else place for place in into]
    return into
