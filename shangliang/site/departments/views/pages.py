"""The handler's list by clock; a voice or a recommendation beside it, and the moves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts.once import once, seen
from shangliang.base.files import queries as files
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import typed
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.office import moves as voice_moves
from shangliang.flow.voices.office import pane

from .. import lists, moves
from ..rail import let_in, rail


@require_GET
@login_required
def todo(request: Request) -> HttpResponse:
    """What waits for the actor's departments."""
    let_in(request.actor)
    return _page(request, "departments/todo.html", {})


@require_GET
@login_required
def voice(request: Request, code: str) -> HttpResponse:
    let_in(request.actor)
    return _voice(request, code, opened=request.GET.get("move", ""))


@require_POST
@login_required
@once
def voice_move(request: Request, code: str, move: str) -> HttpResponse:
    """A move of the voice's chart, by the handler to whom it is open."""
    found = voices.lock(code, request.actor)
    form = voice_moves.asked(move, found, request.POST, request.FILES)
    if not voice_moves.carry_out(move, found, form, by=request.actor, seen=seen(request)):
        return _voice(request, code, faulty=(move, form), status=422)
    messages.success(request, voice_moves.STEPS[move].said)
    return _back(request, "voice", code)


@require_GET
@login_required
def recommendation(request: Request, code: str) -> HttpResponse:
    let_in(request.actor)
    return _recommendation(request, code)


@require_POST
@login_required
@once
def recommendation_move(request: Request, code: str, move: str) -> HttpResponse:
    """A move of the recommendation's chart, by a handler of its department."""
    found = consultations.lock_recommendation(code)
    form = moves.asked(move, found, request.POST, request.FILES)
    if not moves.carry_out(move, found, form, by=request.actor, seen=seen(request)):
        return _recommendation(request, code, faulty=(move, form), status=422)
    messages.success(request, moves.STEPS[move].said)
    return _back(request, "recommendation", code)


def _voice(request: Request, code: str, *, opened: str = "", status: int = 200, **more: Any) -> HttpResponse:
    found = voices.get(code, request.actor)
    shown = pane.of(found, request.actor, address=reverse("departments:voice", args=[code]), **more)
    context = {"pane": shown, "chosen": code, "opened": opened}
    return _page(request, "departments/voice.html", context, "voices/office/pane.html", status)


def _recommendation(request: Request, code: str, *, status: int = 200, **more: Any) -> HttpResponse:
    row = consultations.recommendation(code)
    offers = moves.offered(row, to=request.actor, **more)
    progress = consultations.progress(row)
    context = {
        "row": row,
        "chosen": code,
        "due": lists.day_of(row),
        "suggestions": consultations.resting_on(row),
        "progress": progress,
        "files": files.of([one.subject for one in progress]),
        "offers": offers,
        "address": reverse("departments:recommendation", args=[code]),
        "opened": request.GET.get("move", ""),
    }
    template, pane_ = "departments/recommendation.html", "departments/recommendation_pane.html"
    return _page(request, template, context, pane_, status)


def _page(
    request: Request, template: str, context: dict[str, Any], fragment: str = "", status: int = 200
) -> HttpResponse:
    tab = typed(request, "listed") if request.method == "POST" else request.GET.get("tab", "")
    context |= {"listed": tab, "back": f"{reverse('departments:list')}?tab={tab}"}
    if fragment and "HX-Request" in request.headers:
        return render(request, fragment, context, status=status)
    listed = lists.todo(request.actor, tab, request.GET.get("after", ""))
    context |= {"todo": listed, "rail": rail(request.actor, listed.waiting), "picked": bool(fragment)}
    return render(request, template, context, status=status)


def _back(request: Request, kind: str, code: str) -> HttpResponse:
    tab = typed(request, "listed")
    query = f"?tab={tab}" if tab in dict(lists.TABS) else ""
    return HttpResponseRedirect(reverse(f"departments:{kind}", args=[code]) + query)
