"""Closed quarters and years: what stands for every member, what was frozen, what came later."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import one_of
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Post, Role
from shangliang.base.places.models import Committee
from shangliang.base.prepared import Prepared

from .. import inforce, rules
from ..models import Choice, Closed, Closing, Entry
from ..periods import Period
from .statements import Statement, accounts


@dataclass(frozen=True)
class Stand:
    """One member at the end of a period, in hundredths; see `models.Closed`."""

    points: int
    total: int
    grade: str
    missing: int


def stands(path: str, period: Period, upto: int | None = None) -> dict[str, Stand]:
    """Every member of a committee (a path), and whoever has an entry there, as they stand at its end;
    `upto`: by the acts up to this one alone, which gives a closing again as it was frozen."""
    first = date(period.year, 1, 1)
    rows = Entry.objects.filter(committee=path, day__gte=first, day__lte=period.last)
    if upto is not None:
        rows = rows.filter(act_id__lte=upto)
    heaps: dict[str, list[Entry]] = defaultdict(list)
    for row in rows.order_by("act_id", "rule").iterator(5000):
        heaps[row.member].append(row)
    held = Post.objects.filter(
        Q(until=None) | Q(until__gte=first), role=Role.MEMBER, committee__path=path, since__lte=period.last
    )
    known = inforce.Known([path])
    members = {*heaps, *held.values_list("holder__key", flat=True)}
    return {one: _stand(heaps[one], path, period, known) for one in sorted(members)}


def _stand(rows: list[Entry], path: str, period: Period, known: inforce.Known) -> Stand:
    found = accounts(rows, [path], period.last, known)
    lines = [line for one in found for line in one.lines]
    whole = not period.quarter
    last = [one.reckoned for one in found if one.reckoned and one.tariff and one.framed and whole][-1:]
    grade = last[0].grade.label if last and last[0].grade else None
    return Stand(
        sum(line.points for line in lines if line.day >= period.first),
        sum(one.granted for one in found) + sum(line.points for line in lines),
        grade or "",
        sum(not need.met for need in last[0].needs) if last else 0,
    )


def closings(actor: Actor) -> QuerySet[Closing]:
    """Those of one's committee for its officers, leaders and auditor, the last first."""
    rows = Closing.objects.select_related("committee")
    return rows.filter(committee__path__in=actor.paths(*rules.OFFICE)).order_by("-year", "-at", "-pk")


def closing(code: str, actor: Actor) -> Closing:
    """Unseen if there is none, or none for this actor to know of."""
    return one_of(closings(actor), code)


def frozen(of: Closing) -> list[Closed]:
    return list(Closed.objects.filter(closing=of).order_by("member"))


def later(of: Closing) -> QuerySet[Entry]:
    """What was posted for its days after it was closed, in the order in which it came."""
    period = Period(of.year, of.quarter)
    rows = Entry.objects.filter(committee=of.committee.path, day__gte=period.first, day__lte=period.last)
    return rows.filter(act_id__gt=of.act_id).order_by("act_id", "pk")


def closed_of(of: Statement, year: int) -> list[Closed]:
    """The closed quarters and the year of whose statement was read, in their order."""
    return _closed_of(year, member=of.member, paths=tuple(sorted(of.belongs)))


@Prepared
def _closed_of(year: int, *, member: str, paths: tuple[str, ...]) -> QuerySet[Closed]:
    rows = Closed.objects.filter(member=member, closing__year=year, closing__committee__path__in=paths)
    return rows.select_related("closing").order_by("closing__act_id")


def to_close(committee: str) -> list[Period]:
    """What of this year and the last is over and not closed at a committee (a path), the oldest first."""
    today = clock.today()
    done = set(Closing.objects.filter(committee__path=committee).values_list("year", "quarter"))
    every = [Period(year, quarter) for year in (today.year - 1, today.year) for quarter in (1, 2, 3, 4, 0)]
    return [one for one in every if one.last < today and (one.year, one.quarter) not in done]


# ── The tariff that a committee chose ──
def choices(committee: Committee) -> QuerySet[Choice]:
    """The newest first."""
    return Choice.objects.filter(committee=committee).order_by("-since", "-at", "-pk")


def days(committee: str) -> list[date]:
    """From when a committee (a path) may choose: the next two 1 Januaries; today too, while it has chosen
    none."""
    today = clock.today()
    years = [date(today.year + n, 1, 1) for n in (1, 2)]
    return years if inforce.held([committee]) else [today, *years]
