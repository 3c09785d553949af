"""Where each participant stands, in sums that are exact.

Loadings are rounded to multiples of 2^-27 and taken apart into a coarse and a fine part, each so short that
float32 adds up its products with codes (0 to 3) without rounding: for the coarse parts, multiples of 2^-16,
|sum| <= 3 * sqrt(4096) as the loadings are a unit vector's; for the fine ones, |sum| <= 3 * 4096 * 2^-17.
Both stay below 2^24 units. So a position does not depend on the rows beside it, on blocks or on the
processor.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .kinds import Codes, Floats, Whole

BLOCK = 128  # rows, which with their copies stay in the processor's near memory
COARSE, FINE, PLACE = 2.0**16, 2.0**27, 2.0**24


def scores(codes: Codes, means: Floats, axes: Floats, kept: Floats) -> tuple[Floats, Whole]:
    """For each participant the sum over their votes of (vote - mean) * loading, on both axes: (people, 2);
    and how many votes they gave on kept statements. codes (people, n), means (n), axes (2, n), kept (n): 1
    for a statement that counts, else 0."""
    axes = exact(axes)
    for_votes = _parts(axes)
    for_seen = np.vstack([_parts(exact(axes * (means + 2))), kept.astype(np.float32)])
    people = len(codes)
    found = np.empty((people, 2))
    votes_given = np.empty(people, np.int64)
    held, there = np.empty((BLOCK, codes.shape[1]), np.float32), np.empty((BLOCK, codes.shape[1]), bool)
    for start in range(0, people, BLOCK):
        block = codes[start : start + BLOCK]
        floats, seen = held[: len(block)], there[: len(block)]
        floats[...] = block
        each = (floats @ for_votes.T).astype(np.float64)
        np.not_equal(block, 0, out=seen)
        floats[...] = seen
        sums = floats @ for_seen.T
        each -= sums[:, :4]
        found[start : start + BLOCK] = each[:, :2] + each[:, 2:]
        votes_given[start : start + BLOCK] = sums[:, 4]
    return found, votes_given


def exact(loadings: Floats) -> Floats:
    """Rounded to what the sums hold exactly: at most 2^-28, about 4e-9, away."""
    return np.asarray(np.rint(loadings * FINE) / FINE)


def _parts(loadings: Floats) -> npt.NDArray[np.float32]:
    """Coarse parts of both axes, then fine parts: (4, n)."""
    coarse = np.rint(loadings * COARSE) / COARSE
    return np.vstack([coarse, loadings - coarse]).astype(np.float32)


def positions(found: Floats, counted: Whole, statements: int) -> Floats:
    """Scores pushed out by sqrt(statements / votes counted), so that who voted little is not drawn to the
    middle, as multiples of 2^-24. Source: as published (README.md, "Formulas")."""
    stretched = found * np.sqrt(statements / np.maximum(counted, 1))[:, None]
    return np.asarray(np.rint(stretched * PLACE) / PLACE)


def extremity(means: Floats, axes: Floats, statements: int) -> Floats:
    """How far out somebody would stand who only agreed with one statement: sqrt(statements) * |1 - mean| *
    hypot(loadings). Source: the same."""
    return np.asarray(np.sqrt(statements) * np.abs(1 - means) * np.hypot(axes[0], axes[1]))
