"""Research reports and supervisions by study at the desk: what waits, and one with what can be done."""

from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

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
from shangliang.base.journal.pages import drawn_until_an_act, pieces_until_an_act
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.ui import folds, paging
from shangliang.base.ui.forms import blaming
from shangliang.flow.reports import changes
from shangliang.flow.research import actions, measure, queries, telling
from shangliang.flow.research import views as papers
from shangliang.flow.research.forms import PutRight, Show
from shangliang.flow.research.states import CHART
from shangliang.flow.voices.papers import of as papers_of

from ..forms import research as forms
from ..rail import STAFF, let_in, rail

READERS = (*STAFF, "auditor", "leader")
LONGEST = 60  # of what is searched for
VERSIONS = "versions"  # the part of the page that is fetched apart


def tab_names() -> dict[str, str]:
    return {
        "": _("等着办的"), "submitted": _("审看"), "accepted": _("等签发"), "sent": _("已报送"),
        "closed": _("办结"), "rest": _("退回、撤回"),
    }  # fmt: skip


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What waits, the longest first; `tab`: those in some state, the last to move first; `q`: those that say
    it, the newest first."""
    actor = request.actor
    let_in(actor, *READERS)
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else ""
    waits = actor.holds("officer", "leader")
    asked, here = request.GET.get("q", "").strip()[:LONGEST], reverse("desk:researches")
    if asked:
        before = request.GET.get("before", "")
        rows, older = queries.found(
            asked, queries.listed(queries.at_desk(actor)), int(before) if before.isdecimal() else None
        )
        more = f"{here}?{urlencode({'q': asked, 'before': older})}" if older else ""
    else:
        rows, after = paging.listed(_asked, actor, tab, waits, after=request.GET.get("after", ""))
        more = f"{here}?{urlencode({'tab': tab, 'after': after})}" if after else ""
    names = people.names(
        {row.person for row in rows} | {one.person for row in rows for one in row.team.all()}
    )
    context = {
        "rail": rail(actor, "researches"),
        "rows": [
            (
                row,
                telling.TONES[row.state],
                telling.beside(row),
                telling.writers(row, names),
                telling.became(row),
            )
            for row in rows
        ],
        "tabs": [
            (
                f"{here}?tab={name}" if name else here,
                label if name or waits else _("全部"),
                None,
                name == tab and not asked,
            )
            for name, label in tab_names().items()
        ],
        "more": more,
        "asked": asked,
    }
    return render(request, "desk/researches.html", context)


def _asked(actor: Actor, tab: str, waits: bool) -> Any:
    return queries.listed(queries.waiting(actor) if not tab and waits else queries.at_desk(actor, tab))


@require_GET
@login_required
def research(request: Request, code: str) -> HttpResponse:
    """One of them. `form`: the form that stands open; `part`: the versions, drawn too;
    `version`: what changed in it from the one before. For htmx that form or part alone."""
    let_in(request.actor, *READERS)
    actor, part = request.actor, request.GET.get("part", "")
    if "HX-Request" in request.headers and part == VERSIONS:
        return HttpResponse(_versions(request, code))
    if "HX-Request" in request.headers:
        found = queries.told(queries.research(code, actor))
        return folds.alone(request, _folds(actor, found), once.shown(request))
    asked = folds.asked(request), part, request.GET.get("version", "")
    told = pieces_until_an_act(
        request, "desk research", actor.key, actor.posts, code, asked,
        draw=lambda: _told_of(request, queries.research(code, actor)),
    )  # fmt: skip
    return render(request, "desk/told.html", {"rail": rail(actor, "researches"), "told": told})


@require_GET
@login_required
def printed(request: Request, code: str) -> HttpResponse:
    return papers.pdf(request, _followed(request, code))


@require_GET
@login_required
def in_word(request: Request, code: str) -> HttpResponse:
    return papers.docx(_followed(request, code))


def _followed(request: Request, code: str) -> Any:
    let_in(request.actor, *READERS)
    return queries.followed(code, request.actor)


def labels() -> dict[str, tuple[str, str, int]]:
    """Each move with a form: its fold's words, its button's, its tone."""
    return {
        "accept": (_("审看通过"), _("通过，请人签发"), 1),
        "return": (_("退回补充"), _("退给执笔的委员"), 2),
        "acknowledge": (_("记肯定"), _("记下"), 1),
        "adopt": (_("记采纳"), _("记下"), 1),
        "decline": (_("记没有采纳"), _("记下"), 2),
        "endorse": (_("记批示"), _("记下"), 1),
        "take_back": (_("收回记错的"), _("收回"), 4),
        "put_right": (_("记一项整改"), _("记下这一项"), 1),
        "show": (_("补凭据"), _("补上"), 1),
    }


PLAIN = ("sign", "close")
WITH_FILES = ("endorse", "put_right", "show")
FORMS: dict[str, Any] = {
    "accept": forms.Accept, "return": forms.Return, "acknowledge": forms.Outcome, "adopt": forms.Outcome,
    "decline": forms.Decline, "endorse": forms.Endorse, "take_back": forms.TakeBack,
    "put_right": PutRight, "show": Show,
}  # fmt: skip


def _form(name: str, found: Any, actor: Any, *said: Any) -> Any:
    return FORMS.get(name, forms.Plain)(found, actor, *said, auto_id=f"{name}_%s")


def _folds(actor: Actor, found: Any) -> list[folds.Fold]:
    """The forms that are open to the reader, of a row from `queries.told`: to show or take back, where there
    is something."""
    page, said = reverse("desk:research", args=[found.code]), labels()
    fits: dict[str, Any] = {
        "show": any(not (one.shown_on and one.activity_id) for one in found.corrections.all()),
        "take_back": telling.to_take_back(found),
    }
    return [
        folds.Fold(
            name, *said[name], page, f"{page}{name}/", found.version, partial(_form, name, found, actor),
            files=name in WITH_FILES,
        )
        for name in (row.name for row in CHART.open_to(actor, found))
        if name in said and fits.get(name, True)
    ]  # fmt: skip


def _page(request: Request, found: Any, move: str, form: Any) -> HttpResponse:
    """With a form that came back."""
    told = _told_of(request, found, move, form)
    context = {"rail": rail(request.actor, "researches"), "told": told, "wrong": True}
    return render(request, "desk/told.html", context, status=422)


def _told_of(request: Request, found: Any, move: str = "", form: Any = None) -> dict[str, str]:
    """The page of it, as this reader has it."""
    actor, row = request.actor, queries.told(found)
    rights, notes = list(row.corrections.all()), queries.notes(row)
    known = {row.person, row.accepted_by, row.signed_by, *(one.person for one in row.team.all())}
    names = people.names(known | {one.by for one in notes})
    pieces, told = queries.ready(row), list(row.outcomes.all())
    papers = papers_of([*(one.subject for one in row.endorsements.all()), *(one.subject for one in rights)])
    versions = "version" in request.GET or request.GET.get("part", "") == VERSIONS
    context = {
        "research": row,
        "tone": telling.TONES[row.state],
        "beside": telling.beside(row),
        "text": row.said,
        "names": names,
        "writers": telling.writers(row, names),
        "went": telling.went(row, names),
        "visits": queries.visits(row),
        "addressed": telling.addressed(row),
        "joined": queries.joined(row),
        "pieces": [(one, telling.piece_said(one, told)) for one in pieces],
        "lines": [] if pieces else measure.pieces(str(row.said.advice)),
        "versions": _versions(request, row.code) if versions else "",
        "notes": notes,
        "became": telling.became(row),
        "endorsements": [(one, papers[one.subject]) for one in row.endorsements.all()],
        "corrections": [(one, telling.right(one), papers[one.subject]) for one in rights],
        "plain": [(one.name, one.label) for one in CHART.open_to(actor, row) if one.name in PLAIN],
        "folds": folds.drawn(_folds(actor, row), move or folds.asked(request), form),
        "move": move,
        "wrong": form,
    }
    return {
        "title": escape(row.heading),
        "mid": render_to_string("desk/research_mid.html", context, request),
    }


def _versions(request: Request, code: str) -> str:
    """All versions, which few look at: fetched apart."""
    actor, asked = request.actor, request.GET.get("version", "")

    def draw() -> str:
        found = queries.research(code, actor)
        versions = queries.versions(found)
        context = {
            "research": found,
            "names": people.names({one.by for one in versions}),
            "versions": changes.versions(versions, asked),
        }
        return render_to_string("desk/research_versions.html", context)

    return drawn_until_an_act("desk research", VERSIONS, actor.key, actor.posts, code, asked, draw=draw)


DEEDS: dict[str, tuple[Callable[..., object], Any]] = {
    "accept": (actions.accept, lambda: _("审看过了，换一个人签发。")),
    "return": (actions.return_, lambda: _("退回去了，写明了还缺什么。")),
    "sign": (actions.sign, lambda: _("签发、报送了，编好了号。")),
    "acknowledge": (actions.acknowledge, lambda: _("记下了，写的委员看得到。")),
    "adopt": (actions.adopt, lambda: _("记下了，写的委员看得到。")),
    "decline": (actions.decline, lambda: _("记下了，写的委员看得到理由。")),
    "endorse": (actions.endorse, lambda: _("记下了，写的委员看得到。")),
    "take_back": (actions.take_back, lambda: _("收回了，那一行还在，不再算数；调研组看得到为什么。")),
    "put_right": (actions.put_right, lambda: _("记下了这一项。")),
    "show": (actions.show, lambda: _("凭据补上了。")),
    "close": (actions.close, lambda: _("办结了。")),
}


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Accept, return, sign and send; what became of it; of a study what was put right, and its close."""
    actor = request.actor
    found, seen = queries.research(code, actor), once.seen(request)
    if move not in DEEDS:
        raise Http404(move)
    CHART.check(move, found, by=actor, seen=seen)
    do, told = DEEDS[move]
    form = _form(move, found, actor, request.POST, request.FILES)
    if form.is_valid():
        with blaming(form, files="scan" if move == "endorse" else "evidence" if move in WITH_FILES else ""):
            do(code, by=actor, seen=seen, **form.cleaned_data)
            messages.success(request, told())
            return redirect("desk:research", code)
    return _page(request, found, move, form)
