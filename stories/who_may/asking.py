"""Puts the table's questions to the house: its queries, rules, charts and actions. An answer is a mark."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from shangliang.base.charts.chart import Chart
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.people.actor import Actor

from .columns import MAY, NOT_NOW, NOT_THEIRS, UNSEEN


def answer(ask: Callable[[], object]) -> str:
    """What happens to whoever asks; what they changed is taken back."""

    def undoing() -> object:
        with undone():
            return ask()

    return refusal(undoing)


def refusal(ask: Callable[[], object]) -> str:
    """The same for a question that changes nothing. A fault in what was written is no refusal: it is theirs
    to mend."""
    try:
        found = ask()
    except Unseen:
        return UNSEEN
    except (NotYours, PermissionDenied):
        return NOT_THEIRS
    except NotNow:
        return NOT_NOW
    except ValidationError:
        return MAY
    return UNSEEN if found is False else MAY


def starts(chart: Chart, name: str, thing: Any, by: Actor) -> str:
    """Whether the rule of a move that makes a thing gives it to them."""
    [move] = [row for row in chart.moves if row.name == name and not row.start]
    return MAY if move.by(by, thing) else NOT_THEIRS


@contextmanager
def undone() -> Iterator[None]:
    """What is laid down inside is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
