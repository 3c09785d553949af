"""The public pages of the rule book: the list, a rule in its editions, and what holds at a committee."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.files import queries as files
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places

from . import queries, rules
from .values import named

SIZE = 20
LONGEST = 40  # characters that are looked for in a title


@require_GET
@kept_until_an_act
def listing(request: Request) -> HttpResponse:
    """Rules by committee. `in`: one committee and below; `q`: words of a title; `page`: from 1."""
    under = places.committee(request.GET["in"]) if request.GET.get("in") else None
    said = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    page = _number(request.GET.get("page", ""))
    rows = queries.listed(request.actor, under=under.path if under else "", said=said)
    found = list(rows[(page - 1) * SIZE : page * SIZE + 1])
    asked = {"in": under.code if under else "", "q": said, "page": str(page + 1)}
    newest = queries.latest(found[:SIZE])
    context = {
        "rows": [(row, newest[row.pk]) for row in found[:SIZE]],
        "under": under,
        "said": said,
        "more": "?" + urlencode({k: v for k, v in asked.items() if v}) if found[SIZE:] else "",
    }
    return render(request, "rulebook/list.html", context)


@require_GET
@kept_until_an_act
def rule(request: Request, code: str) -> HttpResponse:
    """A rule as it holds today, what it governs, and its other editions. `edition`: one of them instead."""
    found = queries.rule(code, request.actor)
    every, today = queries.editions(found), clock.today()
    begun = next((one for one in every if one.since <= today), None)
    holding = begun if begun and begun.holds_on(today) else None
    asked = request.GET.get("edition", "")
    shown = next((one for one in every if str(one.number) == asked), None) if asked else holding or every[0]
    if shown is None:
        raise Unseen(asked)
    context = {
        "rule": found,
        "shown": shown,
        "holding": holding if found.state == "in_force" else None,
        "editions": every,
        "papers": files.of([shown.subject])[shown.subject],
        "values": [(v, v.says(found.committee), v.set_by(found.committee)) for v in named(shown.governs)],
        "keeps": rules.keeps(request.actor, found),
        "today": today,
    }
    return render(request, "rulebook/rule.html", context)


@require_GET
@kept_until_an_act
def in_force(request: Request, committee: str) -> HttpResponse:
    """The clocks, the tariff and the checklists that hold at a committee, each with where it is written."""
    place = places.committee(committee)
    context = {"committee": place, "told": queries.in_force(place, request.actor)}
    return render(request, "rulebook/values.html", context)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and 0 < len(said) < 5 and int(said) else 1
