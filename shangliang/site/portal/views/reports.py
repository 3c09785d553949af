"""A reader says that something shown has a problem. It hides nothing; whoever looks over is asked
to look again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.base.charts.errors import Unseen
from shangliang.base.charts.once import once
from shangliang.base.people.accounts import address
from shangliang.base.people.actor import STRANGER
from shangliang.base.people.limits import allowed
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.base.ui.views import refuse
from shangliang.flow.consultations import actions as consultation_actions
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.voices import actions as voice_actions
from shangliang.flow.voices import queries as voices

from ..forms import Report

HOUR, DAY = 3600, 86_400  # seconds
AN_HOUR = 10  # reports of an address


@dataclass(frozen=True)
class Kind:
    """How one kind of thing is read by everybody, reported, and where it stands."""

    read: Callable[[str], Any]
    report: Callable[..., Any]
    page: Callable[[Any], str]


def _shown_post(code: str) -> Any:
    """Unseen but for what everybody reads."""
    post = consultations.post(code, actor=STRANGER)
    if not post.shown:
        raise Unseen(code)
    return post


def _topic(post: Any) -> str:
    return f"{reverse('consultations:consultation', args=[post.consultation.code])}#post-{post.code}"


KINDS = {
    "voice": Kind(
        voices.get_shown, voice_actions.report, lambda thing: reverse("voices:voice", args=[thing.code])
    ),
    "post": Kind(_shown_post, consultation_actions.report_post, _topic),
}


@never_cache
@require_http_methods(["GET", "POST"])
def report(request: Request, kind: str, code: str) -> HttpResponse:
    """The form, with the words it is about; a POST takes it in. Of the reader nothing is kept."""
    if kind not in KINDS:
        raise Http404(kind)
    if request.method == "POST":
        if not allowed("reports", address(request), most=AN_HOUR, seconds=HOUR):
            return refuse(request, 429, _("一个钟头里说过好几条了，歇一歇再来。"), retry_after=HOUR)
        return _report(request, kind, code)
    return _page(request, kind, code, Report())


@once
def _report(request: Request, kind: str, code: str) -> HttpResponse:
    form = Report(request.POST)
    if form.is_valid():
        # Counted with the report itself, so that a fault of the form, or the same form again, costs nothing.
        if not allowed("report", f"{address(request)} {kind} {code}", most=1, seconds=DAY):
            words = _("今天从这里已经有人说过这一条了。看的人都会看到，说一次就够。")
            return refuse(request, 429, words, retry_after=DAY)
        with blaming(form):
            KINDS[kind].report(code, by=STRANGER, **form.cleaned_data)
            return redirect("portal:report_thanks")
    return _page(request, kind, code, form)


def _page(request: Request, kind: str, code: str, form: Report) -> HttpResponse:
    thing = KINDS[kind].read(code)
    context = {
        "kind": kind,
        "thing": thing,
        "wording": thing.wording if kind == "voice" else thing.said,
        "items": [] if kind == "voice" else list(thing.suggestions.all()),
        "back": KINDS[kind].page(thing),
        "form": form,
    }
    return render(request, "portal/report.html", context, status=422 if form.is_bound else 200)


@require_GET
def thanks(request: Request) -> HttpResponse:
    """What happens now; the same page for everybody."""
    return render(request, "portal/report_thanks.html")
