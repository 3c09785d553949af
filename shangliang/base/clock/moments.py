"""Moments and days: kept in UTC, read in Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

SHANGHAI = ZoneInfo("Asia/Shanghai")
_told: ContextVar[datetime | None] = ContextVar("clock_told", default=None)


def now() -> datetime:
    """This moment in UTC, or the one that `at` told."""
    return _told.get() or datetime.now(UTC)


def today() -> date:
    """Today in Shanghai."""
    return local_day(now())


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Tell the clock another moment, for the demonstration's past days and for tests; may be nested.

    Raises RuntimeError anywhere else: nobody may date an act back. Raises ValueError when it has no zone.
    """
    if settings.MODE not in {"demo", "practice", "test"}:
        raise RuntimeError(
            "The clock can be told another moment only in demo and test mode, never with real records."
        )
    if moment.tzinfo is None:
        raise ValueError("A moment needs its time zone: use clock.start_of(day) or an aware datetime.")
    token = _told.set(moment.astimezone(UTC))
    try:
        yield now()
    finally:
        _told.reset(token)


def local(moment: datetime) -> datetime:
    """The same moment on a clock in Shanghai."""
    return moment.astimezone(SHANGHAI)


def local_day(moment: datetime) -> date:
    """The day it was in Shanghai at that moment."""
    return local(moment).date()


def start_of(day: date) -> datetime:
    """00:00 in Shanghai, as UTC."""
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """24:00 in Shanghai, as UTC: the first moment that no longer belongs to the day (compare with `<`)."""
    return start_of(day + timedelta(days=1))
