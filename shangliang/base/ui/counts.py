"""How many, as far as it matters: the numbers on tabs and rails, several lists in one query."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

MOST = 99


def bounded(lists: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """How long each list is, counted up to 100 and no further, in one query for all."""
    found, asked, given = dict.fromkeys(lists, 0), list[tuple[str, str]](), list[Any]()
    for name, rows in lists.items():
        try:
            sql, values = rows.order_by().values("pk")[: MOST + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        asked.append((name, f"(SELECT count(*) FROM ({sql}) counted_{len(asked)})"))  # noqa: S608
        given.extend(values)
    if asked:
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(sql for _, sql in asked), given)
            found.update(zip([name for name, _ in asked], cursor.fetchone(), strict=True))
    return found


def said(number: int) -> str:
    """18, or 99+ when there are more; nothing for none, so that an empty list draws no eye."""
    return f"{MOST}+" if number > MOST else str(number) if number else ""
