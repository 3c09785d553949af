"""A leader's first page: what waits for a word, what is overdue, the studios looked after."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.clock.words import nearing
from shangliang.base.people.request import Request
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import queries as voices

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
    paths = sorted(actor.paths("leader"))
    mine = list(studios.looked_after_by(actor)[:MOST])
    short = studios.shortfalls(mine)
    own = voices.visible_to(actor)
    late = [
        row
        for path in paths
        for row in voices.overdue_on(path, today)
        .filter(own, committee__path=path)
        .select_related(None)
        .select_related("studio")
        .only(*VOICE)[:MOST]
    ]
    late_answers = (
        consultations.overdue(paths)
        .select_related(None)
        .select_related("consultation", "department")
        .only(*RECOMMENDATION)
    )[:MOST]
    return render(
        request,
        "leaders/home.html",
        {
            "rail": rail(actor, "home"),
            "day": today,
            "topics": [
                (topic, nearing(topic.decide_by, provisional=topic.decide_provisional))
                for topic in consultations.topics(actor).select_related(None).only(*TOPIC)[:MOST]
            ],
            "applied": list(studios.waiting_for_approval(actor)[:MOST]),
            "mine": [(studio, short[studio.code]) for studio in mine],
            "voices": [(voice, nearing(voice.due_by)) for voice in late],
            "recommendations": [(row, nearing(row.due)) for row in late_answers],
        },
    )
