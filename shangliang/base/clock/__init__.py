"""What day it is, and which days count: one clock for everybody (钟). Knows no process and no table.

`now()` and `today()` are the only way to ask for the time. A clock of n working days starts on the day after
the act and ends with the n-th working day, 24:00 in Shanghai; weekend days made up for a holiday count.
"""

from .calendar import (
    Due,
    due_after,
    is_provisional,
    is_working_day,
    too_far,
    working_days_between,
    working_days_left,
)
from .hours import at_work, next_at_work
from .moments import SHANGHAI, at, end_of, local, local_day, now, start_of, today

__all__ = [
    "SHANGHAI",
    "Due",
    "at",
    "at_work",
    "due_after",
    "end_of",
    "is_provisional",
    "is_working_day",
    "local",
    "local_day",
    "next_at_work",
    "now",
    "start_of",
    "today",
    "too_far",
    "working_days_between",
    "working_days_left",
]
