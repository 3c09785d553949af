"""The map of reported totals, ready to be written out: a shade, words and an address for each county.

Outlines come from `data/map_<province>.json`; a province without one is drawn as labelled tiles."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.base.places.models import Committee

from . import names, queries
from .models import ReportedTotal

DATA = Path(__file__).parent / "data"
SHADES = 4
NO_DATA, HATCHED = "m0", "mx"  # classes of shapes; m1 (least) to m4 (most) are those with a number
TILE, GAP = 108, 12
CALLOUT = 66  # how far a name stands from its county


@dataclass(frozen=True)
class Shape:
    """One county of a picture. `words`: the number, 未填报, or 口径不同."""

    name: str
    href: str
    shade: str
    words: str
    d: str
    current: bool = False


@dataclass(frozen=True)
class Callout:
    """A name and number beside the map with a line to the county."""

    name: str
    words: str
    x: float
    y: float
    to_x: float
    to_y: float
    anchor: str


@dataclass(frozen=True)
class Picture:
    """What the macro `county_map` draws. `note`: what must stand under it."""

    title: str
    width: int
    height: int
    shapes: list[Shape]
    key: list[tuple[str, str]]
    edges: str = ""
    callouts: tuple[Callout, ...] = ()
    note: str = ""


def allowed() -> bool:
    """A map is shown with its review number, or in the demonstration as a sample; elsewhere the table."""
    return bool(settings.MAP_REVIEW_NO) or bool(settings.DEMO)


def note() -> str:
    if settings.MAP_REVIEW_NO:
        return _("审图号：%(number)s") % {"number": settings.MAP_REVIEW_NO}
    return _("样图，未经审图。行政区划据天地图。")


@cache
def outlines(province: str) -> Mapping[str, Any] | None:
    """The drawn outlines of a province (its code), None where there are none."""
    file = DATA / f"map_{province}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else None


def of_reported(
    metric: str,
    province: Committee,
    counties: Mapping[str, Committee],
    totals: Iterable[ReportedTotal] | None = None,
    current: str = "",
) -> Picture | None:
    """The map of one reported metric over a province's counties (code → committee). `totals`: what was
    reported under it or a kindred name, asked for here if not given; `current`: the path whose counties are
    outlined. None where no map may be shown, or none is drawn."""
    drawn = outlines(province.code) if allowed() else None
    if drawn is None:
        return None
    if totals is None:
        totals = queries.reported_under(province.path, [metric, *names.kin(metric)])
    alike, unlike = _sorted(metric, totals)
    tops = steps([total.value for total in alike.values()])
    shapes, callouts = [], []
    for place in drawn["places"]:
        if (county := counties.get(place["code"])) is None:
            continue
        total, other = alike.get(county.pk), unlike.get(county.pk)
        words = amount(total) if total else _("口径不同") if other else _("未填报")
        tone = shade(total.value, tops) if total else HATCHED if other else NO_DATA
        mine = bool(current) and county.path.startswith(current)
        shapes.append(Shape(county.name, href(county), tone, words, place["d"], mine))
        if total or other or county.path == current:
            callouts.append((county.name, words, place["x"], place["y"]))
    key = [*_key(tops), (HATCHED, _("口径不同")), (NO_DATA, _("未填报"))]
    shapes.sort(key=lambda shape: shape.current)  # drawn last, so that no neighbour covers its outline
    return Picture(
        str(names.label(metric)), drawn["width"], drawn["height"], shapes, key, drawn["edges"],
        _set_out(callouts, drawn["width"]), note(),
    )  # fmt: skip


def of_lines(title: str, unit: str, rows: list[tuple[Committee, int | None]]) -> Picture:
    """Places as labelled tiles, three in a row, with a counted number. They are no map of anywhere."""
    tops = steps([n for _committee, n in rows if n])
    shapes, callouts = [], []
    for i, (committee, n) in enumerate(rows):
        x, y = (i % 3) * (TILE + GAP) + 2, (i // 3) * (TILE + GAP) + 2
        words = _("未在本平台办理") if n is None else queries.said(n, unit)
        tone = shade(n, tops) if n else NO_DATA
        d = f"M{x} {y}h{TILE}v{TILE}h-{TILE}z"
        shapes.append(Shape(committee.name, href(committee), tone, words, d))
        middle = x + TILE / 2
        callouts.append(Callout(committee.name, words, middle, y + TILE / 2 - 4, 0, 0, f"middle {tone}"))
    width = min(len(rows), 3) * (TILE + GAP) - GAP + 4
    height = (len(rows) + 2) // 3 * (TILE + GAP) - GAP + 4
    key = [*_key(tops), (NO_DATA, _("0 或未在本平台办理"))]
    return Picture(
        title, width, height, shapes, key, callouts=tuple(callouts), note=_("每处一格，位置和大小只是示意。")
    )


def href(committee: Committee) -> str:
    return reverse("figures:committee", args=[committee.code])


def amount(total: ReportedTotal) -> str:
    """A reported total in words: 80 条以上."""
    words = f"{total.value:,} {total.unit_words}"
    return _("%(amount)s以上") % {"amount": words} if total.at_least else words


def _sorted(
    metric: str, totals: Iterable[ReportedTotal]
) -> tuple[dict[int, ReportedTotal], dict[int, ReportedTotal]]:
    """By county: what is reported under this very name, and (those apart) under a kindred one."""
    alike: dict[int, ReportedTotal] = {}
    unlike: dict[int, ReportedTotal] = {}
    for total in totals:
        (alike if total.metric == metric else unlike).setdefault(total.committee_id, total)
    return alike, unlike


def steps(values: list[int]) -> list[int]:
    """Where the shades begin: four even steps in round numbers, the first from 1."""
    most = max(values, default=0)
    step = 1
    while step * SHADES <= most:
        step = next(s for k in range(19) for f in (1, 2, 5) if (s := f * 10**k) > step)
    return [1, *(step * i for i in range(1, SHADES))] if step > 1 else list(range(1, SHADES + 1))


def shade(n: int, tops: list[int]) -> str:
    return f"m{sum(1 for top in tops if n >= top) or 1}"


def _key(tops: list[int]) -> list[tuple[str, str]]:
    """The shades in words, the most first: 150 以上, 100–149."""
    rows = [(f"m{SHADES}", _("%(n)s 以上") % {"n": tops[-1]})]
    for i in range(SHADES - 2, -1, -1):
        last = tops[i + 1] - 1
        rows.append((f"m{i + 1}", f"{tops[i]}–{last}" if last > tops[i] else str(tops[i])))
    return rows


def _set_out(found: list[tuple[str, str, float, float]], width: int) -> tuple[Callout, ...]:
    """Names at the nearer side, from north to south, pushed apart so that none stands on another."""
    rows: list[Callout] = []
    for side in (-1, 1):
        last = -1e9
        here = [c for c in found if (c[2] < width / 2) == (side < 0)]
        for name, words, x, y in sorted(here, key=lambda c: c[3]):
            at_y = max(y - 14, last + 54)
            last = at_y
            at_x = max(x - CALLOUT, 92) if side < 0 else min(x + CALLOUT, width - 6)
            rows.append(
                Callout(name, words, round(at_x, 1), round(at_y, 1), x, y, "end" if side < 0 else "start")
            )
    return tuple(rows)
