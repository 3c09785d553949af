"""Who takes part in a consultation from this browser: the person signed in, the holder of a tracking code, or
the guest whom a door code let in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shangliang.base.people import queries as people
from shangliang.base.people.accounts import address
from shangliang.base.people.actor import Actor
from shangliang.base.people.limits import allowed
from shangliang.base.people.request import Request

from .models import Consultation

COOKIE = "guest"
KEPT = 180 * 24 * 3600  # seconds: longer than a consultation with its answers


def participant(request: Request, topic: Consultation) -> Actor:
    """The one who acts here. Who is signed in acts as themselves: staff never post as residents."""
    if request.actor.kind == "person":
        return request.actor
    if request.author and request.author.committee == topic.committee_path:
        return request.author
    if (key := _kept(request, topic.code)) and not people.let_go(key):
        return Actor(key, "guest", committee=topic.committee_path, consultation=topic.code)
    return request.actor


def reader(request: Request) -> Actor:
    """Whose eyes the pages ask for: a tracking code shows its holder the topic raised from their voice."""
    return request.author if request.actor.kind != "person" and request.author else request.actor


def remember(response: HttpResponse, topic: Consultation, key: str) -> None:
    """Tie a used door code to this browser: a signed cookie that only this consultation's pages get."""
    response.set_signed_cookie(
        COOKIE,
        key,
        salt=f"guest {topic.code}",
        max_age=KEPT,
        path=reverse("consultations:consultation", args=[topic.code]),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response: HttpResponse, topic: Consultation) -> None:
    """This browser is nobody's here any more."""
    response.delete_cookie(COOKIE, path=reverse("consultations:consultation", args=[topic.code]))


def may_try(request: Request, code: str) -> bool:
    """Ten tries an address, three hundred a consultation, in ten minutes: 40 bits are not to be guessed."""
    return allowed("door_code", address(request), most=10, seconds=600) and allowed(
        "door_codes", code, most=300, seconds=600
    )


def _kept(request: HttpRequest, code: str) -> str:
    return request.get_signed_cookie(COOKIE, default="", salt=f"guest {code}", max_age=KEPT) or ""
