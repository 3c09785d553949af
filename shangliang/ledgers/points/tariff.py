"""Tariffs: dated data that say which act brings a member how many points. Read from `presets/`, once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PRESETS = Path(__file__).parent / "presets"


@dataclass(frozen=True)
class Rule:
    """One line of a tariff. Points and the year's cap in hundredths; `to` says who gets them (actions)."""

    name: str
    act: str
    to: str
    points: int
    cap: int
    label: str
    what: str
    shared: bool = False
    where: Mapping[str, Any] = field(default_factory=dict)

    def takes(self, facts: Mapping[str, Any]) -> bool:
        """Whether the act's facts are what this line asks for; a list means any of these."""
        return all(
            facts.get(name) in wanted if isinstance(wanted, list) else facts.get(name) == wanted
            for name, wanted in self.where.items()
        )

    def each(self, members: int) -> int:
        """What one member gets. Shares are equal to the hundredth; the rest of a division goes to nobody."""
        return self.points // members if self.shared else self.points


@dataclass(frozen=True)
class Tariff:
    """A tariff from a day on. `none`: acts that bring no points, on purpose."""

    name: str
    label: str
    kind: str
    since: date
    rules: tuple[Rule, ...]
    none: frozenset[str]


@cache
def tariffs() -> tuple[Tariff, ...]:
    """All of them, the newest first."""
    found = [_read(yaml.safe_load(file.read_text("utf-8"))) for file in sorted(PRESETS.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda tariff: tariff.since, reverse=True))


def on(day: date) -> Tariff | None:
    """The tariff in force on a day; None before the first."""
    return next((tariff for tariff in tariffs() if tariff.since <= day), None)


def rules() -> dict[str, Rule]:
    """Every rule by name; where two tariffs have one of a name, the newest."""
    return {rule.name: rule for tariff in reversed(tariffs()) for rule in tariff.rules}


def _read(said: dict[str, Any]) -> Tariff:
    lines = tuple(Rule(**line) for line in said["rules"])
    return Tariff(said["name"], said["label"], said["kind"], said["from"], lines, frozenset(said["none"]))
