"""A form does its work at most once: its key comes with the page, the answer is kept with the change."""

import hashlib
import hmac
import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache, wraps
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from .. import clock
from ..ui.views import refuse
from .models import Reply

KEY = re.compile(r"[A-Za-z0-9_-]{22,43}")  # secrets.token_urlsafe(16), drawn with the page
KEPT = timedelta(hours=48)
QUIET = "X-Quiet"
View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Wrap a POST view. A second sending of the same form gives the first one's redirect and changes nothing;
    the same key with another text is 422. What the answer leaves in the session is set outside: the session
    is kept after the change, and a crash between must not cost a second sending what the first one told.

    The view runs inside the transaction; a status of 400 or more rolls it back, and the same key may be
    tried again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = request.POST.get("key", "")
        if not KEY.fullmatch(key):
            return refuse(request, 422)
        actor, said = _whose(request), _digest(request)
        done = Reply.objects.filter(actor=actor, key=key, status__isnull=False).first()
        if done:  # before its photos are made small once more
            return _again(request, done, said)
        for prepare in _before(tuple(settings.BEFORE_A_FORM)):
            prepare(request)
        with transaction.atomic():
            row = Reply(actor=actor, key=key, body=said, at=clock.now())
            Reply.objects.bulk_create([row], ignore_conflicts=True)  # a twin in flight waits here
            kept = Reply.objects.get(actor=actor, key=key)
            if kept.status is not None or kept.body != said:
                return _again(request, kept, said)
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
                return response
            Reply.objects.filter(pk=kept.pk).update(
                status=response.status_code, location=response.get("Location", "")
            )
            return response

    return guarded


@cache
def _before(names: tuple[str, ...]) -> list[Callable[[HttpRequest], None]]:
    """What takes its time and is done before the transaction: photos are made small. The files stand
    beside the charts in the house, hence by name."""
    return [import_string(name) for name in names]


def form_key(request: HttpRequest) -> str:
    """The key of the form being handled: what a tracking code is reckoned from, so that a resent form
    gives the same."""
    return request.POST.get("key", "")


def seen(request: HttpRequest) -> int | None:
    """The version that the page was drawn from; -1, which no thing has, when the form lost it."""
    try:
        return int(request.POST.get("seen", ""))
    except ValueError:
        return -1


def quiet(request: HttpRequest) -> bool:
    """Whether a script kept the form by itself while it was written (ui/autosave.js): nobody reads a page."""
    return QUIET in request.headers


def kept(address: str, version: int) -> HttpResponse:
    """The answer to it: where the thing stands, and which version it is now."""
    return HttpResponse(status=204, headers={"Location": f"{address}?seen={version}"})


def shown(request: HttpRequest) -> int | None:
    """The version that a page shows, for a form that it fetches when opened: the reader decides by that one,
    so the form carries it. None when the address does not say."""
    said = request.GET.get("seen", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


def forget_old() -> int:
    """A chore: replies older than 48 hours go. Returns how many."""
    return Reply.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _again(request: HttpRequest, kept: Reply, said: str) -> HttpResponse:
    if not hmac.compare_digest(kept.body, said):
        return refuse(
            request, 422, _("这张表已经交过一次，这回写的跟上回不一样。要再交一份，请重新打开那一页。")
        )
    if not kept.location:
        return HttpResponse(status=kept.status)
    response = HttpResponseRedirect(kept.location)
    response.status_code = kept.status or response.status_code
    return response


def _whose(request: HttpRequest) -> str:
    """The signed-in person's pseudonym, or a digest of the visitor's own CSRF secret: two strangers never
    share a key."""
    user = request.user
    if user.is_authenticated:
        return str(user.key)
    secret = str(request.META.get("CSRF_COOKIE", ""))
    return "anon:" + hashlib.sha256(secret.encode()).hexdigest()[:32]


def _digest(request: HttpRequest) -> str:
    said: list[tuple[str, str]] = sorted(
        (name, value)
        for name, values in request.POST.lists()
        if name not in ("key", "csrfmiddlewaretoken")
        for value in values
    )
    for name, files in request.FILES.lists():
        said += [(name, _of_file(file)) for file in files]
    return hmac.new(
        settings.SECRET_KEY.encode(), repr((request.path, said)).encode(), hashlib.sha256
    ).hexdigest()


def _of_file(file: UploadedFile) -> str:
    whole = hashlib.sha256()
    for chunk in file.chunks():
        whole.update(chunk)
    file.seek(0)
    return whole.hexdigest()
