"""Which ballots changed since the last run, as they were: enough to mend what was reckoned from all."""

from __future__ import annotations

import numpy as np

from .kinds import Codes, Whole

PART = 16  # of all ballots: when more have changed, beginning anew is quicker


class Changes:
    """Old ballots by their row. lost: so many changed, or changed in such a way, that all is reckoned
    anew."""

    def __init__(self) -> None:
        self.lost = True
        self._before: dict[int, Codes] = {}

    def touch(self, rows: Whole, codes: Codes) -> None:
        """These rows are about to change; rows beyond `codes` are new."""
        if self.lost:
            return
        for row in np.unique(rows).tolist():
            if row not in self._before:
                self._before[row] = codes[row].copy()
        if len(self._before) > len(codes) // PART + 1:
            self.lose()

    def lose(self) -> None:
        self.lost, self._before = True, {}

    def clear(self) -> None:
        """All was reckoned: begin to watch."""
        self.lost, self._before = False, {}

    def before(self, width: int) -> tuple[Whole, Codes]:
        """The rows that changed, and their codes as they were: (rows,), (rows, width). Columns that came
        since are 0."""
        rows = np.array(sorted(self._before), np.int64)
        old = np.zeros((len(rows), width), np.uint8)
        for place, row in enumerate(rows.tolist()):
            kept = self._before[row]
            old[place, : len(kept)] = kept
        return rows, old
