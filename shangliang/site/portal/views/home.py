"""The first page: find a studio, what is being talked over, what was answered, figures with their source."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shangliang.base.journal.pages import kept_until_an_act
from shangliang.flow.consultations import steps
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices
from shangliang.ledgers.figures import queries as figures

from ..outcomes import mixed, talked_over
from ..placed import placed

TOTALS = (
    "problems_solved",
    "livelihood_problems_solved",
    "research_reports_adopted",
    "opinion_items_collected",
)


@require_GET
@kept_until_an_act
def home(request: HttpRequest) -> HttpResponse:
    real = figures.standing().filter(metric__in=TOTALS).exclude(committee__code__startswith="99")
    return render(
        request,
        "portal/home.html",
        {
            "section": "home",
            "topics": [(topic, *steps.mini(topic)) for topic in talked_over()],
            "answers": mixed(list(voices.shown()[:40]), most=4),
            "totals": real[:4],
            "placed": placed(),
            "online": studios.public().count(),
        },
    )
