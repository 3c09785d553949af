"""Checklists at the desk: which hold, how a studio stands item by item, what a visit found."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import actions, queries, rules
from shangliang.flow.studios.checklists import checklists
from shangliang.flow.studios.states import INSPECTION_CHART
from shangliang.flow.voices import papers

from ..forms import standards as forms
from ..rail import let_in, rail
from .rosters import own_committee


@require_http_methods(["GET", "POST"])
@login_required
def pick(request: Request) -> HttpResponse:
    """The checklists that there are, and those that hold here."""
    if request.method == "GET":
        let_in(request.actor, "officer")
    committee = own_committee(request.actor)
    if request.method == "POST":
        return _pick(request, committee)
    form = forms.Pick(committee, initial={"keys": committee.set("standards")})
    return _pick_page(request, committee, form)


@once.once
def _pick(request: Request, committee: Any) -> HttpResponse:
    form = forms.Pick(committee, request.POST)
    if form.is_valid():
        actions.choose_standards(committee, by=request.actor, keys=form.cleaned_data["keys"])
        messages.success(request, _("定好了。以前核对过的都还在。"))
        return redirect("desk:studios")
    return _pick_page(request, committee, form, status=422)


def _pick_page(request: Request, committee: Any, form: forms.Pick, status: int = 200) -> HttpResponse:
    lists = queries.checklists_of(committee).values()
    context = {"rail": rail(request.actor, "studios"), "form": form, "lists": lists}
    return render(request, "desk/standards_pick.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def write(request: Request) -> HttpResponse:
    """Write a checklist of the committee's own. `from`: the preset to begin from; `list`: the own one whose
    next edition this is."""
    if request.method == "GET":
        let_in(request.actor, "officer")
        committee = own_committee(request.actor)
        begun, key = request.GET.get("from", ""), request.GET.get("list", "")
        lists = queries.checklists_of(committee)
        one = lists.get(key or begun)
        if (key or begun) and (one is None or (one.kind == "own") != bool(key)):
            raise Http404(key or begun)
        said = {"name": one.name, "items": "\n".join(one.items)} if one else {}
        return _write_page(request, committee, key, begun, forms.Own(initial=said))
    return _write(request)


@once.once
def _write(request: Request) -> HttpResponse:
    committee = own_committee(request.actor)
    key, begun = request.POST.get("list", "")[:40], request.POST.get("from", "")[:40]
    form = forms.Own(request.POST)
    if form.is_valid():
        with blaming(form):
            made = actions.write_standards(
                committee, by=request.actor, key=key, based_on=begun if begun in checklists() else "",
                seen=once.seen(request) or 0, **form.cleaned_data,
            )  # fmt: skip
            said = _("「%(name)s」第 %(n)s 版写好了。勾上，就用它。")
            messages.success(request, said % {"name": made.name, "n": made.edition})
            return redirect("desk:standards_pick")
    return _write_page(request, committee, key, begun, form, status=422)


def _write_page(
    request: Request, committee: Any, key: str, begun: str, form: forms.Own, status: int = 200
) -> HttpResponse:
    editions = queries.own_editions(committee, key) if key else []
    context = {
        "rail": rail(request.actor, "studios"),
        "form": form,
        "key": key,
        "begun": begun,
        "editions": editions,
        "seen": editions[0].edition if editions else 0,
        "names": people.names(one.by for one in editions),
    }
    return render(request, "desk/standards_write.html", context, status=status)


@require_GET
@login_required
def standards(request: Request, code: str) -> HttpResponse:
    """A studio against its checklists. `item`: which one (checklist:number) stands open with its history."""
    return _page(request, _seen(request, code), request.GET.get("item", ""))


def _seen(request: Request, code: str) -> Any:
    one = queries.studio(code, request.actor)
    if not rules.works_on(request.actor, one):
        raise NotYours(_("这间工作室的事，由它的召集人和本级政协的干部来办。"))
    return one


def _item(said: str, committee: Any) -> tuple[str, str, int]:
    """(checklist, item, edition) of "key:number"; ("", "", 0) for what is none."""
    key, _colon, number = said.partition(":")
    one = queries.checklists_of(committee).get(key)
    if one is None or not (number.isascii() and number.isdigit()) or int(number[:3]) >= len(one.items):
        return "", "", 0
    return key, one.items[int(number[:3])], one.edition


def _page(
    request: Request, one: Any, opened: str = "", *, form: Any = None, visit: Any = None, right: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    actor = request.actor
    scores, visits = queries.scores(one), queries.inspections(one)
    standard, item, _edition = _item(opened, one.committee) if opened else ("", "", 0)
    history = queries.marks(one, standard, item) if item else []
    latest: list[Any] = [mark for score in scores for _item_, mark in score.rows if mark]
    told: list[Any] = [*latest, *history, *visits]
    keeps, officer = rules.keeps_page(actor, one), rules.is_officer(actor, one)
    context = {
        "rail": rail(actor, "studios"),
        "studio": one,
        "scores": scores,
        "opened": (standard, item),
        "address": opened,
        "history": history,
        "visits": [(v, INSPECTION_CHART.may("put_right", actor, v)) for v in visits],
        "papers": papers.of(row.subject for row in told),
        "names": people.names({row.by for row in told}),
        "form": (form or forms.Marking()) if item and keeps else None,
        "keeps": keeps,
        "officer": officer,
        "visit": visit
        or (forms.Visit(initial={"day": clock.today()}) if rules.is_officer(actor, one) else None),
        "right": right,
        "wrong": status != 200,
    }
    return render(request, "desk/standards.html", context, status=status)


@require_POST
@login_required
@once.once
def mark(request: Request, code: str) -> HttpResponse:
    """Say how one item stands."""
    one = _seen(request, code)
    if not rules.keeps_page(request.actor, one):
        raise NotYours(_("建室标准由这间工作室的召集人或政协干部来核对。"))
    said = request.POST.get("item", "")[:60]
    standard, item, edition = _item(said, one.committee)
    if not item:
        raise Http404(said)
    if once.seen(request) != edition:  # the number may be another item's by now
        raise NotNow(CHANGED)
    form = forms.Marking(request.POST, request.FILES)
    if form.is_valid():
        with blaming(form, files="evidence"):
            actions.mark(code, by=request.actor, standard=standard, item=item, **form.cleaned_data)
            messages.success(request, _("记下了：%(item)s。") % {"item": item})
            return redirect("desk:standards", code)
    return _page(request, one, said, form=form, status=422)


@require_POST
@login_required
@once.once
def inspect(request: Request, code: str) -> HttpResponse:
    """Write down a visit."""
    one = _seen(request, code)
    if not rules.is_officer(request.actor, one):
        raise NotYours(_("督查由本级政协的干部来记。"))
    form = forms.Visit(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.inspect(code, by=request.actor, **form.cleaned_data)
            messages.success(request, _("记下了。"))
            return redirect("desk:standards", code)
    return _page(request, one, visit=form, status=422)


@require_POST
@login_required
@once.once
def put_right(request: Request, code: str) -> HttpResponse:
    """Say what was put right after a visit."""
    visit, seen = queries.inspection(code, request.actor), once.seen(request)
    INSPECTION_CHART.check("put_right", visit, by=request.actor, seen=seen)
    form = forms.PutRight(request.POST, request.FILES)
    if form.is_valid():
        with blaming(form, files="evidence"):
            actions.put_right(code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, _("记下了，改好了。"))
            return redirect("desk:standards", visit.studio.code)
    return _page(request, visit.studio, right=(visit.code, form), status=422)
