"""A database of a bar's own, with the stories' people in it, for bars that need no server."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any


class Open:
    """Stands where the stories ask pytest for leave to touch the database."""

    def unblock(self) -> Any:
        return nullcontext()


@contextmanager
def database() -> Iterator[Open]:
    """Both databases, migrated and empty, thrown away afterwards: SQLite."""
    import logging

    from django.test.utils import setup_test_environment, teardown_test_environment

    from . import databases

    logging.disable(logging.ERROR)  # refusals are what is asked for here
    setup_test_environment(debug=False)
    databases.begin()  # in the bar's own folder, which goes with it
    try:
        yield Open()
    finally:
        teardown_test_environment()
