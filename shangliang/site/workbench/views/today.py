"""The member's today."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.pages import pieces_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations import steps
from shangliang.flow.studios import queries as studios
from shangliang.ledgers.notices import bell
from shangliang.ledgers.points import queries as points

from .. import waiting


@require_GET
@login_required
def today(request: Request) -> HttpResponse:
    """What waits for the member, the topics they raised, their own sheets to print, and what their account
    stands at."""
    actor = request.actor
    waiting.let_in(actor)
    told = pieces_until_an_act(
        request, "today", actor.key, actor.name, actor.posts, draw=lambda: _pieces(actor)
    )
    context = {"title": _("今天"), "day": clock.today(), "told": told, "unread": bell.number(actor)}
    return render(request, "workbench/today.html", context)


def _pieces(actor: Actor) -> dict[str, str]:
    """All but the notices, which are read without an act. What is over by the hour may stand ten minutes."""
    day = clock.today()
    joined = studios.joined_by(actor).select_related(None).only(*waiting.ROOM)
    rooms = list(studios.with_timetable(joined))
    raised = waiting.lines(consultations.raised_by(actor), waiting.RAISED, most=3)
    items = waiting.items(actor, rooms)
    context = {
        "name": actor.name,
        "day": day,
        "items": items,
        "now": sum(item.day <= day for item in items),
        "topics": [(topic, *steps.mini(topic)) for topic in raised],
        "rooms": [one for one in rooms if one.has_door],
        "account": _account(actor, day),
    }
    drawn = ("greeting", "waiting", "beside")
    return {name: render_to_string(f"workbench/today_{name}.html", context) for name in drawn}


def _account(actor: Actor, day: date) -> points.Statement | None:
    """This year's, up to today; none for who is and was no member of a committee."""
    try:
        return points.statement(actor.key, date(day.year, 1, 1), day, actor=actor)
    except Unseen:
        return None
