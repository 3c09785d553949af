"""Adding up: what each metric comes to, where its records stand or for a whole branch of the tree.

Tallies are kept at the record's own committee only, so an upper level is the sum of what lies under it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from shangliang.base import clock
from shangliang.base.people import queries as people
from shangliang.base.people.models import Post, Role
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import below
from shangliang.flow.consultations import models as consultations
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import models as voices

from .metrics import METRICS, Metric
from .models import Tally
from .period import Period

ByPlace = dict[str, dict[str, int]]  # metric → path of the record's committee → number
ROLES = {"members": Role.MEMBER, "members_stationed": Role.STATIONED}


@dataclass(frozen=True)
class Counted:
    """What a metric comes to. `of`: what a share is a share of (its n)."""

    n: int | None
    of: int | None = None


def by_place(wanted: Iterable[str], under: str, period: Period) -> ByPlace:
    """Additive metrics (and their parts, "metric:part") at each place under a path that has any."""
    found: ByPlace = defaultdict(dict)
    names = [name for name in wanted if METRICS[name.partition(":")[0]].additive]
    for metric, path, n in _tallied(names, under, period).values_list("metric", "path").annotate(Sum("n")):
        found[metric][path] = n
    for name in names:
        if METRICS[name.partition(":")[0]].kind == "overdue":
            found[name] = dict(_overdue(name, under, period))
    return found


def total(wanted: Iterable[str], under: str, period: Period) -> dict[str, Counted]:
    """Each metric for the whole branch under a path. Says nothing of whether records are kept there."""
    wanted = list(wanted)
    need = {part for name in wanted for part in (name, METRICS[name].of[0], *METRICS[name].of[1]) if part}
    rows = _tallied(need, under, period).values_list("metric").annotate(Sum("n"))
    sums: dict[str, int] = defaultdict(int, rows)
    for name in need:
        if METRICS[name].kind == "overdue":
            sums[name] = sum(n for _path, n in _overdue(name, under, period))
        elif METRICS[name].kind == "people":
            sums[name] = len(holders(name, under, period))
    return {name: _counted(METRICS[name], sums, under, period) for name in wanted}


def parts(metric: Metric, under: str, period: Period) -> dict[str, int]:
    """What a metric falls into, by its fact: leader, voices, member."""
    names = [f"{metric.name}:{part}" for part in metric.part_labels]
    rows = Tally.objects.filter(metric__in=names, **below(under, "path"), **_days(metric, period))
    sums = dict(rows.order_by("metric").values_list("metric").annotate(Sum("n")))
    return {part: sums.get(f"{metric.name}:{part}", 0) for part in metric.part_labels}


def holders(name: str, under: str, period: Period) -> set[int]:
    """The distinct persons (keys) who hold the post at the period's end, or, of members, sit in no studio."""
    if name == "members_without_studio":
        return set(studios.in_no_studio(under, period.last).values_list("pk", flat=True))
    held = Post.objects.filter(people.held_on(period.last), role=ROLES[name], **below(under))
    return set(held.values_list("holder", flat=True))


def kept(period: Period) -> list[str]:
    """Paths of the committees that kept records here at some time of the period."""
    rows = Committee.objects.filter(records_since__lte=period.last)
    return list(rows.values_list("path", flat=True))


def overdue_clocks(name: str, under: str, period: Period) -> tuple[QuerySet[Any], str, str]:
    """The clocks past their day when the period ends; the field that says whose, and the one of its path."""
    day = min(period.last, clock.today())
    running = (Q(ended_on=None) | Q(ended_on__gt=day)) & Q(due__lt=day, started__lte=day)
    rows: QuerySet[Any]
    if name == "voices_overdue":
        rows, whose, path = voices.Deadline.objects.all(), "voice", "voice__committee__path"
    else:
        rows, whose = consultations.Deadline.objects.all(), "recommendation"
        path = "recommendation__consultation__committee__path"
    return rows.filter(running, **below(under, path)), whose, path


def _overdue(name: str, under: str, period: Period) -> list[tuple[str, int]]:
    rows, whose, path = overdue_clocks(name, under, period)
    return list(rows.order_by(path).values_list(path).annotate(Count(whose, distinct=True)))


def _tallied(names: Iterable[str], under: str, period: Period) -> QuerySet[Tally]:
    flows = [n for n in names if METRICS[n.partition(":")[0]].kind == "flow"]
    stocks = [n for n in names if METRICS[n.partition(":")[0]].kind == "stock"]
    during = Q(metric__in=flows, day__lte=period.last)
    if period.since:
        during &= Q(day__gte=period.since)
    rows = Tally.objects.filter(during | Q(metric__in=stocks, day__lte=period.last), **below(under, "path"))
    return rows.order_by("metric")


def _days(metric: Metric, period: Period) -> dict[str, Any]:
    from_the_start = metric.at_a_day or not period.since
    return {"day__lte": period.last} | ({} if from_the_start else {"day__gte": period.since})


def _counted(metric: Metric, sums: dict[str, int], under: str, period: Period) -> Counted:
    if metric.kind != "share":
        return Counted(sums[metric.name])
    if metric.name == "share_answered_on_time":
        return _answered_on_time(under, period)
    if metric.name == "member_coverage":
        members, without = sums["members"], sums["members_without_studio"]
        whole = 100 * (members - without) // members if members else None  # halves up would hide the last one
        return Counted(whole, members)
    top, bottom = metric.of
    return share(sums[top], sum(sums[name] for name in bottom))


def share(n: int, of: int) -> Counted:
    """Whole per cent, halves up; no number where there is nothing to be a share of."""
    return Counted((200 * n + of) // (2 * of) if of else None, of)


def _answered_on_time(under: str, period: Period) -> Counted:
    """Of the answer clocks whose day fell in the period and has come: how many were kept."""
    end = voices.Deadline.End
    rows = voices.Deadline.objects.filter(
        Q(due__lt=clock.today()) | Q(end=end.MET),
        kind=voices.Deadline.Kind.ANSWER, due__lte=period.last, **below(under, "voice__committee__path"),
    ).exclude(end=end.DROPPED).exclude(end=end.MERGED, ended_on__lte=F("due"))  # fmt: skip
    if period.since:
        rows = rows.filter(due__gte=period.since)
    found = rows.aggregate(all=Count("pk"), kept=Count("pk", filter=Q(end=end.MET, ended_on__lte=F("due"))))
    return share(found["kept"], found["all"])
