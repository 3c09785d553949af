"""A database of either kind: copied while others write, loaded, put aside; and what is in it, as digests."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import psycopg
from django.core.management.base import CommandError
from django.db import connections
from psycopg import sql

from shangliang.base.journal.outside import flush

# Signed-in browsers and what is reckoned anew: a stolen copy must open no door.
LEFT_OUT = ("django_session", "cache")
ASIDE = "before_"  # the schema, or the ending of the file, that stood where a backup was restored


class Table(NamedTuple):
    """How many rows, and the sum of their SHA-256: the same rows, in whatever order, give the same sum."""

    rows: int
    digest: str


Tables = dict[str, Table]


class Engine(Protocol):
    vendor: str

    def version(self) -> str: ...
    def copy(self, file: Path) -> Tables: ...
    def is_empty(self) -> bool: ...
    def put_aside(self, stamp: str) -> str: ...
    def load(self, file: Path) -> None: ...
    def tables(self) -> Tables: ...


def engine(alias: str) -> Engine:
    """The database that the settings name so."""
    found = connections[alias]
    return Postgres(found.settings_dict) if found.vendor == "postgresql" else Sqlite(found.settings_dict)


class Sqlite:
    vendor = "sqlite"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.file = Path(settings["NAME"])

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def copy(self, file: Path) -> Tables:
        """One moment of it, without freed pages, while others write. OperationalError if it does not fit."""
        with closing(sqlite3.connect(self.file, timeout=60)) as live:
            live.execute("VACUUM INTO ?", [str(file)])
        with closing(sqlite3.connect(file, isolation_level=None)) as made:
            made.execute("PRAGMA secure_delete=ON")
            for name in set(LEFT_OUT) & set(_sqlite_tables(made)):
                made.execute(f'DELETE FROM "{name}"')  # noqa: S608
            return _sqlite_contents(made)

    def is_empty(self) -> bool:
        if not self.file.exists():
            return True
        with closing(sqlite3.connect(self.file)) as there:
            return not _sqlite_tables(there)

    def put_aside(self, stamp: str) -> str:
        """Rename it. CommandError while somebody has it open: only alone can SQLite leave its WAL."""
        with closing(sqlite3.connect(self.file, timeout=2, isolation_level=None)) as there:
            try:
                there.execute("PRAGMA journal_mode=DELETE")
            except sqlite3.OperationalError as fault:
                raise CommandError(f"{self.file} is in use: stop the server and the worker first.") from fault
        aside = self.file.with_name(f"{self.file.name}.{ASIDE}{stamp}")
        self.file.rename(aside)
        return str(aside)

    def load(self, file: Path) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.file.with_name(f"{self.file.name}.loading")
        shutil.copyfile(file, fresh)
        flush(fresh)
        fresh.replace(self.file)

    def tables(self) -> Tables:
        with closing(sqlite3.connect(self.file)) as there:
            return _sqlite_contents(there)


def _sqlite_tables(there: sqlite3.Connection) -> list[str]:
    """Without virtual ones: the tables that these stand on are there by themselves."""
    rows = there.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    return [name for (name,) in rows]


def _sqlite_contents(there: sqlite3.Connection) -> Tables:
    if (said := there.execute("PRAGMA integrity_check").fetchone()) != ("ok",):
        raise CommandError(f"SQLite finds the database damaged: {said[0]}")
    names = _sqlite_tables(there)
    return {name: _table(repr(row) for row in there.execute(f'SELECT * FROM "{name}"')) for name in names}  # noqa: S608


class Postgres:
    vendor = "postgresql"

    def __init__(self, settings: dict[str, Any]) -> None:
        names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
        self.at = {to: str(settings[name]) for name, to in names.items() if settings.get(name)}

    def version(self) -> str:
        with self._connect() as live:
            return f"PostgreSQL {live.info.server_version // 10000}"

    def copy(self, file: Path) -> Tables:
        """One moment of it, while others write: pg_dump and the counting share a snapshot."""
        with self._connect() as live:
            live.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            [snapshot] = live.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
            left_out = [f"--exclude-table-data={name}" for name in LEFT_OUT]
            self._run(
                "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--exclude-schema={ASIDE}*",
                *left_out, f"--file={file}",
            )  # fmt: skip
            return _postgres_contents(live, LEFT_OUT)

    def is_empty(self) -> bool:
        with self._connect() as there:
            return not _postgres_tables(there)

    def put_aside(self, stamp: str) -> str:
        """Rename its schema and make a new one. CommandError while somebody else is connected."""
        aside = f"{ASIDE}{stamp}".lower()
        with self._connect() as there:
            others = there.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            ).fetchone()
            if others and others[0]:
                raise CommandError(f"{self.at['dbname']} is in use: stop the server and the worker first.")
            [schema] = there.execute("SELECT current_schema()").fetchone() or ("public",)
            old, new = sql.Identifier(schema), sql.Identifier(aside)
            there.execute(sql.SQL("ALTER SCHEMA {} RENAME TO {}").format(old, new))
            there.execute(sql.SQL("CREATE SCHEMA {}").format(old))
        return f"the schema {aside} of {self.at['dbname']}"

    def load(self, file: Path) -> None:
        self._run(
            "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
            f"--dbname={self.at['dbname']}", str(file),
        )  # fmt: skip
        with self._connect() as there:
            there.execute("ANALYZE")

    def tables(self) -> Tables:
        with self._connect() as there:
            return _postgres_contents(there)

    def _connect(self) -> psycopg.Connection[Any]:
        """Rows as text are told alike by every server: no time zone or format of its own."""
        alike = "-c TimeZone=UTC -c DateStyle=ISO -c bytea_output=hex -c IntervalStyle=postgres"
        return psycopg.connect(**self.at, options=alike)  # type: ignore[arg-type]

    def _run(self, program: str, *words: str) -> None:
        """A client program of PostgreSQL; the password goes by its environment, never by the command."""
        found = shutil.which(program)
        if not found:
            raise CommandError(f"{program} is not installed (Debian: apt install postgresql-client).")
        known = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD"}
        known |= {"host": "PGHOST", "port": "PGPORT"}
        environment = os.environ | {known[name]: value for name, value in self.at.items()}
        done = subprocess.run([found, *words], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(f"{program} did not succeed: {done.stderr.strip()}")


def _postgres_tables(there: psycopg.Connection[Any]) -> list[str]:
    rows = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
    return [name for (name,) in rows]


def _postgres_contents(there: psycopg.Connection[Any], without_rows: Iterable[str] = ()) -> Tables:
    found: Tables = {}
    for name in _postgres_tables(there):
        if name in without_rows:
            found[name] = _table([])
            continue
        with there.cursor(name="rows") as cursor:  # on the server: no table has to fit into memory
            cursor.itersize = 5000
            found[name] = _table(
                row for (row,) in cursor.execute(
                    sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(name))
                )
            )  # fmt: skip
    return found


def _table(rows: Iterable[str]) -> Table:
    number = total = 0
    for number, row in enumerate(rows, 1):  # noqa: B007
        total += int.from_bytes(hashlib.sha256(row.encode()).digest())
    return Table(number, f"{total % 2**256:064x}")
