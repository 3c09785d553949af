"""Does a restored site hold? Its rows, the journal, every photo, every key, and fields that open."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models

from shangliang.base.files import storage
from shangliang.base.files.models import File
from shangliang.base.journal import guards
from shangliang.base.journal.verify import WORDS, verify
from shangliang.base.people.models import Erasure, PersonKey
from shangliang.base.people.personal.fields import Private, with_keys

from .engines import Tables

SAMPLE = 50  # rows of each model whose private fields are opened


def differences(told: dict[str, dict[str, Any]], there: Tables) -> list[str]:
    """The tables whose rows are not those of the backup's moment."""
    return [
        f"table {name}: {there[name].rows if name in there else 'no'} rows, not the {about['rows']} backed up"
        if name not in there or there[name].rows != about["rows"]
        else f"table {name}: the rows are not those that were backed up"
        for name, about in told.items()
        if name not in there or there[name]._asdict() != about
    ]


def faults(journal: dict[str, Any]) -> list[str]:
    """What does not hold; `journal` is the size and root of the backup's manifest."""
    return [*_journal(journal), *_photos(), *_keys(), *_fields()]


def _journal(told: dict[str, Any]) -> Iterator[str]:
    report = verify()
    if not report.ok:
        yield f"the journal is broken at {report.where}: {WORDS[report.broken]}"
    elif report.sealed < told["size"] or (report.sealed == told["size"] and report.root != told["root"]):
        yield "the journal's head is not the one that was backed up"
    if missing := guards.expected(connection.vendor) - guards.standing(connection):
        yield f"triggers are missing: {', '.join(sorted(missing))}"


def _photos() -> Iterator[str]:
    gone = [
        place
        for file in File.objects.order_by("pk").iterator()
        for place in (storage.place(file.code, size) for size in file.sizes)
        if not default_storage.exists(place)
    ]
    if gone:
        yield f"{len(gone)} photos or papers are missing, the first: {gone[0]}"


def _private() -> Iterator[tuple[type[models.Model], Private]]:
    for model in apps.get_models():
        yield from ((model, field) for field in model._meta.fields if isinstance(field, Private))


def _keys() -> Iterator[str]:
    """People whose fields nobody can open any more, although nobody erased them."""
    for model, field in _private():
        rows = model._base_manager.exclude(**{f"{field.attname}__isnull": True})
        people = _people(rows)
        without = 0
        while some := set(islice(people, 500)):
            without += len(some - _known(PersonKey, some) - _known(Erasure, some))
        if without:
            yield (
                f"{model._meta.db_table}.{field.column}: {without} people have no key; was the keyring "
                "backed up before the main database?"
            )


def _people(rows: models.QuerySet[models.Model]) -> Iterator[str]:
    """Whose rows these are; some know it only through the row that they belong to."""
    if any(field.name == "person" for field in rows.model._meta.fields):
        return rows.values_list("person", flat=True).distinct().iterator()
    return (row.person for row in rows.select_related().iterator())  # type: ignore[attr-defined]


def _known(model: type[Erasure] | type[PersonKey], people: set[str]) -> set[str]:
    return set(model._base_manager.filter(person__in=people).values_list("person", flat=True))


def _fields() -> Iterator[str]:
    for model, field in _private():
        rows = model._base_manager.exclude(**{f"{field.attname}__isnull": True}).order_by("?")
        for row in rows[:SAMPLE]:
            try:
                with_keys([row])
                getattr(row, field.attname)
            except (InvalidTag, RuntimeError):  # the cell was altered, or its key is wrapped by another
                yield (
                    f"{model._meta.db_table} {row.pk}: {field.column} does not open; is MASTER_KEY the one "
                    "that these keys were wrapped with?"
                )
                break
