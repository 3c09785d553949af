"""Quarters and years of an account. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Period:
    """A quarter of a year, or with 0 the whole year."""

    year: int
    quarter: int = 0

    @property
    def first(self) -> date:
        return date(self.year, 3 * max(self.quarter, 1) - 2, 1)

    @property
    def last(self) -> date:
        if self.quarter in (0, 4):
            return date(self.year, 12, 31)
        return date(self.year, 3 * self.quarter + 1, 1) - timedelta(days=1)

    @property
    def words(self) -> str:
        if not self.quarter:
            return _("%(year)s年全年") % {"year": self.year}
        return _("%(year)s年第%(n)s季度") % {"year": self.year, "n": self.quarter}
