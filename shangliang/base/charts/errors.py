"""The three refusals, in the order in which they are asked."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

M = TypeVar("M", bound=Model)


class Unseen(Http404):
    """404: not visible to this actor, so not theirs to know of."""


def one_of(rows: QuerySet[M], code: str) -> M:
    """The one of these rows, what somebody may see, with this code. Unseen if there is none.

    `first` would sort, and to sort rows of ninety columns takes as long to ask as to read them."""
    return first_of(rows.filter(code=code).order_by()[:1], code)


def first_of(found: Iterable[M], code: str) -> M:
    """The first of what was found for this code. Unseen if nothing was."""
    for one in found:
        return one
    raise Unseen(code)


class Refused(Exception):  # noqa: N818  a refusal is no error of the program
    """A move that is not carried out; `words` are for the person who asked."""

    def __init__(self, words: object) -> None:
        super().__init__(words)
        self.words = words


class NotYours(Refused):
    """403: they see it, but no rule gives it to them."""


class NotNow(Refused):
    """409: theirs, but the state or the version is not right. What they typed is kept."""
