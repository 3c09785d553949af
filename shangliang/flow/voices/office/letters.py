"""The letters by which somebody was urged about a voice, as PDF at the office's doors."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from shangliang.base.paper.answers import answer
from shangliang.base.people.request import Request
from shangliang.base.ui.addresses import whole

from .. import queries, sheets
from ..queries import urged


def letter(request: Request, code: str, number: int) -> HttpResponse:
    """The n-th letter about a voice that the reader may read whole; from 1. Http404 for none."""
    voice = queries.get(code, request.actor)
    acts = urged.letters(voice)
    if not 1 <= number <= len(acts):
        raise Http404(str(number))
    act = acts[number - 1]
    door = "departments" if act.facts["holder"].startswith("department:") else "desk"
    with override("zh-hans"):
        said = sheets.letter(voice, act, whole(request, reverse(f"{door}:voice", args=[voice.code])))
    return answer(request, sheets.LETTER, said, name=f"催办函 {act.facts['number']}")
