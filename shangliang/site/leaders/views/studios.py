"""What a leader decides about studios: whether one goes online, and why; and the studios looked after."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import NotYours
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import Form, blaming
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.forms import Decide
from shangliang.flow.studios.states import ONLINE_CHART

from .. import lists
from ..rail import rail

DEEDS = {
    "approve": gettext_lazy("同意了。上面还有要核的，报上去了；没有的，群众现在找得到它。"),
    "refuse": gettext_lazy("没有同意，理由和要补的告诉召集人了。"),
}


@require_GET
@login_required
def studios(request: Request) -> HttpResponse:
    """Applications that wait for this leader, then the studios looked after."""
    return _page(request)


def _page(request: Request, *, status: int = 200, wrong: str = "", form: Form | None = None) -> HttpResponse:
    if not request.actor.holds("leader"):
        raise NotYours(_("这一页是领导用的，您现在的职务不在这里办事。"))
    waiting = lists.applied(request.actor, clock.today())
    mine = lists.looked_after(request.actor, clock.today())
    both = [*waiting, *mine]
    teams, short = queries.team(s.code for s in both), queries.shortfalls(both)
    checks, sent = queries.readiness(waiting, teams, short), queries.applications(waiting)
    context: dict[str, Any] = {
        "rail": rail(request.actor, "studios"),
        "waiting": [
            (
                s,
                teams.get(s.code, []),
                checks[s.code],
                [(row, queries.counted(row)) for row in sent.get(s.code, [])],
                _form(s, wrong, form),
            )
            for s in waiting
        ],
        "names": people.names(
            said.by for found in sent.values() for row in found for said in row.decisions.all()
        ),
        "mine": [(s, teams.get(s.code, []), short[s.code]) for s in mine],
        "month": clock.today().month,
        "wrong": wrong,
    }
    return render(request, "leaders/studios.html", context, status=status)


def _form(one: Any, wrong: str, form: Form | None) -> Form:
    return form if form is not None and wrong == one.code else Decide(auto_id=f"id_{one.code}_%s")


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Approve or refuse; both need a reason."""
    if move not in DEEDS:
        raise Http404(move)
    one, seen = queries.studio(code, request.actor), once.seen(request)
    ONLINE_CHART.check(move, one, by=request.actor, seen=seen)
    form = Decide(request.POST, auto_id=f"id_{code}_%s")
    if form.is_valid():
        with blaming(form):
            if move == "approve":
                actions.approve(code, by=request.actor, seen=seen, reason=form.cleaned_data["reason"])
            else:
                actions.refuse(code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, str(DEEDS[move]))
            return redirect("leaders:studios")
    return _page(request, status=422, wrong=code, form=form)
