"""Who is named in public: by holder, each number opening to its voices, as far as everybody may read them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.flow.voices.queries import urged

SIZE, FEW = 20, 60  # voices on a page; holders that are listed together


@dataclass(frozen=True)
class Holder:
    """Who is named: for how many, since which day the longest."""

    key: str
    name: str
    committee: Any
    n: int
    since: date

    @property
    def href(self) -> str:
        query = urlencode({"under": self.committee.code, "by": self.key})
        return f"{reverse('portal:overdue')}?{query}"

    @property
    def late(self) -> int:
        return -clock.working_days_left(self.since)


@require_GET
@kept_until_an_act
def overdue(request: Request) -> HttpResponse:
    """Everybody who is named, or those `under` a committee; `by`: the voices one of them is named for."""
    code, by = request.GET.get("under", ""), request.GET.get("by", "")[:60]
    under = places.committee(code) if code else None
    holders = _holders(urged.named_by_holder(under.path if under else ""))
    chosen = next((one for one in holders if one.key == by), None) if under and by else None
    voices, more = _voices(chosen, request.GET.get("after", "")) if chosen else ([], "")
    near = [one for one in holders if under is None or one.committee.path == under.path]
    context = {
        "under": under,
        "line": places.line(under)[:-1] if under else [],
        "chosen": chosen,
        "gone": bool(by and not chosen),
        "voices": [(voice, -clock.working_days_left(voice.due_by)) for voice in voices],
        "more": more,
        "total": sum(one.n for one in holders),
        "holders": holders if len(holders) <= FEW else near if under else [],
        "picks": [] if chosen else _picks(under, holders),
    }
    return render(request, "portal/overdue.html", context)


def _holders(rows: Iterable[dict[str, Any]]) -> list[Holder]:
    """One for each holder in each committee, whoever has the most first."""
    rows = list(rows)
    at = places.by_path({row["committee__path"] for row in rows})
    found: dict[tuple[str, str], Holder] = {}
    for row in rows:  # in several states, of several studios
        key, committee = urged.holder_of(row), at[row["committee__path"]]
        one = Holder(key, _name(key, row), committee, row["n"], row["since"])
        if before := found.get((committee.path, key)):
            one = replace(one, n=one.n + before.n, since=min(one.since, before.since))
        found[committee.path, key] = one
    return sorted(found.values(), key=lambda one: (-one.n, one.since, one.key))


def _name(key: str, row: dict[str, Any]) -> str:
    if key.startswith("department:"):
        return str(row["awaits__name"] or row["department__name"])
    return (
        _("%(place)s政协") % {"place": row["upper__name"]}
        if key.startswith("committee:")
        else row["studio__name"]
    )


def _voices(of: Holder, after: str) -> tuple[list[Any], str]:
    """The longest late first: a page of them, and the address of the next."""
    rows = urged.named(of.committee.path).filter(urged.of_holder(of.key), committee=of.committee)
    if after and (last := rows.filter(code=after).first()):
        rows = rows.filter(Q(due_by__gt=last.due_by) | Q(due_by=last.due_by, pk__gt=last.pk))
    found = list(rows[: SIZE + 1])
    return found[:SIZE], f"{of.href}&after={found[SIZE - 1].code}" if len(found) > SIZE else ""


def _picks(under: Any, holders: list[Holder]) -> list[tuple[Any, int]]:
    """The places below, those where somebody is named, with how many voices."""
    children = places.children(under) if under else places.provinces()
    counted = [(child, sum(one.n for one in holders if _lies(one, child))) for child in children]
    return [(child, n) for child, n in counted if n]


def _lies(one: Holder, place: Any) -> bool:
    return bool(one.committee.path.startswith(place.path))
