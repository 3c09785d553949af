"""Bringing a backup back: checked before anything is touched, proved after it, and told what is lost."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from shangliang.base.people.actions import replay_erasures

from . import folder, proof
from .engines import engine
from .take import FILE, MEDIA, OUTSIDE, outside

Say = Callable[[str], object]
DATABASES = {"main": "default", "keyring": "keyring"}


class Told(NamedTuple):
    """A checkpoint: how many acts it knew of, and when."""

    size: int
    time: str


def restore(backup: Path, keys: Path, *, replace: bool, say: Say) -> list[str]:
    """Load a backup's folder and a keyring's folder into what the settings name; what does not hold after it.

    `replace` puts aside what stands there; nothing is deleted. CommandError before anything is touched:
    another hash, a missing file, another version, keys older than the rows, something there already."""
    about = {"main": folder.opened(backup), "keyring": folder.opened(keys)}
    _fits(about)
    _room(replace)
    connections.close_all()
    stamp = datetime.now(UTC).strftime(folder.STAMP)
    if replace:
        _put_aside(stamp, say)  # refuses while the site runs: before the file of checkpoints is touched
    told = _checkpoints_aside(stamp, about["main"]["journal"]["size"], backup)
    faults: list[str] = []
    for name, place in (("main", backup), ("keyring", keys)):
        database = engine(DATABASES[name])
        database.load(place / f"{name}.{FILE[database.vendor]}")
        faults += proof.differences(about[name]["tables"], database.tables())
    if (backup / MEDIA).is_dir():
        shutil.copytree(backup / MEDIA, settings.MEDIA_ROOT, dirs_exist_ok=True)
    for name in ("keyring", "main"):  # keys first: steps of the other lock words up
        if _known() - set(about[name]["migrations"]):  # an older version's backup comes forward
            call_command("migrate", database=DATABASES[name], verbosity=0)
    _erase_again(say)
    faults += proof.faults(about["main"]["journal"])
    _tell(about["main"], told, say)
    return faults


def _fits(about: dict[str, dict[str, Any]]) -> None:
    for name, said in about.items():
        if said["what"] != name:
            raise CommandError(f"This is a backup of the {said['what']}, where one of the {name} is needed.")
        if said["engine"] != (vendor := engine(DATABASES[name]).vendor):
            raise CommandError(f"The {name} was backed up from {said['engine']}; the settings name {vendor}.")
        if newer := sorted(set(said["migrations"]) - _known()):
            raise CommandError(
                "The backup was made by a newer version: this one does not know " + ", ".join(newer)
            )
    if datetime.fromisoformat(about["keyring"]["taken"]) < datetime.fromisoformat(about["main"]["taken"]):
        raise CommandError(
            "The keyring was backed up before the main database: the newest messages would not open. "
            "Give --keys a folder made after it."
        )


def _known() -> set[str]:
    return {f"{app}.{step}" for app, step in MigrationLoader(None).disk_migrations}


def _room(replace: bool) -> None:
    there = [name for name, alias in DATABASES.items() if not engine(alias).is_empty()]
    media = Path(settings.MEDIA_ROOT)
    there += [str(media)] if media.is_dir() and any(media.iterdir()) else []
    if there and not replace:
        raise CommandError(
            f"Something stands there already: {', '.join(there)}. "
            "With --replace it is put aside, not deleted."
        )


def _put_aside(stamp: str, say: Say) -> None:
    for alias in DATABASES.values():
        if not engine(alias).is_empty():
            say(f"put aside: {engine(alias).put_aside(stamp)}")
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir():
        aside = media.with_name(f"{media.name}.before_{stamp}")
        media.rename(aside)
        say(f"put aside: {aside}")


def _checkpoints_aside(stamp: str, size: int, backup: Path) -> list[Told]:
    """Leave in the file of checkpoints only what the restored journal can know; the whole file is kept beside
    it. What does not lie there is taken from the backup. Returns what was told outside."""
    there = Path(settings.CHECKPOINTS)
    stood = there.exists()
    for name in OUTSIDE:
        if (backup / name).exists() and not outside(name).exists():
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(backup / name, outside(name))
    if not stood:
        return []
    lines = [(told, line) for line in there.read_bytes().splitlines(keepends=True) if (told := _told(line))]
    if any(told.size > size for told, _ in lines):
        there.rename(there.with_name(f"{there.name}.before_{stamp}"))
        with there.open("xb") as fresh:
            fresh.writelines(line for told, line in lines if told.size <= size)
            fresh.flush()
            os.fsync(fresh.fileno())
    return [told for told, _ in lines]


def _told(line: bytes) -> Told | None:
    """What a line says, signed or not; None for one that a crash tore. `verify` is what checks it."""
    try:
        said = json.loads(line)
        if "note" not in said:
            return Told(int(said["size"]), said["time"])
        _name, size, _root, time = said["note"].split("\n")[:4]
        return Told(int(size), time.removeprefix("time "))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _erase_again(say: Say) -> None:
    """Who was erased after the backup is erased again, before anybody opens the doors."""
    say(f"erased again: {replay_erasures()}")


def _tell(about: dict[str, Any], told: list[Told], say: Say) -> None:
    size = about["journal"]["size"]
    say(f"restored: the site of {about['taken']}, {size:,} sealed acts; everybody signs in anew")
    last = max(told, default=Told(0, ""))
    if last.size > size:
        say(
            f"LOST: acts {size:,} to {last.size - 1:,}, and what came after {last.time}. The file of "
            "checkpoints that knew of them is kept beside the new one: write down why, see docs/security.md."
        )
    elif told:
        say("no checkpoint outside tells of more; what came after the last of them may be lost all the same")
    else:
        say("no file of checkpoints stood here: nothing can tell what was lost after the backup")
