"""The queue by clock, a voice beside it, and the moves."""

import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts.errors import NotYours
from shangliang.base.charts.once import once, seen, shown
from shangliang.base.people import limits
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.office import alike, forms, moves, pane
from shangliang.flow.voices.queries import desk, near

from .. import lists, narrow
from ..came import came_of
from ..rail import STAFF, WRITERS, let_in, rail

LOOKS, HOUR = 30, 3600  # whole phone numbers that one officer may look at in an hour
log = logging.getLogger(__name__)


@require_GET
@login_required
def queue(request: Request) -> HttpResponse:
    """The list alone; what presses most is named where a voice would stand. For htmx the list without its
    page: a page of one voice fetches it so, with the voice that is `chosen`."""
    let_in(request.actor)
    asked, actor = lists.Asked.of(request.GET), request.actor
    listed = lists.queue(actor, asked, narrow.rooms(actor))
    context = {"queue": listed, "chosen": request.GET.get("chosen", "")}
    if "HX-Request" in request.headers:
        queries.whole(row.voice for row in listed.rows)
        return render(request, "desk/queue_list.html", context)
    return _page(request, asked, {**context, "first": lists.first_due(actor, listed)})


@require_GET
@login_required
def voice(request: Request, code: str) -> HttpResponse:
    """One voice beside the list; for htmx the inside of the pane alone, or of it the one `form` asked for."""
    asked, opened = lists.Asked.of(request.GET), request.GET.get("form", "")
    template = request.GET.get("template", "")
    if not opened or "HX-Request" not in request.headers:
        return _voice(request, code, asked, opened=opened, template=template)
    found, listed = queries.get(code, request.actor), asked.query()
    address = reverse("desk:voice", args=[code])
    form = pane.form(
        found,
        request.actor,
        opened,
        address=address,
        listed=listed,
        seen=shown(request),
        template=template,
    )
    return render(request, "voices/office/form.html", form)


@require_GET
@login_required
def similar(request: Request, code: str) -> HttpResponse:
    """Voices that may say the same, loaded apart: they are looked for, not looked up."""
    found = near.get(code, request.actor)
    context = {"voice": found, "alike": alike.to(found, request.actor), "picked": True, "chosen": code}
    if "HX-Request" in request.headers:
        return render(request, "desk/similar.html", context)
    return _page(request, lists.Asked.of(request.GET), context, "desk/similar_page.html")


@require_POST
@login_required
@once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """A move of the chart, by whoever it is open to."""
    found = queries.lock(code, request.actor)  # whoever may know of it; the chart says who may move it
    form = moves.asked(move, found, request.POST, request.FILES, by=request.actor)
    done = moves.carry_out(move, found, form, by=request.actor, seen=seen(request))
    if not done:
        return _voice(request, code, _listed(request), faulty=(move, form), status=422)
    messages.success(request, moves.said(move, done))
    if move == "return_across":  # a neighbour that gave it back reads it no more
        return HttpResponseRedirect(_listed(request).address)
    return _back(request, code)


@require_POST
@login_required
@once
def note(request: Request, code: str) -> HttpResponse:
    """Write a note that only colleagues read."""
    form = forms.Noted(request.POST, auto_id="note_%s")
    if form.is_valid():
        with blaming(form):
            actions.note(code, by=request.actor, words=form.cleaned_data["words"])
            messages.success(request, _("记下了，同事看得到。"))
            return _back(request, code)
    return _voice(request, code, _listed(request), noted=form, status=422)


@require_POST
@login_required
@once
def strike(request: Request, code: str) -> HttpResponse:
    """Take a note away for good."""
    voice = desk.note(code, request.actor).voice
    actions.strike_note(code, by=request.actor)
    messages.success(request, _("划掉了，不留。"))
    return _back(request, voice.code)


