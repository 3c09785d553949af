"""A member's messages to studios: the list, a new one, and one with its answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.correspondence import actions, queries, talk
from shangliang.flow.correspondence.forms import Words, Write
from shangliang.flow.correspondence.states import CHART
from shangliang.flow.studios import queries as studios

from .. import waiting

MOST = 50
LONGEST = 40  # characters that a studio is looked for by


@require_GET
@login_required
def written(request: Request) -> HttpResponse:
    """What the member wrote, the last to move first."""
    waiting.let_in(request.actor)
    rows = [(row, talk.TONES[row.state]) for row in queries.written_by(request.actor)[:MOST]]
    return render(request, "workbench/messages.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def write(request: Request) -> HttpResponse:
    """Find a studio (`q`), then write to it (`studio`)."""
    waiting.let_in(request.actor)
    code = typed(request, "studio") or request.GET.get("studio", "")
    to = studios.studio(code, request.actor) if code else None
    if to is None and request.method == "POST":
        raise Http404
    form = Write(request.POST or None) if to else None
    if request.method == "POST" and form and form.is_valid():
        with blaming(form):
            made = actions.write(code, by=request.actor, **form.cleaned_data)
            messages.success(request, _("写过去了，工作室回了，会出现在「今天」里。"))
            return redirect("workbench:message", made.code)
    said = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    context = {
        "to": to,
        "form": form,
        "said": said,
        "found": queries.studios_to_write(request.actor, said) if to is None else [],
    }
    status = 422 if form and form.is_bound else 200
    return render(request, "workbench/message_write.html", context, status=status)


def _own(request: Request, code: str) -> Any:
    waiting.let_in(request.actor)
    found = queries.message(code, request.actor)
    if found.person != request.actor.key:  # theirs to answer, at the desk
        raise Unseen(code)
    return found


@require_GET
@login_required
def message(request: Request, code: str) -> HttpResponse:
    """One message with what was said to and fro."""
    return _page(request, _own(request, code))


def _page(request: Request, found: Any, form: Any = None, status: int = 200) -> HttpResponse:
    context = {
        "message": found,
        "tone": talk.TONES[found.state],
        "pieces": talk.pieces(found, request.actor),
        "form": form or Words(),
        "may_close": CHART.may("close", request.actor, found),
    }
    return render(request, "workbench/message.html", context, status=status)


MOVES = ("add", "close")


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Say one thing more, or that nothing more is needed."""
    found, seen = queries.message(code, request.actor), once.seen(request)
    if move not in MOVES:
        raise Http404(move)
    CHART.check(move, found, by=request.actor, seen=seen)
    if move == "close":
        actions.close(code, by=request.actor, seen=seen)
        messages.success(request, _("好，这条说完了。"))
        return redirect("workbench:messages")
    form = Words(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.add(code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, _("写过去了。"))
            return redirect("workbench:message", code)
    return _page(request, found, form, status=422)
