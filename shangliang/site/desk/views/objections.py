"""Members' doubts of their points at the desk: what waits for an answer, and by when; one of them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts import once
from shangliang.base.clock.words import nearing
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming
from shangliang.ledgers.figures import subjects
from shangliang.ledgers.points import actions, inforce, queries
from shangliang.ledgers.points.states import CHART

from ..forms.points import Dismiss, Uphold
from ..rail import let_in, rail

READERS = ("officer", "leader", "auditor")
TONES = {"open": "wait", "upheld": "done", "dismissed": "quiet", "withdrawn": "quiet"}


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What waits, the nearest day first; `tab=answered`: the others."""
    let_in(request.actor, *READERS)
    answered = request.GET.get("tab") == "answered"
    found = queries.at_office(request.actor, answered=answered)
    rows, after = paging.page(found, request.GET.get("after", ""))
    entries, here = queries.doubted(rows), reverse("desk:objections")
    known = inforce.Known({row.committee_path for row in rows})
    context = {
        "rail": rail(request.actor, "objections"),
        "rows": [(row, TONES[row.state], _about(row, entries, known), _when(row)) for row in rows],
        "names": people.names({row.person for row in rows}),
        "tabs": [
            (here, _("等答复的"), None, not answered),
            (f"{here}?tab=answered", _("答复过的"), None, answered),
        ],
        "more": f"{here}?{'tab=answered&' if answered else ''}after={after}" if after else "",
    }
    return render(request, "desk/objections.html", context)


def _when(row: Any) -> str:
    near = nearing(row.due, provisional=row.provisional) if row.state == "open" else None
    return f"{near.day}　{near.left}" if near else ""


def _about(row: Any, entries: dict[str, Any], known: inforce.Known) -> str:
    entry = entries.get(row.entry)
    if entry is None:
        return _("少了一笔")
    by = known.called(entry.tariff)
    rule = by.rule(entry.rule) if by else None
    return rule.label if rule else entry.rule


@require_GET
@login_required
def objection(request: Request, code: str) -> HttpResponse:
    """The doubt, the entry and what it rests on; the forms for the two answers."""
    let_in(request.actor, *READERS)
    return _page(request, queries.objection(code, request.actor))


def _form(name: str, found: Any, actor: Any, *said: Any) -> Any:
    options = {"auto_id": f"{name}_%s"}
    if name != "uphold":
        return Dismiss(*said, **options)
    try:
        day = date.fromisoformat(said[0].get("day", "")) if said else found.day
    except ValueError:  # the form says so
        day = found.day
    held = [] if found.entry else queries.held_on(found, day)
    told = subjects.told(held, actor)
    return Uphold(found, *said, held=[(one, told[one].title) for one in held if one in told], **options)


def _page(request: Request, found: Any, move: str = "", form: Any = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    opened = [row.name for row in CHART.open_to(actor, found)]
    entries = queries.doubted([found])
    entry = entries.get(found.entry)
    near = nearing(found.due, provisional=found.provisional) if found.state == "open" else None
    keys = {found.person, found.written_by, found.answered_by}
    context = {
        "rail": rail(actor, "objections"),
        "objection": found,
        "tone": TONES[found.state],
        "about": _about(found, entries, inforce.Known([found.committee_path])),
        "entry": entry,
        "told": subjects.told([entry.subject], actor).get(entry.subject) if entry else None,
        "left": near.left if near else "",
        "names": people.names(keys),
        "posted": queries.corrections(found),
        "offers": [
            (name, form if name == move and form else _form(name, found, actor))
            for name in MOVES
            if name in opened
        ],
        "move": move,
        "wrong": status != 200,
        "own_record": found.state == "open" and actor.key == found.written_by,
    }
    return render(request, "desk/objection.html", context, status=status)


MOVES = ("uphold", "dismiss")


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Put it right, or say why not."""
    found, seen = queries.objection(code, request.actor), once.seen(request)
    if move not in MOVES:
        raise Http404(move)
    CHART.check(move, found, by=request.actor, seen=seen)
    form = _form(move, found, request.actor, request.POST)
    if form.is_valid():
        with blaming(form):
            if move == "uphold":
                actions.uphold(code, by=request.actor, seen=seen, **form.said())
            else:
                actions.dismiss(code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, _("答复了，委员看得到。"))
            return redirect("desk:objection", code)
    return _page(request, found, move, form, status=422)