@require_POST
@login_required
def reveal(request: Request, code: str) -> HttpResponse:
    """Log why somebody looks at a phone number; for ten minutes it then stands whole on their page. Who looks
    at too many within an hour is refused, and the log tells of it."""
    if not limits.allowed("reveal", request.actor.key, most=LOOKS, seconds=HOUR):
        log.warning("%s asked for more than %s phone numbers in an hour", request.actor.key, LOOKS)
        form = forms.Reveal(request.POST, auto_id="reveal_%s")
        form.add_error("reason", _("一小时里看的电话太多了，歇一会儿再看。"))
        return _voice(request, code, _listed(request), reveal=form, status=429)
    return _reveal(request, code)


@once
def _reveal(request: Request, code: str) -> HttpResponse:
    form = forms.Reveal(request.POST, auto_id="reveal_%s")
    if form.is_valid():
        try:
            actions.reveal_phone(code, by=request.actor, reason=form.cleaned_data["reason"])
            return _back(request, code)
        except ValidationError as fault:
            form.add_error("reason", fault)
    return _voice(request, code, _listed(request), reveal=form, status=422)


@require_http_methods(["GET", "POST"])
@login_required
def erase(request: Request, code: str) -> HttpResponse:
    """A resident asks at the desk: what goes and what stays; a POST erases it."""
    found = queries.get(code, request.actor)
    if not queries.may_erase(request.actor, found):
        raise NotYours(_("要删除，请本人用查询码办理，或请本县政协的干部代办。"))
    if request.method == "POST":
        return _erase(request, code)
    return _page(request, _listed(request), _erasing(found, forms.EraseFor()), "desk/erase.html")


@once
def _erase(request: Request, code: str) -> HttpResponse:
    form = forms.EraseFor(request.POST)
    if form.is_valid():
        actions.erase(code, by=request.actor, way=form.cleaned_data["way"])
        messages.success(request, _("按本人要求删掉了。"))
        return _back(request, code)
    context = _erasing(queries.get(code, request.actor), form)
    return _page(request, _listed(request), context, "desk/erase.html", status=422)


def _erasing(found: Any, form: forms.EraseFor) -> dict[str, Any]:
    return {"voice": found, "form": form, "picked": True, "chosen": found.code}


def _voice(
    request: Request, code: str, asked: lists.Asked, *, status: int = 200, **more: Any
) -> HttpResponse:
    found = queries.get(code, request.actor)
    address = reverse("desk:voice", args=[code])
    listed = asked.query()
    drawn = pane.of(found, request.actor, address=address, listed=listed, **more)
    context = {
        "pane": drawn,
        "back": asked.address,
        "listed": listed,
        "similar_url": f"{address}similar/",
        "raise_url": f"{reverse('desk:topics')}?voice={code}" if drawn.raises else "",
        "report_url": f"{reverse('workbench:report_write')}?voice={code}"
        if (writes := request.actor.holds(*WRITERS))
        else "",
        "proposal_url": f"{reverse('workbench:proposal_write')}?voice={code}" if writes else "",
        "activity_url": f"{reverse('desk:activity_plan')}?voice={code}"
        if request.actor.holds(*STAFF)
        else "",
        "came": came_of(found, request.actor) if drawn.taken else [],
        "review_url": reverse("desk:review_item", args=["voice", code])
        if found.public and request.actor.holds(*STAFF)
        else "",
        "erase_url": reverse("desk:erase", args=[code]) if queries.may_erase(request.actor, found) else "",
        "picked": True,
        "chosen": code,
    }
    if "HX-Request" in request.headers:
        return render(request, "voices/office/pane.html", context, status=status)
    return _page(request, asked, context, "desk/voice.html", status)


def _page(
    request: Request,
    asked: lists.Asked,
    context: dict[str, Any],
    template: str = "desk/queue.html",
    status: int = 200,
) -> HttpResponse:
    """A page of the queue: with the list in the context, or with where it is fetched from."""
    context = {"asked": asked, "rail": rail(request.actor, "queue"), **context}
    if "queue" not in context:
        context["list_url"] = f"{reverse('desk:queue')}?{asked.query(chosen=context['chosen'])}"
    return render(request, template, context, status=status)


def _listed(request: Request) -> lists.Asked:
    """The list that the form's page stood beside."""
    return lists.Asked.of(QueryDict(typed(request, "listed").replace("%00", "")))


def _back(request: Request, code: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:voice', args=[code])}?{_listed(request).query()}")
