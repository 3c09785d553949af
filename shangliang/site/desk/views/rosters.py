"""A list of members: brought, looked through, taken."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts import once
from shangliang.base.charts.errors import NotYours
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import spreadsheets
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.states import ROSTER_CHART

from ..forms.rosters import Members
from ..rail import let_in, rail

READERS = ("officer", "auditor")
PAGE = 50
FORMS = {
    "csv": ("text/csv; charset=utf-8", spreadsheets.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", spreadsheets.as_workbook),
}


@require_http_methods(["GET", "POST"])
@login_required
def rosters(request: Request) -> HttpResponse:
    """The lists brought so far, and the form for the next; a POST looks one through and goes on to it."""
    if request.method == "GET":
        let_in(request.actor, *READERS)
        return _list(request, Members())
    committee = own_committee(request.actor)
    form = Members(request.POST, request.FILES)
    if not form.is_valid():  # read before the transaction: a long list takes its seconds
        return _list(request, form, status=422)
    return _read(request, committee, form)


@once.once
def _read(request: Request, committee: Any, form: Members) -> HttpResponse:
    with blaming(form):
        found = actions.read_roster(committee, by=request.actor, name=form.named, table=form.table)
        return redirect("desk:roster", found.code)
    return _list(request, form, status=422)


def own_committee(actor: Actor) -> Any:
    """The committee whose officer this is. NotYours for everybody else."""
    paths = sorted(actor.paths("officer"))
    if not paths:
        raise NotYours(_("委员名册由本级政协的干部来导入。"))
    return places.at(paths[0])


def _list(request: Request, form: Members, status: int = 200) -> HttpResponse:
    rows = list(queries.rosters(request.actor)[:PAGE])
    context = {
        "rail": rail(request.actor, "studios"),
        "rows": rows,
        "names": people.names(row.by for row in rows),
        "form": form if request.actor.holds("officer") else None,
    }
    return render(request, "desk/rosters.html", context, status=status)


@require_GET
@login_required
def template(request: Request, form: str) -> HttpResponse:
    """The empty list, to be filled in."""
    let_in(request.actor, *READERS)
    if form not in FORMS:
        raise Http404(form)
    kind, write = FORMS[form]
    answer = HttpResponse(write(actions.roster_template()), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="members.{form}"'
    return answer


@require_GET
@login_required
def roster(request: Request, code: str) -> HttpResponse:
    """What a list brings, and every line of it that is wrong, with the reason."""
    let_in(request.actor, *READERS)
    return _page(request, queries.roster(code, request.actor))


def _page(request: Request, one: Any, fault: str = "", status: int = 200) -> HttpResponse:
    after = request.GET.get("after", "")
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    context = {
        "rail": rail(request.actor, "studios"),
        "roster": one,
        "faults": one.faults[start : start + PAGE],
        "wrong": len(one.faults),
        "start": start,
        "more": start + PAGE if len(one.faults) > start + PAGE else 0,
        "may_take": ROSTER_CHART.may("take", request.actor, one),
        "fault": fault,
        "names": people.names([one.by]),
    }
    return render(request, "desk/roster.html", context, status=status)


@require_POST
@login_required
@once.once
def take(request: Request, code: str) -> HttpResponse:
    """Enter everybody on the list."""
    let_in(request.actor, *READERS)
    one, seen = queries.roster(code, request.actor), once.seen(request)
    ROSTER_CHART.check("take", one, by=request.actor, seen=seen)
    try:
        taken = actions.take_roster(code, by=request.actor, seen=seen, agreed="agreed" in request.POST)
    except ValidationError as fault:
        return _page(request, one, fault.messages[0], status=422)
    said = _("导入了：新开账号 %(accounts)s 个，新任委员 %(members)s 名，安排驻室 %(seats)s 人次。")
    messages.success(
        request, said % {"accounts": taken.accounts, "members": taken.members, "seats": taken.seats}
    )
    return redirect("desk:roster", code)
