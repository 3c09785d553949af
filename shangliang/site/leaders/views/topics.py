"""A leader's topics: those that wait for a decision, what runs, and setting one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.base.charts.once import once
from shangliang.base.clock.words import nearing
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming
from shangliang.flow.consultations import actions, page, queries
from shangliang.flow.consultations.forms import TopicForm

from ..rail import let_in, rail

MOST = 50


@require_http_methods(["GET", "POST"])
@login_required
@once
def topics(request: Request) -> HttpResponse:
    """The list; POST sets a topic for the leader's own committee."""
    let_in(request.actor)
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with blaming(form):
            own = places.at(sorted(request.actor.paths("leader"))[0])
            actions.raise_as_leader(own, by=request.actor, **form.cleaned_data)
            messages.success(request, _("题目点好了，政协干部十个工作日内定下来。"))
            return redirect("leaders:topics")
    return _list(request, form)


def _list(request: Request, form: Any) -> HttpResponse:
    actor = request.actor
    context = {
        "rail": rail(actor, "topics"),
        "form": form,
        "waiting": [
            (t, nearing(t.decide_by, provisional=t.decide_provisional)) for t in queries.topics(actor)[:MOST]
        ],
        "running": [(t, page.TONES[t.state]) for t in queries.in_hand(actor)[:MOST]],
    }
    return render(request, "leaders/topics.html", context, status=422 if form.is_bound else 200)
