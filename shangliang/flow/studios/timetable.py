"""On which days a studio receives people, reckoned from its timetable."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from shangliang.base import clock

from .models import Slot

AHEAD = 62  # days looked ahead: two months hold every line of a timetable at least once
SATURDAY = 5


@dataclass(frozen=True)
class Turn:
    """A reception day to come: a line of the timetable on one day."""

    day: date
    slot: Slot

    @property
    def hours(self) -> str:
        """9:00—11:30"""
        return f"{self.slot.start:%-H:%M}—{self.slot.end:%-H:%M}"


def turns(slots: Iterable[Slot], first: date | None = None, most: int = 3) -> list[Turn]:
    """The next `most` reception days from `first` (today) on, in order.

    A weekly line from Monday to Friday falls out on a public holiday; a day of the month stands as
    written."""
    lines, found = sorted(slots, key=lambda s: (s.start, s.pk)), list[Turn]()
    start = first or clock.today()
    for day in (start + timedelta(days=n) for n in range(AHEAD if lines else 0)):
        found += [Turn(day, line) for line in lines if line.falls_on(day) and not _holiday(line, day)]
        if len(found) >= most:
            break
    return found[:most]


def today(slots: Iterable[Slot]) -> list[Turn]:
    """The lines that fall on today."""
    day = clock.today()
    return [turn for turn in turns(slots, day, most=24) if turn.day == day]


def _holiday(slot: Slot, day: date) -> bool:
    return slot.weekday is not None and slot.weekday < SATURDAY and not clock.is_working_day(day)


@dataclass(frozen=True)
class Opening:
    """A time on a reception day that one resident can book."""

    start: time
    end: time
    place: str = ""

    @property
    def hours(self) -> str:
        """9:20—9:40"""
        return f"{self.start:%-H:%M}—{self.end:%-H:%M}"

    def meets(self, start: time, end: time) -> bool:
        """Whether the stretch from `start` to `end` has a minute in common with it."""
        return self.start < end and start < self.end


def covers(slots: Iterable[Slot], day: date, start: time, end: time) -> bool:
    """Whether the timetable's lines of this day, taken together, reach from `start` to `end`."""
    reached = start
    for line in sorted(slots, key=lambda s: s.start):
        if line.start <= reached and line.falls_on(day) and not _holiday(line, day):
            reached = max(reached, line.end)
    return reached >= end


def openings(slots: Iterable[Slot], day: date, minutes: int) -> list[Opening]:
    """The times of one day, `minutes` long each, in order; where two lines overlap, one time each start."""
    found: dict[time, Opening] = {}
    for line in sorted(slots, key=lambda s: (s.start, s.pk)):
        if not line.falls_on(day) or _holiday(line, day):
            continue
        start, end = datetime.combine(day, line.start), datetime.combine(day, line.end)
        while start + timedelta(minutes=minutes) <= end:
            after = start + timedelta(minutes=minutes)
            found.setdefault(start.time(), Opening(start.time(), after.time(), line.place))
            start = after
    return [found[at] for at in sorted(found)]
