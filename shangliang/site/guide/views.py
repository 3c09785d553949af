"""The first-day guide: one's own, another role's, and putting it away."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.journal import queries as journal
from shangliang.base.people.request import Request
from shangliang.base.ui.middleware import remember

from . import steps

LOOKED_BACK = timedelta(days=92)  # a first day is not told years later; and the journal is asked no further


@require_GET
@login_required
def index(request: Request) -> HttpResponse:
    """The guide of one's own first post; a member's for somebody who holds none today."""
    own = steps.own(request.actor)
    return _page(request, own[0] if own else steps.BY_KEY["member"])


@require_GET
@login_required
def role(request: Request, role: str) -> HttpResponse:
    """The guide of a role. Whoever wants to know may read any; what is ticked is always one's own."""
    if role not in steps.BY_KEY:
        raise Http404(role)
    return _page(request, steps.BY_KEY[role])


def _page(request: Request, guide: steps.Guide) -> HttpResponse:
    acts = frozenset[str]().union(*(step.acts for step in guide.steps))
    done = journal.done_by(request.actor.key, acts, since=clock.now() - LOOKED_BACK)
    own = {one.key for one in steps.own(request.actor)}
    context = {
        "guide": guide,
        "rows": [(step, bool(step.acts & done)) for step in guide.steps],
        "tabs": [
            (reverse("guide:role", args=[one.key]), one.name, None, one.key == guide.key)
            for one in steps.GUIDES
        ],
        "own": guide.key in own,
        "away": request.COOKIES.get("guide") == "away",
        "room": settings.PRACTICE_ADDRESS,
    }
    return render(request, "guide/role.html", context)


@require_POST
@login_required
def away(request: Request) -> HttpResponse:
    """Put the guide away, or bring it back: a cookie of this browser, like the size of its letters."""
    put = request.POST.get("away") != "0"
    response = HttpResponseRedirect(reverse("portal:mine" if put else "guide:index"))
    remember(response, "guide", "away" if put else "")
    return response
