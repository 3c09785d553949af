"""The small world that the table is checked in, laid down once for a module and taken back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.db import transaction

from shangliang.base.people.accounts import OneLook
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person
from shangliang.base.people.queries import actor_of as asked

from .. import world as small
from ..world_topics import author
from . import cast, things


@contextmanager
def standing(blocker: Any) -> Iterator[SimpleNamespace]:
    with blocker.unblock(), transaction.atomic(), transaction.atomic(using="keyring"), known():
        world = small.build()
        cast.widen(world)
        world.voice = things.voice(world, "in_consultation")
        world.author = author(world.voice)
        world.author_other = author(things.voice(world, "received"))
        world.far_author = author(things.voice(world, "received", studio=world.far_studio))
        yield world
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")


@contextmanager
def known() -> Iterator[None]:
    """Who comes with a session, and with which posts, is read at their first page and remembered: what a page
    changes in this world is taken back after it."""
    people: dict[Any, Any] = {}
    actors: dict[str, Actor] = {}
    read, where = OneLook.get_user, "shangliang.base.people.middleware.actor_of"

    def get_user(self: OneLook, user_id: Any) -> Any:
        if user_id not in people:
            people[user_id] = read(self, user_id)
        return copy(people[user_id])

    def actor_of(person: Person) -> Actor:
        if person.key not in actors:
            actors[person.key] = asked(person)
        return actors[person.key]

    with patch.object(OneLook, "get_user", get_user), patch(where, actor_of):
        yield
