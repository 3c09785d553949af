"""The public pages of activities: the list, one of them, calendars for a phone; the minutes as a sheet."""

import hmac
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.pages import kept_until
from shangliang.base.paper.answers import CHINESE, answer
from shangliang.base.people import queries as people
from shangliang.base.people.actor import STRANGER
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import paging
from shangliang.base.ui.addresses import whole
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices.papers import of as papers_of

from . import feeds, queries, rules, said, sheets
from .states import CHART

COMING = 12


def _five_minutes() -> str:
    """What has begun and what is over is said by the minute; a stranger may read it five minutes late. Who
    signs up is told by the action."""
    now = clock.now()
    return f"{now.hour}:{now.minute // 5}"


@require_GET
@kept_until(_five_minutes)
def listing(request: Request) -> HttpResponse:
    """What is announced and what was published. `in`: a committee and below; `studio`: one studio's."""
    under = places.committee(request.GET["in"]) if request.GET.get("in") else None
    studio = studios.studio(request.GET["studio"][:12], STRANGER) if request.GET.get("studio") else None
    kept = {"in": under.code if under else "", "studio": studio.code if studio else ""}
    rows = queries.public(under.path if under else "", kept["studio"])
    shown, after = paging.page(queries.published(rows), request.GET.get("after", ""))
    context = {
        "section": "activities",
        "under": under,
        "studio": studio,
        "coming": list(queries.coming(rows)[:COMING]) if not request.GET.get("after") else [],
        "rows": shown,
        "more": "?" + urlencode({k: v for k, v in {**kept, "after": after}.items() if v}) if after else "",
        "feed": _feed_of(studio, under),
    }
    return render(request, "activities/list.html", context)


def _feed_of(studio: Any, under: Any) -> str:
    if studio:
        return reverse("activities:studio_calendar", args=[studio.code])
    return reverse("activities:calendar", args=[under.code]) if under else ""


@require_GET
@kept_until(_five_minutes)
def activity(request: Request, code: str) -> HttpResponse:
    """One activity: before it, when and where; once it is published, how it was."""
    found = queries.activity(code, request.actor)
    public = found.state == "published"
    measured = queries.measures([found])[found.pk] if public else {}
    papers = papers_of([found.subject])[found.subject] if public and found.photos_shown else None
    actor = request.actor
    member = actor.kind == "person" and actor.holds(*rules.MEMBERS)
    context = {
        "section": "activities",
        "activity": found,
        "tone": said.TONES[found.state],
        "measures": said.numbers(found, measured),
        "photos": papers.photos if papers else [],
        "member": member,
        "at_desk": bool(CHART.open_to(actor, found)) if actor.kind == "person" else False,
        "open": found.state == "announced" and found.ends_at >= clock.now(),
    }
    return render(request, "activities/activity.html", context)


@require_GET
def minutes(request: Request, code: str) -> HttpResponse:
    """The minutes as a sheet, for whoever may read the record. Unseen to others, and before there is one."""
    found = queries.activity(code, request.actor)
    if found.recorded_on is None or not queries.sees_record(request.actor, found):
        raise Unseen(code)
    parts = queries.parts(found)
    names = people.names(part.person for part in parts)
    with override(CHINESE):
        told = sheets.minutes(found, queries.measures([found])[found.pk], parts, names)
    return answer(request, sheets.MINUTES, told, name=f"{_('纪要')} {found.title}", keep=False)


@require_GET
def scan(request: Request) -> HttpResponse:
    """What a phone keeps to show in the place of the check-in when there is no signal; nobody's data."""
    return render(request, "activities/scan.html", {"section": "activities"})


@require_GET
def studio_calendar(request: Request, code: str) -> HttpResponse:
    """A studio's public calendar."""
    studio = studios.studio(code, STRANGER)
    return _calendar(request, studio.name, queries.public(studio=studio.code))


@require_GET
def calendar(request: Request, code: str) -> HttpResponse:
    """A committee's public calendar, with its studios and all below it."""
    committee = places.committee(code)
    return _calendar(request, committee.office, queries.public(committee.path))


@require_GET
def own_calendar(request: Request, person: str, token: str) -> HttpResponse:
    """A member's own calendar: the address is the key, and void once the password is changed. 404 for any
    other."""
    right = queries.feed_token(person)
    if not right or not hmac.compare_digest(right.encode(), token.encode()):
        raise Http404(person)
    return _calendar(request, _("我的履职活动"), queries.own_calendar(person), private=True)


def _calendar(request: Request, name: str, rows: Any, *, private: bool = False) -> HttpResponse:
    def address(row: Any) -> str:
        return whole(request, reverse("activities:activity", args=[row.code]))

    body = feeds.calendar(name, queries.calendar(rows, clock.today()), address)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response["Cache-Control"] = "private, no-store" if private else "public, max-age=300"
    return response
