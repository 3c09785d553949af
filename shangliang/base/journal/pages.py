"""What changes by acts only: public pages drawn once for all strangers, numbers counted once for a reader."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from .. import clock
from ..ui import kept
from . import queries

View = Callable[..., HttpResponse]
T = TypeVar("T")


def kept_until_an_act(view: View | None = None, *, also: Callable[[], Any] = str) -> Any:
    """Wrap the view of a public page that changes only by acts and by the day.

    Whoever has a session, and every POST, is drawn a page of their own. `also`: what else it changes by."""
    if view is None:
        return lambda view: kept_until_an_act(view, also=also)

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        def make() -> HttpResponse:
            return view(request, *args, **kwargs)

        if not kept.for_strangers(request):
            return make()
        return kept.page(request, queries.pulse(), also(), clock.today(), make=make)

    return wrapped


def counted_until_an_act(*whose: Any, count: Callable[[], T]) -> T:
    """What `count` finds, for this reader and until the next act or day: the numbers on rails and tabs, which
    stand on every page. `whose`: all that it depends on of the reader."""
    return kept.value(*whose, queries.pulse(), clock.today(), make=count)
