"""A member's doubts of their own statement: a new one, the list, one with its answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming, typed
from shangliang.ledgers.points import actions, queries
from shangliang.ledgers.points.forms import Doubt
from shangliang.ledgers.points.states import CHART

TONES = {"open": "wait", "upheld": "done", "dismissed": "quiet", "withdrawn": "quiet"}


def _mine(request: Request) -> None:
    """Whoever is or was a member; Unseen for who never had a statement."""
    if not queries.committees(request.actor.key):
        raise Unseen("objections")


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """One's own, the newest first."""
    _mine(request)
    rows, after = paging.page(queries.own_objections(request.actor), request.GET.get("after", ""))
    context = {"rows": [(row, TONES[row.state]) for row in rows], "more": f"?after={after}" if after else ""}
    return render(request, "workbench/objections.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def write(request: Request) -> HttpResponse:
    """A new one; `entry`: about this entry of one's own, else about one that is missing."""
    _mine(request)
    code = typed(request, "entry") or request.GET.get("entry", "")
    line = queries.entry(code.replace("\0", "")[:12], actor=request.actor) if code else None
    if line and line.entry.member != request.actor.key:
        raise Unseen(code)
    offices = list(places.by_path(queries.committees(request.actor.key)).values())
    form = Doubt(offices, line is not None, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        if "committee" in given:
            given["committee"] = next(one for one in offices if one.code == given["committee"])
        with blaming(form):
            made = actions.object_(by=request.actor, entry=code, **given)
            messages.success(request, _("提交了。到期前会答复您，只有您和本级政协看得到。"))
            return redirect("workbench:objection", made.code)
    days = max((int(one.set("objection_days")) for one in offices), default=0)
    context = {"form": form, "line": line, "days": days}
    return render(request, "workbench/objection_write.html", context, status=422 if form.is_bound else 200)


def _own(request: Request, code: str) -> Any:
    found = queries.objection(code, request.actor)
    if found.person != request.actor.key:  # theirs to answer, at the desk
        raise Unseen(code)
    return found


@require_GET
@login_required
def objection(request: Request, code: str) -> HttpResponse:
    """One's own, with its day or its answer."""
    found = _own(request, code)
    entry = queries.doubted([found]).get(found.entry)
    context = {
        "objection": found,
        "tone": TONES[found.state],
        "line": queries.entry(entry.code, actor=request.actor) if entry else None,
        "posted": queries.corrections(found),
        "by": people.names([found.answered_by]).get(found.answered_by, ""),
        "may_withdraw": CHART.may("withdraw", request.actor, found),
    }
    return render(request, "workbench/objection.html", context)


MOVES = ("withdraw",)


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Take it back: it needs no answer."""
    found, seen = queries.objection(code, request.actor), once.seen(request)
    if move not in MOVES:
        raise Http404(move)
    CHART.check(move, found, by=request.actor, seen=seen)
    actions.withdraw(code, by=request.actor, seen=seen)
    messages.success(request, _("收回来了，不用答复。"))
    return redirect("workbench:objection", code)
