"""One number of one studio in a span of days, opened: the acts behind it, as far as the reader may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios import rules
from shangliang.flow.studios.queries import COUNTS, Count

from . import subjects
from .subjects import Told

MOST = 500  # rows on the page; a studio that did more has its years apart


@dataclass(frozen=True)
class Opened:
    """`rows`: the day, the record in words, what it adds. `left_out`: how many the reader may not see."""

    studio: Any
    count: Count
    since: date
    until: date
    number: int
    rows: list[tuple[date, Told, int]]
    left_out: int


def opened(code: str, key: str, since: str, until: str, *, actor: Actor) -> Opened:
    """Unseen for a studio that the reader may not see; Http404 for no such number, or days that are none.
    Days that are left out: this year so far."""
    studio = studios.studio(code, actor)
    count = COUNTS.get(key)
    if count is None or (count.people and not rules.looks_into(actor, studio)):
        raise Http404(key)
    first, last = _day(since, clock.today().replace(month=1, day=1)), _day(until, clock.today())
    acts = studios.acts_behind(studio, count, first, last)
    told = subjects.told((act.subject for act in acts), actor)
    rows = [
        (act.day, told[act.subject], int(act.facts.get(count.weight) or 0) if count.weight else 1)
        for act in reversed(acts)
        if act.subject in told
    ]
    return Opened(
        studio, count, first, last, studios.amount(count, acts, first, last), rows[:MOST],
        len(acts) - len(rows),
    )  # fmt: skip


def _day(said: str, otherwise: date) -> date:
    if not said:
        return otherwise
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Http404(said) from None
