"""Why a proposal is not filed, and what the first look asks: dated reference data with their sources."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from shangliang.base import clock, yamls

FILE = Path(__file__).parent / "presets" / "reasons.yaml"


@dataclass(frozen=True)
class Edition:
    """The reasons in force from a day on. `source`: where they were published."""

    since: date
    name: str
    source: str
    reasons: dict[str, str]


@cache
def _read() -> dict[str, Any]:
    return dict(yamls.read(FILE.read_text()))


@cache
def editions() -> tuple[Edition, ...]:
    """Newest first."""
    found = (Edition(one["since"], one["name"], one["source"], one["reasons"]) for one in _read()["editions"])
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def on(day: date) -> Edition:
    """The edition in force on a day; the oldest for a day before all of them."""
    return next((one for one in editions() if one.since <= day), editions()[-1])


def words(key: str, day: date | None = None) -> str:
    """A reason as it was published; the key itself for one that no edition of that day holds."""
    return on(day or clock.today()).reasons.get(key, key)


def checklist() -> dict[str, str]:
    """What has to hold for a proposal to be filed: key → words."""
    return dict(_read()["checklist"])
