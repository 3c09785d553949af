"""What a process remembers from one page to the next: finished pages and pieces, questions put together."""

from django.core.cache import caches

from shangliang.base import prepared
from shangliang.base.ui import counts


def forget() -> None:
    """Between tests, and where one plants another rule, which nobody does while a site runs."""
    caches["pages"].clear()
    vars(prepared.own).clear()
    counts.questions.clear()
