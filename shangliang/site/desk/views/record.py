"""A voice told in person is written down here; its slip, with the code, is shown once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.base.charts import once
from shangliang.base.people.request import Request
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import actions, queries, tracking

from ..forms.record import Told
from ..rail import let_in, rail

SLIP = "slip"  # session: the form's key, from which the next page reckons the code once more, and forgets it


@require_http_methods(["GET", "POST"])
@login_required
def record(request: Request) -> HttpResponse:
    """The form; sent, it makes a voice in the studio chosen and goes on to the slip."""
    if request.method != "POST":
        let_in(request.actor)
        return _page(request, Told(list(studios.receiving(request.actor))))
    response = _record(request)
    if response.status_code == 302 and response["Location"] == reverse(
        "desk:slip"
    ):  # a form sent again too: its first answer may never have arrived
        request.session[SLIP] = once.form_key(request)
    return response


@once.once
def _record(request: Request) -> HttpResponse:
    let_in(request.actor)
    open_ones = list(studios.receiving(request.actor))
    form = Told(open_ones, request.POST, request.FILES)
    if form.is_valid():
        told = dict(form.cleaned_data)
        with blaming(form):
            voice, code = actions.record_told(
                told.pop("studio"), by=request.actor, form_key=once.form_key(request), **told
            )
            if code:
                return redirect("desk:slip")
            messages.success(request, _("记下了。他手里的存根上有查询码，现在就能查。"))
            return redirect("desk:voice", voice.code)
    return _page(request, form, status=422)


@require_GET
@login_required
@never_cache
def slip(request: Request) -> HttpResponse:
    """The code to hand over. It is told once: the next look at this page has none."""
    let_in(request.actor)
    key = request.session.pop(SLIP, "")
    code = tracking.make(key) if key else ""
    voice = queries.by_tracking_code(code) if code else None
    context = {
        "rail": rail(request.actor, "record"),
        "voice": voice,
        "code": tracking.grouped(code) if voice else "",
        "address": whole(request, reverse("portal:track")),
    }
    return render(request, "desk/slip.html", context)


def _page(request: Request, form: Told, status: int = 200) -> HttpResponse:
    return render(
        request, "desk/record.html", {"rail": rail(request.actor, "record"), "form": form}, status=status
    )
