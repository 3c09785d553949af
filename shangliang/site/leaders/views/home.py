"""A leader's first page: what waits for a word, what is overdue, the studios looked after."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.clock.words import nearing
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.prepared import Prepared
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices

from .. import lists
from ..rail import let_in, rail

MOST = 20
# What a line shows of things that are wide: most of the time of a list goes into building its query.
VOICE = ("code", "words", "person", "public_words", "review", "state", "lower", "due_by", "studio__name")
RECOMMENDATION = ("code", "number", "words", "due", "consultation__code", "department__name")
TOPIC = ("code", "title", "source", "decide_by", "decide_provisional")


@require_GET
@login_required
def home(request: Request) -> HttpResponse:
    """Of the leader's own committees only; each list up to twenty, the latest first."""
    actor, today = request.actor, clock.today()
    let_in(actor)
    paths = tuple(sorted(actor.paths("leader")))
    mine = lists.looked_after(actor, today)[:MOST]
    short = studios.shortfalls(mine)
    late = [row for path in paths for row in _late(actor, path, today)]
    return render(
        request,
        "leaders/home.html",
        {
            "rail": rail(actor, "home"),
            "day": today,
            "topics": [
                (topic, nearing(topic.decide_by, provisional=topic.decide_provisional))
                for topic in _topics(actor, today)
            ],
            "applied": lists.applied(actor, today)[:MOST],
            "mine": [(studio, short[studio.code]) for studio in mine],
            "voices": [(voice, nearing(voice.due_by)) for voice in late],
            "recommendations": [(row, nearing(row.due)) for row in _late_answers(paths, today)],
        },
    )


@Prepared
def _topics(actor: Actor, _day: date) -> QuerySet[Any]:
    return consultations.topics(actor).select_related(None).only(*TOPIC)[:MOST]


@Prepared
def _late(actor: Actor, path: str, day: date) -> QuerySet[Any]:
    rows = voices.overdue_on(path, day).filter(voices.visible_to(actor), committee__path=path)
    return rows.select_related(None).select_related("studio").only(*VOICE)[:MOST]


@Prepared
def _late_answers(paths: tuple[str, ...], _day: date) -> QuerySet[Any]:
    rows = consultations.overdue(paths).select_related(None).select_related("consultation", "department")
    return rows.only(*RECOMMENDATION)[:MOST]
