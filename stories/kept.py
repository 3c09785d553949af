"""What many tests begin from, made once and copied: empty migrated databases, and the demonstration. They
lie in `var/kept/` while nothing changes that they follow from: to make them takes as long as some hundred
tests. Nothing of it is used outside tests and proofs.

python -m stories.kept     makes the demonstration, if it is not there
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "kept"
MADE = {
    "default": "shangliang.sqlite3",
    "keyring": "keyring.sqlite3",
}  # alias → its file, as settings name it
FOLLOWS = ("shangliang/**/*.py", "shangliang/**/*.yaml", "shangliang/**/*.csv", "demo/*")
TOLD = "told.pickle"  # what `load.load()` returned


def ready(files: Mapping[str, Path], migrate: Callable[[], None]) -> None:
    """An empty database at each of `files` (alias → where it is to lie): a copy, or, the first time, what
    `migrate` makes there. Of processes that begin together, one makes them and the others wait."""
    with _alone("empty"):
        away(files.values())
        if not lay(files):
            migrate()
            _keep(files)


def lay(files: Mapping[str, Path]) -> bool:
    """A copy at each of `files`; False, and nothing done, while there are none."""
    kept = {alias: _empty() / MADE[alias] for alias in files}
    if not all(one.exists() for one in kept.values()):
        return False
    for alias, here in files.items():
        shutil.copyfile(kept[alias], here)
    return True


def away(files: Iterable[Path]) -> None:
    """With the logs beside them: one that a run left when it was broken off would be read into the next."""
    for file in files:
        for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
            file.with_name(name).unlink(missing_ok=True)


def ready_in_postgresql(migrate: Callable[[], None]) -> None:
    """The same in a cluster: copies of two databases that stay there, or what `migrate` makes."""
    from django.db import connections

    names = [(one, cast(Any, one.creation)._get_test_db_name()) for one in connections.all()]
    with _alone("postgresql"):
        if not all(_copied(one, name, _template(one)) for one, name in names):
            migrate()
            for one, name in names:
                _copied(one, _template(one), name)


def _template(one: Any) -> str:
    return f"kept_{one.alias}_{_state()}"


def _copied(one: Any, name: str, template: str) -> bool:
    """False, and nothing done, while there is no such template."""
    with one.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if found := bool(cursor.fetchall()):
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return found


def demonstration() -> Path:
    """The folder of today's demonstration, sealed and counted: `MADE`, photos in `media`, `checkpoints.jsonl`
    and `TOLD`. To be copied, never to be used in place."""
    with _alone("demonstration"):
        folder = KEPT / f"demonstration-{_today()}-{_state()}"
        if not folder.exists():
            making = folder.with_name(f"making-{folder.name}")
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            own = {"SHANGLIANG_MODE": "demo", "SHANGLIANG_VAR": str(making)}
            others = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST") and k[-4:] != "_URL"}
            command = [sys.executable, "-m", "stories.kept", "--here"]
            subprocess.run(command, cwd=ROOT, env=others | own, check=True)
            _only(making, folder)
        return folder


def _make() -> None:
    """In a process of its own, whose settings say where."""
    import pickle
    from unittest.mock import patch

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from demo import load

    if not lay({alias: settings.VAR / name for alias, name in MADE.items()}):
        for database in MADE:
            call_command("migrate", database=database, verbosity=0)
    call_command("createcachetable", verbosity=0)
    plainly = load.load

    def loading(*args: Any) -> Any:
        told = plainly(*args)
        (settings.VAR / TOLD).write_bytes(pickle.dumps(told))
        return told

    with patch.object(load, "load", loading):
        call_command("demo")  # as an office loads it
    for one in connections.all():
        with one.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        one.close()


def _keep(files: Mapping[str, Path]) -> None:
    making = KEPT / "making-empty"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    for alias, here in files.items():
        with closing(sqlite3.connect(here)) as database:
            database.execute("VACUUM INTO ?", [str(making / MADE[alias])])
    _only(making, _empty())


def _only(made: Path, folder: Path) -> None:
    """What was made stands in its place, whole, and those like it from before go."""
    made.rename(folder)
    for other in KEPT.glob(f"{folder.name.split('-')[0]}-*"):
        if other != folder:
            shutil.rmtree(other)


@contextmanager
def _alone(what: str) -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _empty() -> Path:
    return KEPT / f"empty-{_state()}"


def _today() -> date:
    """The day in China, without Django."""
    return (datetime.now(UTC) + timedelta(hours=8)).date()


@cache  # so that what a process began with stays its own, whatever is edited meanwhile
def _state() -> str:
    """What they follow from: our files, and the versions of the libraries that bring tables of their own."""
    told = hashlib.sha256()
    files = {ROOT / "requirements/runtime.txt", *(file for one in FOLLOWS for file in ROOT.glob(one))}
    for file in sorted(file for file in files if file.is_file() and "tests" not in file.parts):
        told.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return told.hexdigest()[:20]


if __name__ == "__main__":
    if "--here" in sys.argv:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shangliang.settings")
        _make()
    else:
        print(demonstration())
