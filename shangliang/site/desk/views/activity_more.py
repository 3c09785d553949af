"""Beside one activity: who is invited, who is here, the rotating code; what nobody planned; series; rules."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import NotYours
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import paging
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blaming
from shangliang.flow.activities import actions, codes, queries, rules, said
from shangliang.flow.activities.kinds import book, chosen, kinds

from ..forms import activities as forms
from ..forms import activity_records as records
from ..rail import STAFF, let_in, rail
from .activities import corrected, correction, inside, listed, page


@require_POST
@login_required
@once.once
def invite(request: Request, code: str) -> HttpResponse:
    """Invite members by studio, sector, committee or name."""
    found = organised(request, code)
    form = forms.Invite(found, request.POST, auto_id="invite_%s")
    if form.is_valid():
        with blaming(form):
            number = actions.invite(code, by=request.actor, people=form.people())
            messages.success(request, _("又请了 %(n)s 位。") % {"n": number})
            return redirect("desk:activity", code)
    return page(request, found, "invite", status=422, invite=form)


@require_POST
@login_required
@once.once
def tick(request: Request, code: str) -> HttpResponse:
    """Check in by list."""
    found = organised(request, code)
    form = forms.Tick(listed(found, queries.parts(found)), request.POST, auto_id="tick_%s")
    if form.is_valid():
        with blaming(form):
            number = actions.tick(code, by=request.actor, people=form.cleaned_data["came"])
            messages.success(request, _("又签到 %(n)s 位。") % {"n": number})
            return redirect("desk:activity", code)
    return page(request, found, "tick", status=422, tick=form)


@require_POST
@login_required
@once.once
def correct(request: Request, code: str, move: str) -> HttpResponse:
    """Who was there, put right: one is struck, or added."""
    found = organised(request, code)
    if move not in corrected():
        raise Http404(move)
    form = correction(move, found, queries.parts(found), request.POST)
    if form.is_valid():
        with blaming(form):
            (actions.strike if move == "strike" else actions.add)(code, by=request.actor, **form.said())
            if found.recorded_on is None:
                told = _("划掉了。") if move == "strike" else _("补上了，积分等记录时一起记。")
            else:
                told = _("划掉了，他的积分冲销了。") if move == "strike" else _("补上了，积分照记录那天记。")
            shown = _("公开稿里写了几位委员的，看一看要不要收回来改。") if found.state == "published" else ""
            messages.success(request, told + shown)
            return redirect("desk:activity", code)
    return page(request, found, move, status=422, corrections=[(move, form, *corrected()[move])])


def organised(request: Request, code: str) -> Any:
    """One that this reader organises. Unseen for what they may not know of, NotYours for who only sees it."""
    found = queries.activity(code, request.actor)
    if not rules.organises(request.actor, found):
        raise NotYours(_("这场活动由办它的工作室和本级政协来管。"))
    return inside(request, code)


@require_GET
@login_required
def code(request: Request, code: str) -> HttpResponse:
    """The rotating code on the organiser's screen; to htmx the code alone."""
    found = organised(request, code)
    now = clock.now()
    address = reverse("workbench:here", args=[found.code]) + f"?c={codes.shown(found.code, now)}"
    context = {
        "rail": rail(request.actor, "activities"),
        "activity": found,
        "address": whole(request, address),
        "left": codes.left(now),
        "came": queries.standings([found])[found.pk].get("came", 0),
    }
    alone = "HX-Request" in request.headers
    answer = render(request, "desk/activity_code_part.html" if alone else "desk/activity_code.html", context)
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def afterwards(request: Request) -> HttpResponse:
    """What nobody could plan: first who held it and of which kind, then how it was and why it comes late."""
    actor = request.actor
    let_in(actor, *STAFF)
    hosts = queries.hosts_of(actor)
    given = request.POST if request.method == "POST" else request.GET
    choose = forms.Choose(hosts, given if "kind" in given else None)
    form, status = None, 200
    if choose.is_bound and choose.is_valid():
        host, kind = choose.hosts[choose.cleaned_data["host"]], kinds()[choose.cleaned_data["kind"]]
        paths, posted = queries.desk_paths(actor), request.method == "POST"
        form = records.Afterwards(
            paths, kind, queries.team(host), *((request.POST, request.FILES) if posted else ())
        )
        if posted and form.is_valid():
            with blaming(form, files="photos"):
                why = form.cleaned_data["reason"]
                made = actions.record_afterwards(
                    host, by=actor, plan=form.plan(), said=form.said(), reason=why
                )
                messages.success(request, _("补记好了，到了的委员记了积分。"))
                return redirect("desk:activity", made.code)
        status = 422 if posted else 200
    elif choose.is_bound:
        status = 422
    context = {"rail": rail(actor, "activities"), "choose": choose, "form": form, "hosts": hosts}
    return render(request, "desk/activity_afterwards.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def lines(request: Request) -> HttpResponse:
    """Series and campaigns, and the form for a new one."""
    actor = request.actor
    let_in(actor, *STAFF, "auditor", "leader")
    form = forms.NewSeries(request.POST or None)
    mine = sorted(actor.paths(*STAFF))
    if request.method == "POST":
        let_in(actor, *STAFF)
        if form.is_valid():
            with blaming(form):
                made = actions.begin_series(places.by_path(set(mine))[mine[0]], by=actor, **form.cleaned_data)
                messages.success(request, _("建好了，计划活动时能选它。"))
                return redirect("desk:activity_line", made.code)
    rows, after = paging.page(queries.all_series(queries.desk_paths(actor)), request.GET.get("after", ""))
    context = {
        "rail": rail(actor, "activities"), "rows": rows, "more": f"?after={after}" if after else "",
        "form": form if mine else None,
    }  # fmt: skip
    return render(request, "desk/activity_lines.html", context, status=422 if form.is_bound else 200)


@require_GET
@login_required
def line(request: Request, code: str) -> HttpResponse:
    """A series or campaign: its activities, and what they add up to."""
    let_in(request.actor, *STAFF, "auditor", "leader")
    found = queries.series(code, queries.desk_paths(request.actor))
    rows, after = paging.page(queries.members_of_series(found, request.actor), request.GET.get("after", ""))
    here = queries.at_desk(request.actor).filter(pk__in=[row.pk for row in rows])
    mine = set(here.values_list("pk", flat=True))
    summed, measures = queries.sums(found), book().measures
    context = {
        "rail": rail(request.actor, "activities"),
        "line": found,
        "rows": [
            (row, said.TONES[row.state], "desk:activity" if row.pk in mine else "activities:activity")
            for row in rows
        ],
        "others": queries.others_of_series(found, request.actor),
        "sums": [
            (one.label, said.amount(one, summed[key], closed=False))
            for key, one in measures.items()
            if key in summed
        ],
        "more": f"?after={after}" if after else "",
    }
    return render(request, "desk/activity_line.html", context)


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def ways(request: Request) -> HttpResponse:
    """Which kinds the committee uses, before which something is studied, how long ahead it announces."""
    actor = request.actor
    let_in(actor, "officer")
    path = sorted(actor.paths("officer"))[0]
    committee = places.by_path({path})[path]
    start = {
        "used": list(chosen(committee)), "study": committee.set("activity_study"),
        "notice_days": committee.set("activity_notice_days"),
    }  # fmt: skip
    form = forms.Rules(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with blaming(form):
            actions.set_rules(committee, by=actor, **form.cleaned_data)
            messages.success(request, _("定好了，新计划的活动照这个办。"))
            return redirect("desk:activity_ways")
    context = {
        "rail": rail(actor, "activities"), "form": form, "committee": committee, "book": book(),
        "unused": [kind for key, kind in kinds().items() if key not in chosen(committee)],
    }  # fmt: skip
    return render(request, "desk/activity_ways.html", context, status=422 if form.is_bound else 200)
