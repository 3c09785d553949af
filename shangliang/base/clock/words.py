"""A day that comes nearer, in the words of a list: 今天, 明天, 11月25日; 还剩 2 个工作日, 超 1 个工作日."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .calendar import working_days_left
from .moments import today

SOON = 2  # working days


class Nearing(NamedTuple):
    """`day` and `left` are to be read; `tone` is l late, w soon, or empty. The words tell it too."""

    day: str
    left: str
    tone: str


def nearing(due: date | None, *, provisional: bool = False) -> Nearing | None:
    """How near a day is, from today; None for no day."""
    if due is None:
        return None
    left, now = working_days_left(due), today()
    if left < 0:
        return Nearing(_plain(due, now), _late(-left), "l")
    day = {now: _("今天"), now + timedelta(days=1): _("明天")}.get(due) or _plain(due, now)
    words = _left(left) if left else _("最后一天") if due == now else _("上班前到期")
    if provisional:
        words = _("%(words)s，放假安排出来后再定") % {"words": words}
    return Nearing(day, words, "w" if left <= SOON else "")


def _plain(day: date, now: date) -> str:
    # Translators: Django's date letters; Y is the year, n and j month and day as numbers, M the month's name.
    return dateformat.format(day, _("n月j日") if day.year == now.year else _("Y年n月j日"))


def _left(n: int) -> str:
    return ngettext("还剩 %(n)s 个工作日", "还剩 %(n)s 个工作日", n) % {"n": n}


def _late(n: int) -> str:
    return ngettext("超 %(n)s 个工作日", "超 %(n)s 个工作日", n) % {"n": n}
