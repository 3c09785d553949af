"""Working days in China: our own file for the year first, then the library's data, else a guess that says so.

The make-up days of a year are announced only late in the year before, so a clock set in December may run
into a year that nobody knows yet. Such a day is *provisional*: shown as such, and reckoned again when the
year's file arrives.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import chinese_calendar

from shangliang.base import yamls

from .moments import today as this_day

DAYS = Path(__file__).parent / "days"
# The days that the State Council's regulation on holidays (2024) ties to a date of the sun's year. Without
# 清明 and the festivals of the moon's calendar it stays a guess.
FIXED = {(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)}
NEAR, ROUGHLY = 10, 250  # years counted day by day; working days of a year beyond them
HEADS = {"source", "holidays", "workdays"}
KNOWN = range(min(chinese_calendar.holidays).year, max(chinese_calendar.holidays).year + 1)


class Due(NamedTuple):
    """The last day of a clock; provisional if it runs into a year whose holidays are not announced yet."""

    day: date
    provisional: bool


class Year(NamedTuple):
    """A year's working days in order, and whether they are a guess."""

    days: tuple[date, ...]
    provisional: bool


def is_working_day(day: date) -> bool:
    """Whether offices work on that day; Saturdays and Sundays made up for a holiday are working days."""
    days = _year(day.year).days
    place = bisect_left(days, day)
    return place < len(days) and days[place] == day


def is_provisional(day: date) -> bool:
    """Whether the day lies in a year whose holidays we do not know yet."""
    return _year(day.year).provisional


def due_after(start: date, days: int) -> Due:
    """The last day of a clock of `days` working days; the day it was set going does not count."""
    if days < 1:
        raise ValueError(f"A clock runs at least one working day, not {days}.")
    left, year, provisional = days, start.year, False
    while True:
        known = _year(year)
        first = bisect_right(known.days, start)
        provisional |= known.provisional
        if left <= len(known.days) - first:
            return Due(known.days[first + left - 1], provisional)
        left -= len(known.days) - first
        year += 1


def working_days_left(day: date, today: date | None = None) -> int:
    """Working days after today, `day` included: 0 on the day itself, -1 or less once it is past.

    More than ten years off they are not counted day by day: each further year is 250."""
    now = today or this_day()
    if day < now:
        return -max(1, _count(day, now))
    return _count(now, day)


def too_far(day: date, *, years: int) -> bool:
    """Whether the day lies more than so many years ahead: a slip of the pen rather than a promise."""
    now = this_day()
    return (day.year - years, day.month, day.day) > (now.year, now.month, now.day)


def working_days_between(first: date, last: date) -> list[date]:
    """The working days from `first` to `last`, both included; none when they stand the other way round."""
    found: list[date] = []
    for year in range(first.year, last.year + 1):
        days = _year(year).days
        found += days[bisect_left(days, first) : bisect_right(days, last)]
    return found


def _count(after: date, until: date) -> int:
    last = min(until.year, after.year + NEAR)
    total = ROUGHLY * (until.year - last)
    for year in range(after.year, last + 1):
        days = _year(year).days
        total += bisect_right(days, until) - bisect_right(days, after)
    return total


@lru_cache(maxsize=64)
def _year(year: int) -> Year:
    path = DAYS / f"{year}.yaml"
    if path.exists():
        return _from_file(path, year)
    if year in KNOWN:
        return Year(
            tuple(day for day in _every_day(year) if chinese_calendar.is_workday(day)), provisional=False
        )
    guess = (day for day in _every_day(year) if _on_weekday(day) and (day.month, day.day) not in FIXED)
    return Year(tuple(guess), provisional=True)


def _from_file(path: Path, year: int) -> Year:
    """Read `days/<year>.yaml` (see its README.md). Raises ValueError naming the file and what is wrong."""
    written = yamls.read(path.read_text("utf-8"))
    if not isinstance(written, dict) or not {"holidays"} <= set(written) <= HEADS:
        raise ValueError(f"{path.name}: needs `holidays`, may have `workdays` and `source`, nothing else.")
    off = {day for span in written["holidays"] or () for day in _span(span, path.name, year)}
    made_up = {day for span in written.get("workdays") or () for day in _span(span, path.name, year)}
    if both := off & made_up:
        raise ValueError(f"{path.name}: {min(both)} stands under holidays and under workdays.")
    if week := sorted(day for day in made_up if _on_weekday(day)):
        raise ValueError(f"{path.name}: {week[0]} is no weekend day, so it needs no line under workdays.")
    working = (day for day in _every_day(year) if day in made_up or (_on_weekday(day) and day not in off))
    return Year(tuple(working), provisional=False)


def _span(written: object, name: str, year: int) -> list[date]:
    """A day (2027-01-01) or a span with both ends (2027-02-05..2027-02-11), all of it in the file's year."""
    first, _, last = str(written).partition("..")
    try:
        start, end = date.fromisoformat(first.strip()), date.fromisoformat((last or first).strip())
    except ValueError:
        raise ValueError(f"{name}: {written!r} is neither a day (2027-01-01) nor a span of days.") from None
    if start > end or start.year != year or end.year != year:
        raise ValueError(f"{name}: {written} does not lie in {year}, or its end stands before its beginning.")
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _every_day(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        if day == date.max:
            return
        day += timedelta(days=1)


def _on_weekday(day: date) -> bool:
    return day.weekday() < 5
