"""Finding a studio by a place's name or step by step, and a studio's own page."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.addresses import whole
from shangliang.flow.studios import queries, timetable

from ..placed import placed

SIZE = 20
FEW = 10  # fewer residents than this are not told apart


@dataclass(frozen=True)
class Row:
    """A studio in a list: where it is, and when somebody is there."""

    studio: Any
    line: str
    when: str
    today: bool


@require_GET
@kept_until_an_act
def directory(request: Request) -> HttpResponse:
    """Without a question: how to find; `place`: by name; `under`: a committee's studios, step by step."""
    place = request.GET.get("place", "").strip()[:40]
    under = places.committee(request.GET["under"]) if request.GET.get("under") else None
    today = request.GET.get("today") == "1"
    shown, more = _found(request, place) if place else _listed(request, under, today)
    children = list(places.children(under) if under else places.provinces())
    counts = queries.counts_by_path([c.path for c in children])
    kinds = queries.kinds_under(under.path) if under else []
    return render(
        request,
        "portal/studios.html",
        {
            "section": "studios",
            "place": place,
            "under": under,
            "line": places.line(under)[:-1] if under else [],
            "today": today,
            "rows": _rows(shown),
            "more": more,
            "picks": [(child, counts[child.path]) for child in children],
            "kinds": kinds,
            "total": sum(n for _kind, n in kinds),
            "placed": None if place or under or today else placed(),
        },
    )


def _found(request: Request, place: str) -> tuple[list[Any], str]:
    before = request.GET.get("before", "")
    shown, following = queries.search_place(
        place, before=int(before[:19]) if before.isdecimal() else None, size=SIZE
    )
    return shown, "?" + urlencode({"place": place, "before": str(following)}) if following else ""


def _listed(request: Request, under: Any, today: bool) -> tuple[list[Any], str]:
    shown = queries.directory(
        under.path if under else "",
        after=request.GET.get("after", ""),
        day=clock.today() if today else None,
        size=SIZE,
    )
    if len(shown) <= SIZE:
        return shown, ""
    shown = shown[:SIZE]
    kept = {"under": under.code if under else "", "today": "1" if today else "", "after": shown[-1].code}
    return shown, "?" + urlencode({name: value for name, value in kept.items() if value})


def _rows(shown: list[Any]) -> list[Row]:
    above = {path for one in shown for path in _paths(one.committee_path)}
    names = {path: c.name for path, c in places.by_path(above).items()}
    return [
        _row(one, " ".join(names.get(path, "") for path in _paths(one.committee_path)[1:])) for one in shown
    ]


def _row(one: Any, line: str) -> Row:
    if one.state == "suspended":
        return Row(one, f"{line} {one.town}", _("暂停接待"), False)
    turns = timetable.turns(one.timetable.all(), most=1)
    if not turns:
        return Row(one, f"{line} {one.town}", one.hours, False)
    turn = turns[0]
    if turn.day == clock.today():
        return Row(
            one,
            f"{line} {one.town}",
            _("今天有人值班，到 %(until)s") % {"until": f"{turn.slot.end:%-H:%M}"},
            True,
        )
    return Row(
        one,
        f"{line} {one.town}",
        _("%(when)s %(hours)s 接待") % {"when": turn.slot.when, "hours": turn.hours},
        False,
    )


def _paths(path: str) -> list[str]:
    """990000/990100/ → 990000/, 990000/990100/."""
    codes = path.strip("/").split("/")
    return ["/".join(codes[: n + 1]) + "/" for n in range(len(codes))]


@require_GET
@kept_until_an_act
def studio(request: Request, code: str) -> HttpResponse:
    """A studio's page. One that is not online is seen by its own committee's people only, and says so."""
    one = queries.studio(code, request.actor)
    team = queries.people_of(one)
    held = queries.receptions(6, studio=one.pk)
    slots = queries.slots(one)
    duty = queries.on_duty(one, slots) if one.state == "open" else []
    keys = {key for reception in held for key in reception.members}
    keys |= {slot.duty for slot in slots if slot.duty} | {key for watch in duty for key in watch.keys}
    address = whole(request, reverse("voices:door", args=[one.code]))
    return render(
        request,
        "portal/studio.html",
        {
            "section": "studios",
            "studio": one,
            "line": places.line(one.committee),
            "team": team,
            "slots": slots,
            "duty": duty,
            "coming": timetable.turns(slots, most=3) if one.state == "open" else [],
            "held": held,
            "names": people.names(keys | ({one.leader} - {""})),
            "seated": {post.holder.key for post in team},
            "bookable": bool(queries.bookable(one)),
            "few": FEW,
            "today": clock.today(),
            "under": queries.under_home(one) if one.is_home else [],
            "home": None if one.is_home else queries.home_over(one),
            "heir": queries.successor_of(one),
            "zones": [str(zone) for zone in places.zones(one.committee) if zone.code in one.zones]
            if one.zones
            else [],
            "door": address,
        },
    )
