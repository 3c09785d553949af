"""What a piece of a test's world wrote into both databases, kept as rows and laid down again as often as
wanted: to build it through its actions takes ten times as long."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString

from django.db import connections

Rows = dict[tuple[str, str], Any]  # (alias, table) → its rows, as that database gives them


class Written:
    """What is added within `with written.kept()` is added again by `written.lay()`, in another transaction.
    Nothing that was there before may be changed by it. Of rows alone: no files, and no table without a
    model."""

    def __init__(self) -> None:
        self.rows: Rows = {}

    @contextmanager
    def kept(self) -> Iterator[None]:
        before = _all()
        yield
        for where, rows in _all().items():
            old = set(before[where])
            added = [row for row in rows if row not in old]
            assert len(rows) == len(old) + len(added), f"{where} was changed, not added to"
            if added:
                self.rows[where] = added

    def lay(self) -> None:
        for (alias, table), rows in self.rows.items():
            (_insert if connections[alias].vendor == "sqlite" else _copy)(connections[alias], table, rows)


def _all() -> Rows:
    return {
        (one.alias, table): (_selected if one.vendor == "sqlite" else _copied)(one, table)
        for one in connections.all()
        for table in one.introspection.django_table_names(only_existing=True, include_views=False)
    }


def _selected(one: Any, table: str) -> list[tuple[Any, ...]]:
    """Values as they lie in the file: a "+" before its name takes a column's type, and what Django makes of
    it, away."""
    with one.cursor() as cursor:
        plain = ", ".join(f'+"{name}"' for name in _columns(cursor, table))
        cursor.execute(f'SELECT {plain} FROM "{table}"')
        return list(cursor.fetchall())


def _insert(one: Any, table: str, rows: list[tuple[Any, ...]]) -> None:
    with one.cursor() as cursor:
        names = ", ".join(f'"{name}"' for name in _columns(cursor, table))
        marks = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def _columns(cursor: Any, table: str) -> list[str]:
    """But for those that the database reckons itself."""
    cursor.execute("SELECT name FROM pragma_table_xinfo(%s) WHERE hidden = 0", [table])
    return [name for (name,) in cursor.fetchall()]


def _copied(one: Any, table: str) -> list[bytes]:
    with one.cursor() as cursor, cursor.copy(_statement(table, "TO STDOUT")) as out:
        return b"".join(out).splitlines(keepends=True)


def _copy(one: Any, table: str, rows: list[bytes]) -> None:
    """And what draws its numbers goes on after the last of them."""
    with one.cursor() as cursor:
        with cursor.copy(_statement(table, "FROM STDIN")) as into:
            into.write(b"".join(rows))
        for sequence in one.introspection.get_sequences(cursor, table):
            name, column = sequence["name"], sequence["column"]
            cursor.execute(f'SELECT setval(%s, max("{column}")) FROM "{table}"', [name])


def _statement(table: str, how: LiteralString) -> LiteralString:
    return f'COPY "{table}" {how}'
