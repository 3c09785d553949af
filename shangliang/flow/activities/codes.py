"""The rotating check-in code: shown on the organiser's page, it changes every 30 seconds. Whoever has it saw
the page about then; measured against the moment of the scan, since a phone without signal hands it in later.

The moment is the phone's word: a code that is photographed and sent on works for ten minutes. What is handed
in later counts once the organisers tick it: they know who was there."""

import hmac
from datetime import datetime, timedelta

from django.conf import settings

from shangliang.base import clock
from shangliang.base.journal.codes import keyed

STEP = 30  # seconds
BACK, AHEAD = 2, 1  # steps that a code is still, or already, good
LENGTH = 16  # hex digits: 64 bits
LATEST = timedelta(hours=24)  # a scan is handed in within a day
AT_ONCE = timedelta(minutes=10)  # what is handed in later waits for the organisers' tick
AROUND = timedelta(hours=2)  # before the beginning and after the end of the activity


def shown(activity: str, at: datetime | None = None) -> str:
    """The code of an activity (its own code) at a moment; now where none is said."""
    return _of(activity, _step(at or clock.now()))


def fits(activity: str, token: str, at: datetime) -> bool:
    """Whether the organiser's page showed this code about then."""
    now = _step(at)
    return any(
        hmac.compare_digest(_of(activity, step).encode(), token.encode("utf-8", "replace"))
        for step in range(now - BACK, now + AHEAD + 1)
    )


def left(at: datetime) -> int:
    """Seconds until the code changes."""
    return STEP - int(at.timestamp()) % STEP


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP


def _of(activity: str, step: int) -> str:
    return keyed(settings.CODE_KEY, "check in", f"{activity}|{step}").hex()[:LENGTH]


def mark(person: str) -> str:
    """What a phone remembers of whose it is, so that a scan goes under no other account; it tells nothing."""
    return keyed(settings.CODE_KEY, "phone of", person).hex()[:16]


def feed(person: str, secret: str) -> str:
    """The token of a member's own calendar: 24 hex digits. `secret`: the account's password hash, so that a
    changed password makes the old address void."""
    return keyed(settings.CODE_KEY, "own calendar", f"{person}|{secret}").hex()[:24]
