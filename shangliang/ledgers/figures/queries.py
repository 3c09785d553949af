"""What is asked of figures: numbers counted and reported side by side, never mixed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from shangliang.base.journal import queries as journal
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee

from . import counting, names
from .counting import Counted
from .metrics import METRICS, Metric
from .models import Cursor, ReportedTotal
from .period import Period, between

FEW = 10  # a count of people below it is not broken down


@dataclass(frozen=True)
class Figure:
    """One metric of one committee. `counted` None: no records are kept here, or a share of nothing; never 0.

    `of` is the n of a share. `unit`, `period`, `source` and `at_least` are the reported total's where there
    is one. `cut`: the moment of the newest act counted."""

    metric: str
    counted: int | None
    reported: tuple[ReportedTotal, ...]
    at_least: bool
    unit: str
    period: str
    source: str
    cut: datetime | None
    of: int | None = None

    @property
    def label(self) -> str:
        return str(names.label(self.metric))

    @property
    def unit_words(self) -> str:
        """The unit of what is counted; a reported total says its own."""
        unit = METRICS[self.metric].unit if self.metric in METRICS else self.unit
        return names.unit(unit, 2 if self.counted is None or self.few else self.counted)

    @property
    def few(self) -> bool:
        """Too few people to be told apart: pages say 不到 10."""
        return self.metric in METRICS and METRICS[self.metric].people and 0 < (self.counted or 0) < FEW


@dataclass(frozen=True)
class Line:
    """A row of a breakdown: a committee under the one asked, or (`own`) its own records. `few`: not shown."""

    committee: Committee
    n: int | None
    own: bool = False
    few: bool = False


def metric(name: str) -> Metric | None:
    """The counted metric of this name, None for one that is only reported; Http404 for neither."""
    if not names.known(name):
        raise Http404(name)
    return METRICS.get(name)


def cut() -> tuple[int, datetime | None]:
    """How many seals are counted, and when the newest act among them was."""
    return journal.cut(upto())


def upto() -> int:
    return Cursor.objects.filter(name="figures").values_list("upto", flat=True).first() or 0


def figure(name: str, committee: Committee, since: date | None = None, until: date | None = None) -> Figure:
    """One figure. Http404 for an unknown metric."""
    metric(name)
    return figures([name], committee, between(since, until))[0]


def figures(wanted: Iterable[str], committee: Committee, period: Period) -> list[Figure]:
    """Several figures of one committee, in a fixed number of queries."""
    wanted = list(wanted)
    counted = counts([name for name in wanted if name in METRICS], committee, period)
    totals: dict[str, list[ReportedTotal]] = {}
    for total in reported(committee).filter(metric__in=wanted):
        totals.setdefault(total.metric, []).append(total)
    moment = cut()[1]
    return [
        _figure(name, counted.get(name, Counted(None)), tuple(totals.get(name, ())), period, moment)
        for name in wanted
    ]


def _figure(
    name: str, counted: Counted, totals: tuple[ReportedTotal, ...], period: Period, moment: datetime | None
) -> Figure:
    first = totals[0] if totals else None
    return Figure(
        metric=name,
        counted=counted.n,
        of=counted.of,
        reported=totals,
        at_least=any(total.at_least for total in totals),
        unit=first.unit if first else METRICS[name].unit if name in METRICS else "",
        period=first.period if first else period.key,
        source=first.source if first else "journal" if counted.n is not None else "",
        cut=moment,
    )


def counts(wanted: list[str], committee: Committee, period: Period) -> dict[str, Counted]:
    """What is counted for a committee and all below it; None where none of them keeps records here."""
    if not any(path.startswith(committee.path) for path in counting.kept(period)):
        return {name: Counted(None) for name in wanted}
    return counting.total(wanted, committee.path, period)


def lines(name: str, committee: Committee, period: Period) -> list[Line]:
    """A metric by the committees under this one, its own records first. A number that is not additive is
    counted anew for each."""
    return table([name], committee, period)[name]


def table(wanted: list[str], committee: Committee, period: Period) -> dict[str, list[Line]]:
    """Several metrics by the committees under this one, in a fixed number of queries for additive ones."""
    kept = counting.kept(period)
    children = list(places.children(committee))
    rows = counting.by_place(wanted, committee.path, period)
    found: dict[str, list[Line]] = {}
    for name in wanted:
        if not METRICS[name].additive:
            found[name] = [_anew(name, child, period, kept) for child in children]
            continue
        mine = rows.get(name, {})
        own = [Line(committee, mine.get(committee.path, 0), own=True)] if committee.path in kept else []
        under = [Line(child, summed(mine, child.path, kept)) for child in children]
        found[name] = _few([*own, *under]) if METRICS[name].people else [*own, *under]
    return found


def summed(at: dict[str, int], path: str, kept: list[str]) -> int | None:
    """What stands at a path and under it; None where nobody there keeps records."""
    if not any(one.startswith(path) for one in kept):
        return None
    return sum(n for place, n in at.items() if place.startswith(path))


def _anew(name: str, child: Committee, period: Period, kept: list[str]) -> Line:
    if not any(one.startswith(child.path) for one in kept):
        return Line(child, None)
    return Line(child, counting.total([name], child.path, period)[name].n)


def _few(rows: list[Line]) -> list[Line]:
    """Hide small counts of people; where only one would be hidden, the next smallest goes with it, or the
    sum above would give it away."""
    small = [row for row in rows if row.n and row.n < FEW]
    if len(small) == 1 and (others := [row for row in rows if row.n and row.n >= FEW]):
        small.append(min(others, key=lambda row: row.n or 0))
    return [Line(row.committee, None, row.own, few=True) if row in small else row for row in rows]


# ── Reported totals ──


def standing() -> QuerySet[ReportedTotal]:
    """Reported totals that no later one corrects, each with its committee and how many records it
    links."""
    rows = ReportedTotal.objects.filter(replaced_by=None).select_related("committee__parent")
    return rows.annotate(linked=Count("evidence")).order_by("committee__path", "pk")


def reported(committee: Committee) -> QuerySet[ReportedTotal]:
    """What this committee itself reported. Nothing is ever added up over committees."""
    return standing().filter(committee=committee)


def reported_under(path: str, metrics: Iterable[str]) -> QuerySet[ReportedTotal]:
    """Totals of these metrics at a committee or under it, in the order of the tree."""
    return standing().filter(metric__in=list(metrics), **places.below(path))


def reported_metrics(path: str) -> list[str]:
    """Metrics under which anything is reported there: those that most committees report first."""
    rows = ReportedTotal.objects.filter(replaced_by=None, **places.below(path))
    by = rows.values("metric").annotate(n=Count("committee", distinct=True)).order_by("-n", "metric")
    return [row["metric"] for row in by]


def total(code: str) -> ReportedTotal:
    """Http404 if there is none."""
    found = ReportedTotal.objects.select_related("committee").filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def evidence(totals: Iterable[Any]) -> dict[int, list[str]]:
    """Total's pk → subjects of the records linked to it, in the order they were linked; in one query."""
    from .models import Evidence

    found: dict[int, list[str]] = {}
    for pk, subject in (
        Evidence.objects.filter(total__in=[t.pk for t in totals])
        .order_by("pk")
        .values_list("total", "subject")
    ):
        found.setdefault(pk, []).append(subject)
    return found


def said(n: int | None, unit: str) -> str:
    """A number in words for a picture's label; 未填报 where there is none."""
    return _("未填报") if n is None else f"{n:,} {names.unit(unit, n)}"
