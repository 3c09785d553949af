"""One thing by its code, to be read or to be changed."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet

from ..prepared import Prepared
from .errors import first_of

M = TypeVar("M", bound=Model)


class ByCode(Generic[M]):
    """`rows` composes what somebody may see, from nothing but its arguments. Calling this gives the one of
    these rows with a code; `lock` the same, locked until the transaction ends. Unseen if there is none."""

    def __init__(self, rows: Callable[..., QuerySet[M]]) -> None:
        def ask(locked: bool, *whose: Any, code: str) -> QuerySet[M]:
            found = rows(*whose).filter(code=code).order_by()
            return found.select_for_update(of=("self",)) if locked else found

        self._ask = Prepared(ask)

    def __call__(self, code: str, *whose: Any) -> M:
        return first_of(self._ask(False, *whose, code=code), code)

    def lock(self, code: str, *whose: Any) -> M:
        return first_of(self._ask(True, *whose, code=code), code)
