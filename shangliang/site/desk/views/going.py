"""Going online at the desk: what waits for this office from below, and whose year on the net is over."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.forms import Decide
from shangliang.flow.studios.states import ONLINE_CHART

from ..rail import let_in, rail

MOST = 50
READERS = ("officer", "auditor")
SAID = {
    "approve": gettext_lazy("同意了。"),
    "refuse": gettext_lazy("没有同意，理由和要补的告诉召集人了。"),
}


@require_GET
@login_required
def approvals(request: Request) -> HttpResponse:
    """Applications from committees below, and the studios of one's own whose re-check is due."""
    let_in(request.actor, *READERS)
    return _page(request)


def _page(request: Request, wrong: str = "", form: Decide | None = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    waiting = list(queries.waiting_for_approval(actor)[:MOST])
    sent = queries.applications(waiting)
    rows = [
        (
            one,
            [(row, queries.counted(row)) for row in sent.get(one.code, [])],
            form if form is not None and wrong == one.code else Decide(auto_id=f"id_{one.code}_%s"),
        )
        for one in waiting
    ]
    said = (said for found in sent.values() for row in found for said in row.decisions.all())
    context: dict[str, Any] = {
        "rail": rail(actor, "studios"),
        "above": queries.decides_for_others(actor),
        "waiting": rows,
        "names": people.names(one.by for one in said),
        "due": list(queries.rechecks_due(actor)[:MOST]),
        "today": clock.today(),
        "wrong": wrong,
    }
    return render(request, "desk/approvals.html", context, status=status)


@require_POST
@login_required
@once.once
def decide(request: Request, code: str, move: str) -> HttpResponse:
    """This office says yes or no to an application from below."""
    if move not in SAID:
        raise Http404(move)
    one, seen = queries.studio(code, request.actor), once.seen(request)
    ONLINE_CHART.check(move, one, by=request.actor, seen=seen)
    form = Decide(request.POST, auto_id=f"id_{code}_%s")
    if form.is_valid():
        given = dict(form.cleaned_data)
        with blaming(form):
            if move == "approve":
                actions.approve(code, by=request.actor, seen=seen, reason=given["reason"])
            else:
                actions.refuse(code, by=request.actor, seen=seen, **given)
            messages.success(request, str(SAID[move]))
            return redirect("desk:approvals")
    return _page(request, code, form, status=422)
