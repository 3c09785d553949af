"""Yearly tasks as data: what a sheet asks, its presets, and the stretches into which a year falls."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.base import yamls

PLACE = Path(__file__).parent / "presets" / "tasks.yaml"


class Period(models.TextChoices):
    """How often a task is due."""

    MONTH = "month", _("每月")
    QUARTER = "quarter", _("每季度")
    YEAR = "year", _("全年")


MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True)
class Task:
    """One line of a sheet: `target` times a `period`. `count`: a key of `queries.COUNTS`, "" for what is
    written down with evidence. `kinds`: the studios it is for, none for all."""

    key: str
    label: str
    count: str
    target: int
    period: str
    kinds: tuple[str, ...] = ()

    def is_for(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds

    def as_row(self) -> dict[str, Any]:
        """As a sheet keeps it."""
        return {
            "key": self.key, "label": self.label, "count": self.count, "target": self.target,
            "period": self.period, "kinds": list(self.kinds),
        }  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """`kind`: real, with its `source`, or sample."""

    key: str
    name: str
    kind: str
    source: str
    items: tuple[Task, ...]

    @property
    def is_real(self) -> bool:
        return self.kind == "real"


def read(rows: Iterable[dict[str, Any]]) -> tuple[Task, ...]:
    """The lines of a sheet from its rows."""
    return tuple(Task(**{**row, "kinds": tuple(row.get("kinds", ()))}) for row in rows)


@cache
def presets() -> dict[str, Preset]:
    """All of them by key, in the order of the file."""
    said = yamls.read(PLACE.read_text("utf-8"))
    return {key: Preset(key, **{**row, "items": read(row["items"])}) for key, row in said.items()}


def stretches(period: str, year: int, first: date | None = None) -> list[tuple[date, date]]:
    """(first day, last day) of each month, quarter or the whole of a year; without those that were over
    before `first`, the day on which the studio opened."""
    months = MONTHS[Period(period)]
    begin = [date(year, month, 1) for month in range(1, 13, months)]
    ends = [start - timedelta(days=1) for start in [*begin[1:], date(year + 1, 1, 1)]]
    return [(start, end) for start, end in zip(begin, ends, strict=True) if first is None or end >= first]
