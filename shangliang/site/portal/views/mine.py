"""After signing in: on to where one's posts say the work is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from shangliang.base.people.doors import doors
from shangliang.base.people.request import Request


@require_GET
@login_required
def mine(request: Request) -> HttpResponse:
    """The first door of this person; the home page for somebody who holds no post today."""
    opened = doors(request.actor)
    return HttpResponseRedirect(opened[0].address if opened else reverse("portal:home"))
