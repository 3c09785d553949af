"""Studios at the desk: an officer plans, opens, staffs them; a convener keeps the page and the receptions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import NotYours
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blame
from shangliang.flow.studios import actions, queries, rules, timetable
from shangliang.flow.studios.states import CHART, ONLINE_CHART

from ..forms import studios as forms
from ..rail import let_in, rail

DESK = ("officer", "convener", "deputy", "auditor")
CHARTS = {move.name: chart for chart in (CHART, ONLINE_CHART) for move in chart.moves}


@require_GET
@login_required
def studios(request: Request) -> HttpResponse:
    """The studios of an officer's (or auditor's) committees, or those that a convener runs."""
    return _list(request)


def _list(request: Request, *, status: int = 200, **bound: Any) -> HttpResponse:
    actor = request.actor
    let_in(actor, *DESK)
    rows = list(queries.at_desk(actor))
    committees = [places.at(path) for path in sorted(actor.paths("officer"))]
    teams, short = queries.team(s.code for s in rows), queries.shortfalls(rows)
    return render(
        request,
        "desk/studios.html",
        {
            "rail": rail(request.actor, "studios"),
            "rows": [
                (s, _head(teams.get(s.code, [])), len(teams.get(s.code, [])), short[s.code]) for s in rows
            ],
            "month": clock.today().month,
            "committee": committees[0] if committees else None,
            "coverage": queries.coverage(committees[0].path) if committees else None,
            "plan": forms.Page(queries.blank(committees[0])) if committees else None,
            "roster": forms.Roster() if committees else None,
            **bound,
        },
        status=status,
    )


def _head(team: list[Any]) -> str:
    return next((post.holder.name for post in team if post.role == "convener"), "")


@require_POST
@login_required
@once.once
def plan(request: Request) -> HttpResponse:
    """A new studio of the officer's committee."""
    committee = _own_committee(request.actor)
    form = forms.Page(queries.blank(committee), request.POST)
    if form.is_valid():
        try:
            new = actions.plan(committee, by=request.actor, **form.page())
        except ValidationError as fault:
            blame(form, fault)
        else:
            messages.success(request, _("建好了，还在筹建。任命召集人、写好地址和时间，就能开室。"))
            return redirect("desk:studio", new.code)
    return _list(request, status=422, plan=form)


@require_POST
@login_required
@once.once
def roster(request: Request) -> HttpResponse:
    """Members stationed from a file: all lines or none."""
    committee = _own_committee(request.actor)
    form = forms.Roster(request.POST, request.FILES)
    if form.is_valid():
        try:
            seats = actions.station_csv(form.lines(), by=request.actor, committee=committee)
        except ValidationError as fault:
            blame(form, fault)
        else:
            messages.success(request, _("%(n)s 位委员安排进去了。") % {"n": len(seats)})
            return redirect("desk:studios")
    return _list(request, status=422, roster=form)


def _own_committee(actor: Actor) -> Any:
    paths = sorted(actor.paths("officer"))
    if not paths:
        raise NotYours(_("工作室由本级政协的干部来建、来安排人。"))
    return places.at(paths[0])


@require_GET
@login_required
def studio(request: Request, code: str) -> HttpResponse:
    """One studio: what can be done now, its page, timetable, people, receptions, code."""
    return _page(request, code)


@require_GET
@login_required
def poster(request: Request, code: str) -> HttpResponse:
    """The sheet for the studio's door: its name, its code, what to do."""
    one = _seen_at_desk(request, code)
    door = whole(request, reverse("voices:door", args=[one.code]))
    return render(request, "desk/studio_poster.html", {"studio": one, "door": door})


def _seen_at_desk(request: Request, code: str) -> Any:
    one = queries.studio(code, request.actor)
    if not rules.works_on(request.actor, one):
        raise NotYours(_("这间工作室的事，由它的召集人和本级政协的干部来办。"))
    return one


def _page(request: Request, code: str, *, status: int = 200, **bound: Any) -> HttpResponse:
    one, actor = _seen_at_desk(request, code), request.actor
    officer, keeps = rules.is_officer(actor, one), rules.keeps_page(actor, one)
    team, held = queries.members_of(one), list(queries.receptions(one))
    slots = queries.slots(one)
    blank = {
        name: deed.form(one, auto_id=f"{name}_%s")
        for name, deed in DEEDS.items()
        if deed.form is not forms.Release
    }
    return render(
        request,
        "desk/studio.html",
        {
            "rail": rail(request.actor, "studios"),
            "studio": one,
            "officer": officer,
            "keeps": keeps,
            "receives": rules.receives(actor, one) and one.state == "open",
            "moves": [
                (move, version)
                for chart, version in ((CHART, one.version), (ONLINE_CHART, one.online_version))
                for move in chart.open_to(actor, one)
                if move.name in DEEDS and move.name != "edit"
            ],
            "editable": CHART.may("edit", actor, one),
            "team": team,
            "reasons": queries.reasons(one),
            "slots": slots,
            "coming": timetable.turns(slots) if one.state == "open" else [],
            "held": held,
            "names": people.names(
                {key for r in held for key in r.members} | {s.duty for s in slots} | {one.leader}
            ),
            "short": queries.minimum_shortfall(one),
            "minimum": one.committee.set("receptions_a_month"),
            "month": clock.today().month,
            "checks": queries.readiness([one])[one.code],
            "reach": queries.within_reach(one.committee) if officer else [],
            "forms": {
                **blank,
                "edit": forms.Page(one, officer=officer) if keeps else None,
                "timetable": forms.timetable(one) if keeps else None,
                **bound,
            },
            "door": whole(request, reverse("voices:door", args=[one.code])),
            "wrong": next(iter(bound), ""),
        },
        status=status,
    )


