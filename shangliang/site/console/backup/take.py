"""Taking a backup while people go on writing."""

from __future__ import annotations

import errno
import platform
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management.base import CommandError
from django.db.migrations.recorder import MigrationRecorder

from shangliang.base.journal import merkle

from . import folder
from .engines import Engine, engine

MEDIA = "media"
# What is told outside the database, by the name it has in a backup: checkpoints, the public keys they are
# signed with (the private one never lies in a backup), and who asked to be erased.
OUTSIDE = ("checkpoints.jsonl", "journal-keys.txt", "erasures.jsonl")
FILE = {"sqlite": "sqlite3", "postgresql": "dump"}  # how a copy's name ends


@dataclass(frozen=True)
class Taken:
    main: Path
    keys: Path
    removed: list[Path]


def take(into: Path, keys_into: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Taken:
    """Back up into a new folder in `into`, the keyring into one in `keys_into`, and remove old ones of both.

    The order is the promise: checkpoints, so that they know no more than the journal beside them; the main
    database; the keyring after it, so that no row lacks its key; photos last, which lie down before their
    rows. CommandError says what went wrong; then no folder of this backup's name is left."""
    _apart(into.resolve(), keys_into.resolve())
    with _plain_words():
        main = take_main(into, now())
        keys = take_keys(keys_into, now(), main=main)
        removed = [*folder.thin(into, now()), *folder.thin(keys_into, now())]
    return Taken(main, keys, removed)


def take_main(into: Path, moment: datetime) -> Path:
    """Everything but the keys: the database, the checkpoints told so far, photos and papers."""
    before = folder.newest(into)
    with folder.made(into, moment) as place:
        for name in OUTSIDE:
            if outside(name).exists():
                shutil.copyfile(outside(name), place / name)
        about = _copied(engine("default"), place, "main", moment)
        _photos(place, before)
        if "journal_seal" not in about["tables"]:
            raise CommandError("The database has no tables yet: there is nothing to back up.")
        size = about["tables"]["journal_seal"]["rows"]  # seals stay: the head of then can be reckoned now
        folder.describe(place, {**about, "journal": {"size": size, "root": merkle.root(size).hex()}})
    return into / moment.strftime(folder.STAMP)


def outside(name: str) -> Path:
    """Where it lies on this machine."""
    checkpoints = Path(settings.CHECKPOINTS)
    known = {"checkpoints.jsonl": checkpoints, "erasures.jsonl": Path(settings.ERASURES)}
    return known.get(name) or checkpoints.with_name(name)


def _photos(place: Path, before: Path | None) -> None:
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir():
        folder.copy_media(media, place / MEDIA, before / MEDIA if before else None)


def take_keys(into: Path, moment: datetime, *, main: Path) -> Path:
    """The keyring, which must be taken after the main database of its backup."""
    with folder.made(into, moment) as place:
        folder.describe(place, {**_copied(engine("keyring"), place, "keyring", moment), "after": main.name})
    return into / moment.strftime(folder.STAMP)


def _copied(database: Engine, place: Path, name: str, moment: datetime) -> dict[str, Any]:
    tables = database.copy(place / f"{name}.{FILE[database.vendor]}")
    applied = MigrationRecorder.Migration.objects.using("default" if name == "main" else "keyring")
    return {
        "what": name,
        "taken": moment.isoformat(timespec="seconds"),
        "engine": database.vendor,
        "versions": {
            "database": database.version(), "django": django.__version__, "python": platform.python_version(),
        },
        "migrations": sorted(f"{app}.{step}" for app, step in applied.values_list("app", "name")),
        "tables": {table: about._asdict() for table, about in tables.items()},
    }  # fmt: skip


def _apart(main: Path, keys: Path) -> None:
    if main == keys or main in keys.parents or keys in main.parents:
        raise CommandError("The keyring's backups must lie apart: give --keys a folder outside this one.")


@contextmanager
def _plain_words() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise CommandError(
                f"The disk is full; nothing was kept. {fault.filename or ''}".strip()
            ) from fault
        raise CommandError(f"The backup could not be written: {fault}") from fault
    except sqlite3.Error as fault:
        raise CommandError(f"The database could not be copied: {fault}; nothing was kept.") from fault
