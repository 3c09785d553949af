"""Studios at the desk: an officer plans, opens, staffs them; a convener keeps the page and the receptions."""

from collections.abc import Callable
from dataclasses import dataclass, replace
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
from shangliang.base.journal.pages import counted_until_an_act
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blame, blaming
from shangliang.flow.studios import actions, queries, rules, timetable
from shangliang.flow.studios.actions.going import SPAN
from shangliang.flow.studios.states import CHART, ONLINE_CHART

from ..forms import studios as forms
from ..rail import let_in, rail

DESK = ("officer", "convener", "deputy", "auditor")
CHARTS = {move.name: chart for chart in (CHART, ONLINE_CHART) for move in chart.moves}
ENDING = ("suspend", "close", "take_offline", "end_model")


@require_GET
@login_required
def studios(request: Request) -> HttpResponse:
    """The studios of an officer's (or auditor's) committees, or those that a convener runs. `form`: the form
    that stands open (plan); for htmx that form alone."""
    let_in(request.actor, *DESK)
    opened = request.GET.get("form", "")
    if "HX-Request" not in request.headers:
        return _list(request, opened)
    committee = _own_committee(request.actor)
    if opened not in NEW:
        raise Http404(opened)
    context = {"opened": opened, "form": NEW[opened](committee), "committee": committee}
    return render(request, "desk/studios_form.html", context)


# What an officer begins from the list, with its empty form for a committee.
NEW: dict[str, Callable[[Any], Any]] = {
    "plan": lambda committee: forms.Page(queries.blank(committee)),
}


def _list(request: Request, opened: str = "", *, faulty: Any = None, status: int = 200) -> HttpResponse:
    """`opened` is the form that stands open: asked for by the address, or `faulty`, one that came back."""
    actor = request.actor
    rows = list(queries.at_desk(actor))
    committee = _own_committee(actor) if actor.holds("officer") else None
    teams, short = queries.team(s.code for s in rows), queries.shortfalls(rows)
    return render(
        request,
        "desk/studios.html",
        {
            "rail": rail(request.actor, "studios"),
            "rows": [
                (s, _head(team), len(_by_person(team)), short[s.code])
                for s, team in ((s, teams.get(s.code, [])) for s in rows)
            ],
            "month": clock.today().month,
            "committee": committee,
            "coverage": _coverage(committee.path) if committee else None,
            "due": queries.rechecks_due(actor).count(),
            "asked": queries.waiting_for_approval(actor).count() if queries.decides_for_others(actor) else 0,
            "above": queries.decides_for_others(actor),
            "today": clock.today(),
            "opened": opened,
            "form": faulty or (NEW[opened](committee) if committee and opened in NEW else None),
        },
        status=status,
    )


def _coverage(path: str) -> queries.Coverage:
    return counted_until_an_act("coverage", path, count=lambda: queries.coverage(path))


def _by_person(team: list[Any]) -> list[list[Any]]:
    """The posts of each who sits there together: a convener is stationed too, and has one sheet."""
    found: dict[str, list[Any]] = {}
    for post in team:
        found.setdefault(post.holder.key, []).append(post)
    return list(found.values())


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
        with blaming(form):
            new = actions.plan(committee, by=request.actor, **form.page())
            messages.success(request, _("建好了，还在筹建。任命召集人、写好地址和时间，就能开室。"))
            return redirect("desk:studio", new.code)
    return _list(request, "plan", faulty=form, status=422)


def _own_committee(actor: Actor) -> Any:
    paths = sorted(actor.paths("officer"))
    if not paths:
        raise NotYours(_("工作室由本级政协的干部来建、来安排人。"))
    return places.at(paths[0])


@require_GET
@login_required
def studio(request: Request, code: str) -> HttpResponse:
    """One studio: what can be done now, its page, timetable, people, receptions, code. `form`: the form that
    stands open; for htmx that form alone."""
    one, opened = seen_at_desk(request, code), request.GET.get("form", "")
    if "HX-Request" not in request.headers:
        return _page(request, one, opened)
    offered = _offered(request.actor, one)
    if opened not in offered:
        raise Http404(opened)
    form = _form(opened, one, request.actor)
    context = {"studio": one, "offer": offered[opened], "form": form, **_reach(opened, one)}
    return render(request, "desk/studio_form.html", context)


@require_GET
@login_required
def poster(request: Request, code: str) -> HttpResponse:
    """The sheet for the studio's door: its name, its code, what to do."""
    one = seen_at_desk(request, code)
    door = whole(request, reverse("voices:door", args=[one.code]))
    return render(request, "desk/studio_poster.html", {"studio": one, "door": door})


def seen_at_desk(request: Request, code: str) -> Any:
    """The studio, for whoever works on it at the desk. NotYours for others."""
    one = queries.studio(code, request.actor)
    if not rules.works_on(request.actor, one):
        raise NotYours(_("这间工作室的事，由它的召集人和本级政协的干部来办。"))
    return one


@dataclass(frozen=True)
class Offer:
    """A form that is open to the reader: what it does, the version it is about, the word on its button."""

    name: str
    label: Any
    version: int
    button: Any
    grave: bool = False


def _offered(actor: Actor, one: Any) -> dict[str, Offer]:
    """The forms that this reader has on the studio's page, by name; `release` stands beside each person."""
    found = {
        move.name: Offer(move.name, move.label, version, move.label, move.name in ENDING)
        for chart, version in ((CHART, one.version), (ONLINE_CHART, one.online_version))
        for move in chart.open_to(actor, one)
        if move.name in DEEDS and _fits(move.name, one)
    }
    if "end_model" in found:  # it is one already
        again = found["make_model"]
        found["make_model"] = replace(again, label=_("接着作示范点，换理由和期限"), button=_("就这样定"))
    others = {
        "timetable": CHART.may("edit", actor, one),
        "edit": CHART.may("edit", actor, one),
        "reception": rules.receives(actor, one) and one.state == "open",
        "appoint": rules.is_officer(actor, one) and one.state != "closed",
        "station": rules.is_officer(actor, one) and one.state != "closed",
    }
    return found | {name: _other(name, one) for name, open_ in others.items() if open_}


