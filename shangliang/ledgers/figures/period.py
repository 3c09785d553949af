"""The stretch of days that a figure is asked for: a month, a year, or all of it. Days are Shanghai's."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _

from shangliang.base import clock

ASKED = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True)
class Period:
    """`since` None: from the beginning; `until` None: to today. `key` is what stands in the address."""

    since: date | None = None
    until: date | None = None
    key: str = "all"

    @property
    def last(self) -> date:
        """The last day: figures of a state are taken at its end."""
        return self.until or clock.today()

    @property
    def words(self) -> str:
        if match := ASKED.fullmatch(self.key):
            year, month = match.groups()
            if not month:
                return _("%(year)s年") % {"year": year}
            # Translators: Django's date letters; Y is the year, n the month's number, F its name.
            return dateformat.format(date(int(year), int(month), 1), _("Y年n月"))
        return _("全部") if self.key == "all" else self.key


def asked(key: str) -> Period:
    """The period of an address: "2026", "2026-11"; all of it for anything else."""
    match = ASKED.fullmatch(key)
    if not match or int(match[1]) < 1900:
        return Period()
    year, month = int(match[1]), int(match[2] or 0)
    if month > 12 or (match[2] and not month):
        return Period()
    if not month:
        return Period(date(year, 1, 1), date(year, 12, 31), key)
    end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return Period(date(year, month, 1), end, key)


def between(since: date | None, until: date | None) -> Period:
    """Any two days, as a command gives them."""
    key = f"{since or ''}/{until or ''}" if since or until else "all"
    return Period(since, until, key)


def choices(first: int | None = None) -> list[Period]:
    """What a page offers: all, this year and the ones before it from `first` on, the last twelve months."""
    today = clock.today()
    years = range(today.year, max(min(first or today.year, today.year), today.year - 4) - 1, -1)
    months = [today.year * 12 + today.month - 1 - back for back in range(12)]
    keys = [*(str(y) for y in years), *(f"{m // 12}-{m % 12 + 1:02d}" for m in months)]
    return [Period(), *(asked(key) for key in keys)]
