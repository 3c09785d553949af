"""What is kept of a guest whom a door code let in, and what they may do about it: see it, put it right,
take a copy, have it erased. Who holds a tracking code has their own page for it."""

import json
import tempfile
import zipfile
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.base.charts import once
from shangliang.base.people.actor import Actor
from shangliang.base.people.limits import allowed
from shangliang.base.people.personal import copies
from shangliang.base.people.request import Request
from shangliang.base.review.states import CHART as REVIEW
from shangliang.base.ui.views import refuse
from shangliang.flow.voices.forms import Erase

from . import actions, guests, queries, rules
from .forms import EnterForm, MendForm
from .models import Consultation

COPIES, HOUR = 6, 3600  # of one person; seconds


def for_the_guest(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only for whom a door code of this consultation let in; anybody else is asked for the code."""

    @wraps(view)
    def wrapped(request: Request, code: str) -> HttpResponseBase:
        topic, actor = _here(request, code)
        if rules.is_guest(actor, topic):
            return view(request, topic, actor)
        if request.method == "GET":
            return redirect("consultations:data", code)
        return refuse(request, 403, _("这里要用参与码才看得到。再输一次参与码，接着办。"))

    return wrapped


def _here(request: Request, code: str) -> tuple[Consultation, Actor]:
    topic = queries.consultation(code, actor=guests.reader(request))
    return topic, guests.participant(request, topic)


@never_cache
@require_http_methods(["GET", "POST"])
def data(request: Request, code: str) -> HttpResponse:
    """What a guest said here, each piece with a form to put it right. Who comes without their browser gives
    the door code that they used (POST): the paper is theirs."""
    topic, actor = _here(request, code)
    if rules.is_guest(actor, topic):
        return shown(request, topic, actor)
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not guests.may_try(request, code):
            return refuse(request, 429, _("试得太勤了，过十分钟再试。"), retry_after=600)
        if key := actions.returning(topic, form.cleaned_data["code"]):
            response = redirect("consultations:data", code)
            guests.remember(response, topic, key)
            return response
        form.add_error("code", _("没有用这张码说过话。看看有没有抄错。"))
    status = 422 if form.is_bound else 200
    return render(request, "consultations/data_enter.html", {"topic": topic, "form": form}, status=status)


def shown(request: Request, topic: Consultation, actor: Actor, bound: MendForm | None = None) -> HttpResponse:
    """The page; a form that had a fault (`bound`) stands open, with what was typed."""
    pieces = []
    for post in queries.said_by(topic, actor):
        form = bound if bound and bound.post.pk == post.pk else MendForm(post)
        pieces.append((post, form if REVIEW.may("mend", actor, post) else None))
    context = {"topic": topic, "pieces": pieces}
    return render(request, "consultations/data.html", context, status=422 if bound else 200)


@never_cache
@require_POST
@for_the_guest
def copy(request: Request, topic: Consultation, actor: Actor) -> HttpResponseBase:
    """A ZIP with one JSON file of everything that is kept of them. It changes nothing."""
    if not allowed("copy", actor.key, most=COPIES, seconds=HOUR):
        words = _("一小时里拿过好几份了，用刚才下载的那份，或者过一会儿再来。")
        return refuse(request, 429, words, retry_after=HOUR)
    body = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("data.json", json.dumps(copies.of(actor.key), ensure_ascii=False, indent=2))
    body.seek(0)
    return FileResponse(body, as_attachment=True, filename="shangliang.zip", content_type="application/zip")


@never_cache
@require_http_methods(["GET", "POST"])
@for_the_guest
def erase(request: Request, topic: Consultation, actor: Actor) -> HttpResponse:
    """What goes and what stays; a POST erases it."""
    if request.method == "POST":
        return _erase(request, topic, actor)
    return render(request, "consultations/data_erase.html", {"topic": topic, "form": Erase()})


@once.once
def _erase(request: Request, topic: Consultation, actor: Actor) -> HttpResponse:
    form = Erase(request.POST)
    if not form.is_valid():
        return render(request, "consultations/data_erase.html", {"topic": topic, "form": form}, status=422)
    actions.erase_guest(topic.code, by=actor)
    messages.success(request, _("删掉了。这张参与码从此打不开东西，可以扔了。"))
    response = redirect("consultations:consultation", topic.code)
    guests.forget(response, topic)
    return response
