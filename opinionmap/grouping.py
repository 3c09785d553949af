"""Groups of people who voted alike: k-means on the plane, and how many groups fit best."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from .cells import Cells
from .kinds import Floats, Whole

DIRECTIONS = 6  # starts by slices along so many directions
SECTORS = 4  # starts by sectors, turned so often
TRIED, KEPT, ROUNDS = 4, 2, 100  # rounds of all starts; starts that go on; rounds at most


def settle(points: Cells, starts: Floats) -> Floats:
    """The centres (k, 2) where weighted k-means comes to rest from the best of the starts (starts, k, 2): the
    least sum of squares; the first of equals. A centre that loses everybody stays where it is.

    Source: Lloyd 1982. The published algorithm takes one start and 20 rounds; one start
    alone moves the result by 0.1 to 0.5 of the index (README.md, "What differs")."""
    centres = _rounds(points, starts, TRIED)
    first = np.argsort(_rest(points, centres), kind="stable")[:KEPT]
    centres = _rounds(points, centres[first], ROUNDS)
    best: Floats = centres[int(np.argmin(_rest(points, centres)))]
    return best


def _rounds(points: Cells, centres: Floats, most: int) -> Floats:
    starts, k, _ = centres.shape
    offset = (np.arange(starts) * k)[:, None]
    for _ in range(most):
        held, *sums = _summed(points, (_nearest(points.points, centres) + offset).ravel(), starts, k)
        fresh = np.stack(sums, axis=2) / np.maximum(held, 1)[:, :, None]
        fresh = np.where(held[:, :, None] > 0, fresh, centres)
        if np.array_equal(fresh, centres):
            break
        centres = fresh
    return centres


def _nearest(points: Floats, centres: Floats) -> Whole:
    """For each start and point the nearest centre, the first of equals: (starts, points)."""
    x, y = points[:, 0], points[:, 1]
    near = np.zeros((len(centres), len(points)), np.int64)
    least = np.full(near.shape, np.inf)
    for place in range(centres.shape[1]):
        away = (x - centres[:, place, :1]) ** 2 + (y - centres[:, place, 1:]) ** 2
        np.copyto(near, place, where=away < least)
        np.minimum(least, away, out=least)
    return near


def nearest(places: Floats, centres: Floats) -> Whole:
    """For each place the nearest centre, the first of equals."""
    found: Whole = _nearest(places, centres[None])[0]
    return found


def _rest(points: Cells, centres: Floats) -> Floats:
    """The weighted sum of squares of each start, rounded so that float noise decides nothing."""
    x, y = points.points[:, 0], points.points[:, 1]
    least = np.full((len(centres), len(x)), np.inf)
    for place in range(centres.shape[1]):
        np.minimum(least, (x - centres[:, place, :1]) ** 2 + (y - centres[:, place, 1:]) ** 2, out=least)
    total: Floats = (least * points.weights).sum(axis=1)
    return np.round(total / max(float(total.max()), 1e-300), 12)


class Starts:
    """Starts for k-means, without chance: slices with equal numbers of people along six directions, sectors
    around the middle in four turns, and the farthest place, again and again."""

    def __init__(self, points: Cells) -> None:
        self._points, weights = points, points.weights
        self._middle = (points.points * weights[:, None]).sum(axis=0) / weights.sum()
        away = points.points - self._middle
        angles = np.pi * np.arange(DIRECTIONS) / DIRECTIONS
        along = np.cos(angles)[:, None] * away[:, 0] + np.sin(angles)[:, None] * away[:, 1]
        order = np.argsort(along, axis=1, kind="stable")
        before = np.cumsum(weights[order], axis=1) - weights[order]
        self._share = np.empty_like(before)  # of people before each cell, along each direction
        np.put_along_axis(self._share, order, before / weights.sum(), axis=1)
        self._around = np.arctan2(away[:, 1], away[:, 0]) / (2 * np.pi)

    def of(self, k: int) -> Floats:
        """Centres to begin from: (starts, k, 2)."""
        slices = np.minimum((self._share * k).astype(np.int64), k - 1)
        turns = np.arange(SECTORS)[:, None] / (SECTORS * k)
        sectors = np.floor((self._around + turns) * k).astype(np.int64) % k
        parts = np.concatenate([slices, sectors])
        flat = (parts + k * np.arange(len(parts))[:, None]).ravel()
        held, *sums = _summed(self._points, flat, len(parts), k)
        middles = np.stack(sums, axis=2) / np.maximum(held, 1)[:, :, None]
        middles = np.where(held[:, :, None] > 0, middles, self._middle)
        return np.concatenate([middles, _farthest(self._points, k, self._middle)[None]])


def _summed(points: Cells, flat: Whole, starts: int, k: int) -> Iterator[Floats]:
    """For each start and group: how many people, and the sums of their places on both axes."""
    weighted = (points.weights, points.points[:, 0] * points.weights, points.points[:, 1] * points.weights)
    for each in weighted:
        sums = np.bincount(flat, weights=np.tile(each, starts), minlength=starts * k)
        yield np.asarray(sums.reshape(starts, k), np.float64)


def _farthest(points: Cells, k: int, middle: Floats) -> Floats:
    chosen = [middle]
    for _ in range(k):
        away = np.min([((points.points - one) ** 2).sum(axis=1) for one in chosen], axis=0)
        chosen.append(points.points[int(np.argmax(np.round(away * points.weights, 12)))])
    return np.stack(chosen[1:])


def fits(points: Cells, parts: Sequence[Whole]) -> list[float]:
    """How well groups fit, by the mean silhouette of people: -1 to 1. Each of `parts` says for each cell in
    which group it is, 0 to k - 1, of at least two.

    For somebody in a group, a is the mean distance to the others in it, b the least mean distance to another
    group, and (b - a) / max(a, b) their silhouette; alone in a group it is 0. Source: Rousseeuw 1987. Over
    cells with weights it costs cells squared, at most 1,024 squared. The published algorithm takes the mean
    over its base clusters, unweighted (README.md)."""
    x, y, weights = points.points[:, 0], points.points[:, 1], points.weights
    apart = (x[:, None] - x) ** 2
    apart += (y[:, None] - y) ** 2
    np.sqrt(apart, out=apart)
    members = [np.where(part[:, None] == np.arange(part.max() + 1), weights[:, None], 0) for part in parts]
    totals = apart @ np.hstack(members)
    ends = np.cumsum([each.shape[1] for each in members])
    return [
        float(
            (_silhouettes(totals[:, end - each.shape[1] : end], each, part) * weights).sum() / weights.sum()
        )
        for end, each, part in zip(ends, members, parts, strict=True)
    ]


def _silhouettes(total: Floats, members: Floats, part: Whole) -> Floats:
    held, cell = members.sum(axis=0), np.arange(len(part))
    own = total[cell, part] / np.maximum(held[part] - 1, 1)
    mean = np.where(held > 0, total / np.maximum(held, 1), np.inf)
    mean[cell, part] = np.inf
    other = mean.min(axis=1)
    greater = np.maximum(own, other)
    return np.where((held[part] > 1) & (greater > 0), (other - own) / np.where(greater > 0, greater, 1), 0.0)
