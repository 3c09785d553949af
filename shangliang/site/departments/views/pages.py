"""The handler's list by clock; a voice or a recommendation beside it, and the moves."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts.once import once, seen, shown
from shangliang.base.files import queries as files
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import typed
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.office import letters, pane
from shangliang.flow.voices.office import moves as voice_moves

from .. import lists, moves
from ..rail import let_in, rail


@require_GET
@login_required
def todo(request: Request) -> HttpResponse:
    """What waits for the actor's departments. For htmx the list without its page: a page of one thing fetches
    it so, with the one that is `chosen`."""
    let_in(request.actor)
    tab, after = request.GET.get("tab", ""), request.GET.get("after", "")
    listed = lists.todo(request.actor, tab, after)
    context = {"todo": listed, "chosen": request.GET.get("chosen", "")}
    if "HX-Request" in request.headers:
        return render(request, "departments/todo_list.html", context)
    return _page(request, "departments/todo.html", context, listed.tab)


@require_GET
@login_required
def voice(request: Request, code: str) -> HttpResponse:
    """One voice beside the list; for htmx the inside of the pane alone, or of it the one `form` asked for."""
    let_in(request.actor)
    opened, tab = request.GET.get("form", ""), _tab(request)
    if not opened or "HX-Request" not in request.headers:
        return _voice(request, code, opened=opened)
    found, address = voices.get(code, request.actor), reverse("departments:voice", args=[code])
    form = pane.form(found, request.actor, opened, address=address, listed=tab, seen=shown(request))
    return render(request, "voices/office/form.html", form)


@require_POST
@login_required
@once
def voice_move(request: Request, code: str, move: str) -> HttpResponse:
    """A move of the voice's chart, by the handler to whom it is open."""
    found = voices.lock(code, request.actor)
    form = voice_moves.asked(move, found, request.POST, request.FILES, by=request.actor)
    done = voice_moves.carry_out(move, found, form, by=request.actor, seen=seen(request))
    if not done:
        return _voice(request, code, faulty=(move, form), status=422)
    messages.success(request, voice_moves.said(move, done))
    return _back(request, "voice", code)


@require_GET
@login_required
def letter(request: Request, code: str, number: int) -> HttpResponse:
    """The n-th letter by which somebody was urged about a voice."""
    let_in(request.actor)
    return letters.letter(request, code, number)


@require_GET
@login_required
def recommendation(request: Request, code: str) -> HttpResponse:
    """One recommendation beside the list; for htmx the inside of the pane alone, or of it the one `form`
    asked for."""
    let_in(request.actor)
    opened = request.GET.get("form", "")
    if not opened or "HX-Request" not in request.headers:
        return _recommendation(request, code, opened=opened)
    row = consultations.recommendation(code)
    for offer in moves.offered(row, to=request.actor):
        if offer.name == opened:
            return _form(request, row, offer)
    raise Http404(opened)


def _form(request: Request, row: Any, offer: moves.Offer) -> HttpResponse:
    """One form by itself, about the version that its page showed."""
    version = shown(request)
    context = {
        "offer": offer,
        "address": reverse("departments:recommendation", args=[row.code]),
        "seen": row.version if version is None else version,
        "listed": _tab(request),
        "tone": 4 if offer.step.grave else 2,
    }
    return render(request, "departments/recommendation_form.html", context)


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


def _voice(request: Request, code: str, *, status: int = 200, **more: Any) -> HttpResponse:
    found, address = voices.get(code, request.actor), reverse("departments:voice", args=[code])
    drawn = pane.of(found, request.actor, address=address, listed=f"tab={_tab(request)}", **more)
    context = {"pane": drawn, "chosen": code}
    return _one(request, "departments/voice.html", context, "voices/office/pane.html", status)


def _recommendation(
    request: Request, code: str, *, opened: str = "", status: int = 200, faulty: Any = None
) -> HttpResponse:
    row = consultations.recommendation(code)
    offers = moves.offered(row, to=request.actor, faulty=faulty)
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
        "seen": row.version,
        "opened": faulty[0] if faulty else opened,
    }
    template, pane_ = "departments/recommendation.html", "departments/recommendation_pane.html"
    return _one(request, template, context, pane_, status)


def _one(
    request: Request, template: str, context: dict[str, Any], fragment: str, status: int
) -> HttpResponse:
    """One thing's page, beside the place that the list is fetched into; for htmx the pane alone."""
    tab = _tab(request)
    back = f"{reverse('departments:list')}?tab={tab}"
    context |= {"listed": tab, "back": back}
    if "HX-Request" in request.headers:
        return render(request, fragment, context, status=status)
    context |= {"list_url": f"{back}&chosen={context['chosen']}", "picked": True}
    return _page(request, template, context, tab, status)


def _page(
    request: Request, template: str, context: dict[str, Any], tab: str, status: int = 200
) -> HttpResponse:
    context |= {"tab": tab, "rail": rail(request.actor)}
    return render(request, template, context, status=status)


def _tab(request: Request) -> str:
    """The tab of the list that the page stands beside, as its address or its form says."""
    tab = typed(request, "listed") if request.method == "POST" else request.GET.get("tab", "")
    return tab if tab in dict(lists.TABS) else lists.TABS[0][0]


def _back(request: Request, kind: str, code: str) -> HttpResponse:
    tab = typed(request, "listed")
    query = f"?tab={tab}" if tab in dict(lists.TABS) else ""
    return HttpResponseRedirect(reverse(f"departments:{kind}", args=[code]) + query)
