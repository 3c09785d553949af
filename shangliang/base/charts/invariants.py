"""What must always hold and no constraint of the database can say (不变式): asked every night by the worker,
and at any time by `manage.py verify`. A package makes its own known in `AppConfig.ready`."""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db.models import QuerySet

log = logging.getLogger(__name__)
SOME = 5  # rows that are named; the rest are counted


class Invariant(NamedTuple):
    """`words`: what holds; `broken()`: the rows for which it does not. Rows have a `subject`."""

    words: str
    broken: Callable[[], QuerySet[Any]]


class Fault(NamedTuple):
    """An invariant that does not hold: for how many rows, and the subjects of the first few."""

    name: str
    words: str
    rows: int
    subjects: list[str]

    def __str__(self) -> str:
        more = f" and {self.rows - len(self.subjects)} more" if self.rows > len(self.subjects) else ""
        return f"{self.words} ({self.name}): not so for {', '.join(self.subjects)}{more}."


INVARIANTS: dict[str, Invariant] = {}


def register(name: str, words: str, broken: Callable[[], QuerySet[Any]]) -> None:
    INVARIANTS[name] = Invariant(words, broken)


def check() -> list[Fault]:
    """Every invariant that does not hold now."""
    found = []
    for name, one in INVARIANTS.items():
        rows = one.broken().order_by("pk")
        if count := rows.count():
            found.append(Fault(name, one.words, count, [row.subject for row in rows[:SOME]]))
    return found


def nightly() -> list[Fault]:
    """The same, told to the log as errors: nobody may miss it."""
    faults = check()
    for fault in faults:
        log.error("An invariant does not hold. %s", fault)
    return faults
