"""Trying a changed tariff on a past year at the desk: who gains, who loses. Reads only; nothing is kept."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.ledgers.points import inforce, queries
from shangliang.ledgers.points.trial import Trial

from ..forms.tariffs import Numbers
from ..rail import OFFICERS, let_in, rail


@require_GET
@login_required
def tariffs(request: Request) -> HttpResponse:
    """The numbers in force of the committee's own tariff; with others in the address, what a year would be by
    them, by name and never by points."""
    let_in(request.actor, *OFFICERS)
    committee = places.at(sorted(request.actor.paths(*OFFICERS))[0])
    asked = request.GET.get("year", "")
    within = next((one for one in queries.years_to_try() if str(one) == asked), None)
    year = within or queries.year_to_try(committee.path)
    known = inforce.on(date(year, 12, 31), committee.path) or inforce.on(clock.today(), committee.path)
    form = Numbers(known, request.GET if "try" in request.GET else None) if known else None
    found = None
    if form and form.is_bound and form.is_valid():
        found = queries.simulate(committee, form.changed(form.cleaned_data), year, actor=request.actor)
    context = {
        "rail": rail(request.actor, "tariff"),
        "committee": committee,
        "known": known,
        "year": year,
        "years": queries.years_to_try(),
        "form": form,
        "found": found,
        "rows": changed_by_name(found) if found else [],
    }
    return render(request, "desk/tariff.html", context)


def changed_by_name(found: Trial) -> list[tuple[str, str, int, int, int]]:
    """Name, pseudonym, before, after, difference: of all whose year changes, by name."""
    changed = [change for change in found.changes if change.points]
    names = people.names([change.member for change in changed])
    rows = [(names.get(c.member, ""), c.member, c.before, c.after, c.points) for c in changed]
    return sorted(rows)
