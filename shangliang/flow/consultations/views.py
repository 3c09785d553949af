"""The public pages of consultations: the list, one of them, saying a piece, mending, judging, entering."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markupsafe import Markup

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.paper.answers import CHINESE, answer
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.limits import allowed
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming
from shangliang.base.ui.kept import kept
from shangliang.base.ui.views import refuse

from . import actions, guests, own, page, queries, sheets
from .forms import AppealForm, EnterForm, JudgeForm, MendForm, SayForm
from .steps import mini

SIZE = 20
HOUR = 3600


@require_GET
@kept_until_an_act
def listing(request: Request) -> HttpResponse:
    """What is being talked over; `later=1`: what has its minutes and after. `in`: one committee and below."""
    under = places.committee(request.GET["in"]) if request.GET.get("in") else None
    later = request.GET.get("later") == "1"
    rows = queries.listed(committee=under.path if under else "", later=later)
    found = list(queries.before(rows, request.GET.get("before", ""))[: SIZE + 1])
    kept = {"in": under.code if under else "", "later": "1" if later else ""}
    more = kept | {"before": queries.mark_of(found[SIZE - 1])} if len(found) > SIZE else {}
    return render(
        request,
        "consultations/list.html",
        {
            "section": "consultations",
            "rows": [(row, page.TONES[row.state], *mini(row)) for row in found[:SIZE]],
            "later": later,
            "under": under,
            "places": queries.where_talked(),
            "more": "?" + urlencode({k: v for k, v in more.items() if v}) if more else "",
        },
    )


@require_GET
@kept_until_an_act
def consultation(request: Request, code: str) -> HttpResponse:
    topic = queries.consultation(code, actor=guests.reader(request))
    actor, after = guests.participant(request, topic), request.GET.get("after", "")[:12]

    def make() -> str:
        sight = page.look(topic, actor, after=after)
        return render_to_string("consultations/inside.html", sight, request)

    if actor.kind == "stranger":
        return framed(
            request, topic, kept("consultation", code, queries.stamp(topic), clock.today(), after, make=make)
        )
    return framed(request, topic, make())


@require_GET
def minutes(request: Request, code: str) -> HttpResponse:
    """The minutes as a sheet, for whoever may read them on the page. Unseen before there are any."""
    topic = queries.consultation(code, actor=guests.reader(request))
    points = queries.points(topic)
    if not points:
        raise Unseen(code)
    meetings = queries.meetings(topic)
    names = people.names({key for one in meetings for key in one.members})
    with override(CHINESE):
        said = sheets.minutes(topic, meetings, points, names)
    return answer(request, sheets.MINUTES, said, name=f"{_('纪要')} {topic.title}")


def framed(request: Request, topic: Any, inside: str, *, status: int = 200) -> HttpResponse:
    """The inside of a page about a consultation, in the site's frame. It was drawn by our own templates."""
    context = {
        "title": topic.title,
        "section": "results" if topic.state == "finished" else "consultations",
        "sample": topic.committee.sample,
        "inside": Markup(inside),  # noqa: S704
    }
    return render(request, "consultations/consultation.html", context, status=status)


def _taking_part(request: Request, code: str) -> Actor:
    """Who acts on this consultation. Unseen if they may not even read it."""
    return guests.participant(request, queries.consultation(code, actor=guests.reader(request)))


def _again(request: Request, code: str, **bound: object) -> HttpResponse:
    """The page with a form that had a fault; what was written stands in it."""
    topic = queries.consultation(code, actor=guests.reader(request))
    sight = page.look(topic, guests.participant(request, topic), **bound)  # type: ignore[arg-type]
    return framed(request, topic, render_to_string("consultations/inside.html", sight, request), status=422)


@require_POST
def post(request: Request, code: str) -> HttpResponse:
    """Say a piece. It shows once it was looked over."""
    if not allowed("post", _taking_part(request, code).key, most=30, seconds=HOUR):
        return refuse(request, 429, _("一个钟头里说得很多了，歇一歇再来。您写的都还在。"), retry_after=HOUR)
    return _post(request, code)


@once.once
def _post(request: Request, code: str) -> HttpResponse:
    actor, form = _taking_part(request, code), SayForm(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.leave_post(code, by=actor, words=form.cleaned_data["words"], suggestions=form.items())
            messages.success(request, _("收到了，看过就公开。"))
            return redirect("consultations:consultation", code)
    return _again(request, code, say=form)


@require_POST
@once.once
def mend(request: Request, code: str, post: str) -> HttpResponse:
    """The author's new public wording of a withheld post."""
    actor = _taking_part(request, code)
    form = MendForm(queries.post(post, actor=actor), request.POST)
    if form.is_valid():
        with blaming(form):
            actions.mend_post(
                post, by=actor, seen=once.seen(request), words=form.words(), suggestions=form.suggestions()
            )
            messages.success(request, _("改好了，等人看一眼。"))
            return redirect("consultations:consultation", code)
    if actor.kind == "guest" and form.post.review != "withheld":  # it stands on their own page only
        return own.shown(request, form.post.consultation, actor, form)
    return _again(request, code, mend=form)


@require_POST
@once.once
def appeal(request: Request, code: str, post: str) -> HttpResponse:
    """The author does not agree that a post is withheld."""
    actor = _taking_part(request, code)
    form = AppealForm(queries.post(post, actor=actor), request.POST)
    if form.is_valid():
        with blaming(form):
            actions.appeal_post(post, by=actor, seen=once.seen(request), words=form.cleaned_data["words"])
            messages.success(request, _("收到了。换一个人再看一遍，5 个工作日内答复您。"))
            return redirect("consultations:consultation", code)
    return _again(request, code, appeal=form)


@require_POST
@once.once
def judge(request: Request, code: str, recommendation: str) -> HttpResponse:
    """A proposer's verdict on one recommendation."""
    actor, form = _taking_part(request, code), JudgeForm(recommendation, request.POST)
    queries.recommendation_of(code, recommendation)
    if form.is_valid():
        actions.judge(recommendation, by=actor, **form.cleaned_data)
        messages.success(request, _("记下了，谢谢您的评价。"))
        return redirect("consultations:consultation", code)
    return _again(request, code, judge=(recommendation, form))


@require_http_methods(["GET", "POST"])
def enter(request: Request, code: str) -> HttpResponse:
    """Use a door code. Unknown, used, another consultation's: the same answer."""
    topic = queries.consultation(code, actor=guests.reader(request))
    form = EnterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not guests.may_try(request, code):
            return refuse(request, 429, _("试得太勤了，过十分钟再试。"), retry_after=600)
        if key := actions.enter(topic, form.cleaned_data["code"], once.form_key(request)):
            messages.success(request, _("可以说话了。这台手机记住了您，下次不用再输码。"))
            response = redirect("consultations:consultation", code)
            guests.remember(response, topic, key)
            return response
        form.add_error("code", _("这个码不对，或者已经用过了。看看有没有抄错，或者再要一张。"))
    status = 422 if form.is_bound else 200
    return render(request, "consultations/enter.html", {"topic": topic, "form": form}, status=status)
