"""Questions to the database that are put together once and asked often, with other values each time.

To compose a wide list and to write its SQL takes Django several times as long as the database takes to
answer. What is remembered is the question, never an answer."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, Prefetch, QuerySet
from django.db.transaction import TransactionManagementError
from django.utils.functional import LazyObject

from .beside import Beside

R = TypeVar("R")
M = TypeVar("M", bound=Model)
Value = str | int | tuple[str, ...] | tuple[int, ...]
REMEMBERED = 400  # questions in a thread, of some 20 to 75 kB
STANDS_FOR = "\ue000"  # and a name, for a string until its value is known: a character of no language
STAND_IN = 2147483000  # for a number, until its value is known: the highest that every column takes, nearly
MOST = 64  # values of one name; more are put together each time


own = threading.local()  # at one time one thread alone may fill a question in


class Prepared(Generic[R]):
    """`ask(*whose, **values)` composes a queryset; calling this gives its rows.

    `values` are strings and numbers that stand in the question as they are, such as a code or a primary
    key, or tuples of them for `__in`, in which the last may stand several times; `whose` is everything else
    that it depends on: what the reader may see, the day, a tab. A question for which the database had to be
    asked, or in which a value does not stand as it is, is put together each time."""

    def __init__(self, ask: Callable[..., QuerySet[Any, R]]) -> None:
        self.ask = ask

    def __call__(self, *whose: Any, **values: Value) -> list[R]:
        whose = tuple(map(bare, whose))
        values = {name: _even(value) for name, value in values.items()}
        if any(isinstance(value, tuple) and len(value) > MOST for value in values.values()):
            return list(self.ask(*whose, **values))
        known: OrderedDict[Any, _Question[R] | None] = vars(own).setdefault("known", OrderedDict())
        key = (
            self,
            *whose,
            *((name, len(of) if isinstance(of, tuple) else None) for name, of in values.items()),
        )
        if key not in known:
            known[key] = self._put_together(whose, values)
            while len(known) > REMEMBERED:
                known.popitem(last=False)
        question = known[key]
        return list(self.ask(*whose, **values)) if question is None else question.rows(_flat(values))

    def _put_together(self, whose: tuple[Any, ...], values: dict[str, Value]) -> "_Question[R] | None":
        marks = {
            name: _marks(name, value, place * MOST) for place, (name, value) in enumerate(values.items())
        }
        with asking() as asked:
            rows = self.ask(*whose, **marks)
        if asked:
            return None
        try:
            return _Question(rows, _flat(marks))
        except (EmptyResultSet, LookupError):
            return None


def bare(one: Any) -> Any:
    """What a request hands over when it is first asked for, by itself: else the request would be remembered
    with it, and all that somebody sent."""
    if not isinstance(one, LazyObject):
        return one
    hash(one)  # asks for it, where nobody did yet
    return copy(one)


def _even(value: Value) -> Value:
    """Of many values the number that is a power of two: else each length would be another question."""
    if isinstance(value, tuple) and value:
        return *value, *value[-1:] * ((1 << (len(value) - 1).bit_length()) - len(value))
    return value


def _marks(name: str, value: Any, place: int) -> Any:
    if isinstance(value, tuple):
        return tuple(_marks(f"{name}.{n}", one, place + n) for n, one in enumerate(value))
    # With all that a question might do something to: cut, escape, write small. Then it is seen not to stand.
    return f" {STANDS_FOR}%_\\Aa{name} " if isinstance(value, str) else STAND_IN + place


def _flat(values: dict[str, Value]) -> list[str | int]:
    return [one for value in values.values() for one in (value if isinstance(value, tuple) else (value,))]


class _Question(Generic[R]):
    """LookupError when a mark does not stand in it."""

    def __init__(self, of: QuerySet[Any, R], marks: list[str | int]) -> None:
        self.of, self.compiler = of, of.query.get_compiler(of.db)
        self.sql, self.given = self.compiler.as_sql()
        self.places = [[n for n, one in enumerate(self.given) if one == mark] for mark in marks]
        stand = {n for places in self.places for n in places}
        others = [one for n, one in enumerate(self.given) if n not in stand]
        others += _beside(of)
        if not all(self.places) or any(_stands_in(one, marks) for one in others):
            raise LookupError
        vars(of.query)["get_compiler"] = lambda *_args, **_named: self.compiler
        vars(self.compiler)["get_converters"] = self._converters
        self.converters: tuple[Any, dict[int, Any]] = (None, {})
        self.lookups, self.beside = vars(of)["_prefetch_related_lookups"], None
        with suppress(LookupError):  # in a form that Django alone knows
            self.lookups, self.beside = (), Beside(of.model, self.lookups, Prepared)

    def _converters(self, columns: Any) -> dict[int, Any]:
        """How what a connection gives becomes what a model holds: by the columns, which stay as they are."""
        if self.converters[0] is not self.compiler.connection:
            made = type(self.compiler).get_converters(self.compiler, columns)
            self.converters = self.compiler.connection, made
        return self.converters[1]

    def rows(self, values: list[str | int]) -> list[R]:
        given = list(self.given)
        for value, places in zip(values, self.places, strict=True):
            for n in places:
                given[n] = value
        connection = self.compiler.connection = connections[self.of.db]  # an event loop has one of its own
        if self.of.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("What is locked is locked until a transaction ends: none runs.")
        vars(self.compiler)["as_sql"] = lambda *_args, **_named: (self.sql, tuple(given))
        fresh = object.__new__(type(self.of))  # a copy by Django's own hand would ask first
        vars(fresh).update(vars(self.of), _prefetch_related_lookups=tuple(map(_unasked, self.lookups)))
        try:
            found = list(fresh)
        finally:
            del vars(self.compiler)["as_sql"]  # and with it the values
        if self.beside:
            self.beside.fetch(found)
        return found


class PartsOf(Generic[M]):
    """`PartsOf(Line, "voice", "at", "pk")(voice)`: the rows of a model that belong to one row by this foreign
    key, in this order, those of `also` alone, each with its owner and what is named in `beside` at hand.
    Private words under the owner's own key open by it, as far as it was asked for."""

    def __init__(
        self, model: type[M], owner: str, *order: str, beside: tuple[str, ...] = (), **also: Any
    ) -> None:
        def ask(*, of: int) -> Any:
            found = model._default_manager.filter(**{owner: of}, **also)
            return (found.select_related(*beside) if beside else found).order_by(*order)

        self.owner, self.ask = owner, Prepared[M](ask)

    def __call__(self, of: Model) -> list[M]:
        found = self.ask(of=of.pk)
        key = vars(of).get("_key")
        for part in found:
            part._state.fields_cache[self.owner] = of
            if key is not None and getattr(part, "person", None) == getattr(of, "person", ""):
                vars(part)["_key"] = key
        return found


