"""The power is cut while SQLite writes what our pages write, with our settings: nothing is lost."""

import random
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from prove import databases
from prove.disk import Disk
from prove.figure import Figure

WRITES = re.compile(r"(BEGIN|COMMIT|INSERT|UPDATE|DELETE|SAVEPOINT|RELEASE|ROLLBACK)\b")
PAGES = 60  # of the log, then they go into the database: a cut falls into that too
NAME = "shangliang.sqlite3"
Counts = tuple[int, ...]


@dataclass(frozen=True)
class Story:
    """What is in the file before it, the statements of each change, and what is counted after each."""

    file: bytes
    tables: list[str]
    changes: list[list[str]]
    counts: list[Counts]  # one more than changes: at first, then after each


@dataclass
class Found:
    cuts: int = 0
    acknowledged: int = 0
    lost: int = 0
    broken: int = 0


def figures(seed: int, short: bool) -> Iterator[Figure]:
    story, pragmas = recorded(4 if short else 12), settings()
    cuts = 40 if short else 500
    found = cut(story, pragmas, cuts, random.Random(seed))
    off = [re.sub(r"synchronous\s*=\s*\w+", "synchronous=OFF", one, flags=re.I) for one in pragmas]
    careless = cut(story, off, cuts, random.Random(seed))
    planted = "synchronous=OFF"
    yield Figure(
        f"power cut, SQLite: commits lost, of {found.acknowledged} acknowledged before {found.cuts} cuts",
        found.lost, 0, planted, careless.lost > 0, seed,
    )  # fmt: skip
    yield Figure(
        f"power cut, SQLite: databases not whole after {found.cuts} cuts", found.broken, 0, planted,
        careless.lost + careless.broken > found.lost + found.broken, seed,
    )  # fmt: skip


def settings() -> list[str]:
    """The pragmas that every connection of ours begins with."""
    from django.conf import settings as ours

    said = ours.DATABASES["default"]["OPTIONS"]["init_command"]
    return [one.strip() for one in said.split(";") if one.strip()]


# ── The story: our own actions on our own schema, their statements written down ──
def recorded(rounds: int) -> Story:
    databases.begin()
    from django.conf import settings as ours
    from django.db import connection

    from stories.world import build

    world = build()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file = Path(ours.DATABASES["default"]["NAME"]).read_bytes()
    tables = [name for name in connection.introspection.table_names() if not name.startswith("search_")]
    said: list[str] = []
    changes: list[list[str]] = []
    counts = [_counted(connection.connection, tables)]
    for act in acts(world, rounds):
        said.clear()
        connection.connection.set_trace_callback(said.append)
        act()
        connection.connection.set_trace_callback(None)
        for group in _groups(said):
            changes.append(group)
        counts += [counts[-1]] * (len(changes) - len(counts)) + [_counted(connection.connection, tables)]
    return Story(file, tables, changes, counts)


def acts(world: Any, rounds: int) -> Iterator[Any]:
    from shangliang.base.journal.seal import seal
    from shangliang.flow.voices import actions
    from shangliang.ledgers.figures.actions import roll_up
    from stories.pages import leave as left

    leave: Any = left
    for n in range(rounds):
        made: list[Any] = []
        yield lambda n=n, made=made: made.append(leave(world.studio, f"第 {n} 盏路灯坏了，{'黑' * 300}"))
        yield lambda made=made: actions.take_up(made[0].code, by=world.officer, seen=1)
        yield lambda made=made: actions.answer(
            made[0].code, by=world.officer, seen=2, words="换了灯头，昨晚亮了"
        )
        yield seal
        yield roll_up


def _groups(said: list[str]) -> list[list[str]]:
    """The statements that write, by transaction; one outside any is one by itself."""
    groups: list[list[str]] = []
    inside = False
    for statement in said:
        if not WRITES.match(statement):
            continue  # what a trigger does comes as a comment
        if statement.startswith("BEGIN"):
            groups.append([])
            inside = True
        elif not inside:
            groups.append([])
        groups[-1].append(statement)
        inside = inside and not statement.startswith("COMMIT")
    return [group for group in groups if any(one[0] in "IUD" for one in group)]


def _counted(database: Any, tables: list[str]) -> Counts:
    """How many rows each table has, and the sum of what a change leaves in place: versions and the cursor."""
    found = [database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables]
    [versions] = database.execute("SELECT sum(version) FROM voices_voice").fetchone()
    [upto] = database.execute("SELECT sum(upto) FROM figures_cursor").fetchone()
    return (*found, versions or 0, upto or 0)


# ── The cuts ──
def cut(story: Story, pragmas: list[str], cuts: int, draw: random.Random) -> Found:
    whole = Disk("whole", {NAME: story.file}, cut_at=0)
    if lived(whole, story, pragmas) != len(story.changes):
        raise RuntimeError("the story does not run to its end without a cut")
    found = Found()
    for number in range(cuts):
        disk = Disk(f"cut{number}", {NAME: story.file}, cut_at=draw.randint(1, whole.changes))
        acknowledged = lived(disk, story, pragmas)
        found.cuts += 1
        found.acknowledged += acknowledged
        kept = reopened({name: held.after_a_cut(draw) for name, held in disk.files.items()}, story.tables)
        if kept is None or kept not in story.counts:
            found.broken += 1
        elif kept not in story.counts[acknowledged:]:
            found.lost += acknowledged - max(n for n, one in enumerate(story.counts) if one == kept)
        disk.unregister()
    whole.unregister()
    return found


def lived(disk: Disk, story: Story, pragmas: list[str]) -> int:
    """How many changes were acknowledged before the power went."""
    acknowledged = 0
    with suppress(apsw.Error):
        database = apsw.Connection(NAME, vfs=disk.vfs_name)
        try:
            for pragma in ("PRAGMA locking_mode=exclusive", *pragmas, f"PRAGMA wal_autocheckpoint={PAGES}"):
                database.execute(pragma).fetchall()
            if database.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                raise RuntimeError("the log is not written ahead: another mode than in production")
            for change in story.changes:
                for statement in change:
                    database.execute(statement)
                acknowledged += 1
        finally:
            with suppress(apsw.Error):
                database.close()
    return acknowledged


def reopened(files: dict[str, bytes], tables: list[str]) -> Counts | None:
    """What is counted after the next start, by the SQLite of production; None if the file is not whole."""
    with tempfile.TemporaryDirectory(prefix="prove-power-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        try:
            with closing(sqlite3.connect(Path(folder) / NAME)) as database:
                if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    return None
                return _counted(database, tables)
        except sqlite3.DatabaseError:
            return None
