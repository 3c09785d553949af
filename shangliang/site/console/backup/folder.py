"""A backup's folder: made whole or not at all, checked byte for byte, thinned by age."""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from shangliang.base.journal.outside import flush

KEPT = timedelta(days=30)  # then both halves go: what was erased must not live on in old copies
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
STAMP = "%Y%m%dT%H%M%SZ"  # a folder's name is its moment, in UTC
FORM = 1  # of the manifest; a change that an older restore could not read counts it up


@contextmanager
def made(inside: Path, moment: datetime) -> Iterator[Path]:
    """A folder to fill. It gets its name, its sums and its place on the disk only if all went well."""
    final = inside / moment.strftime(STAMP)
    filling = inside / f".{final.name}.unfinished"
    inside.mkdir(mode=0o700, parents=True, exist_ok=True)
    if final.exists():
        raise CommandError(f"{final} is there already: two backups in one second.")
    shutil.rmtree(filling, ignore_errors=True)
    filling.mkdir(mode=0o700)
    try:
        yield filling
        _keep(filling / SUMS, "".join(f"{_sum(file)}  {name}\n" for name, file in _files(filling)))
        for _, file in _files(filling):
            flush(file)
        filling.rename(final)
        flush(inside)
    except BaseException:
        shutil.rmtree(filling, ignore_errors=True)
        raise


def describe(folder: Path, said: dict[str, Any]) -> None:
    """Write the manifest."""
    _keep(folder / MANIFEST, json.dumps({"form": FORM, **said}, ensure_ascii=False, indent=1) + "\n")


def opened(folder: Path) -> dict[str, Any]:
    """The manifest of a backup whose every byte is what it was; CommandError names what is not."""
    if not (folder / SUMS).is_file():
        raise CommandError(f"{folder} is no finished backup: it has no {SUMS}.")
    wrong = list(_wrong(folder))
    if wrong:
        more = f", and {len(wrong) - 10} more" if len(wrong) > 10 else ""
        raise CommandError(f"{folder} is not what was written: " + "; ".join(wrong[:10]) + more)
    said: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
    if said["form"] != FORM:
        raise CommandError(
            f"{folder} was made by another version (form {said['form']}, this one reads {FORM})."
        )
    return said


def _wrong(folder: Path) -> Iterator[str]:
    told: dict[str, str] = {}
    for line in (folder / SUMS).read_text("utf-8", errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        told[name] = digest
    there = dict(_files(folder))
    yield from (f"{name} is missing" for name in sorted({MANIFEST, *told} - there.keys()))
    yield from (f"{name} is not in {SUMS}" for name in sorted(there.keys() - told.keys()))
    shared = sorted(there.keys() & told.keys())
    yield from (f"{name} has another SHA-256" for name in shared if _sum(there[name]) != told[name])


def moment(folder: Path) -> datetime | None:
    """When it was made, by its name; None if that is no backup's name."""
    try:
        return datetime.strptime(folder.name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest(inside: Path) -> Path | None:
    """The newest finished backup in there."""
    return max((each for each in _backups(inside)), key=lambda each: each.name, default=None)


def thin(inside: Path, now: datetime) -> list[Path]:
    """Remove what is older than KEPT, but never the newest one; what was removed."""
    last = newest(inside)
    old = [each for each in _backups(inside) if each != last and (moment(each) or now) < now - KEPT]
    for each in old:
        shutil.rmtree(each)
    return old


def _backups(inside: Path) -> list[Path]:
    return [each for each in inside.iterdir() if moment(each)] if inside.is_dir() else []


def copy_media(source: Path, target: Path, before: Path | None) -> int:
    """Copy every file; one that the backup `before` holds with the same bytes is linked, and takes no room.

    A file that goes away meanwhile belonged to no row any more. Returns how many there are."""
    number = 0
    for name, file in _files(source):
        kept, place = (before / name if before else None), target / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            if kept and kept.is_file() and filecmp.cmp(kept, file, shallow=False):
                os.link(kept, place)
            else:
                shutil.copyfile(file, place)
            number += 1
    return number


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and place of every file below, in order; without the sums themselves."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and (name := file.relative_to(folder).as_posix()) != SUMS:
            yield name, file


def _sum(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _keep(file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    flush(file)
