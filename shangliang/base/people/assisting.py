"""A browser of the office in which a resident is helped to write (帮他写): for thirty minutes, then it is
over by itself. What it is about is kept by whoever began it; here is only what the browser remembers."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from .. import clock
from . import sessions

SESSION = "assisting"
# What a session remembers of one person: the thread that is open, words that were kept, the code to show.
OF_ONE = ("thread", "kept", "receipt")
MINUTES = 30


@dataclass(frozen=True)
class Assisting:
    """`code` of the help, `by` whom (a person's key), in which studio, until which second."""

    code: str
    by: str
    studio: str
    until: int

    @property
    def left(self) -> int:
        """Minutes, the begun one counted."""
        return max(0, -(-int(self.until - clock.now().timestamp()) // 60))


def begin(request: HttpRequest, code: str, by: str, studio: str, until: datetime) -> None:
    """What another resident left in this session goes first: nobody is helped in somebody else's name, nobody
    reads somebody else's words."""
    _forget(request)
    request.session[SESSION] = asdict(Assisting(code, by, studio, int(until.timestamp())))


def end(request: HttpRequest) -> None:
    """With it goes what the resident opened and wrote here."""
    request.session.pop(SESSION, None)
    _forget(request)


def _forget(request: HttpRequest) -> None:
    for name in OF_ONE:
        request.session.pop(name, None)


def of(request: HttpRequest) -> Assisting | None:
    """The help that goes on in this browser."""
    if not sessions.brought(request):
        return None
    held = request.session.get(SESSION)
    return Assisting(**held) if held and held["until"] > clock.now().timestamp() else None


def end_if_over(request: HttpRequest) -> None:
    if request.session.get(SESSION) and of(request) is None:
        end(request)
        messages.info(request, _("三十分钟到了，「帮他写」自己结束了。还没交的，请重新开始。"))


def banner(request: HttpRequest) -> dict[str, Any]:
    """Context: `assisting`, for the strip on every page."""
    return {"assisting": SimpleLazyObject(lambda: of(request))}
