"""帮他写: a resident is helped to write on this device, at the studio's own door. What was begun in another
browser is shown here, and can be ended here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.base.charts.errors import NotNow
from shangliang.base.charts.once import once
from shangliang.base.people import assisting
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import actions
from shangliang.flow.voices.queries import helped

from ..forms.assist import Assist
from ..rail import let_in, rail


@require_http_methods(["GET", "POST"])
@login_required
def assist(request: Request) -> HttpResponse:
    """What is read to the resident, and where they sit; sent, the studio's door opens for thirty minutes."""
    let_in(request.actor)
    if request.method != "POST":
        return _page(request, Assist(studios.with_door(request.actor)))
    response = _start(request)
    started = helped.open_of(request.actor.key).first()
    if response.status_code == 302 and started:  # a form sent again too: its first answer may be lost
        assisting.begin(request, started.code, request.actor.key, started.studio.code, started.until)
    return response


@once
def _start(request: Request) -> HttpResponse:
    form = Assist(studios.with_door(request.actor), request.POST)
    if form.is_valid():
        try:
            with blaming(form):
                row = actions.start_assistance(by=request.actor, **form.cleaned_data)
                return redirect("voices:door", row.studio.code)
        except NotNow as why:  # nobody altered this form: another help goes on, or the door was closed
            form.add_error(None, str(why.words))
            return _page(request, form, status=409)
    return _page(request, form, status=422)


@require_POST
@login_required
def end(request: Request) -> HttpResponse:
    """It is over, in whichever browser it was begun: what the resident opened is closed."""
    let_in(request.actor)
    response = _end(request)
    if response.status_code == 302:
        assisting.end(request)
    return response


@once
def _end(request: Request) -> HttpResponse:
    if held := helped.running_of(request.actor.key):
        actions.end_assistance(held.code, by=request.actor)
    messages.success(request, _("结束了。查询码交给他收好，以后凭码看进度、评办得怎样。"))
    return redirect("desk:assist")


def _page(request: Request, form: Assist, status: int = 200) -> HttpResponse:
    held = assisting.of(request)
    context = {
        "rail": rail(request.actor, "assist"), "form": form, "minutes": assisting.MINUTES,
        "running": helped.running_of(request.actor.key), "begun": held.code if held else "",
    }  # fmt: skip
    return render(request, "desk/assist.html", context, status=status)
