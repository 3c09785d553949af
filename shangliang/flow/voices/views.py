"""The studio's door, the receipt that is shown once, and the page of a voice that is shown."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts.once import form_key, once
from shangliang.base.journal.codes import meant
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.paper.answers import answer
from shangliang.base.people import limits
from shangliang.base.people import queries as people
from shangliang.base.people.accounts import address
from shangliang.base.people.personal import privacy
from shangliang.base.people.request import Request
from shangliang.base.places.presets import numbers
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blame
from shangliang.base.ui.views import refuse
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios import timetable

from . import actions, papers, queries, sheets, standing, told, tracking
from .forms import Leave

RECEIPT = "receipt"  # session: the key of the form, from which the code is reckoned once more
MOST, IN_ALL, SECONDS = 30, 600, 3600  # voices from one address (a village may share one), to one studio
ECHOES = 3
SLIPS, SLIP_SECONDS = 20, 600  # slips for one address


@require_http_methods(["GET", "POST"])
@kept_until_an_act
def door(request: Request, code: str) -> HttpResponse:
    """The form of a studio; a POST leaves the voice and goes on to its receipt."""
    if request.method != "POST":
        return _door(request, code, Leave())
    if not limits.allowed("leave", address(request), most=MOST, seconds=SECONDS):
        return _later(
            request, code, _("这个网络一小时里交得太多了，歇一会儿再交。您写的都还在，也可以直接打电话。")
        )
    if not limits.allowed("leave_in_all", code, most=IN_ALL, seconds=SECONDS):
        return _later(
            request, code, _("这间工作室一小时里收得太多了，歇一会儿再交。您写的都还在，也可以直接打电话。")
        )
    response = _leave(request, code)
    if response.status_code == 303:  # a form sent again too: its first answer may never have arrived
        request.session[RECEIPT] = form_key(request)
    return response


def _later(request: Request, code: str, said: str) -> HttpResponse:
    form = Leave(request.POST)
    form.add_error(None, said)
    return _door(request, code, form, status=429)


@once
def _leave(request: Request, code: str) -> HttpResponse:
    form = Leave(request.POST, request.FILES)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("words", "kind", "place", "phone", "photos")}
        key, studio = form_key(request), studios.door(code)
        try:
            actions.leave(studio, by=request.actor, public=form.public, form_key=key, **given)
        except ValidationError as fault:
            blame(form, fault, files="photos")
        else:
            response = HttpResponseRedirect(reverse("voices:receipt"))
            response.status_code = 303
            return response
    return _door(request, code, form, status=422)


def _door(request: Request, code: str, form: Leave, status: int = 200) -> HttpResponse:
    studio = studios.door(code)
    slots = list(studio.timetable.all())
    duty = timetable.today(slots)
    coming = [turn for turn in timetable.turns(slots, most=4) if turn.day > clock.today()]
    echoes = list(queries.shown(studio=studio.code)[:ECHOES])
    about = studio.committee
    context: dict[str, Any] = {
        "studio": studio,
        "form": form,
        "duty": duty,
        "names": people.names(turn.slot.duty for turn in duty),
        "coming": next(iter(coming), None),
        "echoes": [(voice, *standing.public_words(voice)) for voice in echoes],
        "told": told.timelines(echoes),
        "answers": queries.last_answers(echoes),
        "danger": numbers(about.set("numbers_danger")),
        "accusation": numbers(about.set("numbers_accusation")),
        "court": numbers(about.set("numbers_court")),
        "consent": privacy.consent("leave"),
        "sample": about.sample,
    }
    return render(request, "voices/door.html", context, status=status)


@never_cache
@require_GET
def receipt(request: Request) -> HttpResponse:
    """The tracking code, once: a second look says that it was shown."""
    key = request.session.pop(RECEIPT, "")
    code = tracking.make(key) if key else ""
    voice = queries.by_tracking_code(code) if code else None
    if voice is None:
        return render(request, "voices/receipt_gone.html", {"sample": False})
    slots = list(voice.studio.timetable.all())
    duty = timetable.today(slots)
    return render(
        request,
        "voices/receipt.html",
        {
            "voice": voice,
            "code": code,
            "accept_days": voice.committee.set("accept_days"),
            "answer_days": voice.committee.set("answer_days"),
            "duty": next(iter(people.names(turn.slot.duty for turn in duty).values()), ""),
            "track": whole(request, reverse("portal:track")),
            "sample": voice.committee.sample,
        },
    )


@never_cache
@require_POST
def slip(request: Request) -> HttpResponse:
    """The code as a slip in PDF, from the page that shows it: it comes back in the form, for it is kept
    nowhere. It changes nothing."""
    if not limits.allowed("slip", address(request), most=SLIPS, seconds=SLIP_SECONDS):
        return refuse(request, 429, retry_after=SLIP_SECONDS)
    code = meant(request.POST.get("code", "")[:60])
    voice = queries.by_tracking_code(code) if tracking.is_plausible(code) else None
    if voice is None:
        return refuse(request, 422, _("这张纸条只能在显示查询码的那一页上存。"))
    said = sheets.slip(voice, code, whole(request, reverse("portal:track")))
    return answer(
        request, sheets.SLIP, said, name=_("查询码 %(number)s") % {"number": voice.number}, keep=False
    )


@require_GET
@kept_until_an_act
def voice(request: Request, code: str) -> HttpResponse:
    """A voice that the review has shown: its public wording, dates, answer, evidence."""
    shown = queries.get_shown(code)
    answers, reports = list(queries.answers(shown)), list(queries.reports(shown))
    kept = papers.of([*(one.subject for one in answers), *(one.subject for one in reports)])
    state, tone = standing.public_words(shown)
    return render(
        request,
        "voices/voice.html",
        {
            "voice": shown,
            "state": state,
            "tone": tone,
            "answers": answers,
            "reports": reports,
            "papers": kept,
            "facts": standing.facts(shown, mine=False),
            "told": told.timeline(shown, mine=False),
            "verdicts": queries.verdicts(shown),
            "sample": shown.committee.sample,
            "section": "studios",
        },
    )
