"""For migrations: a column that lay in clear makes way for a private one of its name, with what stands in it.

    operations = [
        *renamed("Post", "words", Private(null=True)),
        moved("consultations", {"Post": ["words"]}),
        removed("Post", "words"),
    ]

A frozen model knows no properties, so `bind` tells a row whose it is and what binds its words to it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

from . import keyring
from .fields import GONE, Private

BATCH = 500
Bind = Callable[[Any], None]


def renamed(model: str, column: str, private: Private) -> list[Operation]:
    """The clear column steps aside, and the private one stands beside it, empty."""
    return [
        migrations.RenameField(model, column, f"clear_{column}"),
        migrations.AlterField(model, f"clear_{column}", models.TextField(default="", blank=True)),
        migrations.AddField(model, column, private),
    ]


def removed(model: str, column: str) -> Operation:
    """The clear one goes, once all is moved."""
    return migrations.RemoveField(model, f"clear_{column}")


def moved(
    app: str, columns: Mapping[str, Sequence[str]], bind: Mapping[str, Bind] | None = None
) -> Operation:
    """What stood in clear goes under its person's key; backwards it is laid open again. What belongs to
    somebody who was erased has no key: forwards it is gone, backwards the notice stands in its place."""
    ties = bind or {}

    def lock_up(apps: Any, schema: Any) -> None:
        for model, names in columns.items():
            for row in _rows(apps, app, model, ties):
                key = _drawn(row.person) if any(getattr(row, f"clear_{name}") for name in names) else None
                row._key = key
                for name in names:
                    if clear := getattr(row, f"clear_{name}"):
                        setattr(row, name, clear if key else GONE)
                row.save(update_fields=[*names, *(f"clear_{name}" for name in names)])
        _settle(schema)

    def lay_open(apps: Any, schema: Any) -> None:
        for model, names in columns.items():
            for row in _rows(apps, app, model, ties):
                row._key = keyring.keys([row.person]).get(row.person)
                for name in names:
                    there = row.__dict__[name] is not None
                    setattr(row, f"clear_{name}", str(getattr(row, name)) if there else "")
                row.save(update_fields=[f"clear_{name}" for name in names])
        _settle(schema)

    return migrations.RunPython(lock_up, lay_open)


def _rows(apps: Any, app: str, model: str, ties: Mapping[str, Bind]) -> Any:
    rows, last = apps.get_model(app, model).objects.order_by("pk"), 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        for row in batch:
            if model in ties:
                ties[model](row)
            yield row


def _drawn(person: str) -> bytes | None:
    try:
        return keyring.new(person)
    except keyring.Erased:
        return None


def _settle(schema: Any) -> None:
    """PostgreSQL alters no table whose foreign keys are still to be checked."""
    if schema.connection.vendor == "postgresql":
        schema.execute("SET CONSTRAINTS ALL IMMEDIATE")
