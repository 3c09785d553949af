"""The plane in few cells, so that nothing is quadratic in participants."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .kinds import Floats, Whole

MOST = 1024  # cells; people up to here each keep their own place
SIDE = 24
TAIL = 0.01  # share of people on each side who stand outside the grid, in its outer cells


@dataclass(frozen=True)
class Cells:
    """Places with people: points (cells, 2), the mean of who stands there; weights (cells,), how many."""

    points: Floats
    weights: Floats


def cells(places: Floats) -> Cells:
    """People who stand at one place are one cell; where there are more than 1,024 people, so are those in one
    square of a 24 by 24 grid. Places are multiples of 2^-24, so that means do not depend on any order.

    The published algorithm makes about a hundred cells by k-means, from who voted first (README.md,
    "What differs"); a grid has no history and five times the cells."""
    if len(places) <= MOST:
        order = np.lexsort((places[:, 1], places[:, 0]))
        points = places[order]
        new = np.ones(len(points), bool)
        new[1:] = (points[1:] != points[:-1]).any(axis=1)
        starts = np.flatnonzero(new)
        return Cells(points[starts], np.diff(np.append(starts, len(points))).astype(np.float64))
    square = _square(places[:, 0]) * SIDE + _square(places[:, 1])
    size = SIDE * SIDE
    weights = np.bincount(square, minlength=size).astype(np.float64)
    taken = weights > 0
    sums = np.stack([np.bincount(square, weights=places[:, axis], minlength=size) for axis in (0, 1)], axis=1)
    return Cells(sums[taken] / weights[taken, None], weights[taken])


def _square(along: Floats) -> Whole:
    edge = int(len(along) * TAIL)
    low, high = np.partition(along, (edge, len(along) - 1 - edge))[[edge, len(along) - 1 - edge]]
    step = max(high - low, 1e-9) / SIDE
    return np.asarray(np.clip(np.floor((along - low) / step), 0, SIDE - 1), np.int64)
