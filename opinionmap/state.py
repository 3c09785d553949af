"""What one run leaves to the next: axes, centres, names, and the number of groups that asks to be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .kinds import Floats, Id

VERSION = 1


@dataclass(frozen=True)
class State:
    """A small value to keep beside the votes; no person stands in it.

    axes: for each statement (by its id as text) its two loadings, as they were shown. centres: of the groups,
    in the plane of the axes. names: of the groups, in the order of the centres. best, rounds: the number of
    groups that fitted best last time, and how often in a row.
    """

    axes: Mapping[str, tuple[float, float]]
    centres: tuple[tuple[float, float], ...]
    names: tuple[int, ...]
    best: int
    rounds: int

    def as_json(self) -> dict[str, Any]:
        """Plain lists, numbers and texts; `State.from_json` reads it to the bit."""
        return {
            "version": VERSION,
            "axes": {name: list(pair) for name, pair in self.axes.items()},
            "centres": [list(centre) for centre in self.centres],
            "names": list(self.names),
            "best": self.best,
            "rounds": self.rounds,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> State:
        """ValueError for another version, or if something is missing or of another shape."""
        if kept.get("version") != VERSION:
            raise ValueError(
                f"a state of version {kept.get('version')}; this library reads version {VERSION}"
            )
        try:
            axes = {str(name): (float(one), float(two)) for name, (one, two) in kept["axes"].items()}
            centres = tuple((float(x), float(y)) for x, y in kept["centres"])
            names = tuple(int(name) for name in kept["names"])
            best, rounds = int(kept["best"]), int(kept["rounds"])
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise ValueError("this is no state of a map") from fault
        if len(names) != len(centres) or len(set(names)) != len(names):
            raise ValueError("this is no state of a map: its groups and their names do not fit")
        return cls(axes, centres, names, best, rounds)

    def along(self, axes: Floats, statements: Sequence[Id]) -> Floats:
        """`axes` (2 × statements) turned so that each points as it pointed before, and the two stand in the
        order in which they stood: by the product with what was kept."""
        kept = np.array([self.axes.get(str(name), (0.0, 0.0)) for name in statements]).reshape(-1, 2)
        alike = axes @ kept
        if abs(alike[0, 1]) + abs(alike[1, 0]) > abs(alike[0, 0]) + abs(alike[1, 1]):
            axes, alike = axes[::-1], alike[::-1]
        return axes * np.where(np.diag(alike) < 0, -1.0, 1.0)[:, None]


def smoothed(before: State | None, best: int, *, needed: int) -> tuple[int, int]:
    """The number of groups to show, and how often in a row `best` has come: another number is shown only when
    it has come `needed` times (the published algorithm: 4)."""
    if before is None or not before.names:
        return best, 1
    rounds = before.rounds + 1 if before.best == best else 1
    return (best if rounds >= needed else len(before.names)), rounds
