"""The pages of figures: all provinces, one committee, one number opened."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.base.journal.pages import counted_until_an_act, kept_until
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import kept
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.spreadsheets import handed_out

from . import boards, maps, period, queries
from . import of_studio as studio_numbers
from .metrics import METRICS


@require_GET
@kept_until(queries.upto)
def index(request: Request) -> HttpResponse:
    """The provinces: what is reported, on a map and in tables; what is counted, in tiles and a table."""
    found = boards.provinces(request.GET.get("metric", ""))
    context = {"provinces": found, "families": boards.families(), "amount": maps.amount}
    return render(request, "figures/index.html", context | {"section": "data", "title": _("数据")})


@require_GET
@kept_until(queries.upto)
def committee(request: Request, code: str) -> HttpResponse:
    """One committee: counted figures beside reported totals."""
    place, asked = places.committee(code), period.asked(request.GET.get("period", ""))
    context = {"board": boards.board(place, asked), "families": boards.families(), "amount": maps.amount}
    return render(request, "figures/committee.html", context | _around(place, asked))


@require_GET
@kept_until(queries.upto)
def metric(request: Request, code: str, metric: str) -> HttpResponse:
    """One number of one committee, opened down to the records that the reader may see."""
    place, asked = places.committee(code), period.asked(request.GET.get("period", ""))
    after = request.GET.get("after", "")
    opened = boards.opened(metric, place, asked, actor=request.actor, after=after)
    context = {"opened": opened, "metrics": METRICS, "amount": maps.amount, "after": after}
    return render(request, "figures/metric.html", context | _around(place, asked))


@require_GET
def sheet(request: Request, code: str, metric: str) -> HttpResponse:
    """The records behind one number that the reader may see, as a CSV file."""
    place, asked = places.committee(code), period.asked(request.GET.get("period", ""))

    def make() -> list[list[object]]:
        return boards.sheet(metric, place, asked, actor=request.actor)

    stamp = ("sheet", place.code, metric, asked.key, queries.upto())
    strangers = kept.for_strangers(request)  # to whom a long table is reckoned once
    rows = counted_until_an_act(*stamp, count=make) if strangers else make()
    told = [
        [whole(request, str(said)) if str(said).startswith("/") else said for said in row] for row in rows
    ]
    return handed_out(f"{place.code}-{metric}-{asked.key}", told)


@require_GET
def of_studio(request: Request, code: str, count: str) -> HttpResponse:
    """One number of one studio between two days, opened down to the records that the reader may see."""
    since, until = request.GET.get("since", ""), request.GET.get("until", "")
    opened = studio_numbers.opened(code, count, since, until, actor=request.actor)
    context = {"opened": opened, "section": "data", "sample": opened.studio.committee.sample}
    return render(request, "figures/of_studio.html", context)


def _around(place: Any, asked: period.Period) -> dict[str, object]:
    since = place.records_since.year if place.records_since else None
    return {
        "section": "data",
        "sample": place.sample,
        "place": place,
        "line": places.line(place),
        "period": asked,
        "periods": period.choices(since),
    }
