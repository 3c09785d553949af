"""A member's activities: what is to come, one of them with sign-up, leave and study, and the check-in."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui import paging
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.activities import actions, codes, queries, said
from shangliang.flow.activities.forms import Leave
from shangliang.flow.activities.states import PARTICIPATION
from shangliang.flow.voices.papers import of as papers_of

from .. import waiting


@require_GET
@login_required
def activities(request: Request) -> HttpResponse:
    """What the member may join, and what they took part in; the address of their own calendar."""
    actor = request.actor
    waiting.let_in(actor)
    coming = list(queries.open_to(actor)[:30])
    parts, after = paging.page(queries.taken_part(actor), request.GET.get("after", ""))
    own = queries.standing_in(coming, actor)
    feed = reverse("activities:own_calendar", args=[actor.key, queries.feed_token(actor.key)])
    context = {
        "coming": [(row, own.get(row.pk), row.starts_at > clock.now()) for row in coming],
        "taken": parts,
        "more": f"?after={after}" if after else "",
        "feed": whole(request, feed),
        "who": codes.mark(actor.key),
    }
    return render(request, "workbench/activities.html", context)


@require_GET
@login_required
def activity(request: Request, code: str) -> HttpResponse:
    """One activity, with the member's own part in it."""
    waiting.let_in(request.actor)
    return _page(request, queries.activity(code, request.actor))


def _page(request: Request, found: Any, form: Any = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    part = queries.own_part(found, actor)
    open_now = found.state == "announced" and found.ends_at >= clock.now()
    ahead = open_now and found.starts_at > clock.now()
    may = {move.name for move in PARTICIPATION.open_to(actor, part)} if part else {"sign_up"}
    may = may if ahead else may & {"study"} if open_now else set()
    record = queries.sees_record(actor, found) and found.recorded_on is not None
    public = found.state == "published"
    papers = papers_of([found.subject])[found.subject] if record or (public and found.photos_shown) else None
    measured = queries.measures([found])[found.pk] if record or public else {}
    context = {
        "activity": found,
        "tone": said.TONES[found.state],
        "part": part,
        "may": may,
        "open": open_now,
        "full": ahead and queries.full(found),
        "form": form or Leave(),
        "measures": said.numbers(found, measured, closed=not record),
        "photos": papers.photos if papers else [],
        "record": record,
        "did": _did(queries.parts(found)) if record else [],
        "public": public,
        "who": codes.mark(actor.key),
    }
    return render(request, "workbench/activity.html", context, status=status)


def _did(parts: Any) -> list[tuple[str, str]]:
    """The name of each who came, and what they did."""
    did = said.doings(parts)
    names = people.names(did)
    return [(names.get(person, ""), words) for person, words in did.items()]


MOVES = ("sign_up", "ask_leave", "study")


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Sign up, ask for leave with a reason, say that one has studied."""
    actor = request.actor
    found = queries.activity(code, actor)
    if move not in MOVES:
        raise Http404(move)
    if move == "ask_leave":
        form = Leave(request.POST)
        if form.is_valid():
            with blaming(form):
                actions.ask_leave(code, by=actor, reason=form.cleaned_data["reason"])
                messages.success(request, _("请好假了。请假不算缺席。"))
                return redirect("workbench:activity", code)
        return _page(request, found, form, status=422)
    if move == "study":
        actions.study(code, by=actor)
        messages.success(request, _("记下了：您学过了。"))
    else:
        part = actions.sign_up(code, by=actor)
        waits = part.state == "waiting"
        messages.success(
            request, _("名额满了，您排在候补里，有空出来的自己补上。") if waits else _("报上名了。")
        )
    return redirect("workbench:activity", code)


def _waits() -> str:
    return _("扫到的码交得晚，记下了；办活动的人在名单上勾过才算到。")


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def here(request: Request, code: str) -> HttpResponse:
    """What the rotating code opens (`c`): press once and you are there. The page carries the moment at which
    it was opened, so that it may be sent later, when there is a signal again. Without a form a scan is done
    with, for good: the phone forgets it."""
    actor = request.actor
    waiting.let_in(actor)
    found = queries.activity(code, actor)
    token = (typed(request, "c") or request.GET.get("c", ""))[:64]
    at = _moment(typed(request, "at") or request.GET.get("at", "")) or clock.now()
    fault = ""
    if request.method == "POST":
        try:
            came = actions.arrive(code, by=actor, token=token, at=at).state == "came"
            messages.success(request, _("签到了。再扫一次也只算一次。") if came else _waits())
            return redirect("workbench:activity", code)
        except ValidationError as wrong:
            fault = " ".join(wrong.messages)
    part = queries.own_part(found, actor)
    context = {
        "activity": found,
        "part": part,
        "token": token,
        "at": int(at.timestamp()),
        "stale": not fault and not codes.fits(found.code, token, at),
        "closed": said.no_scan(found, at),
        "kept": _waits() if part and part.late and clock.now() - at > codes.AT_ONCE else "",
        "study": found.study and not (part and part.studied_on),
        "fault": fault,
        "who": codes.mark(actor.key),
    }
    return render(request, "workbench/here.html", context, status=422 if fault else 200)


def _moment(said_: str) -> datetime | None:
    """Seconds since 1970 as a phone sends them; None for anything else."""
    if not (said_.isascii() and said_.isdecimal() and len(said_) <= 10):
        return None
    return datetime.fromtimestamp(int(said_), UTC)
