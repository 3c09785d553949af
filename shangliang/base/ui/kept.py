"""Finished public pages and pieces of pages, also of one reader's, kept while what they show stays the same.

They are kept under a key that changes with their contents (the last act of a thread or of all, the day), so
they are never shown stale; minutes only bound what the key can't tell, such as a department's new name."""

import hashlib
import logging
import re
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from markupsafe import Markup

from .environment import elder

SECONDS = 600
# Whoever brings nothing but these sees what every stranger sees; any other may make a page of one's own.
LOOKS = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, "mode", "theme", "guide"}
FIELD = re.compile(rb'(<input type="hidden" name="(csrfmiddlewaretoken|key)" value=")[^"]*')
IN_TEXT = re.compile(FIELD.pattern.decode())
log = logging.getLogger(__name__)
T = TypeVar("T")


def kept(*stamp: Any, make: Callable[[], str]) -> Markup:
    """The piece that `make` draws, or the one kept under this stamp in the reader's language.

    No form, and nothing that the stamp does not tell apart: with no reader in it every stranger must see the
    same. A broken cache costs no page."""
    return Markup(value(*stamp, make=make))  # noqa: S704  drawn by our own templates, which escape


def value(*stamp: Any, make: Callable[[], T]) -> T:
    """What `make` finds out, or what was kept under this stamp in the reader's language. Not for None."""
    key = _key("value", *stamp)
    found: T | None = _found(key)
    if found is None:
        found = make()
        _keep(key, found)
    return found


def for_strangers(request: HttpRequest) -> bool:
    """Whether this reader sees what every stranger sees: only looks, and brings nothing of their own, neither
    session nor message nor a guest's place in a consultation."""
    return request.method == "GET" and not request.COOKIES.keys() - LOOKS


def anew(request: HttpRequest, piece: str) -> Markup:
    """A kept piece of this reader's, its forms with tokens and keys of this asking."""

    def field(found: re.Match[str]) -> str:
        return found[1] + _fresh(request, found[2].encode()).decode()

    return Markup(IN_TEXT.sub(field, piece))  # noqa: S704  drawn by our own templates, which escape


def page(request: HttpRequest, *stamp: Any, make: Callable[[], HttpResponse]) -> HttpResponse:
    """The whole page that `make` answers a stranger, or the one kept for this address, stamp and looks.

    Its forms get a token and a key of the reader's own. An answer that sets a cookie or a header, or that
    refuses, is not kept."""
    key = _key("page", request.build_absolute_uri(), elder(request), *stamp)
    found = _found(key)
    if found is None:
        response = make()
        if response.status_code == 200 and not response.cookies and set(response.headers) == {"Content-Type"}:
            _keep(key, response.content)
    else:
        response = HttpResponse(FIELD.sub(lambda field: field[1] + _fresh(request, field[2]), found))
    patch_vary_headers(response, ["Cookie"])
    return response


def _fresh(request: HttpRequest, name: bytes) -> bytes:
    return (get_token(request) if name == b"csrfmiddlewaretoken" else secrets.token_urlsafe(16)).encode()


def _key(*stamp: Any) -> str:
    return "kept:" + hashlib.sha256(repr((get_language(), *stamp)).encode()).hexdigest()


def _found(key: str) -> Any:
    try:
        return caches["pages"].get(key)
    except Exception:  # a cache server that is down must not take the page with it
        log.warning("The pages' cache does not answer.", exc_info=True)
        return None


def _keep(key: str, made: Any) -> None:
    try:
        caches["pages"].set(key, made, SECONDS)
    except Exception:  # the same
        log.warning("The pages' cache does not take a page.", exc_info=True)
