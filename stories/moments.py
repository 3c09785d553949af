"""What both databases of a test hold, kept as it is at one moment and laid back as often as wanted: to empty
every table and to fill it anew takes a hundred times as long. For tests that commit, as with a server."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from django.db import connections


class Moment:
    """`hold()`, later `back()`. In SQLite it is a copy in memory, in a cluster another database."""

    def __init__(self, name: str) -> None:
        self.name, self.held = name, False
        self.copies: dict[str, sqlite3.Connection] = {}

    def hold(self) -> None:
        for one in connections.all():
            if one.vendor == "sqlite":
                one.ensure_connection()
                self.copies[one.alias] = sqlite3.connect(":memory:")
                one.connection.backup(self.copies[one.alias])
            else:
                _copy(one, name=self._beside(one), template=_own(one))
        self.held = True

    def back(self, aliases: Iterable[str]) -> None:
        for one in (connections[alias] for alias in aliases):
            if one.vendor == "sqlite":
                one.ensure_connection()
                self.copies[one.alias].backup(one.connection)
            else:
                _copy(one, name=_own(one), template=self._beside(one))

    def _beside(self, one: Any) -> str:
        return f"{self.name}_{_own(one)}"


def _own(one: Any) -> str:
    return str(one.settings_dict["NAME"])


def _copy(one: Any, *, name: str, template: str) -> None:
    """Whoever still holds one of the two, as a thread of the server that has just answered, is put off it."""
    one.close()
    with one.creation._nodb_cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [template]
        )
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
