"""Reported totals at the desk: an officer reports one, corrects one, links own records to one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts.errors import Unseen
from shangliang.base.charts.once import once
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import typed
from shangliang.ledgers.figures import actions, boards, queries, subjects

from ..forms import figures as forms
from ..rail import let_in, rail

KINDS = ("voice", "consultation", "recommendation", "result", "reception", "studio")
MOST = 20


@require_GET
@login_required
def figures(request: Request) -> HttpResponse:
    """The committee's totals; with `?total=` the one to link records to. `form=report`: the form that stands
    open, for htmx that form alone."""
    if "HX-Request" in request.headers and request.GET.get("form") == "report":
        let_in(request.actor, "officer")
        return render(request, "desk/figures_form.html", {"form": forms.Total(), "old": None})
    return _page(request)


@require_POST
@login_required
@once
def report(request: Request) -> HttpResponse:
    """Report a total, or (`replaces`) correct one."""
    form, old = forms.Total(request.POST), typed(request, "replaces")
    if form.is_valid():
        try:
            actions.report_total(_committee(request), by=request.actor, replaces=old, **form.said())
        except ValidationError as fault:
            form.add_error(None, fault)
        else:
            messages.success(request, _("填好了，数据页上看得到。"))
            return redirect("desk:figures")
    return _page(request, status=422, form=form, replaces=old)


@require_POST
@login_required
@once
def link(request: Request, code: str) -> HttpResponse:
    """Link one of the committee's own records to a total."""
    let_in(request.actor, "officer")
    total = queries.total(code)
    try:
        actions.link_evidence(total, typed(request, "subject"), by=request.actor)
    except ValidationError as fault:
        return _page(request, status=422, total=code, fault=" ".join(fault.messages))
    messages.success(request, _("附上了。"))
    return redirect(f"{reverse('desk:figures')}?total={code}#pane")


def _committee(request: Request) -> Any:
    let_in(request.actor, "officer")
    return places.at(min(request.actor.paths("officer")))


def _page(
    request: Request,
    *,
    status: int = 200,
    form: forms.Total | None = None,
    replaces: str = "",
    total: str = "",
    fault: str = "",
) -> HttpResponse:
    committee = _committee(request)
    shown = boards.shown(queries.reported(committee), request.actor)
    asked = total or request.GET.get("total", "")
    chosen = next((one for one in shown if one.total.code == asked), None)
    if asked and chosen is None:
        raise Unseen(asked)
    replaces = replaces or request.GET.get("replaces", "")
    old = next((one.total for one in shown if one.total.code == replaces), None)
    opened = bool(old) or not shown or request.GET.get("form") == "report"
    context = {
        "rail": rail(request.actor, "figures"),
        "committee": committee,
        "shown": shown,
        "chosen": chosen,
        "fault": fault,
        "old": old,
        "form": form or (forms.Total(initial=_initial(old)) if opened else None),
        **(_records(request, chosen, committee.path) if chosen else {}),
    }
    return render(request, "desk/figures.html", context, status=status)


def _initial(old: Any) -> dict[str, Any]:
    names = ("metric", "value", "at_least", "period", "where", "source", "source_on", "note")
    return {name: getattr(old, name) for name in names} if old else {}


def _records(request: Request, chosen: boards.Shown, path: str) -> dict[str, Any]:
    """The committee's newest own records of one kind, those not linked yet."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else KINDS[0]
    linked = queries.evidence([chosen.total]).get(chosen.total.pk, [])
    rows = subjects.own(kind, path, request.actor)[: MOST + len(linked)]
    free = [f"{kind}:{row.code}" for row in rows if f"{kind}:{row.code}" not in linked][:MOST]
    told = subjects.told(free, request.actor)
    return {
        "kind": kind,
        "kinds": [(name, subjects.label(name)) for name in KINDS],
        "records": [(subject, told[subject].title, told[subject].where) for subject in free],
        "full": chosen.linked >= chosen.total.value,
    }
