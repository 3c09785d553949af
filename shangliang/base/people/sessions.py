"""How long a session lasts and whether it was signed in with two steps.

By the server's own clock, never the one that stories tell; so does Django with the session's cookie."""

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout, update_session_auth_hash
from django.http import HttpRequest
from django.utils import timezone

from . import rules
from .actor import STRANGER
from .request import Request

SIGNED_IN, SEEN = "signed_in", "seen"  # session: seconds, at the minute
MINUTE = 60


def now() -> int:
    return int(timezone.now().timestamp())


def brought(request: HttpRequest) -> bool:
    """Whether the browser brings a session at all: strangers pay nothing for what follows."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def lost(request: HttpRequest) -> bool:
    """Whether it brings one that is over: too old, signed out elsewhere, or ended with a post."""
    return brought(request) and request.session.session_key is None


def begin(request: HttpRequest) -> None:
    """Called at sign-in."""
    request.session[SIGNED_IN] = request.session[SEEN] = now()


def end_if_over(request: Request) -> None:
    """Sign out whom the absolute or, for staff, the idle time has passed by. A session that did not begin at
    our sign-in counts from the account's last one and is never prolonged."""
    if SESSION_KEY not in request.session:
        return
    begun, seen = request.session.get(SIGNED_IN), request.session.get(SEEN)
    if begun is None or seen is None:
        last = getattr(request.user, "last_login", None)
        begun = seen = int(last.timestamp()) if last else 0
    quiet = now() - seen
    idle = quiet >= settings.SESSION_IDLE_MINUTES * 60 and rules.needs_second_factor(request.actor)
    if idle or now() - begun >= settings.SESSION_HOURS * 3600:
        logout(request)
        request.actor = STRANGER
    elif SEEN in request.session and quiet >= MINUTE:
        request.session[SEEN] = now()
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=timezone.now()
        )


def in_two_steps(request: Request) -> bool:
    """Whether this very session was signed in with a second factor, or set one up."""
    return any(step.get("method") == "mfa" for step in get_authentication_records(request, request.user))


def took_second_step(request: HttpRequest, kind: str) -> None:
    """Setting a factor up has proved it."""
    record_authentication(request, request.user, "mfa", type=kind)


def stay(request: HttpRequest) -> None:
    """Keep this session where all of its owner's have just been ended."""
    before = request.session.session_key
    person: Any = request.user
    person.refresh_from_db()
    update_session_auth_hash(request, person)
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def forget_old() -> int:
    """A chore: what was noted of sessions that are over by now. Returns how many."""
    oldest = timezone.now() - timedelta(hours=settings.SESSION_HOURS)
    return int(UserSession.objects.filter(created_at__lt=oldest).delete()[0])
