"""Proposals that a department handles: the list by its days, one of them, and the moves."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from markupsafe import escape

from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.clock.words import nearing
from shangliang.base.journal.pages import pieces_until_an_act
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.ui import folds, paging
from shangliang.base.ui.forms import blaming
from shangliang.flow.proposals import actions, measure, queries, sheets, telling
from shangliang.flow.proposals.states import HANDLING

from .. import proposal_forms as forms
from ..rail import let_in, rail

TABS = ("to_do", "done")
DONE = ("answered", "opined")


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What is to be handled, the nearest day first; what was."""
    let_in(request.actor)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    rows, after = paging.page(queries.handled_by(request.actor, tab), request.GET.get("after", ""))
    here = reverse("departments:proposals")
    names = {"to_do": _("要办的"), "done": _("办过的")}
    letters, further = paging.page(queries.letters_to(request.actor, tab), request.GET.get("letters", ""))
    context = {
        "rail": _rail(request),
        "rows": [(row, nearing(row.due), _spoken(row)) for row in queries.titled(rows)],
        "letters": [(row, nearing(row.due)) for row in queries.opened(letters)],
        "further": f"{here}?tab={tab}&letters={further}" if further else "",
        "tab": tab,
        "tabs": [(f"{here}?tab={name}", label, None, name == tab) for name, label in names.items()],
        "more": f"{here}?tab={tab}&after={after}" if after else "",
    }
    return render(request, "departments/proposals.html", context)


def _spoken(part: Any) -> Any:
    """How near the next contact with the filers is."""
    return nearing(part.contact_by) if queries.speaks(part) else None


def _rail(request: Request) -> Any:
    return rail(request.actor, here="proposals")


def _own(request: Request, code: str) -> Any:
    """One's department's part. Unseen for another's."""
    let_in(request.actor)
    found = queries.part(code, request.actor)
    if found.department.code not in request.actor.departments():
        raise Unseen(code)
    return found


@require_GET
@login_required
def proposal(request: Request, code: str) -> HttpResponse:
    """One's department's part. `form`: the form that stands open; for htmx that form alone."""
    let_in(request.actor)
    actor = request.actor
    if "HX-Request" in request.headers:
        return folds.alone(request, _folds(actor, _own(request, code)), once.shown(request))
    told = pieces_until_an_act(
        request, "handle proposal", actor.key, actor.posts, code, folds.asked(request),
        draw=lambda: _told_of(request, _own(request, code)),
    )  # fmt: skip
    return render(request, "departments/told.html", {"rail": _rail(request), "told": told})


FORMS: dict[str, Callable[..., Any]] = {
    "send_back": forms.SendBack, "extend": forms.Extend, "contact": forms.Touched, "opine": forms.Opine,
    "countersign": forms.Plain, "draft_answer": forms.Draft, "review": forms.Review,
}  # fmt: skip


def labels() -> dict[str, tuple[str, str, int]]:
    """Each move: its fold's words, its button's, its tone."""
    return {
        "contact": (_("记一次联系"), _("记下"), 2),
        "draft_answer": (_("拟答复"), _("送审核"), 1),
        "opine": (_("给会办意见"), _("给主办"), 1),
        "countersign": (_("会签"), _("同意答复，会签"), 1),
        "extend": (_("延期"), _("延期，告诉提案人"), 2),
        "send_back": (_("退回"), _("退给提案委"), 4),
        "review": (_("评议提案"), _("交评议"), 1),
    }


def _folds(actor: Actor, found: Any) -> list[folds.Fold]:
    """The forms that are open to the reader."""
    page = reverse("departments:proposal", args=[found.code])
    note = {"review": _("五项各 0 到 20 分。评了才看得到提案人怎么评答复。")}
    return [
        folds.Fold(
            name, *words, page, f"{page}{name}/", found.version, partial(_form, name, found),
            note=note.get(name, ""),
        )
        for name, words in labels().items()
        if HANDLING.may(name, actor, found) and _fits(name, found)
    ]  # fmt: skip


def _page(request: Request, found: Any, move: str, form: Any) -> HttpResponse:
    """With a form that came back."""
    context = {"rail": _rail(request), "told": _told_of(request, found, move, form), "wrong": True}
    return render(request, "departments/told.html", context, status=422)


def _told_of(request: Request, found: Any, move: str = "", form: Any = None) -> dict[str, str]:
    """The page of it, as this reader has it."""
    actor, of = request.actor, found.proposal
    rated = queries.ratings_for_department(actor, of)
    context = {
        "part": found,
        "proposal": of,
        "due": nearing(found.due) if found.state in ("given", "drafted") else None,
        "speak": _spoken(found),
        "beside": telling.beside(of),
        "texts": of.said.texts[1:],
        "filers": sheets.filers(of, people.names({one.person for one in of.signatures.all()})),
        "held": [one for one in queries.standing(of) if one.pk != found.pk],
        "contacts": queries.contacts(of),
        "answers": queries.answers(of),
        "urgings": [one for one in queries.urgings(of) if one.handling_id == found.pk],
        "ratings": [(one, measure.band(one.score)) for one in rated],
        "folds": folds.drawn(_folds(actor, found), move or folds.asked(request), form),
    }
    return {
        "title": escape(of.heading),
        "mid": render_to_string("departments/proposal_mid.html", context, request),
    }


def _fits(name: str, found: Any) -> bool:
    """What its chart allows and its day or its round does not."""
    if name == "send_back":
        return queries.may_send_back(found)
    if name == "extend":
        return queries.may_extend(found)
    if name == "countersign":
        drafted = any(one.answers and one.state == "drafted" for one in queries.standing(found.proposal))
        return drafted and not found.countersigned_by
    if name == "review":
        return not any(one.handling_id == found.pk for one in queries.reviews(found.proposal))
    return True


def _form(name: str, found: Any) -> Any:
    """The empty form; to draft an answer, with the one that stands, else with the last one of this part."""
    start = {}
    if name == "draft_answer" and (own := _own_answer(found)) is not None:
        fields = ("text", "grade", "public", "reason", "contact", "phone")
        start = {"initial": {field: getattr(own, field) for field in fields}}
    return FORMS[name](found, auto_id=f"{name}_%s", **start)


def _own_answer(found: Any) -> Any:
    of_part = [one for one in queries.answers(found.proposal) if one.handling_id == found.pk]
    standing = [one for one in of_part if one.round == found.round]
    return next(iter(standing or of_part[::-1]), None)


def said() -> dict[str, str]:
    return {
        "contact": _("记下了，提案人看得到。"), "draft_answer": _("送去审核了，通过就发出。"),
        "opine": _("给主办了。"), "countersign": _("会签了。"), "extend": _("延了，提案人看得到理由。"),
        "send_back": _("退回去了。"), "review": _("评议交了，提案人怎么评的，现在看得到。"),
    }  # fmt: skip


MOVES = frozenset(FORMS)


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """A step of the department that has this part."""
    found, seen = queries.lock_handling(code, request.actor), once.seen(request)
    if move not in MOVES:
        raise Http404(move)
    HANDLING.check(move, found, by=request.actor, seen=seen)
    form = FORMS[move](found, request.POST, auto_id=f"{move}_%s")
    if form.is_valid():
        with blaming(form):
            words = {"marks": form.marks()} if move == "review" else form.cleaned_data
            getattr(actions, move)(code, by=request.actor, seen=seen, **words)
            messages.success(request, said()[move])
            if move == "send_back":
                return redirect("departments:proposals")
            return redirect("departments:proposal", code)
    return _page(request, found, move, form)
