"""The mark by which a browser knows that it supports a voice: a signed cookie that only this voice's pages
get. It is drawn from the form's key, so a form sent twice leaves one mark; what is kept is a keyed digest of
mark and voice. Two voices supported from one browser have nothing in common, here and in the table."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shangliang.base.journal.codes import keyed
from shangliang.base.people.personal import privacy

COOKIE = "support"
DAY = 24 * 3600


def of(request: HttpRequest, code: str) -> str:
    """This browser's mark for this voice; empty when it has none, or one that was not signed here."""
    return request.get_signed_cookie(COOKIE, default="", salt=_salt(code), max_age=_kept()) or ""


def brought(request: HttpRequest) -> bool:
    """Whether the browser brings any mark, good or not: its page is its own."""
    return COOKIE in request.COOKIES


def drawn(form_key: str) -> str:
    """A new mark, the same for the same form."""
    return keyed(settings.CODE_KEY, "support", form_key).hex()[:32]


def digest(code: str, mark: str) -> str:
    """What is kept of a mark, for this one voice."""
    return keyed(settings.CODE_KEY, f"support {code}", mark).hex() if mark else ""


def leave(response: HttpResponse, code: str, mark: str) -> None:
    """Tie the mark to this browser for as long as its digest is kept."""
    response.set_signed_cookie(
        COOKIE, mark, salt=_salt(code), max_age=_kept(), path=_path(code), httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def remove(response: HttpResponse, code: str) -> None:
    response.delete_cookie(COOKIE, path=_path(code), samesite="Lax")


def _salt(code: str) -> str:
    return f"support {code}"


def _path(code: str) -> str:
    return reverse("voices:voice", args=[code])


def _kept() -> int:
    return privacy.days("supports") * DAY
