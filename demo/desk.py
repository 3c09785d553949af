"""Common answers of 清溪县, and the filters that its officer keeps."""

from __future__ import annotations

from functools import partial
from typing import Any

from shangliang.flow.voices import actions

from .told import Step, Told


def steps(told: Told, rows: dict[str, Any]) -> list[Step]:
    morning = told.days.moment(9, "8:30")
    return [
        *((morning, partial(_common, told, title, words)) for title, words in rows["common"].items()),
        *((morning, partial(_kept, told, name, query)) for name, query in rows["filters"].items()),
    ]


def _common(told: Told, title: str, words: str) -> None:
    by = told.actors["officer"]
    actions.make_template(told.committees["990101"], by=by, title=title, words=words)


def _kept(told: Told, name: str, query: str) -> None:
    actions.save_filter(by=told.actors["officer"], name=name, query=query)
