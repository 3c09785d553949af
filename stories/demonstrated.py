"""The demonstration inside a test's database, loaded once for a module and taken back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from demo import load
from shangliang import chores


@contextmanager
def demonstration(blocker: Any) -> Iterator[load.Told]:
    """Load, seal and count; everything the caller then does is rolled back with it."""
    with blocker.unblock(), transaction.atomic(), transaction.atomic(using="keyring"):
        told = load.load()
        chores.everything()
        yield told
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
