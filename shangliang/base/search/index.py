"""The one place where search knows which database it stands on."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from .tokens import Term

WINDOW = 20_000  # ids looked at first on PostgreSQL; then four times as many, and so on


def stretch(terms: Sequence[Term], scope: str, before: int, size: int) -> list[tuple[int, int]]:
    """(entry, item) of everything that has all the terms and the scope, newest first, older than `before`."""
    match = " AND ".join if _sqlite() else " & ".join
    return _newest(match([*map(_either, terms), _exactly(scope)]), before, size)


def any_of(
    terms: Sequence[Term], scope: str, size: int, among: frozenset[str]
) -> list[tuple[int, frozenset[str]]]:
    """The newest items in the scope that have at least one of the terms, each with those of the tokens
    `among` that it has."""
    if not terms:
        return []
    either = (" OR " if _sqlite() else " | ").join(map(_either, terms))
    match = " AND ".join if _sqlite() else " & ".join
    asked = match([f"({either})", _exactly(scope)])
    if _sqlite():
        with connection.cursor() as cursor:
            cursor.execute(_HAVE_SQLITE, [asked, size])
            return [(item, among.intersection(tokens.split())) for item, tokens in cursor.fetchall()]
    near = dict(_newest(asked, 1 << 62, size))
    with connection.cursor() as cursor:
        cursor.execute(_HELD_POSTGRESQL, [list(near)])
        held = dict(cursor.fetchall())
    # What was dropped between the two statements is not among the second's.
    return [(item, among.intersection(held[entry])) for entry, item in near.items() if entry in held]


def how_many(terms: Sequence[Term], scope: str) -> list[int]:
    """For each term, in how many entries of the scope it stands; counted up to 100."""
    match = " AND ".join if _sqlite() else " & ".join
    where = _exactly(scope)
    asked = [match([_either(term), where]) for term in terms]
    with connection.cursor() as cursor:
        cursor.execute(_HOW_MANY_SQLITE if _sqlite() else _HOW_MANY_POSTGRESQL, [_list(asked)])
        return [number for (number,) in cursor.fetchall()]


def merge(pages: int) -> bool:
    """Merge so many pages of the index; False when nothing is left to do. Negative: begin with all of
    them. PostgreSQL's index has no pieces."""
    if not _sqlite():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT total_changes()")
        before = cursor.fetchone()[0]
        cursor.execute("INSERT INTO search_words(search_words, rank) VALUES ('merge', %s)", [pages])
        cursor.execute("SELECT total_changes()")
        return bool(
            cursor.fetchone()[0] - before >= 2
        )  # SQLite's own sign: fewer changes mean it did nothing


def _newest(match: str, before: int, size: int) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        if _sqlite():
            cursor.execute(_NEWEST_SQLITE, [match, before, size])
            return list(cursor.fetchall())
        cursor.execute("SELECT coalesce(max(id), 0) FROM search_entry")
        high, width = min(before, cursor.fetchone()[0] + 1), WINDOW
        found: list[tuple[int, int]] = []
        while high > 1 and len(found) < size:
            cursor.execute(_NEWEST_POSTGRESQL, [match, high, high - width, size - len(found)])
            found += cursor.fetchall()
            high, width = high - width, width * 4
        return found


# A token holds nothing but Han characters, letters, digits and our own marks _ ~ =, so quoting it is enough.
def _either(term: Term) -> str:
    if _sqlite():
        return "(" + " OR ".join([f'"{form.token}"{"*" if form.prefix else ""}' for form in term]) + ")"
    return "(" + " | ".join(f"'{form.token}'{':*' if form.prefix else ''}" for form in term) + ")"


def _exactly(token: str) -> str:
    return f'"{token}"' if _sqlite() else f"'{token}'"


def _list(values: list[Any]) -> str | list[Any]:
    return json.dumps(values) if _sqlite() else values


def _sqlite() -> bool:
    return connection.vendor == "sqlite"


_NEWEST_SQLITE = """
SELECT e.id, e.item FROM search_words w CROSS JOIN search_entry e ON e.id = w.rowid
WHERE search_words MATCH %s AND w.rowid < %s ORDER BY w.rowid DESC LIMIT %s"""

# OFFSET 0 keeps the planner from walking the primary key backwards, which took a second for a rare word.
_NEWEST_POSTGRESQL = """
SELECT id, item FROM (
  SELECT id, item FROM search_entry WHERE tokens @@ %s::tsquery AND id < %s AND id >= %s OFFSET 0
) near ORDER BY id DESC LIMIT %s"""

_HOW_MANY_SQLITE = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH asked.value LIMIT 100))
FROM json_each(%s) asked ORDER BY asked.key"""

_HOW_MANY_POSTGRESQL = """
SELECT (SELECT count(*) FROM (SELECT 1 FROM search_entry WHERE tokens @@ match::tsquery LIMIT 100) near)
FROM unnest(%s::text[]) WITH ORDINALITY asked (match, place) ORDER BY place"""

_HAVE_SQLITE = """
SELECT e.item, e.tokens FROM search_words w CROSS JOIN search_entry e ON e.id = w.rowid
WHERE search_words MATCH %s ORDER BY w.rowid DESC LIMIT %s"""
_HELD_POSTGRESQL = "SELECT id, tsvector_to_array(tokens) FROM search_entry WHERE id = ANY(%s)"
