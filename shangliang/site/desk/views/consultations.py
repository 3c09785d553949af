"""One consultation at the desk: everything that its host and its committee's officers do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.charts.once import once, seen
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.consultations import actions, page, queries, rules
from shangliang.flow.consultations.states import CHART, RECOMMENDATION
from shangliang.flow.results import actions as results
from shangliang.flow.results import queries as result_queries

from ..forms import consultations as forms
from ..rail import STAFF, let_in, rail

CODES, MINUTES = "door_codes", 30


@dataclass(frozen=True)
class Deed:
    """A form on the page: its class, what carries it out, and what is said afterwards."""

    form: type[Any]
    do: Callable[..., Any]
    said: Any
    label: Any = ""


DEEDS: dict[str, Deed] = {
    "open": Deed(forms.Open, actions.open_topic, gettext_lazy("定了，开始商量。公开页上能看到了。")),
    "decline": Deed(forms.Decline, actions.decline, gettext_lazy("没有列入，理由大家看得到。")),
    "hold_meeting": Deed(forms.Meeting, actions.hold_meeting, gettext_lazy("记下了。")),
    "minute": Deed(forms.Minutes, actions.minute, gettext_lazy("纪要出来了。")),
    "send": Deed(forms.Send, actions.send, gettext_lazy("建议送出去了，每条都开始计日子。")),
}


@dataclass(frozen=True)
class Part:
    """A part of the page that is fetched apart: it costs as much as the rest."""

    template: str
    of: Callable[[Any, Actor], dict[str, Any]]


PARTS = {
    "papers": Part("desk/consultation_papers.html", page.papers),
    "talk": Part("desk/consultation_talk.html", page.talk),
}


@require_GET
@login_required
def consultation(request: Request, code: str) -> HttpResponse:
    """Everything about one consultation. `form`: the form that stands open; for htmx that form alone. `part`:
    the page with what was written (papers) or said (talk); for htmx that part alone."""
    topic, opened = _seen_at_desk(request, code), request.GET.get("form", "")
    if "HX-Request" not in request.headers:
        return _page(request, topic, opened)
    if part := PARTS.get(request.GET.get("part", "")):
        return render(request, part.template, part.of(topic, request.actor))
    result = result_queries.of(topic, actor=request.actor)
    offered = _offered(request.actor, topic, result)
    if opened not in offered:
        raise Http404(opened)
    form = _form(opened, topic, request.actor, result)
    context = {"topic": topic, "offer": offered[opened], "form": form, **_suggestions(opened, topic)}
    return render(request, "desk/consultation_form.html", context)


def _seen_at_desk(request: Request, code: str) -> Any:
    """The consultation, for who works on it. Unseen, then NotYours."""
    let_in(request.actor, *STAFF)
    topic = queries.consultation(code, actor=request.actor)
    if not (
        rules.hosts(request.actor, topic) or (topic.state == "raised" and rules.opens(request.actor, topic))
    ):
        raise NotYours(_("这个题目由主持的工作室和本级政协的干部来办。"))
    return topic


@dataclass(frozen=True)
class Offer:
    """A form that is open to the reader: its name and words, and the version that it is about."""

    name: str
    label: Any
    button: Any
    version: int | None
    tone: int = 1


def _offered(actor: Actor, topic: Any, result: Any) -> dict[str, Offer]:
    """The forms that this reader has on the page, by name: the chart's moves, the result's text, codes."""
    found = {
        move.name: Offer(move.name, move.label, move.label, topic.version, 4 if move.name == "decline" else 1)
        for move in CHART.open_to(actor, topic)
        if move.name in DEEDS
    }
    if rules.runs(actor, topic) and topic.state == "sent" and (result is None or result.state == "draft"):
        label = _("改草稿") if result else _("起草成果")
        found["result"] = Offer("result", label, _("存草稿"), result.version if result else None, 2)
    if topic.takes_posts_on(clock.today()):
        found["codes"] = Offer("codes", _("印一批"), _("印"), topic.version, 2)
    return found


def _form(name: str, topic: Any, actor: Actor, result: Any) -> Any:
    """The empty form of this name; of the result, what the draft says."""
    if name == "result":
        return forms.ResultText(topic, actor, initial={"text": result.text if result else ""})
    return forms.Codes(topic, actor) if name == "codes" else DEEDS[name].form(topic, actor)


def _suggestions(name: str, topic: Any) -> dict[str, Any]:
    """On what the recommendations of the form can rest."""
    return {"suggestions": queries.suggestions(topic) if name == "send" else []}


def _page(request: Request, topic: Any, opened: str = "", *, status: int = 200, **bound: Any) -> HttpResponse:
    """`opened` is the form that stands open; `bound` is one that came back, by its name."""
    actor = request.actor
    sight = page.at_desk(topic)
    if part := PARTS.get(request.GET.get("part", "")):  # where no script fetches it
        sight |= part.of(topic, actor)
    result = result_queries.of(topic, actor=actor)
    offered = _offered(actor, topic, result)
    moves = [offer for offer in offered.values() if offer.name in DEEDS]
    waits = ["result"] if "result" in offered and result is None else []  # nothing is drafted yet
    opened = next(
        (
            name
            for name in (*bound, opened, *waits, *(m.name for m in moves[:1] if len(moves) == 1))
            if name in offered
        ),
        "",
    )
    runs = rules.runs(actor, topic)
    returned = [row for row in sight["rows"] if row.state == "returned"] if runs else []
    return render(
        request,
        "desk/consultation.html",
        {
            **sight,
            "rail": rail(actor, "topics"),
            "moves": moves,
            "offered": offered,
            "opened": opened,
            "offer": offered.get(opened),
            "form": bound.get(opened) or (_form(opened, topic, actor, result) if opened else None),
            **_suggestions(opened, topic),
            "publish": bound.get("publish"),
            "wrong": next(iter(bound), ""),
            "result_of": result,
            "missing": queries.missing_for_result(sight["rows"]) if runs and topic.state == "sent" else [],
            "again": [(row, bound.get(row.code) or forms.SendAgain(row)) for row in returned],
            "printed": queries.printed_codes(topic) if "codes" in offered else {},
        },
        status=status,
    )


@require_POST
@login_required
@once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Carry out one move; a form with a fault comes back on the page with everything kept."""
    topic = _seen_at_desk(request, code)
    if move in OTHERS:
        return OTHERS[move](request, topic)
    if move not in DEEDS:
        raise Http404(move)
    deed = DEEDS[move]
    CHART.check(move, topic, by=request.actor, seen=seen(request))
    form = deed.form(topic, request.actor, request.POST)
    return _carried_out(
        request, code, move, form, deed.said, lambda **given: deed.do(code, seen=seen(request), **given)
    )