def _fits(name: str, one: Any) -> bool:
    """Whether a move that starts here makes sense today."""
    today = clock.today()
    if name == "recheck":
        return one.recheck_due is not None and one.recheck_due <= today + queries.SOON
    return name != "end_model" or one.is_model(today)


# What is no move of a chart: its label, the word on its button.
WORDS = {
    "timetable": (gettext_lazy("排接待时间"), gettext_lazy("就这么排")),
    "edit": (gettext_lazy("改页面"), gettext_lazy("改好了")),
    "reception": (gettext_lazy("记一次接待"), gettext_lazy("记下")),
    "appoint": (gettext_lazy("任命召集人、副召集人"), gettext_lazy("任命")),
    "station": (gettext_lazy("安排委员驻室"), gettext_lazy("安排进来")),
}


def _other(name: str, one: Any) -> Offer:
    label, button = WORDS[name]
    return Offer(name, label, one.version, button)


def _form(name: str, one: Any, actor: Actor) -> Any:
    """The empty form of this name."""
    if name == "edit":
        return forms.Page(one, officer=rules.is_officer(actor, one))
    return forms.timetable(one) if name == "timetable" else DEEDS[name].form(one, auto_id=f"{name}_%s")


def _reach(name: str, one: Any) -> dict[str, Any]:
    """What stands beside a form: whom its field for a member suggests, what the journal says."""
    if name == "apply":
        until = clock.today()
        since = until - SPAN
        numbers = queries.numbers(one, since, until)
        return {"reach": [], "numbers": numbers, "since": since, "until": until}
    return {"reach": queries.within_reach(one.committee) if name in ("appoint", "station") else []}


def _page(
    request: Request, one: Any, opened: str = "", *, faulty: Any = None, status: int = 200
) -> HttpResponse:
    """`opened` is the form that stands open: asked for by the address, or `faulty`, one that came back."""
    actor, offered = request.actor, _offered(request.actor, one)
    moves = [offer for offer in offered.values() if offer.name in CHARTS and offer.name != "edit"]
    ways = [offer for offer in moves if not offer.grave]
    if not opened and len(ways) == 1 and ways[0].name in ("open", "apply"):
        opened = ways[0].name  # the one thing that waits
    if opened not in offered:
        opened = ""
    sent = queries.applications([one]).get(one.code, [])
    year = clock.today().year
    tasks = counted_until_an_act("tasks", one.code, year, count=lambda: queries.progress(one, year))
    team, held, slots = queries.members_of(one), queries.receptions(20, studio=one.pk), queries.slots(one)
    short, checks = queries.readiness_of(one, team, slots)
    return render(
        request,
        "desk/studio.html",
        {
            "rail": rail(actor, "studios"),
            "studio": one,
            "officer": rules.is_officer(actor, one),
            "offered": offered,
            "ways": ways,
            "endings": [offer for offer in moves if offer.grave],
            "opened": opened,
            "offer": offered.get(opened),
            "form": faulty or (_form(opened, one, actor) if opened else None),
            **_reach(opened, one),
            "team": _by_person(team),
            "reasons": queries.reasons(one),
            "slots": slots,
            "coming": timetable.turns(slots) if one.state == "open" else [],
            "held": held,
            "names": people.names(
                {key for r in held for key in r.members}
                | {s.duty for s in slots}
                | {one.leader}
                | {said.by for row in sent for said in row.decisions.all()}
            ),
            "sent": [(row, queries.counted(row)) for row in sent],
            "tasks": tasks,
            "zones": one.zones
            and [str(zone) for zone in places.zones(one.committee) if zone.code in one.zones],
            "heir": queries.successor_of(one),
            "model": one.is_model(clock.today()),
            "due_soon": one.recheck_due and one.recheck_due <= clock.today() + queries.SOON,
            "short": short,
            "minimum": one.committee.set("receptions_a_month"),
            "month": clock.today().month,
            "checks": checks,
            "door": whole(request, reverse("voices:door", args=[one.code])),
            "wrong": bool(faulty),
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
    "suspend": Deed(forms.Heir, actions.suspend, gettext_lazy("暂停了，页面上写了为什么。")),
    "resume": Deed(forms.Nothing, actions.resume, gettext_lazy("恢复了。")),
    "close": Deed(forms.Close, actions.close, gettext_lazy("撤销了，记录都还在。")),
    "apply": Deed(forms.Apply, actions.apply, gettext_lazy("交上去了，等本级的领导审。")),
    "recheck": Deed(forms.Why, actions.recheck, gettext_lazy("年检过了，接着在网上一年。")),
    "make_model": Deed(forms.Model, actions.make_model, gettext_lazy("定为示范点了，到期自己不再算。")),
    "end_model": Deed(forms.Why, actions.end_model, gettext_lazy("不再作示范点了。")),
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
    one, seen = seen_at_desk(request, code), once.seen(request)
    _check(move, one, by=request.actor, seen=seen)
    if move not in DEEDS:
        return _written(request, one, move)
    deed = DEEDS[move]
    form = deed.form(one, request.POST, auto_id=f"{move}_%s")
    if form.is_valid():
        with blaming(form):
            deed.do(code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, str(deed.said))
            return redirect("desk:studio", code)
    return _page(request, one, move, faulty=form, status=422)


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
    return _page(request, one, move, faulty=form, status=422)
