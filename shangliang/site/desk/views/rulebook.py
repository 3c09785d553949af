"""The rule book at the desk: an officer enters a rule, brings a new edition, makes it public, repeals it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import one_of
from shangliang.base.files import queries as files
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.rulebook import actions, queries
from shangliang.base.rulebook.states import CHART
from shangliang.base.rulebook.values import named
from shangliang.base.ui.forms import Form, blaming

from ..forms import rulebook as forms
from ..rail import let_in, rail

READERS = ("officer", "auditor")
PAGE = 100


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def rules(request: Request) -> HttpResponse:
    """The whole book of one's own committee, and the form for another rule."""
    if request.method == "GET":
        let_in(request.actor, *READERS)
        return _list(request)
    let_in(request.actor, "officer")
    form = forms.Enter(request.POST, request.FILES)
    if form.is_valid():
        committee = places.at(min(request.actor.paths("officer")))
        with blaming(form, files="paper"):
            made = actions.enter(committee, by=request.actor, **form.cleaned_data)
            messages.success(request, _("登记好了。"))
            return redirect("desk:rule", made.code)
    return _list(request, form, status=422)


def _list(request: Request, form: forms.Enter | None = None, status: int = 200) -> HttpResponse:
    rows = list(queries.kept_by(request.actor)[:PAGE])
    newest = queries.latest(rows)
    officer = request.actor.holds("officer")
    context = {
        "rail": rail(request.actor, "rules"),
        "rows": [(row, newest[row.pk]) for row in rows],
        "form": form or (forms.Enter() if officer else None),
        "committee": places.at(min(request.actor.paths(*READERS))),
    }
    return render(request, "desk/rules.html", context, status=status)


@require_GET
@login_required
def rule(request: Request, code: str) -> HttpResponse:
    """One rule with its editions, and what its office can do with it."""
    return _page(request, _own(request, code))


def _own(request: Request, code: str) -> Any:
    let_in(request.actor, *READERS)
    return one_of(queries.kept_by(request.actor), code)


def _page(request: Request, found: Any, move: str = "", form: Any = None, status: int = 200) -> HttpResponse:
    every = queries.editions(found)
    opened = {row.name for row in CHART.open_to(request.actor, found)}
    drawn = {
        "replace": forms.Replace(initial=_initial(every[0]), auto_id="replace_%s"),
        "repeal": forms.Repeal(initial={"on": clock.today()}, auto_id="repeal_%s"),
    }
    context = {
        "rail": rail(request.actor, "rules"),
        "rule": found,
        "editions": every,
        "papers": files.of([one.subject for one in every]),
        "names": people.names({one.by for one in every}),
        "values": named(every[0].governs),
        "offers": [
            (name, form if name == move and form else drawn[name]) for name in drawn if name in opened
        ],
        "may_publish": "publish" in opened and not found.public,
        "move": move,
        "wrong": status != 200,
    }
    return render(request, "desk/rule.html", context, status=status)


def _initial(edition: Any) -> dict[str, Any]:
    return {name: getattr(edition, name) for name in ("title", "document", "issuer", "text", "governs")}


Deed = Callable[[Request, str, Any, int | None], object]
DEEDS: dict[str, tuple[Any, Deed, Any]] = {
    "replace": (
        forms.Replace,
        lambda request, code, said, seen: actions.replace(code, by=request.actor, seen=seen, **said),
        lambda: _("换好了。旧版还在，谁都能翻到。"),
    ),
    "publish": (
        Form,  # there is nothing to be said
        lambda request, code, said, seen: actions.publish(code, by=request.actor, seen=seen),
        lambda: _("公开了。"),
    ),
    "repeal": (
        forms.Repeal,
        lambda request, code, said, seen: actions.repeal(code, by=request.actor, seen=seen, **said),
        lambda: _("记下了，这件制度废止了。"),
    ),
}


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Replace, publish, repeal."""
    found = queries.rule(code, request.actor)
    if move not in DEEDS:
        raise Http404(move)
    made, do, told = DEEDS[move]
    seen = once.seen(request)
    CHART.check(move, found, by=request.actor, seen=seen)
    form = made(request.POST, request.FILES, auto_id=f"{move}_%s")
    if form.is_valid():
        with blaming(form, files="paper"):
            do(request, code, form.cleaned_data, seen)
            messages.success(request, told())
            return redirect("desk:rule", code)
    return _page(request, found, move, form, status=422)
