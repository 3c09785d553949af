"""Public pages that are drawn once for all strangers, and again after the next act."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from .. import clock
from ..ui import kept
from . import queries

View = Callable[..., HttpResponse]


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
