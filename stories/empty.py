"""Migrated, empty databases, kept in `var/empty/` while no migration changes: to make them takes as long as
some hundred tests. SQLite alone; nothing of it is used outside tests and proofs."""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "empty"


def ready(files: Mapping[str, Path], migrate: Callable[[], None]) -> None:
    """An empty database at each of `files` (alias → where it is to lie): a copy, or, the first time, what
    `migrate` makes there. Of processes that begin together, one makes them and the others wait."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        away(files)
        if not lay(files):
            migrate()
            _keep(files)


def lay(files: Mapping[str, Path]) -> bool:
    """A copy at each of `files`; False, and nothing done, while there are none."""
    kept = {alias: KEPT / _state() / f"{alias}.sqlite3" for alias in files}
    if not all(one.exists() for one in kept.values()):
        return False
    for alias, here in files.items():
        shutil.copyfile(kept[alias], here)
    return True


def away(files: Mapping[str, Path]) -> None:
    """With the logs beside them: one that a run left when it was broken off would be read into the next."""
    for file in files.values():
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            file.with_name(name).unlink(missing_ok=True)


def _keep(files: Mapping[str, Path]) -> None:
    """Those of older migrations go."""
    folder = KEPT / _state()
    folder.mkdir(exist_ok=True)
    for alias, here in files.items():
        with closing(sqlite3.connect(here)) as database:
            database.execute("VACUUM INTO ?", [str(folder / f"{alias}.sqlite3")])
    for other in KEPT.iterdir():
        if other.is_dir() and other != folder:
            shutil.rmtree(other)


def _state() -> str:
    """What the tables follow from: our migrations, and the versions of the libraries that bring their own."""
    told = hashlib.sha256()
    for file in [ROOT / "requirements/runtime.txt", *sorted(ROOT.glob("shangliang/*/*/migrations/*.py"))]:
        told.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return told.hexdigest()[:20]
