"""Shapes that pages hand to the kit's macros. A dict with the same keys does as well."""

from dataclasses import dataclass
from typing import Literal

MOST_CELLS = 70


@dataclass(frozen=True)
class Ruler:
    """Working days from a start to a due day. `spent`: days gone before today; `late`: past the due day."""

    total: int
    spent: int
    words: str  # read aloud instead of the picture: 给您的 10 个工作日，今天是第 3 天
    labels: tuple[str, ...] = ()  # under it: start, today, due
    late: int = 0

    def cells(self) -> list[str]:
        """One class a cell: p gone, n today, f to come, d the due day, l late. Never more than 70."""
        total = min(self.total, MOST_CELLS)
        spent = self.spent * total // self.total if self.total > total else self.spent
        row = ["p" if i < spent else "n" if i == spent and not self.late else "f" for i in range(total)]
        if row:
            row[-1] += " d"
        return row + ["l"] * min(self.late, MOST_CELLS - total or 1)


@dataclass(frozen=True)
class Step:
    """A step of the five-step loop as it went: who, when, and what proves it."""

    name: str
    state: Literal["ok", "now", "todo", "skipped"]
    who: str = ""
    when: str = ""
    evidence: str = ""
    href: str = ""
