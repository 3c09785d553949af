"""Points at the desk: which tariff the committee has chosen, and its closed quarters and years."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.base import clock
from shangliang.base.charts.once import once
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming
from shangliang.ledgers.points import actions, inforce, queries, tariff, telling
from shangliang.ledgers.points.periods import Period
from shangliang.ledgers.points.trial import Trial

from ..forms.points import OWN, Choose, Close
from ..rail import OFFICERS, let_in, rail
from .tariffs import changed_by_name

READERS = ("officer", "leader", "auditor")
MOST = 50


@require_http_methods(["GET", "POST"])
@login_required
def choose(request: Request) -> HttpResponse:
    """What holds, what was chosen, each preset with its source and what it does not give; and the form. What
    is only tried keeps nothing, so not its key either: the same form may choose afterwards."""
    if request.method == "GET":
        return _choosing(request, None)
    tried: HttpResponse = _tried(request) if "try" in request.POST else _chosen(request)
    return tried


@once
def _chosen(request: Request) -> HttpResponse:
    committee = _own(request)
    form = Choose(committee.path, request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        said = {"text": given["text"]} if given["preset"] == OWN else {"preset": given["preset"]}
        with blaming(form):
            since = date.fromisoformat(given["since"])
            actions.choose_tariff(committee, by=request.actor, since=since, **said)
            messages.success(request, _("定好了。到了那天，记账就照这一份；以前记的不变。"))
            return redirect("desk:tariff_choose")
    return _choosing(request, form)


def _tried(request: Request) -> HttpResponse:
    committee = _own(request)
    form = Choose(committee.path, request.POST, request.FILES, trying=True)
    if form.is_valid():
        given = form.cleaned_data
        with blaming(form):
            known = tariff.called(given["preset"]) or actions.read(given["text"])
            found = queries.simulate(committee, known, given["year"], actor=request.actor)
            return _choosing(request, form, found)
    return _choosing(request, form)


def _own(request: Request) -> Any:
    let_in(request.actor, *OFFICERS)
    return places.at(sorted(request.actor.paths(*OFFICERS))[0])


def _choosing(request: Request, form: Choose | None, found: Trial | None = None) -> HttpResponse:
    """422 with a form that was refused; `found`: what was tried."""
    committee = _own(request)
    known = inforce.Known([committee.path])
    context = {
        "rail": rail(request.actor, "tariff"),
        "committee": committee,
        "held": known.on(clock.today(), committee.path),
        "chosen": [(row, known.called(row.code)) for row in queries.choices(committee)[:MOST]],
        "form": form or Choose(committee.path),
        "found": found,
        "year": found.year if found else None,
        "rows": changed_by_name(found) if found else [],
        "tried_unfed": telling.unfed(found.after) if found else [],
        "presets": [
            (one, telling.gaps(one), telling.unfed(one))
            for one in sorted(tariff.tariffs(), key=lambda one: one.name)
        ],
    }
    return render(request, "desk/tariff_choose.html", context, status=422 if form and not found else 200)


@require_http_methods(["GET", "POST"])
@login_required
@once
def closings(request: Request) -> HttpResponse:
    """What was closed, and what is over and can be."""
    if request.method == "POST":
        let_in(request.actor, *OFFICERS)
    let_in(request.actor, *READERS)
    own = sorted(request.actor.paths(*OFFICERS))
    committee = places.at(own[0]) if own else None
    periods = queries.to_close(committee.path) if committee else []
    form = Close(periods, request.POST) if request.method == "POST" else None
    if committee and form and form.is_valid():
        with blaming(form):
            made = actions.close(committee, by=request.actor, **form.said())
            messages.success(request, _("结好了。以后再改的，列为事后更正。"))
            return redirect("desk:points_closing", made.code)
    rows = list(queries.closings(request.actor)[:MOST])
    context = {
        "rail": rail(request.actor, "points"),
        "rows": [(row, Period(row.year, row.quarter)) for row in rows],
        "form": form or (Close(periods) if periods else None),
        "waiting": queries.to_answer(request.actor).count() if committee else 0,
    }
    return render(request, "desk/points.html", context, status=422 if form else 200)


@require_GET
@login_required
def closing(request: Request, code: str) -> HttpResponse:
    """What stood when it was closed, by name; and what was corrected later."""
    let_in(request.actor, *READERS)
    found = queries.closing(code, request.actor)
    rows, later = queries.frozen(found), list(queries.later(found)[: MOST * 4])
    names = people.names({row.member for row in rows} | {row.member for row in later})
    context = {
        "rail": rail(request.actor, "points"),
        "closing": found,
        "period": Period(found.year, found.quarter),
        "by": people.names([found.by]).get(found.by, ""),
        "rows": sorted(
            ((names.get(row.member, ""), row) for row in rows), key=lambda pair: (pair[0], pair[1].pk)
        ),
        "later": [(names.get(row.member, ""), row) for row in later],
    }
    return render(request, "desk/points_closing.html", context)
