"""Questions to the database that are put together once and asked often, with other values each time.

To compose a wide list and to write its SQL takes Django several times as long as the database takes to
answer. What is remembered is the question, never an answer."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

R = TypeVar("R")
REMEMBERED = 1000  # questions in a thread, of some 5 to 20 kB
STANDS_FOR = "\ue000"  # and a name, for a string until its value is known: a character that nobody can type
STAND_IN = 2147483600  # for a number, until its value is known: the highest that every column takes, nearly


own = threading.local()  # at one time one thread alone may fill a question in


class Prepared(Generic[R]):
    """`ask(*whose, **values)` composes a queryset; calling this gives its rows.

    `values` are strings and numbers that stand in the question as they are, such as a code or a primary
    key; `whose` is everything else that it depends on: what the reader may see, the day, a tab. A question
    for which the database had to be asked, or in which a value does not stand as it is, is put together each
    time."""

    def __init__(self, ask: Callable[..., QuerySet[Any, R]]) -> None:
        self.ask = ask

    def __call__(self, *whose: Any, **values: str | int) -> list[R]:
        known: OrderedDict[Any, _Question[R] | None] = vars(own).setdefault("known", OrderedDict())
        key = (self, *whose, *values)
        if key not in known:
            known[key] = self._put_together(whose, values)
            while len(known) > REMEMBERED:
                known.popitem(last=False)
        question = known[key]
        return list(self.ask(*whose, **values)) if question is None else question.rows(values)

    def _put_together(self, whose: tuple[Any, ...], values: dict[str, str | int]) -> "_Question[R] | None":
        marks = {
            name: f"{STANDS_FOR}{name}" if isinstance(value, str) else STAND_IN + place
            for place, (name, value) in enumerate(values.items())
        }
        with asking() as asked:
            rows = self.ask(*whose, **marks)
        if asked:
            return None
        try:
            return _Question(rows, marks)
        except (EmptyResultSet, LookupError):
            return None


class _Question(Generic[R]):
    """LookupError when a mark does not stand in it."""

    def __init__(self, of: QuerySet[Any, R], marks: dict[str, str | int]) -> None:
        self.of, self.compiler = of, of.query.get_compiler(of.db)
        self.sql, self.given = self.compiler.as_sql()
        self.places = {name: [n for n, one in enumerate(self.given) if one == marks[name]] for name in marks}
        if not all(self.places.values()):
            raise LookupError
        vars(of.query)["get_compiler"] = lambda *_args, **_named: self.compiler

    def rows(self, values: dict[str, str | int]) -> list[R]:
        given = list(self.given)
        for name, places in self.places.items():
            for n in places:
                given[n] = values[name]
        connection = self.compiler.connection = connections[self.of.db]  # an event loop has one of its own
        if self.of.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("What is locked is locked until a transaction ends: none runs.")
        vars(self.compiler)["as_sql"] = lambda *_args, **_named: (self.sql, tuple(given))
        fresh = object.__new__(type(self.of))  # a copy by Django's own hand would ask first
        vars(fresh).update(vars(self.of))
        return list(fresh)


@contextmanager
def asking() -> Iterator[list[str]]:
    """What is asked of any database meanwhile."""
    asked: list[str] = []

    def listen(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with ExitStack() as listening:
        for one in connections.all():
            listening.enter_context(one.execute_wrapper(listen))
        yield asked