class Along:
    """`Along(lookups)(row)`: what hangs on a row at hand by the lookups that `lookups()` gives, read as by
    `prefetch_related_objects`, by questions put together once. For rows of one model."""

    beside: Beside | None

    def __init__(self, lookups: Callable[[], Iterable[Any]]) -> None:
        self.lookups, self.beside = lookups, None

    def __call__(self, row: Model) -> None:
        self.beside = self.beside or Beside(type(row), self.lookups(), Prepared)
        self.beside.fetch([row])


def _stands_in(one: Any, marks: list[str | int]) -> bool:
    """Whether a value came to where none can be filled in."""
    return STANDS_FOR in one if isinstance(one, str) else one in marks


def _beside(of: QuerySet[Any, Any]) -> Iterator[Any]:
    """What is given to the questions for what is read beside the rows: no value can be filled in there."""
    for lookup in vars(of)["_prefetch_related_lookups"]:
        if isinstance(lookup, Prefetch) and lookup.queryset is not None:
            with suppress(EmptyResultSet):
                yield from lookup.queryset.query.sql_with_params()[1]
            yield from _beside(lookup.queryset)


def _unasked(beside: Any) -> Any:
    """What is read beside the rows, of its own for each asking: Django notes there a row that it was read
    for, and a question must keep none."""
    if not isinstance(beside, Prefetch) or beside.queryset is None:
        return beside
    fresh = object.__new__(Prefetch)
    vars(fresh).update(vars(beside), queryset=beside.queryset.all())
    return fresh


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
