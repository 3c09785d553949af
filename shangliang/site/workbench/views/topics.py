"""A member's own topics, and raising one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.base.charts.once import once
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming
from shangliang.flow.consultations import actions, page, queries
from shangliang.flow.consultations.forms import TopicForm
from shangliang.flow.consultations.steps import mini

from .. import waiting

MOST = 50


@require_http_methods(["GET", "POST"])
@login_required
@once
def topics(request: Request) -> HttpResponse:
    """The member's topics, newest first; POST raises one at the committee whose member they are."""
    actor = request.actor
    waiting.let_in(actor)
    form = TopicForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with blaming(form):
            own = places.at(sorted(actor.paths(*waiting.MEMBERS))[-1])
            actions.raise_as_member(own, by=actor, **form.cleaned_data)
            messages.success(request, _("题目提上去了，十个工作日内答复您列不列入。"))
            return redirect("workbench:topics")
    rows = [(t, page.TONES[t.state], *mini(t)) for t in queries.raised_by(actor)[:MOST]]
    context = {"form": form, "rows": rows}
    return render(request, "workbench/topics.html", context, status=422 if form.is_bound else 200)
