"""The records behind a number: cut at the same seal, those the reader may see, how many are left out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Substr

from shangliang.base import clock
from shangliang.base.journal import queries as journal
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import below

from . import counting, queries, subjects
from .metrics import METRICS, Metric
from .period import Period, between
from .subjects import Told

SIZE = 20


@dataclass(frozen=True)
class Row:
    """One record: when it counted, what it is, and how much it adds (1 for most)."""

    told: Told
    at: datetime | None = None
    adds: int = 1
    part: str = ""


@dataclass(frozen=True)
class Records:
    """A page of rows; `left_out` are those of the whole number that the reader may not see. `more`: what to
    pass as `after` for the next page, "" on the last."""

    rows: list[Row] = field(default_factory=list)
    left_out: int = 0
    more: str = ""


def records(
    name: str,
    committee: Committee,
    since: Any = None,
    until: Any = None,
    *,
    actor: Actor,
    after: str = "",
    period: Period | None = None,
    size: int = SIZE,
) -> Records:
    """The rows behind a counted metric of a committee and all below it, the newest first, `size` at a time.

    A share has no rows of its own: its page links the numbers it is made of."""
    metric, period = METRICS[name], period or between(since, until)
    if metric.kind == "share":
        return Records()
    if metric.kind == "people":
        return _of_people(metric, committee, period, actor, after, size)
    if metric.kind == "overdue":
        return _of_clocks(metric, committee, period, actor, after, size)
    return _of_acts(metric, committee, period, actor, after, size)


def acts(metric: Metric, path: str, period: Period) -> QuerySet[Act]:
    """The sealed acts that a tallied metric counts: for a stock, those that brought in what is still in; of
    what happened, those too that took something back, each with its -1."""
    asked = Q()
    for rule in metric.rules:
        if rule.weight != -1 or metric.kind != "stock":
            asked |= rule.as_filter()
    rows = Act.objects.filter(
        asked, journal.within(queries.upto()), at__lt=clock.end_of(period.last), **below(path, "committee")
    )
    if metric.kind == "stock":
        return rows.filter(~Exists(_left_again(metric, period)))
    return rows.filter(at__gte=clock.start_of(period.since)) if period.since else rows


def _left_again(metric: Metric, period: Period) -> QuerySet[Act]:
    asked = Q()
    for rule in metric.rules:
        if rule.weight == -1:
            asked |= rule.as_filter()
    later = Q(subject=OuterRef("subject"), id__gt=OuterRef("id"), at__lt=clock.end_of(period.last))
    return Act.objects.filter(asked & later, journal.within(queries.upto()))


def _of_acts(
    metric: Metric, committee: Committee, period: Period, actor: Actor, after: str, size: int
) -> Records:  # fmt: skip
    found = acts(metric, committee.path, period)
    visible = found.annotate(item=Substr("subject", StrIndex("subject", Value(":")) + 1))
    visible = visible.filter(_seen(metric, actor))
    left_out = found.count() - visible.count()
    page = list(_after(visible, after).order_by("-at", "-id")[: size + 1])
    told = subjects.told((act.subject for act in page[:size]), actor)
    rows = [
        Row(told[act.subject], act.at, _adds(metric, act), str(act.facts.get(metric.parts, "")))
        for act in page[:size]
        if act.subject in told
    ]
    last = page[size - 1] if len(page) > size else None
    return Records(rows, left_out, f"{last.at.isoformat()}_{last.id}" if last else "")


def _seen(metric: Metric, actor: Actor) -> Q:
    """Of acts with the code of what they are about as `item`: those about what this reader may see."""
    asked = Q()
    for name in (metric.about, *metric.also):
        kind = subjects.KINDS[name]
        seen = Q(item__in=kind.seen(actor).order_by().values(kind.code))
        asked |= seen & Q(subject__startswith=f"{name}:") if metric.also else seen
    return asked


def _adds(metric: Metric, act: Act) -> int:
    """Nothing for what only went from one part to another."""
    found = [r.counts(act.facts) for r in metric.rules if act.name in r.acts and r.takes(act.facts)]
    return sum(found) if found else 1


def _after(rows: QuerySet[Act], mark: str) -> QuerySet[Act]:
    """The rows after a page's end; all of them for a mark that is none."""
    moment, _, pk = mark.rpartition("_")
    try:
        at, last = datetime.fromisoformat(moment), int(pk)
    except ValueError:
        return rows
    return rows if at.tzinfo is None else rows.filter(Q(at__lt=at) | Q(at=at, id__lt=last))


def _of_clocks(
    metric: Metric, committee: Committee, period: Period, actor: Actor, after: str, size: int
) -> Records:  # fmt: skip
    late, whose, _path = counting.overdue_clocks(metric.name, committee.path, period)
    kind = subjects.KINDS[metric.about]
    everything = late.order_by().values(whose).distinct().count()
    seen = kind.seen(actor).filter(pk__in=late.values(whose)).order_by("pk")
    return _by_pk(seen, kind, actor, after, everything, size)


def _of_people(
    metric: Metric, committee: Committee, period: Period, actor: Actor, after: str, size: int
) -> Records:  # fmt: skip
    held = counting.holders(metric.name, committee.path, period)
    rows = Person.objects.filter(pk__in=held).order_by("pk")
    return _by_pk(rows, subjects.KINDS[metric.about], actor, after, len(held), size)


def _by_pk(
    rows: QuerySet[Any], kind: subjects.Kind, actor: Actor, after: str, everything: int, size: int
) -> Records:  # fmt: skip
    left_out = everything - rows.count()
    later = (
        rows.filter(pk__gt=int(after)) if after.isascii() and after.isdigit() and len(after) < 19 else rows
    )
    page = list(later[: size + 1])
    more = str(page[size - 1].pk) if len(page) > size else ""
    return Records([Row(kind.tell(row, actor)) for row in page[:size]], left_out, more)
