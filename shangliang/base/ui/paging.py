"""Long lists, a page at a time, without counting rows: from behind a row on, wherever it has moved to."""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from ..prepared import Prepared

M = TypeVar("M", bound=Model)
SIZE = 20  # rows of a list on one page


def page(rows: QuerySet[M], after: str) -> tuple[list[M], str]:
    """A page of an ordered list, from behind the row of this code; and the code behind which the next page
    begins, empty on the last one. From the beginning where the row has left the list. No column that the list
    is ordered by is empty."""
    last = rows.filter(code=after[:12]).first() if after else None
    if last is not None:
        behind, alike = Q(pk__in=()), dict[str, Any]()
        for column in rows.query.order_by:
            name = str(column).lstrip("-")
            here = reduce(getattr, name.split("__"), last)
            ahead = "lt" if str(column).startswith("-") else "gt"
            behind |= Q(**alike, **{f"{name}__{ahead}": here})
            alike[name] = here
        rows = rows.filter(behind)
    return _cut(list(rows[: SIZE + 1]))


def listed(ask: Callable[..., QuerySet[M]], *whose: Any, after: str) -> tuple[list[M], str]:
    """The same of what `ask` composes from `whose`: all that it depends on, as a `Prepared` question does."""
    return page(ask(*whose), after) if after else _cut(_beginning(ask, *whose))


@Prepared
def _beginning(ask: Callable[..., QuerySet[Any]], *whose: Any) -> QuerySet[Any]:
    return ask(*whose)[: SIZE + 1]


def _cut(found: list[M]) -> tuple[list[M], str]:
    return found[:SIZE], str(getattr(found[SIZE - 1], "code", "")) if len(found) > SIZE else ""
