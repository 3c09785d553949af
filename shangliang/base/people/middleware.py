"""Puts `request.actor` and `request.author` at hand, lazily: a page that never asks pays nothing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from .. import clock
from .actor import STRANGER, Actor
from .queries import actor_of

THREAD = "thread"  # session: what a tracking code opened
MINUTES = 30


class Actors:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked: Any = request
        asked.actor = SimpleLazyObject(lambda: _actor(request))
        asked.author = SimpleLazyObject(lambda: author(request))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    person = request.user
    return actor_of(person) if person.is_authenticated else STRANGER


def open_thread(request: HttpRequest, author: Actor) -> None:
    """Remember what a tracking code opened, for 30 minutes after its last use. The code is kept nowhere."""
    request.session[THREAD] = {
        "key": author.key, "thread": author.thread, "subject": author.subject, "committee": author.committee,
        "until": int(clock.now().timestamp()) + MINUTES * 60,
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
    return Actor(
        key=held["key"],
        kind="author",
        thread=held["thread"],
        subject=held["subject"],
        committee=held["committee"],
    )
