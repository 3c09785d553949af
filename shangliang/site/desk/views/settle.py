"""同一件事？: what came by itself from a phone that was left with a voice written down for somebody."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts.once import once, seen
from shangliang.base.people.request import Request
from shangliang.flow.voices import actions
from shangliang.flow.voices.office.alike import Pair, pairs
from shangliang.flow.voices.office.pane import stands
from shangliang.flow.voices.queries import helped

from ..rail import OFFICERS, let_in, rail

SIZE = 20
SETTLE: dict[str, tuple[Any, Any]] = {
    "same": (actions.settle_same, _("记下了：同一件事，只算一件。")),
    "different": (actions.settle_different, _("记下了：不是一件事，各算各的。")),
}


@require_GET
@login_required
def settle(request: Request) -> HttpResponse:
    """The pairs that wait for a word, oldest first, and those of the last month."""
    let_in(request.actor, *OFFICERS)
    waiting: list[Pair] = pairs(helped.waiting(request.actor)[:SIZE])
    settled: list[Pair] = pairs(helped.settled(request.actor)[:SIZE])
    context = {
        "rail": rail(request.actor, "settle"),
        "waiting": waiting,
        "settled": settled,
        "stands": stands,
    }
    return render(request, "desk/settle.html", context)


@require_POST
@login_required
@once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Same matter or not: one act each."""
    let_in(request.actor, *OFFICERS)
    if move not in SETTLE:
        raise Http404(move)
    act, said = SETTLE[move]
    act(code, by=request.actor, seen=seen(request))
    messages.success(request, said)
    return redirect("desk:settle")
