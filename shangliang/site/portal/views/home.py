"""The first page: find a studio, what is being talked over, what was answered, figures with their source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shangliang.base.places import queries as places
from shangliang.flow.consultations import steps
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices
from shangliang.ledgers.figures import maps
from shangliang.ledgers.figures import queries as figures

from ..outcomes import mixed, talked_over

TOTALS = (
    "problems_solved",
    "livelihood_problems_solved",
    "research_reports_adopted",
    "opinion_items_collected",
)
STUDIOS = ("studios", "studios_sector", "studios_specialty", "studios_area")
REAL = "610000"  # the province whose offices reported


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    here = places.committees().filter(code=REAL).first()
    counties = (
        {c.code: c for c in places.committees().filter(**places.below(here.path, "path"))} if here else {}
    )
    totals = list(figures.standing().filter(metric__in=(*TOTALS, *STUDIOS), committee__code__in=counties))
    return render(
        request,
        "portal/home.html",
        {
            "section": "home",
            "topics": [(topic, *steps.mini(topic)) for topic in talked_over()],
            "answers": mixed(list(voices.shown()[:40]), most=4),
            "totals": [total for total in totals if total.metric in TOTALS][:4],
            "studios": [total for total in totals if total.metric in STUDIOS],
            "picture": maps.of_reported("studios", here, counties) if here else None,
            "online": studios.public().count(),
        },
    )
