"""Members' messages at the desk: what waits for an answer, and one with its to and fro."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts import once
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.correspondence import actions, queries, talk
from shangliang.flow.correspondence.forms import Words
from shangliang.flow.correspondence.states import CHART

from ..rail import STAFF, let_in, rail

READERS = (*STAFF, "auditor")
MOST = 50


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What waits, the longest first; `tab=all`: everything, the newest first."""
    let_in(request.actor, *READERS)
    everything = request.GET.get("tab") == "all" or not request.actor.holds(*STAFF)
    found = queries.at_desk(request.actor) if everything else queries.waiting(request.actor)
    rows = list(found[:MOST])
    here = reverse("desk:messages")
    context = {
        "rail": rail(request.actor, "messages"),
        "rows": [(row, talk.TONES[row.state]) for row in rows],
        "names": people.names({row.person for row in rows}),
        "tabs": [(here, _("等回的"), None, not everything), (f"{here}?tab=all", _("全部"), None, everything)],
    }
    return render(request, "desk/messages.html", context)


def _seen(request: Request, code: str) -> Any:
    let_in(request.actor, *READERS)
    return queries.message(code, request.actor)


@require_GET
@login_required
def message(request: Request, code: str) -> HttpResponse:
    """One message, and the form for an answer."""
    return _page(request, _seen(request, code))


def _page(request: Request, found: Any, form: Any = None, status: int = 200) -> HttpResponse:
    opened = {row.name for row in CHART.open_to(request.actor, found)}
    context = {
        "rail": rail(request.actor, "messages"),
        "message": found,
        "tone": talk.TONES[found.state],
        "pieces": talk.pieces(found, request.actor),
        "form": (form or Words()) if "answer" in opened else None,
        "may_read": "read" in opened,
    }
    return render(request, "desk/message.html", context, status=status)


MOVES = ("read", "answer")


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Say that it was read, or answer."""
    found, seen = queries.message(code, request.actor), once.seen(request)
    if move not in MOVES:
        raise Http404(move)
    CHART.check(move, found, by=request.actor, seen=seen)
    if move == "read":
        actions.read(code, by=request.actor, seen=seen)
        messages.success(request, _("记下了，写的人看得到您看过了。"))
        return redirect("desk:message", code)
    form = Words(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.answer(code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, _("回过去了。"))
            return redirect("desk:messages")
    return _page(request, found, form, status=422)
