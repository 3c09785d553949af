"""What the pages of figures show, put together: provinces, a committee's numbers, one number opened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.base.people.actor import Actor
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee
from shangliang.base.ui.filters import moment

from . import counting, maps, names, queries, records, subjects
from .metrics import GROUPS, METRICS, Metric
from .metrics.of_reports import FUNNEL
from .models import ReportedTotal
from .period import Period
from .queries import Figure, Line
from .subjects import Told

# What a table of counties shows; the page of each has all.
BRIEF = (
    "voices_received", "voices_answered", "voices_confirmed_solved", "micro_consultations", "studios_online",
)  # fmt: skip
FIRST_METRIC = "opinion_items_collected"


@dataclass(frozen=True)
class Compared:
    """A committee's row among others: for each family, what it reported under any of its names."""

    committee: Committee
    cells: list[list[ReportedTotal]]


@dataclass(frozen=True)
class Province:
    """One province on the first page: its map or tiles, and the tables that hold the same numbers."""

    committee: Committee
    picture: maps.Picture | None
    metric: str = ""
    choices: list[tuple[str, Any]] = field(default_factory=list)
    totals: list[ReportedTotal] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    rest: list[Committee] = field(default_factory=list)
    counted: "Counts | None" = None

    @property
    def label(self) -> str:
        return str(names.label(self.metric))


@dataclass(frozen=True)
class Counts:
    """Counted metrics by place: a head of metrics, then one row for each place."""

    metrics: list[Metric]
    rows: list[tuple[Line, list[Line]]]


@dataclass(frozen=True)
class Shown:
    """A reported total with the records linked to it: those the reader sees, and how many they do not."""

    total: ReportedTotal
    linked: int
    seen: list[Told]
    unseen: int


def provinces(metric: str) -> list[Province]:
    """Every province that reports anything or counts here, and those with a map."""
    kept = counting.kept(Period())
    found = []
    for committee in places.provinces():
        reported = queries.reported_metrics(committee.path)
        keeps = any(path.startswith(committee.path) for path in kept)
        if reported or keeps or maps.outlines(committee.code):
            found.append(_province(committee, metric, reported, keeps))
    return found


def _province(province: Committee, metric: str, reported: list[str], keeps: bool) -> Province:
    chosen = (
        metric
        if metric in reported
        else FIRST_METRIC
        if FIRST_METRIC in reported
        else next(iter(reported), "")
    )
    counties = list(places.committees().filter(**places.below(province.path, "path"), level="county"))
    family = [chosen, *names.kin(chosen)]
    rows = list(queries.reported_under(province.path, {*family, *_family_names()}))
    mine = [row for row in rows if row.metric in family]
    said = {row.committee_id for row in rows}
    counted = counts(province, Period()) if keeps else None
    if maps.outlines(province.code):
        picture = maps.of_reported(chosen, province, {c.code: c for c in counties}, mine)
    else:
        picture = _tiles(counted) if counted else None
    return Province(
        committee=province,
        picture=picture,
        metric=chosen,
        choices=[(name, names.label(name)) for name in reported],
        totals=mine,
        compared=compared(rows),
        rest=[c for c in counties if c.pk not in said] if maps.outlines(province.code) else [],
        counted=counted,
    )


def _tiles(counted: Counts) -> maps.Picture:
    """The first of the brief metrics as tiles."""
    first = [(line.committee, cells[0].n) for line, cells in counted.rows if not line.own]
    return maps.of_lines(str(counted.metrics[0].label), counted.metrics[0].unit, first)


def _family_names() -> set[str]:
    return {name for _head, kin in names.FAMILIES.values() for name in kin}


def families() -> list[tuple[str, Any]]:
    """The heads of the comparing table: metric and words."""
    return [(name, head) for name, (head, _kin) in names.FAMILIES.items()]


def compared(rows: Iterable[ReportedTotal]) -> list[Compared]:
    """Totals side by side, in the order of the tree: never added, never ranked."""
    found: dict[int, Compared] = {}
    columns = [kin for _head, kin in names.FAMILIES.values()]
    for total in rows:
        row = found.setdefault(total.committee_id, Compared(total.committee, [[] for _kin in columns]))
        for cell, kin in zip(row.cells, columns, strict=True):
            if total.metric in kin:
                cell.append(total)
    return [row for row in found.values() if any(row.cells)]


def counts(committee: Committee, period: Period, wanted: tuple[str, ...] = BRIEF) -> Counts:
    """The brief metrics for all places under a committee, level by level, its own records first."""
    kept = counting.kept(period)
    sums = counting.by_place(wanted, committee.path, period)
    under = places.committees().filter(**places.below(committee.path, "path"))
    shown = [c for c in under if c.pk != committee.pk and _near(c, committee)]
    rows = []
    if committee.path in kept:
        own = [Line(committee, sums.get(name, {}).get(committee.path, 0), own=True) for name in wanted]
        rows.append((Line(committee, None, own=True), own))
    for child in shown:
        cells = [Line(child, queries.summed(sums.get(name, {}), child.path, kept)) for name in wanted]
        rows.append((Line(child, None), cells))
    return Counts([METRICS[name] for name in wanted], rows)


def _near(child: Committee, committee: Committee) -> bool:
    """Two levels down at most: a sample province shows its city and counties, a city its counties."""
    return child.path.count("/") - committee.path.count("/") <= 2


@dataclass(frozen=True)
class Board:
    """One committee's page: counted figures in groups, reported totals, what lies under it."""

    committee: Committee
    keeps: bool
    groups: list[tuple[Any, list[Figure]]]
    totals: list[ReportedTotal]
    compared: list[Compared]
    counted: Counts | None
    picture: maps.Picture | None
    cut: datetime | None
    steps: dict[str, tuple[int, int]]  # of what goes a way: metric → (how many, how many set out)


