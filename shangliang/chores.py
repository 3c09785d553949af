"""What the clock does: seal acts, roll figures up, tell checkpoints outside, clear what has expired."""

import time
from datetime import date

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from .base import clock
from .base.charts import invariants, once
from .base.files.actions import sweep
from .base.journal.checkpoints import checkpoint
from .base.journal.seal import seal
from .base.people import actions as people
from .base.people import limits, retention, sessions
from .base.people.personal import rows
from .base.search import actions as search
from .flow.consultations import actions as consultations
from .flow.proposals import actions as proposals
from .flow.studios import actions as studios
from .flow.voices import actions as voices
from .ledgers.figures.actions import roll_up
from .ledgers.notices import actions as notices

EVERY = 600  # seconds between two rounds of what is not urgent
SOON = 15  # seconds between two rounds of letters
_last = _told = _sent = 0.0
_night: date | None = None  # the day on which what was kept long enough was cleared


def often() -> int:
    """Seal what waits and count it; erase to the last byte whoever asked. Returns how many acts were sealed;
    0: nothing waited."""
    sealed = seal()
    while roll_up():
        pass
    people.finish_erasures()
    return sealed


def soon(*, now: bool = False) -> None:
    """Notices leave the house, every fifteen seconds."""
    global _sent
    if now or time.monotonic() - _sent > SOON:
        _sent = time.monotonic()
        notices.deliver()


def seldom(*, now: bool = False) -> None:
    """A checkpoint, provisional days once they are known, the ladder, and the sweeping, every ten minutes
    (checkpoints as often as the settings say)."""
    global _last, _told
    if now or time.monotonic() - _told > settings.CHECKPOINT_SECONDS:
        _told = time.monotonic()
        checkpoint()
    if now or time.monotonic() - _last > EVERY:
        _last = time.monotonic()
        voices.reckon_again()
        voices.ask_later()
        consultations.reckon_again()
        voices.climb()
        voices.remind_of_appeals()
        consultations.remind_of_appeals()
        voices.expire_assistances()
        sweep()
        once.forget_old()
        limits.forget_old()
        sessions.forget_old()
        SessionStore.clear_expired()
        nightly()


def nightly() -> None:
    """Once a day: what was kept as long as privacy.yml says goes, keys without a row too, and what must
    always hold is asked; the index for searching is put together."""
    global _night
    if _night != clock.today():
        _night = clock.today()
        retention.clear()
        rows.sweep()
        search.tidy()
        proposals.wait_no_more()
        studios.tell_rechecks()
        invariants.nightly()


def everything() -> None:
    """All of it until nothing waits: for `work --once`, the demonstration and tests."""
    while often():
        pass
    seldom(now=True)
    soon(now=True)
    while often():  # what the clock itself wrote down
        pass
