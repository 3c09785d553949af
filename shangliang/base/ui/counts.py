"""How many, as far as it matters: the numbers on tabs and rails, several lists in one query."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from sys import intern
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from ..prepared import asking, bare

MOST = 99
REMEMBERED = 500  # questions in a process, of some 20 kB; most of their text is shared

Lists = Mapping[str, QuerySet[Any]]


class _Question(NamedTuple):
    names: list[str]  # of all lists
    asked: list[str]  # of those that can hold anything
    sql: str
    values: list[Any]


questions: OrderedDict[tuple[Any, ...], _Question] = OrderedDict()


def bounded(*stamp: Any, lists: Callable[[], Lists]) -> dict[str, int]:
    """How long each list is, counted up to 100 and no further, in one query for all.

    To put the question together costs many times its answer, so it is remembered under `stamp`: all that it
    depends on, of the reader and of time. One for which the database had to be asked is not: what was found
    there may change."""
    key = (*map(bare, stamp), connection.vendor)
    question = questions.get(key)
    if question is None:
        with asking() as asked:
            question = _put_together(lists())
        if not asked:
            questions[key] = question
            while len(questions) > REMEMBERED:
                questions.popitem(last=False)
    counts = dict.fromkeys(question.names, 0)
    if question.asked:
        with connection.cursor() as cursor:
            cursor.execute(question.sql, question.values)
            counts.update(zip(question.asked, cursor.fetchone(), strict=True))
    return counts


def _put_together(lists: Lists) -> _Question:
    asked, parts, given = list[str](), list[str](), list[Any]()
    for name, rows in lists.items():
        counted = rows.order_by()
        if not counted.query.values_select:  # an own choice of columns says what is one and the same
            counted = counted.values("pk")
        try:
            sql, values = counted[: MOST + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) counted_{len(asked)})")  # noqa: S608
        asked.append(name)
        given.extend(values)
    return _Question(list(lists), asked, intern("SELECT " + ", ".join(parts)), given)


def said(number: int) -> str:
    """18, or 99+ when there are more; nothing for none, so that an empty list draws no eye."""
    return f"{MOST}+" if number > MOST else str(number) if number else ""
