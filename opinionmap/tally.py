"""How each group voted on each statement."""

from __future__ import annotations

import numpy as np

from .ballots import counts
from .changes import PART, Changes
from .kinds import Codes, Whole

AT_ONCE = 255 * 16  # rows


class Tally:
    """Counts per group, mended for who changed their votes or their group, where these are few."""

    def __init__(self) -> None:
        self._votes: Whole | None = None
        self._groups: Whole = np.zeros(0, np.int64)

    def votes(self, codes: Codes, groups: Whole, k: int, total: Whole, changes: Changes) -> Whole:
        """Disagree, pass and agree: (k, 3, statements). groups: of each row, 0 to k - 1, -1 in none. total:
        the counts of all rows (3, statements)."""
        statements = total.shape[1]
        before = np.full(len(groups), -1)
        before[: len(self._groups)] = self._groups
        moved = before != groups
        held = self._votes
        if (
            held is None
            or changes.lost
            or held.shape != (k, 3, statements)
            or moved.sum() * PART > len(groups)
        ):
            held = anew(codes, groups, k, total)
        else:
            rows, old = changes.before(codes.shape[1])
            moved[rows] = False  # these come with their old votes
            others = np.flatnonzero(moved)
            both, after = np.concatenate([rows, others]), np.concatenate([codes[rows], codes[others]])
            earlier = np.concatenate([old, codes[others]])
            held = held + _by_group(after, groups[both], k, statements)
            held -= _by_group(earlier, before[both], k, statements)
        self._votes, self._groups = held, groups
        return held


def anew(codes: Codes, groups: Whole, k: int, total: Whole) -> Whole:
    """Whoever is most (a group, or those in none) is not counted but what remains of all."""
    statements = total.shape[1]
    sizes = np.bincount(groups + 1, minlength=k + 1)
    largest = int(np.argmax(sizes)) - 1
    found = np.zeros((k + 1, 3, statements), np.int64)
    for group in range(-1, k):
        rows = np.flatnonzero(groups == group) if group != largest else np.zeros(0, np.int64)
        for start in range(0, len(rows), AT_ONCE):
            found[group] += counts(codes[rows[start : start + AT_ONCE]], statements)
    found[largest] = total - found.sum(axis=0)
    return found[:k]


def _by_group(codes: Codes, groups: Whole, k: int, statements: int) -> Whole:
    found = np.zeros((k, 3, statements), np.int64)
    for group in range(k):
        found[group] = counts(codes[groups == group], statements)
    return found
