"""Puts `request.actor` and `request.author` at hand, lazily: a page that never asks pays nothing. Ends
sessions that are over, and keeps staff at the door until they have a second factor."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .. import clock
from ..ui.views import refuse
from . import assisting, rules, sessions
from .actor import STRANGER, Actor
from .queries import actor_of, with_second_factor
from .request import Request

THREAD = "thread"  # session: what a tracking code opened
KEPT = "kept"  # session: what was typed when the code had to be asked for again
MINUTES = 30


class Actors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked: Any = request
        asked.actor = SimpleLazyObject(lambda: _actor(request))
        asked.author = SimpleLazyObject(lambda: author(request))
        return self.get_response(request)


class Sessions:
    """Signs out whose time has passed. Says so on the way to the sign-in, and gives back what was typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        if sessions.brought(request):
            sessions.end_if_over(request)
            assisting.end_if_over(request)
        response = self.get_response(request)
        if sessions.brought(request) and _asks_to_sign_in(response) and sessions.lost(request):
            if request.method == "POST":
                return refuse(request, 401)
            messages.info(request, _("您离开得久了些，或者在别处退出了，登录已经结束。再登一次，接着办。"))
        return response


def _asks_to_sign_in(response: HttpResponse) -> bool:
    return response.status_code == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL))


class SecondFactor:
    """Whoever holds a staff post gets only the page to set up a second factor, until it is done. Who has one
    gets only the page that asks for it, until this session has; a password alone never adds another."""

    STEP = frozenset({
        "account_login", "account_logout", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "portal:mode", "portal:language",
    })  # fmt: skip
    ADDING = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})
    FREE = STEP | ADDING | {"account_reauthenticate", "account_sessions", "mfa_index"}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Request, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_OBLIGATORY or not sessions.brought(request):
            return None
        if not request.user.is_authenticated or sessions.in_two_steps(request):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in self.STEP or not (name in self.ADDING or rules.needs_second_factor(request.actor)):
            return None
        has_one = bool(with_second_factor([request.user]))
        if name in self.FREE and not has_one:
            return None
        if request.method != "GET":
            return refuse(request, 403, _("您的职务要先过两步验证才能办事。设好了，再回来交这一份。"))
        if has_one:  # set up elsewhere, but not asked in this session
            return HttpResponseRedirect(
                f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
            )
        return HttpResponseRedirect(reverse("mfa_index"))


def _actor(request: HttpRequest) -> Actor:
    person = request.user
    return actor_of(person) if person.is_authenticated else STRANGER


def open_thread(request: HttpRequest, author: Actor) -> None:
    """Remember what a tracking code opened, for 30 minutes after its last use. The code is kept nowhere."""
    request.session[THREAD] = {
        "key": author.key, "thread": author.thread, "subject": author.subject, "committee": author.committee,
        "until": int(clock.now().timestamp()) + MINUTES * 60, "assisted": _helped(request),
    }  # fmt: skip


def use_thread(request: HttpRequest, author: Actor) -> None:
    """The thread's page is in use: its 30 minutes begin anew, written down once a minute at most."""
    left = request.session[THREAD]["until"] - clock.now().timestamp()
    if left < (MINUTES - 1) * 60:
        open_thread(request, author)


def close_thread(request: HttpRequest) -> None:
    request.session.pop(THREAD, None)


def author(request: HttpRequest) -> Actor | None:
    """Who entered a tracking code in this browser and used its thread in the last 30 minutes."""
    held = request.session.get(THREAD)
    if not held or held["until"] < clock.now().timestamp():
        return None
    if held.get("assisted", "") != _helped(request):  # opened in a help that is over, or before it began
        return None
    return Actor(
        key=held["key"],
        kind="author",
        thread=held["thread"],
        subject=held["subject"],
        committee=held["committee"],
        assisted=held.get("assisted", ""),
    )


def _helped(request: HttpRequest) -> str:
    """The code of the help in which the browser's thread is open; empty when nobody helps."""
    found = assisting.of(request)
    return found.code if found else ""
