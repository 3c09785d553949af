"""What is printed at the desk, as PDF. It hangs and goes round where Chinese is read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from shangliang.base.paper.answers import answer
from shangliang.base.people.request import Request
from shangliang.base.ui.addresses import whole
from shangliang.flow.studios.poster import POSTER
from shangliang.flow.studios.poster import poster as said_on_the_poster

from .studios import seen_at_desk

CHINESE = "zh-hans"


@require_GET
@login_required
def poster(request: Request, code: str) -> HttpResponse:
    """The A4 sheet for a studio's door."""
    one = seen_at_desk(request, code)
    with override(CHINESE):
        said = said_on_the_poster(one, whole(request, reverse("voices:door", args=[one.code])))
    return answer(request, POSTER, said, name=one.name)
