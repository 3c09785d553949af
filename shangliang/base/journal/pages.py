"""What changes by acts only: public pages drawn once for all strangers, numbers counted once for a reader."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from markupsafe import Markup

from .. import clock
from ..ui import kept
from ..ui.counts import Lists, bounded
from . import queries

View = Callable[..., HttpResponse]
T = TypeVar("T")


def kept_until_an_act(view: View) -> View:
    """Wrap the view of a public page that changes only by acts and by the day.

    Whoever has a session, and every POST, is drawn a page of their own."""
    return kept_until(str)(view)


def kept_until(changes: Callable[[], Any]) -> Callable[[View], View]:
    """The same for a page that changes by something else too: `changes` tells what, in a word or number."""

    def wrap(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            def make() -> HttpResponse:
                return view(request, *args, **kwargs)

            if not kept.for_strangers(request):
                return make()
            return kept.page(request, queries.pulse(), changes(), clock.today(), make=make)

        return wrapped

    return wrap


def counted_until_an_act(*whose: Any, count: Callable[[], T]) -> T:
    """What `count` finds, for this reader and until the next act or day: the numbers on rails and tabs, which
    stand on every page. `whose`: all that it depends on of the reader."""
    return kept.value(*whose, queries.pulse(), clock.today(), make=count)


def drawn_until_an_act(*whose: Any, draw: Callable[[], str]) -> Markup:
    """A piece of a page as this reader has it, drawn once until the next act or day; `whose` as above."""
    return kept.kept(*whose, queries.pulse(), clock.today(), make=draw)


def lengths_until_an_act(*whose: Any, lists: Callable[[], Lists]) -> dict[str, int]:
    """How long each of these lists of a reader's is, as far as it matters; `whose` as above."""
    return counted_until_an_act(*whose, count=lambda: lengths(*whose, lists=lists))


def lengths(*whose: Any, lists: Callable[[], Lists]) -> dict[str, int]:
    """The same, counted at this moment: for what changes by more than acts. One query.

    Where the lists go by the moment, it may be one of up to twenty minutes ago."""
    return bounded(*whose, clock.today(), clock.now().timestamp() // kept.SECONDS, lists=lists)


def pieces_until_an_act(
    request: HttpRequest, *whose: Any, draw: Callable[[], Mapping[str, str]]
) -> dict[str, Markup]:
    """Pieces of a page by name, as `whose` reader has them, drawn once until the next act or day. What `draw`
    refuses is not kept: whether the reader may see the thing changes by acts and by their posts too. Forms
    get tokens and keys anew."""
    pieces = counted_until_an_act(*whose, count=draw)
    return {name: kept.anew(request, piece) for name, piece in pieces.items()}
