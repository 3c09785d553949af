"""Many voices at once: chosen on the list, written about once, looked through, carried out all or none."""

from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts.once import once, seen
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.queries import desk
from shangliang.flow.voices.topics import topics

from ..forms.many import DEEDS, Choices, Many
from ..lists import Asked, codes
from ..rail import STAFF, let_in, rail

MOST = desk.MOST


@require_http_methods(["GET", "POST"])
@login_required
def many(request: Request) -> HttpResponse:
    """What was chosen on the list, and what is to be done with it; a POST looks it through and goes on."""
    let_in(request.actor, *STAFF)
    if request.method == "POST":
        return _prepare(request)
    return _choosing(request, request.GET)


@once
def _prepare(request: Request) -> HttpResponse:
    query, deed = QueryDict(typed(request, "chosen").replace("%00", "")), typed(request, "deed")
    if deed not in DEEDS:
        raise Http404(deed)
    form = Many(deed, _to(request.actor, deed), request.POST)
    if form.is_valid():
        with blaming(form):
            chosen = _codes(request.actor, query)[:MOST]
            batch = actions.prepare_batch(chosen, by=request.actor, deed=deed, **form.cleaned_data)
            return redirect("desk:batch", batch.code)
    return _choosing(request, query, deed=deed, form=form, status=422)


def _choosing(
    request: Request, query: QueryDict, *, deed: str = "", form: Many | None = None, status: int = 200
) -> HttpResponse:
    actor, asked = request.actor, Asked.of(query)
    chosen = _codes(actor, query)
    found = desk.of_batch(chosen[:MOST], actor)
    voices = [found[code] for code in chosen[:MOST] if code in found]
    asks = {deed: actions.Through(deed, actor) for deed in DEEDS}
    why = {deed: [ask.why_not(voice) for voice in voices] for deed, ask in asks.items()}
    can = {deed: said.count("") for deed, said in why.items()}
    deed = deed or query.get("deed", "")
    if deed not in DEEDS:
        deed = max(("answer", "take_up", "assign"), key=lambda one: can[one])
    said = _said(query)
    templates = list(desk.templates(actor)) if deed == "answer" else []
    picked = next((row.words for row in templates if row.code == query.get("template")), "")
    context: dict[str, Any] = {
        "rail": rail(actor, "queue"),
        "asked": asked,
        "deed": deed,
        "form": form or Many(deed, _to(actor, deed), initial={"words": picked}),
        "tabs": [
            (f"{request.path}?{said}&deed={one}", label, str(can[one] or ""), one == deed)
            for one, label in DEEDS.items()
        ],
        "chosen": said,
        "count": len(voices),
        "more": len(chosen) > MOST,
        "most": MOST,
        "can": can[deed],
        "cannot": Counter(filter(None, why[deed])).most_common(),
        "templates": [
            (row.title, f"{request.path}?{said}&{urlencode({'deed': deed, 'template': row.code})}")
            for row in templates
        ],
    }
    return render(request, "desk/many.html", context, status=status)


@require_GET
@login_required
def batch(request: Request, code: str) -> HttpResponse:
    """What each would get, those that can't be dealt with and why, what changed since."""
    let_in(request.actor, *STAFF)
    return _batch(request, desk.batch(code, request.actor))


@require_POST
@login_required
@once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Carry it out, look it through anew, or say it otherwise."""
    let_in(request.actor, *STAFF)
    row = desk.batch(code, request.actor)
    if move == "carry_out":
        return _carry_out(request, row)
    if move == "look_again":
        actions.look_again(code, by=request.actor, seen=seen(request))
        return redirect("desk:batch", code)
    if move != "rewrite":
        raise Http404(move)
    form = Many(row.deed, _to(request.actor, row.deed), request.POST)
    if form.is_valid():
        with blaming(form):
            actions.rewrite_batch(code, by=request.actor, seen=seen(request), **form.cleaned_data)
            return redirect("desk:batch", code)
    return _batch(request, row, form=form, status=422)


def _carry_out(request: Request, row: Any) -> HttpResponse:
    try:
        done = actions.carry_out(row.code, by=request.actor, seen=seen(request))
    except actions.NotAll as fault:
        wrong = {line.code: line.why for line in fault.lines}
        return _batch(request, row, fault=str(fault.words), wrong=wrong, status=409)
    one = ngettext("办好了，一共 %(num)s 件。", "办好了，一共 %(num)s 件。", len(done.rows))
    messages.success(request, one % {"num": len(done.rows)})
    return redirect("desk:batch", row.code)


def _batch(
    request: Request,
    row: Any,
    *,
    form: Many | None = None,
    fault: str = "",
    wrong: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, to = request.actor, _to(request.actor, row.deed)
    lines = actions.looked_through(row, actor)
    if wrong:
        lines = [replace(line, why=line.why or wrong.get(line.code, "")) for line in lines]
    out = desk.of_batch([code for code, _why in row.left_out], actor)
    queries.whole([*(line.voice for line in lines if line.voice), *out.values()])
    initial = {"words": row.words, "to": row.to}
    context = {
        "rail": rail(actor, "queue"),
        "batch": row,
        "deed": DEEDS[row.deed],
        "to": dict(to).get(row.to, ""),
        "lines": lines,
        "changed": [] if row.done_at else [line for line in lines if line.why],
        "left_out": [(out.get(code), why) for code, why in row.left_out],
        "varies": "{" in row.words or "｛" in row.words,
        "form": form or Many(row.deed, to, initial=initial),
        "rewritten": bool(form),
        "fault": fault,
        "back": reverse("desk:queue"),
    }
    return render(request, "desk/batch.html", context, status=status)


def _codes(actor: Actor, query: QueryDict) -> list[str]:
    """What was ticked, or everything that the filter asks for, one more than may be dealt with at once."""
    if "all" in query:
        return codes(actor, Asked.of(query), MOST + 1)
    return list(dict.fromkeys(code[:12] for code in query.getlist("pick") if "\0" not in code))[: MOST + 1]


def _said(query: QueryDict) -> str:
    """The choice as an address says it, without what is to be done."""
    kept = [(name, value) for name, value in Asked.of(query).held.items()]
    picks = (
        [("all", "1")]
        if "all" in query
        else [("pick", code[:12]) for code in query.getlist("pick")[: MOST + 1]]
    )
    return urlencode([*kept, *picks])


def _to(actor: Actor, deed: str) -> Choices:
    """To whom: the departments of the committee, or one's colleagues; for taking up, under which topic."""
    if deed == "hand_over":
        return list(desk.colleagues_of(actor).items())
    if deed == "assign":
        at = places.at(sorted(actor.paths(*desk.DESK))[0])
        return [(one.code, one.name) for one in places.departments(at)]
    return [(key, str(one)) for key, one in topics().items()] if deed == "take_up" else []
