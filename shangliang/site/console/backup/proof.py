"""Does a restored site hold? Its rows, the journal, every photo, every key, and fields that open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from django.core.files.storage import default_storage
from django.db import connection

from shangliang.base.files import storage
from shangliang.base.files.models import File
from shangliang.base.journal import guards
from shangliang.base.journal.verify import WORDS, verify
from shangliang.base.people.personal import rows
from shangliang.base.people.personal.fields import with_keys

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


def _keys() -> Iterator[str]:
    """People whose fields nobody can open any more, although nobody erased them."""
    for found in rows.without_key():
        yield f"{found}; was the keyring backed up before the main database?"


def _fields() -> Iterator[str]:
    for model, field in rows.private():
        some = model._base_manager.exclude(**{f"{field.attname}__isnull": True}).order_by("?")
        for row in some[:SAMPLE]:
            try:
                with_keys([row])
                getattr(row, field.attname)
            except (InvalidTag, RuntimeError):  # the cell was altered, or its key is wrapped by another
                yield (
                    f"{model._meta.db_table} {row.pk}: {field.column} does not open; is MASTER_KEY the one "
                    "that these keys were wrapped with?"
                )
                break
