"""Filters for dates, numbers and titles: own and cheap, in the reader's language, in Shanghai's time."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, gettext
from markupsafe import Markup, escape

WEEK = "一二三四五六日"
WEEK_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NBSP = "\u00a0"
LONGEST_PHRASE = 14  # what a phone's line holds in large type; longer ones may break anywhere
HAN = re.compile("[\u3400-\u9fff]")
LATIN = re.compile("[A-Za-z]{2}")
# From one Chinese character to the last before a word of ours, or a comma between two names.
RUN = re.compile("([\u3400-\u9fff](?:[^A-Za-z,;.]*[\u3400-\u9fff\u3001-\u303f\uff00-\uffef])?)")
CHINESE = Markup('<span lang="zh-Hans">{}</span>')
SENSE = re.compile(r"[^，、；：。？！]*[，、；：。？！]+[」』”’）]*|[^，、；：。？！]+")


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _local(when: date | datetime) -> date | datetime:
    return timezone.localtime(when) if isinstance(when, datetime) and timezone.is_aware(when) else when


def day(when: date | datetime | None) -> str:
    """2026年11月23日（周一）"""
    if when is None:
        return ""
    d = _local(when)
    if _english():
        return f"{WEEK_EN[d.weekday()]}, {d.day} {MONTHS_EN[d.month - 1]} {d.year}"
    return f"{d.year}年{d.month}月{d.day}日（周{WEEK[d.weekday()]}）"


def short_day(when: date | datetime | None) -> str:
    """11月23日; the year is added when it is not this one."""
    if when is None:
        return ""
    d = _local(when)
    # This package stands beside the clock, not above it; the real year is right for what a reader sees today.
    other_year = d.year != timezone.localdate().year
    if _english():
        return f"{d.day} {MONTHS_EN[d.month - 1][:3]}" + (f" {d.year}" if other_year else "")
    return (f"{d.year}年" if other_year else "") + f"{d.month}月{d.day}日"


def moment(when: datetime | None) -> str:
    """11月23日 10:26"""
    if when is None:
        return ""
    return f"{short_day(when)}{NBSP}{_local(when):%H:%M}"


def clock_time(when: datetime | None) -> str:
    """10:26"""
    return "" if when is None else f"{_local(when):%H:%M}"


def iso(when: date | datetime | None) -> str:
    """For the `datetime` attribute of `<time>`."""
    if when is None:
        return ""
    local = _local(when)
    return local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()


def phrases(title: Any) -> Markup:
    """A title that breaks by sense: each phrase, up to its comma, stays together when there is room."""
    pieces = SENSE.findall(str(title))
    if len(pieces) < 2:
        return escape(own(title))
    keep = Markup('<span class="ph">{}</span>')
    whole = Markup("").join(
        keep.format(piece) if len(piece) <= LONGEST_PHRASE else escape(piece) for piece in pieces
    )
    return CHINESE.format(whole) if foreign(whole) else whole


def foreign(words: Any) -> bool:
    """Chinese on an English page: what people wrote, their names, places."""
    return _english() and bool(HAN.search(str(words)))


def lang(words: Any) -> Markup:
    """The `lang` attribute of an element that holds what somebody wrote, where it isn't the page's own."""
    return Markup(' lang="zh-Hans"') if foreign(words) else Markup("")


def own(words: Any) -> Any:
    """The same for words that have no element to themselves: all of them, or the names in a sentence of ours.
    Markup is left as it is: whoever made it has marked it."""
    if hasattr(words, "__html__") or not foreign(words):
        return words
    if not LATIN.search(str(words)):
        return CHINESE.format(words)
    pieces = RUN.split(str(words))  # every other one is Chinese
    return Markup("").join(CHINESE.format(one) if n % 2 else one for n, one in enumerate(pieces))


def listed(words: Iterable[Any]) -> str:
    """Names in a row: 甲、乙; A, B"""
    return gettext("、").join(str(word) for word in words)


def grouped(number: int | Decimal | str | None) -> str:
    """1,304; a real minus sign; text is left as it is (80 余)."""
    if number is None:
        return ""
    if isinstance(number, str):
        return number
    return f"{number:,}".replace("-", "−")


def unit(number: Any, word: str) -> str:
    """5 分钟, never torn apart at the line's end."""
    return f"{grouped(number)}{NBSP}{word}"


def points(hundredths: int, sign: bool = False) -> str:
    """57.5 from 5750; with `sign`, +3.0 and −1.0."""
    whole, rest = divmod(abs(hundredths), 100)
    mark = "−" if hundredths < 0 else "+" if sign and hundredths > 0 else ""
    return (
        f"{mark}{whole:,}.{rest:02d}".removesuffix("0") if rest % 10 == 0 else f"{mark}{whole:,}.{rest:02d}"
    )


ALL: dict[str, Callable[..., Any]] = {
    "day": day,
    "short_day": short_day,
    "moment": moment,
    "clock_time": clock_time,
    "iso": iso,
    "phrases": phrases,
    "lang": lang,
    "own": own,
    "listed": listed,
    "grouped": grouped,
    "unit": unit,
    "points": points,
}
