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
    """Both databases, migrated and empty, thrown away afterwards."""
    import django

    django.setup()
    import logging

    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment, teardown_test_environment

    logging.disable(logging.ERROR)  # refusals are what is asked for here
    setup_test_environment(debug=False)
    runner = DiscoverRunner(verbosity=0, interactive=False)
    held = runner.setup_databases()
    try:
        yield Open()
    finally:
        runner.teardown_databases(held)
        teardown_test_environment()
