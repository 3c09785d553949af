"""How statements go together: sums of products of centred votes, in whole numbers.

A vote that was not given counts as the statement's mean (so 0 once centred). With the mean of a statement
rounded to a grid of 1/s, each centred vote times s is a whole number, and so is each sum of products.
Floating point holds whole numbers exactly up to a bound that is kept here: no order of rows, no block and no
way of adding can then change a bit, and taking a few votes in gives the very matrix that reckoning anew
gives.

 - up to 10,000 participants s = 2^18, in float64: |sum| <= participants * s^2 < 2^53 (by Cauchy-Schwarz, each
   partial sum too), the mean off by at most 2^-19;
 - beyond, s = 2^8, in float32 blocks whose sums are checked to stay below 2^24, added up in float64; the mean
   off by at most 2^-9. (Beyond 10,000 the published algorithm takes random samples of participants.)

Only the covariance uses the rounded means; positions and extremity use the exact ones.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .changes import Changes
from .kinds import Codes, Flags, Floats, Whole

FEW = 10_000  # participants
FINE, COARSE = 18, 8  # bits of the grid
BLOCK = 256  # rows: 256 * (2^8)^2 = 2^24, so that nearly every block is exact at once
EXACT = 2.0**24
MANY = 16  # columns whose rounded mean moved: above, it is quicker to begin anew


class Covariance:
    """Sum over participants of centred vote times centred vote, for each two statements, times `scale`
    squared.

    It is kept between runs while there are many participants, and mended by what changed.
    """

    def __init__(self) -> None:
        self.scale = 1.0
        self._sums: Floats | None = None
        self._rounded: Floats = np.zeros(0)

    def forget(self) -> None:
        """Reckon anew next time."""
        self._sums = None

    def sums(self, codes: Codes, counts: Whole, out: Flags | None, changes: Changes) -> Floats:
        """The matrix (statements, statements), symmetric, whole numbers. counts: (3, statements), of the
        rows that are not `out`; changes: since the last time. The result is this object's own: not to be
        written to."""
        statements = counts.shape[1]
        few = len(codes) <= FEW
        self.scale = float(2 ** (FINE if few else COARSE))
        rounded = np.rint(means(counts) * self.scale)
        if few:
            self.forget()
            return fine(codes[:, :statements], rounded, self.scale, out)
        held, fits = self._sums, self._sums is not None and len(self._sums) == statements and not changes.lost
        if held is not None and fits and np.count_nonzero(rounded != self._rounded) <= MANY:
            self._mend(held, codes, rounded, out, changes)
        else:
            held = coarse(codes[:, :statements], rounded, self.scale, out)
        self._sums, self._rounded = held, rounded
        return held

    def _mend(self, held: Floats, codes: Codes, rounded: Floats, out: Flags | None, changes: Changes) -> None:
        rows, old = changes.before(codes.shape[1])
        new = codes[rows]
        if out is not None:
            old[out[rows]] = new[out[rows]] = 0
        centring = _Centring(self._rounded, self.scale, np.float64, len(rows))
        for ballots, sign in ((old, -1.0), (new, 1.0)):
            centred = centring(ballots[:, : len(held)])
            held += sign * (centred.T @ centred)
        for column in np.flatnonzero(rounded != self._rounded).tolist():
            held[column] = held[:, column] = _row(codes, column, rounded, self.scale, out)


def means(counts: Whole) -> Floats:
    """The mean of each statement's given votes, -1 to 1; 0 where there are none."""
    given = counts.sum(axis=0)
    return np.asarray((counts[2] - counts[0]) / np.maximum(given, 1))


def fine(codes: Codes, rounded: Floats, scale: float, out: Flags | None) -> Floats:
    """In float64, exact without looking: see above."""
    total = np.zeros((codes.shape[1],) * 2)
    centring = _Centring(rounded, scale, np.float64, BLOCK)
    for start in range(0, len(codes), BLOCK):
        centred = centring(_seen(codes, slice(start, start + BLOCK), out))
        total += centred.T @ centred
    return total


def coarse(codes: Codes, rounded: Floats, scale: float, out: Flags | None) -> Floats:
    """In float32, block by block; a block whose sums could have been rounded is done in halves."""
    total = np.zeros((codes.shape[1],) * 2)
    centring = _Centring(rounded, scale, np.float32, BLOCK)
    waiting = [slice(start, min(start + BLOCK, len(codes))) for start in range(0, len(codes), BLOCK)]
    while waiting:
        part = waiting.pop()
        centred = centring(_seen(codes, part, out))
        sums = centred.T @ centred
        # Sums of squares of whole numbers only grow: what ends at the bound or below was never rounded.
        if sums.diagonal().max(initial=0) <= EXACT:
            total += sums
        else:
            middle = (part.start + part.stop) // 2
            waiting += [slice(part.start, middle), slice(middle, part.stop)]
    return total


def _seen(codes: Codes, part: slice, out: Flags | None) -> Codes:
    block = codes[part]
    if out is not None and out[part].any():
        block = block.copy()
        block[out[part]] = 0
    return block


class _Centring:
    """(vote - mean) * scale where a vote was given, else 0; each result lies where the last one lay."""

    def __init__(self, rounded: Floats, scale: float, kind: type[np.float32 | np.float64], rows: int) -> None:
        self._scale, self._mean = kind(scale), (rounded + 2 * scale).astype(kind)
        self._held, self._mean_of = np.empty((rows, len(rounded)), kind), np.empty((rows, len(rounded)), kind)
        self._there = np.empty((rows, len(rounded)), bool)

    def __call__(self, codes: Codes) -> npt.NDArray[np.floating]:
        held, mean_of, there = (each[: len(codes)] for each in (self._held, self._mean_of, self._there))
        np.not_equal(codes, 0, out=there)
        np.multiply(codes, self._scale, out=held)
        np.multiply(there, self._mean, out=mean_of)
        held -= mean_of
        return held


def _row(codes: Codes, column: int, rounded: Floats, scale: float, out: Flags | None) -> Floats:
    """One statement against all, of those who voted on it: sums of few small numbers, exact in float32."""
    voters = np.flatnonzero(codes[:, column] if out is None else (codes[:, column] != 0) & ~out)
    statements = len(rounded)
    total = np.zeros((4, statements))
    for start in range(0, len(voters), 2048):
        block = codes[voters[start : start + 2048]]
        one = np.stack([block[:, column].astype(np.float32) - 2, np.ones(len(block), np.float32)])
        seen = (block[:, :statements] != 0).astype(np.float32)
        vote = block[:, :statements].astype(np.float32) - 2 * seen
        total[:2] += one @ vote
        total[2:] += one @ seen
    both, other, own, seen_by_both = total  # x x', x', x, 1 summed over who voted on both
    mean = rounded[column]
    return np.asarray(scale * (scale * both - rounded * own - mean * other) + mean * rounded * seen_by_both)
