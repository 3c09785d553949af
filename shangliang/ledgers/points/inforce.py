"""Which tariff holds at a committee: its own choice, else the preset of the platform. Never guesses."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from django.db.models import QuerySet

from shangliang.base import clock
from shangliang.base.prepared import Prepared

from . import tariff
from .models import Choice
from .tariff import Tariff

log = logging.getLogger(__name__)

# path → (in force from, chosen at, code) of a committee's choices, the one that holds last at the end
Held = dict[str, list[tuple[date, datetime, str]]]


def on(day: date, committee: str) -> Tariff | None:
    """The tariff that holds at a committee (a path) at the end of a day."""
    return of(held([committee]), committee, day, clock.end_of(day))


def at(moment: datetime, committee: str) -> Tariff | None:
    """The tariff by which an act of this moment is posted. One chosen "from today" holds from its choice on:
    what was done before in the day stays as it was posted."""
    return of(held([committee]), committee, clock.local_day(moment), moment)


def called(name: str) -> Tariff | None:
    """A preset by its name, or what a committee chose by the choice's code."""
    return tariff.called(name) or chosen(name)


def held(committees: Iterable[str] | None = None) -> Held:
    """The choices of these committees, of all when None: one query."""
    found: Held = defaultdict(list)
    for path, since, chosen_at, code in _rows() if committees is None else _of(paths=tuple(committees)):
        found[path].append((since, chosen_at, code))
    return found


def _rows() -> QuerySet[Choice, tuple[str, date, datetime, str]]:
    return Choice.objects.order_by("since", "at", "pk").values_list("path", "since", "at", "code")


@Prepared
def _of(*, paths: tuple[str, ...]) -> QuerySet[Choice, tuple[str, date, datetime, str]]:
    return _rows().filter(path__in=paths)


def of(known: Held, committee: str, day: date, moment: datetime) -> Tariff | None:
    """The same, of choices at hand."""
    code = _last(known, committee, day, moment)
    return chosen(code) if code else tariff.on(day, committee)


def _last(known: Held, committee: str, day: date, moment: datetime) -> str:
    rows = known.get(committee, ())
    return next((code for since, at, code in reversed(rows) if since <= day and at <= moment), "")


@lru_cache(maxsize=256)
def _built(code: str, text: str, since: date) -> Tariff | None:
    """None for a text that does not hold any more, as without a tariff: an act is recorded all the same."""
    try:
        return replace(tariff.parsed(text), name=code, since=since, at=())
    except ValueError as fault:
        log.error("The tariff %s does not hold: %s", code, fault)
        return None


def chosen(code: str) -> Tariff | None:
    """What a committee chose, under the choice's code: its text never changes."""
    for _code, text, since in _texts(codes=(code,)):
        return _built(code, text, since)
    return None


@Prepared
def _texts(*, codes: tuple[str, ...]) -> QuerySet[Choice, tuple[str, str, date]]:
    return Choice.objects.filter(code__in=codes).values_list("code", "text", "since")


class Known:
    """The tariffs of some committees, of all when None, for reckoning many members or posting many acts:
    asked for once, those of some committees all together."""

    def __init__(self, committees: Iterable[str] | None = None) -> None:
        self.held, self._called = held(committees), dict[str, Tariff | None]()
        self._ahead = committees is not None  # of all there may be thousands

    def on(self, day: date, committee: str) -> Tariff | None:
        return self.of(committee, day, clock.end_of(day))

    def of(self, committee: str, day: date, moment: datetime) -> Tariff | None:
        code = _last(self.held, committee, day, moment)
        return self.called(code) if code else tariff.on(day, committee)

    def called(self, name: str) -> Tariff | None:
        if preset := tariff.called(name):
            return preset
        if self._ahead:
            self._ahead, codes = False, (code for rows in self.held.values() for _since, _at, code in rows)
            texts = _texts(codes=tuple(codes))
            self._called = {code: _built(code, text, since) for code, text, since in texts}
        if name not in self._called:
            self._called[name] = chosen(name)
        return self._called[name]
