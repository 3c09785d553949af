"""Office hours: when a message may go out that nobody asked for. Never at night, never on a rest day."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from .calendar import is_working_day
from .moments import local, now

Hours = Sequence[str]  # ("09:00", "17:30"), Shanghai time: from the first, up to the second


def at_work(hours: Hours, moment: datetime | None = None) -> bool:
    """Whether offices are at work at that moment (now): a working day, make-up days too, within the hours."""
    here = local(moment or now())
    start, end = (time.fromisoformat(one) for one in hours)
    return is_working_day(here.date()) and start <= here.time() < end


def next_at_work(hours: Hours, moment: datetime | None = None) -> datetime:
    """The next moment at which they are at work, in Shanghai time; this moment if they are."""
    here = local(moment or now())
    if at_work(hours, here):
        return here
    start, end = (time.fromisoformat(one) for one in hours)
    day = here.date() if here.time() < end else here.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, start, here.tzinfo)
