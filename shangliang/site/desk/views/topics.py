"""Topics at the desk: what waits, what runs, and raising one from voices or on a leader's paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts.errors import NotYours
from shangliang.base.charts.once import once
from shangliang.base.clock.words import nearing
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming
from shangliang.flow.consultations import actions, page, queries
from shangliang.flow.voices import queries as voices

from ..forms.consultations import FromVoices, OnPaper
from ..rail import STAFF, let_in, rail

MOST = 50
# What a line of the lists shows: most of the time of a list goes into building the query of a wide thing.
SHOWN = (
    "code", "title", "source", "state", "decide_by", "decide_provisional", "last_day",
    "committee__name", "studio__name",
)  # fmt: skip
SENT_BACK = ("code", "words", "returned_reason", "consultation__code", "department__name")


@require_GET
@login_required
def topics(request: Request) -> HttpResponse:
    """The topics by clock. `form`: the form that stands open (raise, paper), for htmx that form alone;
    `voice`: one that the reader wants to raise a topic from."""
    let_in(request.actor, *STAFF)
    opened = request.GET.get("form", "raise" if "voice" in request.GET else "")
    if "HX-Request" not in request.headers:
        return _list(request, opened)
    form = _form(request, opened)
    if form is None:
        raise Http404(opened)
    return render(request, "desk/topics_form.html", {"opened": opened, "form": form})


def _form(request: Request, name: str) -> Any:
    """The empty form of this name; None if the reader has none such, or nothing to raise a topic from."""
    if name == "paper" and request.actor.holds("officer"):
        return OnPaper()
    if name == "raise" and (offered := list(_offered(request.actor)[:MOST])):
        picked = request.GET.get("voice", "")
        return FromVoices(offered, initial={"voices": [v.code for v in offered if v.code == picked]})
    return None


def _list(request: Request, opened: str = "", *, faulty: Any = None, status: int = 200) -> HttpResponse:
    """`opened` is the form that stands open: asked for by the address, or `faulty`, one that came back."""
    actor, form = request.actor, faulty or _form(request, opened)
    return render(
        request,
        "desk/topics.html",
        {
            "rail": rail(actor, "topics"),
            "waiting": [
                (t, nearing(t.decide_by, provisional=t.decide_provisional))
                for t in queries.topics(actor).only(*SHOWN)[:MOST]
            ],
            "running": [
                (t, page.TONES[t.state], nearing(t.last_day) if t.state == "open" else None)
                for t in queries.in_hand(actor).only(*SHOWN)[:MOST]
            ],
            "returned": list(
                queries.returned(actor)
                .select_related(None)
                .select_related("consultation", "department")
                .only(*SENT_BACK)[:MOST]
            ),
            "raises": bool(form and opened == "raise") or _offered(actor).exists(),
            "enters": actor.holds("officer"),
            "opened": opened if form else "",
            "form": form,
        },
        status=status,
    )


def _offered(actor: Actor) -> QuerySet[Any]:
    """The voices in hand that this actor could raise, by clock: what the form says of each."""
    return voices.queue(actor, "taken_up").select_related(None).only("code", "words", "person", "number")


@require_POST
@login_required
@once
def from_voices(request: Request) -> HttpResponse:
    """A topic from chosen voices."""
    let_in(request.actor, *STAFF)
    form = FromVoices(list(_offered(request.actor)[:MOST]), request.POST)
    if form.is_valid():
        with blaming(form):
            topic = actions.raise_from_voices(by=request.actor, **form.cleaned_data)
            messages.success(request, _("题目提好了，留言的人用查询码能看到。"))
            return redirect("desk:consultation", topic.code)
    return _list(request, "raise", faulty=form, status=422)


@require_POST
@login_required
@once
def on_paper(request: Request) -> HttpResponse:
    """A topic from a leader's dated paper."""
    paths = sorted(request.actor.paths("officer"))
    if not paths:
        raise NotYours(_("领导的题目由本级政协的干部照材料录入。"))
    form = OnPaper(request.POST, request.FILES)
    if form.is_valid():
        with blaming(form):
            topic = actions.raise_on_paper(places.at(paths[0]), by=request.actor, **form.cleaned_data)
            messages.success(request, _("题目提好了，材料也收下了。"))
            return redirect("desk:consultation", topic.code)
    return _list(request, "paper", faulty=form, status=422)
