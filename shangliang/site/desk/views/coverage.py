"""Coverage at the desk: which members, sectors and towns have no studio yet."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.flow.studios import queries

from ..rail import let_in, rail

READERS = ("officer", "auditor")
PAGE = 100


@require_GET
@login_required
def coverage(request: Request) -> HttpResponse:
    """The committee's own lists; members a hundred a page, by name."""
    let_in(request.actor, *READERS)
    paths = sorted(request.actor.paths(*READERS))
    committee = places.at(paths[0])
    start = _start(request.GET.get("after", ""))
    members = list(queries.in_no_studio(committee.path)[start : start + PAGE + 1])
    if start and not members:
        raise Http404
    context = {
        "rail": rail(request.actor, "studios"),
        "committee": committee,
        "coverage": queries.coverage(committee.path),
        "members": members[:PAGE],
        "start": start,
        "more": start + PAGE if len(members) > PAGE else 0,
        "sectors": queries.sectors_without(committee),
        "unnamed": queries.of_unnamed_sector(committee),
        "towns": queries.towns_without(committee),
        "zones": queries.zones_without(committee),
        "has_zones": bool(places.zones(committee)),
        "from_above": queries.living_here(committee),
        "to_seat": queries.to_seat(committee),
    }
    return render(request, "desk/coverage.html", context)


def _start(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 0
