"""The demonstration inside a test's database, loaded once for a module and taken back at its end."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction

from demo import load
from demo.told import Told
from shangliang import chores


@contextmanager
def kept_connections() -> Iterator[None]:
    """No request closes a connection at its beginning or end: a test's transaction outlives it."""
    ends = (request_started, request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in ends:
            signal.connect(close_old_connections)


@contextmanager
def demonstration(blocker: Any) -> Iterator[Told]:
    """Load, seal and count; everything the caller then does is rolled back with it. Requests meanwhile,
    through the WSGI handler too, keep the connection that holds the transaction."""
    with blocker.unblock(), kept_connections(), transaction.atomic(), transaction.atomic(using="keyring"):
        told = load.load()
        chores.everything()
        yield told
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
