"""The small world that the table is checked in, laid down once for a module and taken back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

from django.db import transaction

from .. import world as small
from ..world_topics import author
from . import cast, things


@contextmanager
def standing(blocker: Any) -> Iterator[SimpleNamespace]:
    with blocker.unblock(), transaction.atomic(), transaction.atomic(using="keyring"):
        world = small.build()
        cast.widen(world)
        world.voice = things.voice(world, "in_consultation")
        world.author = author(world.voice)
        world.author_other = author(things.voice(world, "received"))
        world.far_author = author(things.voice(world, "received", studio=world.far_studio))
        yield world
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
