"""The towns of a county and their zones, at the desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.base.charts import once
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import actions, queries

from ..forms.towns import Town
from ..rail import let_in, rail
from .rosters import own_committee


@require_http_methods(["GET", "POST"])
@login_required
def towns(request: Request) -> HttpResponse:
    """The towns with their zones and the studio that is one with the liaison group; and the form for more."""
    if request.method == "GET":
        let_in(request.actor, "officer")
        return _page(request, Town())
    return _enter(request)


@once.once
def _enter(request: Request) -> HttpResponse:
    committee = own_committee(request.actor)
    form = Town(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.enter_town(committee, by=request.actor, **form.cleaned_data)
            messages.success(request, _("登记好了。"))
            return redirect("desk:towns")
    return _page(request, form, status=422)


def _page(request: Request, form: Town, status: int = 200) -> HttpResponse:
    committee = own_committee(request.actor)
    zones: dict[int, list[str]] = {}
    for zone in places.zones(committee):
        zones.setdefault(zone.group_id, []).append(zone.name)
    merged = {
        one.liaison_group_id: one for one in queries.of_committee(committee.path) if one.liaison_group_id
    }
    context = {
        "rail": rail(request.actor, "studios"),
        "form": form,
        "rows": [
            (group, zones.get(group.pk, []), merged.get(group.pk))
            for group in places.liaison_groups(committee)
        ],
    }
    return render(request, "desk/towns.html", context, status=status)
