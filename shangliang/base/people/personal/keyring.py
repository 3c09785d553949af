"""Keys of residents' personal fields: one a person, AES-256-GCM, wrapped by the master key, in a second
database.

A key commits at once, on its own connection, before the row that uses it: a crash between leaves a key
without a row, which is harmless; a row without a key can come about only by erasure. Back up the main
database first, the keyring after it."""

import hashlib
import secrets
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from ... import clock
from ...journal.codes import keyed
from ...prepared import Prepared
from . import boxes


class Erased(RuntimeError):  # noqa: N818  what happened, not what went wrong
    """This person asked to be erased: nothing more is kept of them."""


# By name, because the models' own fields stand upon this module.
def _rows() -> Any:
    return apps.get_model("people", "PersonKey").objects


def _erased() -> Any:
    return apps.get_model("people", "Erasure").objects


class Router:
    """The keyring's one table lives alone in its database."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        return "keyring" if model._meta.model_name == "personkey" else "default"

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        return (db == "keyring") == (model_name == "personkey")


class Master:
    """A master key, known by the eight bytes that stand before every box it made."""

    def __init__(self, secret: str) -> None:
        key = hashlib.sha256(secret.encode()).digest()
        self.id = hashlib.sha256(b"id\0" + key).digest()[:8]
        self.key = key

    def wrap(self, person: str, key: bytes) -> bytes:
        return self.id + boxes.shut(self.key, key, person.encode())

    def unwrap(self, person: str, box: bytes) -> bytes:
        return boxes.opened(self.key, box[8:], person.encode())


@cache
def _known(secret: str) -> Master:
    return Master(secret)


def master() -> Master:
    """The one that wraps."""
    return _known(settings.MASTER_KEY)


def _masters() -> dict[bytes, Master]:
    """All that may unwrap: beside the present one the old one, while a rotation is on its way."""
    both = [settings.MASTER_KEY_OLD, settings.MASTER_KEY]
    return {one.id: one for one in map(_known, filter(None, both))}


class Unopenable(RuntimeError):  # noqa: N818  what is the case, not what went wrong
    """A key was wrapped by a master key that is not at hand."""


def new(person: str) -> bytes:
    """Draw and keep the key of this pseudonym, before the row that needs it. The same person keeps the
    same key. Erased if they were."""
    today = clock.today()
    if there := _rows().filter(person=person).first():
        fresh = there.drawn_on == today
        # A key without a row may be swept at this very moment: then it is gone here, and another is drawn.
        if fresh or _rows().filter(person=person).update(drawn_on=today):
            return _open(person, bytes(there.box))
    if _erased().filter(person=person).exists():
        raise Erased(person)
    key = secrets.token_bytes(32)
    _rows().create(person=person, box=master().wrap(person, key), drawn_on=today)
    return key


def unused(before: date, among: Callable[[set[str]], set[str]], batch: int = 500) -> int:
    """Destroy the keys under which no row was begun since that day, and that nobody among the people of all
    rows (`among`) has: what a crash between a key and its row leaves. How many."""
    gone, last = 0, 0
    old = Q(drawn_on=None) | Q(drawn_on__lt=before)
    while rows := list(_rows().filter(old, pk__gt=last).order_by("pk").values_list("pk", "person")[:batch]):
        last = rows[-1][0]
        people = {person for _pk, person in rows}
        nobodys = people - among(people)
        gone += int(_rows().filter(old, person__in=nobodys).delete()[0])
    return gone


def destroy(people: Iterable[str]) -> int:
    """Their keys go, and with them whatever still lies under them. Returns how many there were."""
    return int(_rows().filter(person__in=set(people)).delete()[0])


def keys(people: Iterable[str]) -> dict[str, bytes]:
    """The keys of these pseudonyms, in one query; an erased person has none."""
    masters, found = _masters(), _boxes(people=tuple(set(people)))
    return {person: _open(person, bytes(box), masters) for person, box in found}


@Prepared
def _boxes(*, people: tuple[str, ...]) -> Any:
    return _rows().filter(person__in=people).values_list("person", "box")


def known(people: set[str]) -> set[str]:
    """Those of them who have a key, or need none because they were erased."""
    held = _rows().filter(person__in=people).values_list("person", flat=True)
    return set(held) | set(_erased().filter(person__in=people).values_list("person", flat=True))


def _open(person: str, box: bytes, masters: dict[bytes, Master] | None = None) -> bytes:
    """Unopenable if neither master key made the box."""
    made_by = (masters or _masters()).get(box[:8])
    if made_by is None:
        raise Unopenable(f"The key of {person} was wrapped by another MASTER_KEY.")
    return made_by.unwrap(person, box)


def rotate(batch: int = 500) -> int:
    """Wrap every key that the old master key wrapped by the present one, batch by batch, while everybody goes
    on reading and writing; broken off, it goes on where it stopped. How many it wrapped anew.

    Unopenable for a box that neither made: then nothing of its batch is changed."""
    mark, wrapped, last = master().id, 0, 0
    while rows := list(_rows().filter(pk__gt=last).order_by("pk")[:batch]):
        last = rows[-1].pk
        with transaction.atomic(using="keyring"):
            for row in rows:
                if bytes(row.box[:8]) == mark:
                    continue
                box = master().wrap(row.person, _open(row.person, bytes(row.box)))
                wrapped += _rows().filter(pk=row.pk).update(box=box)  # none if erased meanwhile
    return wrapped


def blind(column: str, value: str) -> str:
    """A keyed digest to look a value up by, when the value itself lies encrypted. Normalise the value
    first."""
    return keyed(settings.INDEX_KEY, column, value).hex()
