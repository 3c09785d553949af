"""Kinds of activities and their measures as data, read once from `presets/kinds.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazystr
from django.utils.translation import get_language

from shangliang.base import yamls
from shangliang.base.places.models import Committee

PLACE = Path(__file__).parent / "presets" / "kinds.yaml"
SETTLED = "settled"


@dataclass(frozen=True)
class Named:
    """What has a key and a name in both languages."""

    key: str
    name: str
    english: str

    def __str__(self) -> str:
        """In the language of the page: both are data."""
        return self.english if (get_language() or "").startswith("en") else self.name

    @property
    def label(self) -> Any:
        """The same, for whoever keeps it until a page asks."""
        return lazystr(self)


@dataclass(frozen=True)
class Measure(Named):
    """A number that is counted at an activity. `unit`: a key of the figures' units; `what` it counts:
    persons, person_times, yuan, cases …"""

    unit: str
    what: str

    @property
    def of_people(self) -> bool:
        """Whether it counts people who were helped or came, and so stays closed where it is small."""
        return self.what in ("persons", "person_times") and self.unit != "member"


@dataclass(frozen=True)
class Count(Named):
    """A metric that adds one for each activity held of its kinds."""

    unit: str


@dataclass(frozen=True)
class Kind(Named):
    """`origin`: the place whose office told of it. `needs` and `may`: keys of measures. `private`: never
    public. `consent`: whose a photo needs ("" for none). `outcome`: whether it ends settled, not settled or
    passed on. `expected`: whoever is invited and neither comes nor asks for leave is absent."""

    origin: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    counts: str = ""
    private: bool = False
    consent: str = ""
    outcome: bool = False
    expected: bool = False

    @property
    def measures(self) -> list[Measure]:
        found = book().measures
        return [found[key] for key in (*self.needs, *self.may)]


@dataclass(frozen=True)
class Book:
    edition: int
    source: str
    measures: dict[str, Measure]
    counts: dict[str, Count]
    kinds: dict[str, Kind]


@cache
def book() -> Book:
    """The edition in force, everything by key in the order of the file."""
    said: dict[str, Any] = yamls.read(PLACE.read_text("utf-8"))

    def kind(key: str, row: dict[str, Any]) -> Kind:
        lists = {name: tuple(row.get(name, ())) for name in ("needs", "may")}
        return Kind(key, **{**row, **lists})

    return Book(
        said["edition"],
        said["source"],
        {key: Measure(key, **row) for key, row in said["measures"].items()},
        {key: Count(key, **row) for key, row in said["counts"].items()},
        {key: kind(key, row) for key, row in said["kinds"].items()},
    )


def kinds() -> dict[str, Kind]:
    return book().kinds


def chosen(committee: Committee) -> dict[str, Kind]:
    """The kinds that a committee uses: all but those it has switched off."""
    off = set(committee.set("activity_kinds_off"))
    return {key: kind for key, kind in kinds().items() if key not in off}


def choices(found: dict[str, Kind] | None = None) -> list[tuple[str, Any]]:
    return [(key, kind.label) for key, kind in (kinds() if found is None else found).items()]
