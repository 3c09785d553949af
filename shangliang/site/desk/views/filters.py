"""All by which the queue can be narrowed, and the filters that somebody keeps under a name of their own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.base.charts.once import once
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.voices import actions
from shangliang.flow.voices.queries import desk

from .. import narrow
from ..forms.many import Named
from ..lists import KEPT, Asked
from ..rail import let_in, rail


@require_http_methods(["GET", "POST"])
@login_required
def filters(request: Request) -> HttpResponse:
    """The form of every filter, filled in as the address says, and one's own saved ones; a POST saves the
    filter that the page shows."""
    let_in(request.actor)
    if request.method == "POST":
        return _save(request)
    return _page(request, Asked.of(request.GET), Named())


@once
def _save(request: Request) -> HttpResponse:
    asked, form = Asked.of(QueryDict(typed(request, "listed").replace("%00", ""))), Named(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.save_filter(by=request.actor, name=form.cleaned_data["name"], query=asked.query())
            messages.success(request, _("存下了，在列表上面点它。"))
            return redirect(asked.address)
    return _page(request, asked, form, status=422)


@require_POST
@login_required
@once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Rename one of one's own, or delete it."""
    let_in(request.actor)
    saved = desk.saved_filter(code, request.actor)
    if move == "delete":
        actions.delete_filter(code, by=request.actor)
        messages.success(request, _("删了。"))
        return redirect("desk:filters")
    if move != "rename":
        raise Http404(move)
    form = Named(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.rename_filter(code, by=request.actor, name=form.cleaned_data["name"])
            messages.success(request, _("改了名字。"))
            return redirect("desk:filters")
    fault = [words for said in form.errors.values() for words in said]
    return _page(request, Asked.of(QueryDict(saved.query)), Named(), fault=str(fault[0]), status=422)


def _page(request: Request, asked: Asked, form: Named, *, fault: str = "", status: int = 200) -> HttpResponse:
    offered = narrow.choices(request.actor)
    saved = [(row, Asked.of(QueryDict(row.query))) for row in desk.saved_filters(request.actor)]
    context: dict[str, Any] = {
        "rail": rail(request.actor, "queue"),
        "asked": asked,
        "held": asked.held,
        "offered": [(name, narrow.LABELS[name], offered[name]) for name in narrow.LABELS],
        "words": _words(asked, offered),
        "saved": [(row, one.address, _words(one, offered)) for row, one in saved],
        "most": desk.FILTERS,
        "form": form,
        "fault": fault,
    }
    return render(request, "desk/filters.html", context, status=status)


def _words(asked: Asked, offered: dict[str, narrow.Choices]) -> str:
    """What a filter asks for, in words: its tab, and what it narrows by."""
    parts = [asked.label, narrow.said(asked.held, offered, [name for name in KEPT if name in narrow.LABELS])]
    if asked.q:
        parts.append(_("「%(words)s」") % {"words": asked.q})
    return "；".join(filter(None, parts))
