"""All rows with private fields, and whose they are: does each have its key, and each key its row?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from django.apps import apps
from django.db import models

from ... import clock
from . import keyring
from .fields import Private

AT_ONCE = 500
WAIT = 2  # days for which a key may be without its row: nobody's form takes that long


class Locked(NamedTuple):
    """Rows that nobody can open any more, although nobody erased them: how many people's, and the first."""

    table: str
    column: str
    people: int
    first: str

    def __str__(self) -> str:
        return f"{self.table}.{self.column}: {self.people} people have no key, the first {self.first}"


def private() -> Iterator[tuple[type[models.Model], Private]]:
    """Every private field of every table."""
    for model in apps.get_models():
        yield from ((model, field) for field in model._meta.fields if isinstance(field, Private))


def path(model: type[models.Model]) -> str:
    """Where the pseudonym of a row's person stands: in the row, or in the one that it belongs to."""
    return str(getattr(model, "PERSON", "person"))


def without_key() -> list[Locked]:
    """Private fields whose key is gone without an erasure."""
    return [found for model, field in private() if (found := _without(model, field))]


def _without(model: type[models.Model], field: Private) -> Locked | None:
    whose = path(model)
    rows = model._base_manager.exclude(**{f"{field.attname}__isnull": True})
    people = rows.order_by(whose).values_list(whose, flat=True).distinct().iterator()
    found: list[str] = []
    while some := set(islice(people, AT_ONCE)):
        found += sorted(some - keyring.known(some))
    return Locked(model._meta.db_table, field.column, len(found), found[0]) if found else None


def among(people: set[str]) -> set[str]:
    """Those of them who have a row at all."""
    found: set[str] = set()
    for model in {model for model, _field in private()}:
        whose = path(model)
        found |= set(model._base_manager.filter(**{f"{whose}__in": people}).values_list(whose, flat=True))
    return found


def sweep() -> int:
    """A chore: keys without a row go, once no form can still be on its way to it. How many."""
    return keyring.unused(clock.today() - timedelta(days=WAIT), among)
