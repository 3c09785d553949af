"""What is read beside the rows of a list, as `prefetch_related` reads it, by questions put together once.

Django composes each of these anew for every list, which takes several times as long as the database takes."""

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db.models import ForeignKey, Model, Prefetch, QuerySet

REMEMBERED = 200  # questions in a thread; the lists of one kind share theirs

Ask = Callable[..., list[Any]]
own = threading.local()


class Beside:
    """What hangs on rows of `model` by the foreign keys that these lookups name; LookupError for lookups of
    any other form. `prepared` makes a question that is put together once (`Prepared`)."""

    def __init__(self, model: type[Model], lookups: Iterable[Any], prepared: Callable[..., Ask]) -> None:
        named: dict[str, tuple[list[Any], list[Any]]] = {}
        for lookup in lookups:
            path, rows = (
                (lookup, None) if isinstance(lookup, str) else (lookup.prefetch_through, lookup.queryset)
            )
            if not isinstance(lookup, str) and lookup.prefetch_to != path:
                raise LookupError(lookup.prefetch_to)
            name, _, rest = path.partition("__")
            first, further = named.setdefault(name, ([], []))
            if rest:
                further.append(Prefetch(rest, rows))
            else:
                first.append(rows)
        self.steps = [
            _step(model, name, next(iter(first), None), further, prepared)
            for name, (first, further) in named.items()
        ]

    def fetch(self, rows: Sequence[Any]) -> None:
        """Read it for these rows, as far as it is not at hand yet: a query a name, however many rows."""
        for step in self.steps if rows else ():
            step.fetch(rows)


@dataclass(frozen=True)
class _Back:
    """Of a lookup's name: rows that point here. `rows` are those of the question `ask`, to narrow them."""

    ask: Ask
    rows: QuerySet[Any]
    field: Any
    further: Beside

    def fetch(self, rows: Sequence[Any]) -> None:
        back, field = self.field.remote_field, self.field
        name, single = back.cache_name, back.one_to_one
        rows = [row for row in rows if not (back.is_cached(row) if single else name in _held(row))]
        whose = {row.pk: row for row in rows}
        found = self.ask(among=tuple(whose)) if whose else []
        by: dict[Any, list[Any]] = defaultdict(list)
        for one in found:
            owner = getattr(one, field.attname)
            by[owner].append(one)
            if not field.is_cached(one):
                field.set_cached_value(one, whose[owner])
        for row in rows:
            if single:
                back.set_cached_value(row, next(iter(by[row.pk]), None))
            else:
                _held(row)[name] = _Read.of(by[row.pk], self.rows, {field.name: row.pk})
        self.further.fetch(found)


@dataclass(frozen=True)
class _Ahead:
    """Of a lookup's name: the row that each points to."""

    ask: Ask
    field: Any
    further: Beside

    def fetch(self, rows: Sequence[Any]) -> None:
        field = self.field
        pointing = [row for row in rows if getattr(row, field.attname) is not None]
        if missing := [row for row in pointing if not field.is_cached(row)]:
            asked = tuple({getattr(row, field.attname) for row in missing})
            found = {one.pk: one for one in self.ask(among=asked)}
            for row in missing:
                if there := found.get(getattr(row, field.attname)):
                    field.set_cached_value(row, there)
        self.further.fetch([field.get_cached_value(row) for row in pointing if field.is_cached(row)])


def _step(
    model: type[Model],
    name: str,
    rows: QuerySet[Any] | None,
    further: list[Any],
    prepared: Callable[..., Ask],
) -> _Back | _Ahead:
    backward = {rel.get_accessor_name(): rel for rel in model._meta.related_objects if not rel.many_to_many}
    field: Any
    there: Any
    if name in backward:
        rel = backward[name]
        field, there, column = rel.field, rel.related_model, rel.field.name
        asked = rows if rows is not None else there._default_manager.all()
    else:
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            raise LookupError(name) from None
        if not isinstance(field, ForeignKey):
            raise LookupError(name)
        there, column = field.related_model, "pk"
        asked = rows if rows is not None else there._base_manager.all()
    if not isinstance(field, ForeignKey) or not field.target_field.primary_key:
        raise LookupError(name)
    ask, beyond = _shared(asked, column, prepared), Beside(there, further, prepared)
    return _Back(ask, asked, field, beyond) if name in backward else _Ahead(ask, field, beyond)


def _shared(rows: QuerySet[Any], column: str, prepared: Callable[..., Ask]) -> Ask:
    """The question for those of `rows` that have one of some numbers in a column, the same for all lists."""
    known: OrderedDict[Any, Ask] = vars(own).setdefault("known", OrderedDict())
    key = (column, _said(rows))
    if key not in known:
        known[key] = prepared(lambda *, among: rows.filter(**{f"{column}__in": among}))
        while len(known) > REMEMBERED:
            known.popitem(last=False)
    return known[key]


def _said(rows: QuerySet[Any]) -> Any:
    """What tells a question from others."""
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        raise LookupError(rows.model.__name__) from None
    beside = [
        (one if isinstance(one, str) else (one.prefetch_to, one.queryset is not None and _said(one.queryset)))
        for one in vars(rows)["_prefetch_related_lookups"]
    ]
    return type(rows), rows.model, sql, repr(values), tuple(beside)


def _held(row: Any) -> dict[str, Any]:
    found: dict[str, Any] = vars(row).setdefault("_prefetched_objects_cache", {})
    return found


class _Read(QuerySet[Any]):
    """Rows that were read already. To narrow them is to ask anew, and composed only then."""

    @classmethod
    def of(cls, found: list[Any], rows: QuerySet[Any], which: dict[str, Any]) -> "_Read":
        fresh = object.__new__(cls)
        read = {"_result_cache": found, "_prefetch_done": True, "_prefetch_related_lookups": ()}
        vars(fresh).update(vars(rows), **read, _asks=(rows, which))
        return fresh

    query = property(lambda self: self._anew().query)  # nobody sets it

    def _chain(self) -> Any:
        return self._anew()

    def _anew(self) -> Any:
        rows, which = vars(self)["_asks"]
        return rows.filter(**which)

    def __getstate__(self) -> Any:
        raise TypeError("What was read beside a row is not kept with it.")
