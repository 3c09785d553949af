"""One measured figure: a line of `make prove`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal, get_args

Bar = Literal["at most", "at least", "equal"]


@dataclass(frozen=True)
class Figure:
    """A value beside its target. `planted` says which fault was put in to see that the measure can fail,
    `caught` whether it was found; a figure whose planted fault was missed proves nothing and is not ok."""

    name: str
    value: float
    target: float
    planted: str
    caught: bool
    seed: int
    bar: Bar = "equal"

    def __post_init__(self) -> None:
        if self.bar not in get_args(Bar):
            raise ValueError(self.bar)

    @property
    def ok(self) -> bool:
        held = {
            "at most": self.value <= self.target,
            "at least": self.value >= self.target,
            "equal": self.value == self.target,
        }
        return self.caught and held[self.bar]

    def line(self) -> str:
        """The JSON line: name, value, bar, target, ok, seed, planted, caught."""
        return json.dumps({**asdict(self), "ok": self.ok}, ensure_ascii=False)
