"""The databases that a proof runs on: SQLite in a folder of its own and, where installed, PostgreSQL."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from stories import kept, postgres

Environment = dict[str, str]
ALIASES = ("default", "keyring")


@contextmanager
def sqlite() -> Iterator[Environment]:
    with tempfile.TemporaryDirectory(prefix="prove-sqlite-") as folder:
        yield {"SHANGLIANG_VAR": folder}


@contextmanager
def on(cluster: postgres.Cluster) -> Iterator[Environment]:
    """The main database and the keyring in a cluster; photos and checkpoints in a folder beside it."""
    import psycopg

    address = f"host=127.0.0.1 port={cluster.port} user=postgres dbname=postgres"
    with psycopg.connect(address, autocommit=True) as connection:
        for name in ("shangliang", "keyring"):
            connection.execute(f"CREATE DATABASE {name}")
    with tempfile.TemporaryDirectory(prefix="prove-postgres-") as folder:
        yield {"SHANGLIANG_VAR": folder, **cluster.environment}


def both() -> Iterator[tuple[str, Environment]]:
    """(name, environment) of each; PostgreSQL as in production, with what it acknowledges on the disk."""
    with sqlite() as environment:
        yield "SQLite", environment
    if postgres.programs():
        with postgres.cluster(options="") as cluster, on(cluster) as environment:
            yield "PostgreSQL", environment


def told(module: str, *words: str, environment: Environment) -> Any:
    """What `python -m prove.<module>` prints as JSON in its last line. RuntimeError when it fails."""
    command = [sys.executable, "-m", f"prove.{module}", *words]
    whole = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "KEYRING_URL")} | environment
    done = subprocess.run(command, env=whole, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def execute(environment: Environment, statement: str) -> None:
    """One statement in the main database, beside the running server."""
    if address := environment.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(address.replace("postgres://", "postgresql://")) as connection:
            connection.execute(statement.encode())
        return
    with closing(sqlite3.connect(folder(environment) / "shangliang.sqlite3", timeout=60)) as database:
        database.execute(statement)
        database.commit()


def folder(environment: Environment) -> Path:
    return Path(environment["SHANGLIANG_VAR"])


def begin() -> None:
    """Django set up in this process, the databases migrated."""
    import django

    django.setup()
    from django.conf import settings

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    files = {alias: Path(settings.DATABASES[alias]["NAME"]) for alias in ALIASES}
    if "DATABASE_URL" in os.environ or any(file.exists() for file in files.values()):
        _migrate()
    else:
        kept.ready(files, _migrate)


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import connections

    for alias in ALIASES:
        call_command("migrate", database=alias, verbosity=0)
    call_command("createcachetable", verbosity=0)
    connections.close_all()
