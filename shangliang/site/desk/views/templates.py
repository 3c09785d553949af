"""Common answers of a committee: listed, written, changed, dropped."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts.once import once, seen
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.forms import blaming
from shangliang.flow.voices import actions
from shangliang.flow.voices.queries import desk

from ..forms.many import Common
from ..rail import STAFF, let_in, rail

READERS = (*STAFF, "auditor")


@require_http_methods(["GET", "POST"])
@login_required
def templates(request: Request) -> HttpResponse:
    """The list, and for an officer the form for the next; a POST writes it."""
    let_in(request.actor, *READERS)
    if request.method == "POST":
        return _make(request)
    return _page(request, form=Common())


@once
def _make(request: Request) -> HttpResponse:
    let_in(request.actor, "officer")
    form = Common(request.POST)
    if form.is_valid():
        committee = places.at(sorted(request.actor.paths("officer"))[0])
        with blaming(form):
            actions.make_template(committee, by=request.actor, **form.cleaned_data)
            messages.success(request, _("写好了，答复的时候能选它。"))
            return redirect("desk:templates")
    return _page(request, form=form, status=422)


@require_GET
@login_required
def template(request: Request, code: str) -> HttpResponse:
    """One of them, with what it said before."""
    let_in(request.actor, *READERS)
    return _page(request, chosen=desk.template(code, request.actor))


@require_POST
@login_required
@once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Say it otherwise, or offer it no more."""
    let_in(request.actor, *READERS)
    found = desk.template(code, request.actor)
    if move == "drop":
        actions.drop_template(code, by=request.actor, seen=seen(request))
        messages.success(request, _("不再列出来了，写过的答复不受影响。"))
        return redirect("desk:templates")
    if move != "change":
        raise Http404(move)
    let_in(request.actor, "officer")
    form = Common(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.change_template(code, by=request.actor, seen=seen(request), **form.cleaned_data)
            messages.success(request, _("改好了，原来的那版留着。"))
            return redirect("desk:template", code)
    return _page(request, chosen=found, form=form, status=422)


def _page(request: Request, *, chosen: Any = None, form: Any = None, status: int = 200) -> HttpResponse:
    rows: list[Any] = list(desk.templates(request.actor))
    editions: list[Any] = list(desk.editions(chosen)) if chosen else []
    writes = request.actor.holds("officer")
    if chosen and form is None:
        form = Common(initial={"title": chosen.title, "words": chosen.words})
    context = {
        "rail": rail(request.actor, "templates"),
        "rows": rows,
        "chosen": chosen,
        "editions": editions,
        "names": people.names({row.by for row in (*rows, *editions)}),
        "form": form if writes else None,
        "picked": bool(chosen),
    }
    return render(request, "desk/templates.html", context, status=status)
