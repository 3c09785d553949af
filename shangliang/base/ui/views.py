"""Refusals as pages, and the page of the kit."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from . import gallery, refusals
from .outage import is_outage

log = logging.getLogger(__name__)
PATIENCE = 30  # seconds after which an outage is worth another try


def refuse(
    request: HttpRequest, status: int, words: object = "", *, title: str = "", retry_after: int = 0
) -> HttpResponse:
    """A refusal as a page: 403, 404, 409, 422 or 429. What was typed stands on it, to be copied.

    `words` is the particular reason, already in the reader's language; `title` replaces the page's own."""
    said = _said(request, status, words, title)
    response = render(request, "ui/refusal.html", said, status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    return response


def _said(request: HttpRequest, status: int, words: object = "", title: str = "") -> dict[str, Any]:
    said = refusals.refusal(status, str(words), posted=request.method == "POST")
    lost = refusals.photos_lost(request) if said.keeps else ""
    return {
        "status": status,
        "title": title or said.title,
        "words": [*said.words, *([lost] if lost else [])],
        "typed": refusals.typed(request) if said.keeps else [],
        "search": said.search,
        "links": refusals.ways(request, status),
    }


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refuse(request, 404)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page stood open too long, or cookies are off. Nothing typed is lost."""
    log.warning("CSRF: %s", reason)
    words = _(
        "这一页开得太久，或者浏览器没让存小纸条（cookie），我们不敢确认是您交的。退回去刷新一下，再交一次就行。"
    )
    response = refuse(request, 422, words, title=_("没有交上去，您写的都还在"))
    response.status_code = 403
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """500; 503 when it is an outage. Asks nothing of the database: it may be what broke."""
    if is_outage(sys.exc_info()[1]):
        return away(request)
    try:
        css = [static("ui/tokens.css"), static("ui/app.css")]
    except ValueError:  # no manifest: the page must come all the same
        css = ["", ""]
    page = engines["jinja2"].get_template("ui/broken.html").render({"css": css, "phone": settings.HOST_PHONE})
    return HttpResponse(page, status=500)


def away(request: HttpRequest) -> HttpResponse:
    """503: database or disk are away, busy or full. Who reads is not asked, for that would be a query."""
    # What was to be said of a success did not happen; the cookie would tell it on the next page.
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    said = _said(request, 503) | {"request": request, "user": AnonymousUser(), "messages": []}
    page = engines["jinja2"].get_template("ui/refusal.html").render(said)
    for one in connections.all(initialized_only=True):
        if not one.in_atomic_block:  # opened while the disk was read-only, it would stay so for ever
            one.close()
    return HttpResponse(page, status=503, headers={"Retry-After": str(PATIENCE)})


@require_GET
def kit(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with the words of 示例省."""
    context: dict[str, Any] = gallery.samples()
    return render(request, "ui/gallery.html", context)
