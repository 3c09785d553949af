"""One field that looks through what is public: voices shown, consultations, results, studios, activities,
proposals."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shangliang.base import search as finding
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.people.request import Request
from shangliang.flow.activities import queries as activities
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.results import queries as results
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices

from ..outcomes import outcomes

MOST = 10
LONGEST = 60


@require_GET
@kept_until_an_act
def search(request: Request) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:LONGEST]
    found = _found(request, asked) if asked else {}
    return render(request, "portal/search.html", {"asked": asked, "any": any(found.values()), **found})


def _found(request: Request, asked: str) -> dict[str, Any]:
    said, _next = finding.newest("shown_voice", asked, voices.shown(), size=MOST)
    topics, _next = finding.newest("consultation", asked, consultations.visible_to(request.actor), size=MOST)
    done, _next = finding.newest("result", asked, results.published(), size=MOST)
    rooms, _next = finding.newest("studio", asked, studios.public(), size=MOST)
    return {
        "voices": outcomes(said), "topics": topics, "results": done, "studios": rooms,
        "activities": activities.found(asked, MOST), "proposals": proposals.found(asked, MOST),
    }  # fmt: skip
