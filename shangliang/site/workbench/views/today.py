"""The member's today."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
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
    actor, day = request.actor, clock.today()
    waiting.let_in(actor)
    mine = consultations.raised_by(actor)[:3]
    context = {
        "title": _("今天"),
        "day": day,
        "items": (items := waiting.items(actor)),
        "now": sum(item.day <= day for item in items),
        "topics": [(topic, *steps.mini(topic)) for topic in mine],
        "rooms": [one for one in studios.joined_by(actor) if one.has_door],
        "unread": bell.number(actor),
        "account": _account(actor, day),
    }
    return render(request, "workbench/today.html", context)


def _account(actor: Actor, day: date) -> points.Statement | None:
    """This year's, up to today; none for who is and was no member of a committee."""
    try:
        return points.statement(actor.key, date(day.year, 1, 1), day, actor=actor)
    except Unseen:
        return None
