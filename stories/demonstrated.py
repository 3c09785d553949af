"""The demonstration inside a test's database, loaded once for a module and taken back at its end."""

import pickle
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections, transaction

from demo import load
from demo.told import Told
from shangliang import chores

from . import kept
from .moments import Moment

BEFORE, LOADED = Moment("before"), Moment("loaded")  # in a cluster
told_then: list[bytes] = []  # what was told when it was loaded there


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
    """Loaded, sealed and counted; everything the caller then does is rolled back with it. Requests meanwhile,
    through the WSGI handler too, keep the connection that holds the transaction."""
    with (
        blocker.unblock(),
        kept_connections(),
        laid() as told,
        transaction.atomic(),
        transaction.atomic(using="keyring"),
    ):
        yield told
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")


def loaded() -> Told:
    told = load.load()
    chores.everything()
    return told


@contextmanager
def laid() -> Iterator[Told]:
    """The kept demonstration lies where the test's database was, which stands there again afterwards. In a
    cluster it is loaded once for all tests."""
    if connection.vendor != "sqlite":
        yield from _laid_in_a_cluster()
        return
    files = {one.alias: Path(one.settings_dict["NAME"]) for one in connections.all()}
    folder = kept.demonstration()
    _swap({here: folder / kept.MADE[alias] for alias, here in files.items()})
    try:
        yield pickle.loads((folder / kept.TOLD).read_bytes())  # noqa: S301, our own
    finally:
        connections.close_all()
        kept.away(files.values())
        if not kept.lay(files):
            raise RuntimeError("The empty databases that were kept are gone: begin the tests anew.")


def _laid_in_a_cluster() -> Iterator[Told]:
    BEFORE.hold()
    try:
        if LOADED.held:
            LOADED.back(connections)
        else:
            told_then.append(pickle.dumps(loaded()))
            LOADED.hold()
        yield pickle.loads(told_then[0])  # noqa: S301, our own
    finally:
        BEFORE.back(connections)


def _swap(files: Mapping[Path, Path]) -> None:
    connections.close_all()
    kept.away(files)
    for here, made in files.items():
        shutil.copyfile(made, here)