@dataclass(frozen=True)
class Deed:
    """A form on a studio's page: its class, what carries it out, and what is said afterwards."""

    form: type[Any]
    do: Callable[..., Any]
    said: Any


def _appoint(code: str, *, by: Actor, seen: int | None, member: str, **given: Any) -> None:
    one = queries.studio(code, by)
    actions.appoint(code, actions.find_member(member, one.committee), by=by, **given)


def _station(code: str, *, by: Actor, seen: int | None, member: str) -> None:
    one = queries.studio(code, by)
    actions.station(code, actions.find_member(member, one.committee), by=by)


def _release(code: str, *, by: Actor, seen: int | None, **given: Any) -> None:
    actions.release(code, by=by, **given)


def _reception(code: str, *, by: Actor, seen: int | None, **given: Any) -> None:
    actions.hold_reception(code, by=by, **given)


DEEDS: dict[str, Deed] = {
    "open": Deed(forms.Nothing, actions.open_studio, gettext_lazy("开室了。召集人可以申请上线。")),
    "suspend": Deed(forms.Reason, actions.suspend, gettext_lazy("暂停了，页面上写了为什么。")),
    "resume": Deed(forms.Nothing, actions.resume, gettext_lazy("恢复了。")),
    "close": Deed(forms.Close, actions.close, gettext_lazy("撤销了，记录都还在。")),
    "apply": Deed(forms.Apply, actions.apply, gettext_lazy("交上去了，等领导定。")),
    "take_offline": Deed(forms.Reason, actions.take_offline, gettext_lazy("下线了，门口的码现在打不开。")),
    "appoint": Deed(forms.Appoint, _appoint, gettext_lazy("任命好了。")),
    "station": Deed(forms.Station, _station, gettext_lazy("安排进去了。")),
    "release": Deed(forms.Release, _release, gettext_lazy("记下了，从现在起不再任职。")),
    "reception": Deed(forms.Reception, _reception, gettext_lazy("记下了，算进这个月的接待。")),
}


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Carry out one move; a form with a fault comes back on the studio's page with everything kept."""
    if move not in DEEDS and move not in ("edit", "timetable"):
        raise Http404(move)
    one, seen = _seen_at_desk(request, code), once.seen(request)
    _check(move, one, by=request.actor, seen=seen)
    if move not in DEEDS:
        return _written(request, one, move)
    deed = DEEDS[move]
    form = deed.form(one, request.POST, auto_id=f"{move}_%s")
    if form.is_valid():
        try:
            deed.do(code, by=request.actor, seen=seen, **form.cleaned_data)
        except ValidationError as fault:
            blame(form, fault)
        else:
            messages.success(request, str(deed.said))
            return redirect("desk:studio", code)
    return _page(request, code, status=422, **{move: form})


def _check(move: str, one: Any, *, by: Actor, seen: int | None) -> None:
    """Refusals come before the form's faults: 403, then 409, then 422."""
    name = "edit" if move == "timetable" else move
    if chart := CHARTS.get(name):
        chart.check(name, one, by=by, seen=seen)
    elif not (rules.receives if move == "reception" else rules.is_officer)(by, one):
        raise NotYours(_("这一步由本级政协的干部来办；记接待，驻室的委员也可以。"))


def _written(request: Request, one: Any, move: str) -> HttpResponse:
    """The page's words and the timetable: forms of another shape."""
    form: Any
    if move == "edit":
        form = forms.Page(one, request.POST, officer=rules.is_officer(request.actor, one))
    else:
        form = forms.timetable(one, request.POST)
    if form.is_valid():
        try:
            if move == "edit":
                actions.edit(one.code, by=request.actor, seen=once.seen(request), **form.page())
            else:
                lines = form.slots()
                actions.set_timetable(one.code, by=request.actor, seen=once.seen(request), slots=lines)
        except ValidationError as fault:
            blame(form if move == "edit" else form.forms[0], fault)
        else:
            messages.success(request, _("改好了。"))
            return redirect("desk:studio", one.code)
    return _page(request, one.code, status=422, **{move: form})