def _carried_out(
    request: Request, code: str, name: str, form: Any, said: Any, do: Callable[..., Any]
) -> HttpResponse:
    if form.is_valid():
        with blaming(form):
            do(by=request.actor, **form.cleaned_data)
            messages.success(request, str(said))
            return redirect("desk:consultation", code)
    return _page(request, _seen_at_desk(request, code), status=422, **{name: form})


def _send_again(request: Request, topic: Any) -> HttpResponse:
    row = queries.recommendation_of(topic.code, typed(request, "recommendation"))
    RECOMMENDATION.check("send_again", row, by=request.actor, seen=seen(request))
    form = forms.SendAgain(row, request.POST)
    said = _("改送出去了，日子从今天重新算。")
    return _carried_out(
        request, topic.code, row.code, form, said,
        lambda **given: actions.send_again(row.code, seen=seen(request), **given),
    )  # fmt: skip


def _write_result(request: Request, topic: Any) -> HttpResponse:
    """Draft the result, or change the draft."""
    if not rules.runs(request.actor, topic):  # before any fault of the form
        raise NotYours(_("成果由本级政协的干部来写、来公布。"))
    form = forms.ResultText(topic, request.actor, request.POST, request.FILES)
    draft = result_queries.of(topic, actor=request.actor)

    def do(*, by: Actor, **given: Any) -> None:
        if draft:
            results.redraft(draft.code, by=by, seen=seen(request), **given)
        else:
            results.draft(topic.code, by=by, **given)

    return _carried_out(request, topic.code, "result", form, _("草稿存好了，还没有公布。"), do)


def _publish(request: Request, topic: Any) -> HttpResponse:
    draft = result_queries.of(topic, actor=request.actor)
    if draft is None:
        raise Http404
    form = forms.Nothing(topic, request.actor, request.POST)
    said = _("公布了，这个题目有结果了。")
    return _carried_out(
        request, topic.code, "publish", form, said,
        lambda **given: results.publish(draft.code, seen=seen(request), **given),
    )  # fmt: skip


def _print_codes(request: Request, topic: Any) -> HttpResponse:
    """Draw codes and show them once, on the next page."""
    form = forms.Codes(topic, request.actor, request.POST)
    if not form.is_valid():
        return _page(request, topic, status=422, codes=form)
    codes = actions.print_door_codes(topic.code, by=request.actor, **form.cleaned_data)
    until = int(clock.now().timestamp()) + MINUTES * 60
    request.session[CODES] = {"of": topic.code, "codes": codes, "until": until}
    return redirect("desk:door_codes", topic.code)


OTHERS: dict[str, Callable[[Request, Any], HttpResponse]] = {
    "send_again": _send_again,
    "result": _write_result,
    "publish": _publish,
    "codes": _print_codes,
}


@require_GET
@login_required
def door_codes(request: Request, code: str) -> HttpResponse:
    """The batch just printed, for half an hour, in this browser only."""
    topic, codes = just_printed(request, code)
    if not codes:
        return redirect("desk:consultation", code)
    address = whole(request, reverse("consultations:enter", args=[code]))
    return render(request, "desk/door_codes.html", {"topic": topic, "codes": codes, "address": address})


def just_printed(request: Request, code: str) -> tuple[Any, list[str]]:
    """The consultation, and the codes of its batch while this browser still has them."""
    topic, held = _seen_at_desk(request, code), request.session.get(CODES)
    if not held or held["of"] != code or held["until"] < clock.now().timestamp():
        request.session.pop(CODES, None)
        return topic, []
    return topic, held["codes"]
