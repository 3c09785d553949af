"""What is printed at the desk, as PDF. It hangs and goes round where Chinese is read."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.charts.once import form_key, once
from shangliang.base.paper.answers import CHINESE, answer
from shangliang.base.people.request import Request
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blaming
from shangliang.flow.activities import queries as activities
from shangliang.flow.activities import sheets as of_activities
from shangliang.flow.consultations import sheets as of_consultations
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios import sheets as of_studios
from shangliang.flow.voices import actions, rules, sheets
from shangliang.flow.voices.office import letters
from shangliang.flow.voices.queries import printed

from ..forms.papers import Forms
from ..rail import rail
from .activity_more import organised
from .consultations import just_printed
from .studios import seen_at_desk

BATCH, MINUTES = "paper_forms", 30  # session: the batch just printed, by the key its codes are reckoned from


@require_GET
@login_required
def poster(request: Request, code: str) -> HttpResponse:
    """The A4 sheet for a studio's door."""
    one = seen_at_desk(request, code)
    with override(CHINESE):
        said = of_studios.poster(one, whole(request, reverse("voices:door", args=[one.code])))
    return answer(request, of_studios.POSTER, said, name=one.name)


@require_GET
@login_required
def member(request: Request, code: str, person: str) -> HttpResponse:
    """The sheet of one member who sits in the studio. `size`: a4, or a6 for a card."""
    one = seen_at_desk(request, code)
    seat = studios.seat(one, person)
    with override(CHINESE):
        door = whole(request, reverse("voices:member_door", args=[one.code, studios.seat_code(one, seat)]))
        said = of_studios.member(one, seat, studios.slots(one), door, request.GET.get("size", ""))
    return answer(request, of_studios.MEMBER, said, name=f"{seat.holder.name} {one.name}")


@require_GET
@login_required
def activity(request: Request, code: str) -> HttpResponse:
    """The sheet of an activity that everybody may know of, for the wall."""
    found = organised(request, code)
    if not activities.open_to_all(found):
        raise NotNow(_("发了通知、群众看得到的活动才印得出来；不公开的类别不印。"))
    with override(CHINESE):
        page = whole(request, reverse("activities:activity", args=[found.code]))
        said = of_activities.poster(found, page)
    return answer(request, of_activities.POSTER, said, name=found.title)


@require_http_methods(["GET", "POST"])
@login_required
@never_cache
def forms(request: Request, code: str) -> HttpResponse:
    """How many forms on paper to print; how many came in; the batch just drawn, for half an hour."""
    one = _printing(request, code)
    if request.method != "POST":
        return _forms(request, one, Forms())
    response = _print(request, one)
    if response.status_code == 302:  # a form sent again too: its first answer may never have arrived
        until = int(clock.now().timestamp()) + MINUTES * 60
        count = request.POST["count"]
        request.session[BATCH] = {"of": code, "key": form_key(request), "count": count, "until": until}
    return response


@once
def _print(request: Request, one: Any) -> HttpResponse:
    form = Forms(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.print_forms(one, by=request.actor, form_key=form_key(request), **form.cleaned_data)
            return redirect("desk:studio_forms", one.code)
    return _forms(request, one, form, status=422)


@require_GET
@login_required
@never_cache
def forms_printed(request: Request, code: str) -> HttpResponse:
    """The batch just drawn, as PDF, in this browser only: afterwards nobody can read its codes any more."""
    one, held = _printing(request, code), _batch(request, code)
    if not held:
        return redirect("desk:studio_forms", code)
    drawn = printed.batch(one, held["key"], int(held["count"]))
    door, track = reverse("voices:door", args=[one.code]), reverse("portal:track")
    with override(CHINESE):
        said = sheets.forms(one, drawn, whole(request, door), whole(request, track))
    return answer(request, sheets.FORMS, said, name=f"{_('纸质留言表')} {one.name}", keep=False)


def _printing(request: Request, code: str) -> Any:
    one = seen_at_desk(request, code)
    if not rules.prints(request.actor, one):
        raise NotYours(_("纸表由这间工作室的召集人和本县政协干部来印。"))
    return one


def _batch(request: Request, code: str) -> Any:
    held = request.session.get(BATCH)
    if held and (held["of"] != code or held["until"] < clock.now().timestamp()):
        request.session.pop(BATCH, None)
        return None
    return held


def _forms(request: Request, one: Any, form: Forms, status: int = 200) -> HttpResponse:
    context = {
        "rail": rail(request.actor, "studios"),
        "studio": one,
        "form": form,
        "counts": printed.counted(one),
        "batch": _batch(request, one.code),
    }
    return render(request, "desk/studio_forms.html", context, status=status)


@require_GET
@login_required
@never_cache
def door_codes(request: Request, code: str) -> HttpResponse:
    """The one-time codes of a consultation that were just drawn, ten cards a page."""
    topic, codes = just_printed(request, code)
    if not codes:
        return redirect("desk:consultation", code)
    with override(CHINESE):
        address = whole(request, reverse("consultations:enter", args=[code]))
        said = of_consultations.door_codes(topic, codes, address)
    return answer(request, of_consultations.CODES, said, name=f"{_('参与码')} {topic.title}", keep=False)


@require_GET
@login_required
def letter(request: Request, code: str, number: int) -> HttpResponse:
    """The n-th letter by which somebody was urged about a voice."""
    return letters.letter(request, code, number)
