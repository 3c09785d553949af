"""The one way into the journal. Only charts and actions import this module."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from shangliang.base import clock

from . import codes
from .acts import declared
from .models import Act, Counter, Flow, Unsealed

PATH = re.compile(r"(\d{6}/)*")
SUBJECT = re.compile(r"[a-z_]+:[\w.-]+", re.ASCII)
LONGEST = 64  # a fact is a key or a number, not a sentence
BATCH = 1000  # acts in one statement
LARGEST = 2**53  # beyond it other languages' readers round


class Keyed(Protocol):
    """Whoever acts: people's `Actor`, known here only by the pseudonym."""

    @property
    def key(self) -> str: ...


def record(
    name: str,
    *,
    subject: str,
    by: Keyed | str,
    committee: str,
    thread: str = "",
    studio: str = "",
    at: datetime | None = None,
    facts: dict[str, Any] | None = None,
) -> Act:
    """Write one act, in the transaction of the change that it tells of; then post it to `settings.LEDGERS`.

    `subject` is "kind:code", `committee` a path ("990000/990100/990101/"), `by` an actor or a pseudonym.
    `facts` hold str (at most 64 characters), int, bool and lists of these: never a float, None, a person's
    words or name. RuntimeError outside a transaction; ValueError for an undeclared act or a bad argument.
    """
    _in_transaction("record")
    told = Told(name, subject, committee, thread, studio, facts or {})
    act = _act(told, by, at or clock.now())
    act.save(force_insert=True)
    Unsealed.objects.bulk_create(
        [Unsealed(act_id=act.id, at=act.at)]
    )  # one INSERT, without the look before it
    for post in _ledgers(tuple(settings.LEDGERS)):
        post(act)
    return act


@dataclass(frozen=True)
class Told:
    """One of many acts that are written together: what `record` takes, but for who and when."""

    name: str
    subject: str
    committee: str
    thread: str = ""
    studio: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def record_all(told: Iterable[Told], *, by: Keyed | str) -> list[Act]:
    """The same as `record` for each of these, at one moment and in few statements: what a list brings in."""
    _in_transaction("record")
    now = clock.now()
    acts = Act.objects.bulk_create([_act(one, by, now) for one in told], batch_size=BATCH)
    Unsealed.objects.bulk_create((Unsealed(act_id=act.id, at=act.at) for act in acts), batch_size=BATCH)
    for post in _ledgers(tuple(settings.LEDGERS)):
        for act in acts:
            post(act)
    return acts


def _act(told: Told, by: Keyed | str, at: datetime) -> Act:
    if told.name not in declared():
        raise ValueError(f"No package declares the act {told.name!r}: a chart's move or states.ACTS does.")
    if not SUBJECT.fullmatch(told.subject):
        raise ValueError(f'The subject of {told.name} is {told.subject!r}; it must be "kind:code".')
    if not PATH.fullmatch(told.committee):
        raise ValueError(f'The committee of {told.name} is {told.committee!r}; it must be a path, "990000/".')
    if at.tzinfo is None:
        raise ValueError(f"The time of {told.name} has no zone.")
    return Act(
        name=told.name,
        subject=told.subject,
        thread=told.thread,
        committee=told.committee,
        studio=told.studio,
        by=by if isinstance(by, str) else by.key,
        at=at,
        facts={str(key): _plain(key, fact) for key, fact in told.facts.items()},
        salt=codes.salt(),
    )


def flow(thread: str, into: str) -> None:
    """Say that `thread` ran into `into`. Saying it twice changes nothing.

    The row is append-only but has no leaf of its own: the act written beside it must name `into` among its
    facts, so that the flow can be told again from what is sealed.
    """
    _in_transaction("flow")
    if not thread or not into or thread == into:
        raise ValueError(f"A thread runs into another one, not {thread!r} into {into!r}.")
    Flow.objects.bulk_create([Flow(thread=thread, into=into)], ignore_conflicts=True)


def draw(kind: str, committee: str, year: int) -> int:
    """The next number, from 1, of this kind, committee (a path) and year. A rolled-back change gives it back.

    The counter's row stays locked until the transaction ends: draw late in an action.
    """
    _in_transaction("draw")
    table = connection.ops.quote_name(Counter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS old (kind, committee, year, last) VALUES (%s, %s, %s, 1) "  # noqa: S608
            "ON CONFLICT (kind, committee, year) DO UPDATE SET last = old.last + 1 RETURNING last",
            [kind, committee, year],
        )
        return int(cursor.fetchone()[0])


def _in_transaction(what: str) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError(
            f"journal.{what} belongs into the transaction of the change: no journal, no change."
        )


def _plain(key: str, fact: Any) -> Any:
    """The fact as it will be read back, choices' members turned into what they stand for."""
    if isinstance(fact, bool):
        return fact
    if isinstance(fact, int) and abs(fact) < LARGEST:
        return int(fact)
    if isinstance(fact, str) and len(fact) <= LONGEST and "\0" not in fact:
        return str.__str__(fact)
    if isinstance(fact, list | tuple):
        return [_plain(key, one) for one in fact]
    raise ValueError(
        f"The fact {key}={fact!r} can't be journalled: str up to {LONGEST} characters, int, bool or a list."
    )


@cache
def _ledgers(paths: tuple[str, ...]) -> tuple[Callable[[Act], Any], ...]:
    return tuple(import_string(path) for path in paths)