def board(committee: Committee, period: Period) -> Board:
    """All of a committee's page in a number of queries that does not grow."""
    figures = queries.figures(METRICS, committee, period)
    keeps = any(path.startswith(committee.path) for path in counting.kept(period))
    groups = [
        (words, [f for f in figures if METRICS[f.metric].group == key and _told(f)])
        for key, words in GROUPS.items()
    ]
    beside = committee.path if committee.level != "county" else committee.path[:7]
    under = queries.reported_under(beside, _family_names())
    return Board(
        committee=committee,
        keeps=keeps,
        groups=groups if keeps else [],
        totals=list(queries.reported(committee)),
        compared=compared(under),
        counted=counts(committee, period) if keeps and committee.level != "county" else None,
        picture=_picture(committee, period),
        cut=figures[0].cut,
        steps=_steps(figures),
    )


def _told(one: Figure) -> bool:
    """Whether a committee's page shows it. Of the many measures of activities those that are: an office holds
    a few kinds, and thirty noughts would hide them."""
    held = METRICS[one.metric]
    quiet = held.group == "activities" and held.name != "activities_held"
    return held.public and (not quiet or bool(one.counted or one.reported))


def _steps(found: Iterable[Figure]) -> dict[str, tuple[int, int]]:
    numbers = {one.metric: one.counted or 0 for one in found if one.metric in FUNNEL}
    return {name: (numbers.get(name, 0), numbers.get(FUNNEL[0], 0)) for name in FUNNEL}


def _picture(committee: Committee, period: Period) -> maps.Picture | None:
    top = places.at(committee.path[:7])
    if maps.outlines(top.code) is None:
        return _tiles(counts(top, period)) if counting.kept(period) else None
    if not maps.allowed():
        return None
    under = places.committees().filter(**places.below(top.path, "path"), level="county")
    rows = queries.reported_under(top.path, [FIRST_METRIC, *names.kin(FIRST_METRIC)])
    return maps.of_reported(FIRST_METRIC, top, {c.code: c for c in under}, list(rows), committee.path)


@dataclass(frozen=True)
class Opened:
    """One number opened: what it means, what it is made of, the records behind it."""

    committee: Committee
    metric: Metric | None
    figure: Figure
    lines: list[Line]
    parts: list[tuple[Any, int]]
    made_of: list[Figure]
    records: records.Records
    shown: list[Shown]


def opened(name: str, committee: Committee, period: Period, *, actor: Actor, after: str) -> Opened:
    """A metric's page. Http404 for an unknown one."""
    metric = queries.metric(name)
    figure = queries.figures([name], committee, period)[0]
    counted = metric is not None and figure.counted is not None
    made_of = [*metric.of[1], metric.of[0]] if metric and metric.kind == "share" and metric.of[0] else []
    return Opened(
        committee=committee,
        metric=metric,
        figure=figure,
        lines=queries.lines(name, committee, period) if counted and committee.level != "county" else [],
        parts=_parts(metric, committee, period) if metric and counted else [],
        made_of=queries.figures(dict.fromkeys(made_of), committee, period) if counted else [],
        records=records.records(name, committee, actor=actor, after=after, period=period)
        if counted
        else records.Records(),
        shown=shown(figure.reported, actor),
    )


def _parts(metric: Metric, committee: Committee, period: Period) -> list[tuple[Any, int]]:
    found = counting.parts(metric, committee.path, period) if metric.parts else {}
    return [(metric.part_labels[part], n) for part, n in found.items()]


def shown(totals: Iterable[ReportedTotal], actor: Actor) -> list[Shown]:
    """Reported totals with their evidence, as far as the reader sees it."""
    totals = list(totals)
    linked = queries.evidence(totals)
    told = subjects.told((s for found in linked.values() for s in found), actor)
    return [
        Shown(t, len(mine), seen := [told[s] for s in mine if s in told], len(mine) - len(seen))
        for t in totals
        for mine in [linked.get(t.pk, [])]
    ]


MOST = 5_000  # rows of one sheet; a longer period is handed out year by year, month by month
PIECE = 500


def sheet(name: str, committee: Committee, period: Period, *, actor: Actor) -> list[list[object]]:
    """The records behind a number as the rows of a table: what it is, a head, those that the reader may see
    (addresses without a host), and how many are left out. Http404 for what has no records."""
    metric = queries.metric(name)
    figure = queries.figures([name], committee, period)[0]
    if metric is None or metric.kind == "share" or figure.counted is None:
        raise Http404(name)
    rows: list[list[object]] = [
        [committee.name, figure.label, figure.counted, figure.unit_words, period.words],
        [_("截至 %(when)s。") % {"when": moment(figure.cut)} if figure.cut else ""],
        [_("记录"), _("地方"), _("日期"), _("计"), _("分类"), _("地址")],
    ]
    after, found = "", records.Records()
    while len(rows) < MOST:
        found = records.records(name, committee, actor=actor, after=after, period=period, size=PIECE)
        rows += [_cells(row, metric) for row in found.rows]
        after = found.more
        if not after:
            break
    if after:
        rows.append([_("还有更多，没有列完：请按年、按月分开下载。")])
    if found.left_out:
        rows.append([_("另有 %(n)s 件没有公开，也不归您看，没有列出；数里有它们。") % {"n": found.left_out}])
    return rows


def _cells(row: records.Row, metric: Metric) -> list[object]:
    day = timezone.localtime(row.at).date().isoformat() if row.at else ""
    part = str(metric.part_labels[row.part]) if row.part in metric.part_labels else ""
    return [row.told.title, row.told.where, day, "" if metric.people else row.adds, part, row.told.href]
