"""When something may go out: in the office's hours on a working day, and as often as its reader likes."""

from datetime import datetime, timedelta

from shangliang.base import clock
from shangliang.base.clock.hours import Hours
from shangliang.base.places.presets import PRESETS

from .models import How

OFFICE: Hours = PRESETS["office_hours"]
OLDEST = timedelta(days=14)  # what is older when the worker comes to it is not sent any more: the page has it
# After so long it is tried again; then it is given up.
AGAIN = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480))
MOST = len(AGAIN) + 1
LEASE = timedelta(minutes=15)  # handed over for longer: whoever did it is gone


def due(how: str, happened: datetime, hours: Hours = OFFICE) -> datetime:
    """The moment from which on what happened then may be sent: at once means in office hours; a digest leaves
    when the office opens next after it, the weekly one on the first working day of the next week."""
    if how == How.AT_ONCE:
        return clock.next_at_work(hours, happened)
    today = clock.local_day(happened)
    if how == How.DAILY:
        opening = clock.next_at_work(hours, clock.start_of(today))
        return opening if opening > happened else clock.next_at_work(hours, clock.end_of(today))
    return clock.next_at_work(hours, clock.start_of(today + timedelta(days=7 - today.weekday())))


def again(tries: int) -> datetime | None:
    """When the next try is, after so many; None: enough."""
    return clock.now() + AGAIN[tries - 1] if tries <= len(AGAIN) else None
