"""A member's research reports and supervisions by study: the list, a new one, one of them with its team."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.research import actions, measure, queries, rules, telling
from shangliang.flow.research import views as papers
from shangliang.flow.research.forms import AddVisit, Name, PutRight, Show, Write, written
from shangliang.flow.research.states import CHART
from shangliang.flow.voices.papers import of as papers_of

from .. import waiting

KINDS = ("report", "study")
LONGEST = 60  # of what is searched for


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """Those that the member writes or is named in, the last to move first, each with what became of it; `q`:
    those that say it, the newest first."""
    waiting.let_in(request.actor)
    asked, mine = request.GET.get("q", "").strip()[:LONGEST], queries.of_member(request.actor)
    if asked:
        before = request.GET.get("before", "")
        rows, older = queries.found(asked, queries.listed(mine), int(before) if before.isdecimal() else None)
        more = f"?{urlencode({'q': asked, 'before': older})}" if older else ""
    else:
        rows, after = paging.listed(_listed, request.actor, after=request.GET.get("after", ""))
        more = f"?after={after}" if after else ""
    names = people.names({row.person for row in rows})
    context = {
        "rows": [
            (
                row,
                telling.TONES[row.state],
                telling.beside(row),
                telling.became(row),
                names.get(row.person, ""),
            )
            for row in rows
        ],
        "more": more,
        "asked": asked,
    }
    return render(request, "workbench/researches.html", context)


def _listed(actor: Actor) -> Any:
    return queries.listed(queries.of_member(actor))


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def write(request: Request) -> HttpResponse:
    """A new one; `kind`: report or study, `committee`: which, for who is a member of several."""
    actor = request.actor
    waiting.let_in(actor)
    kind = typed(request, "kind") or request.GET.get("kind", "")
    kind = kind if kind in KINDS else KINDS[0]
    found = {one.code: one for one in queries.committees(actor)}
    asked = typed(request, "committee") or request.GET.get("committee", "")
    to = found.get(asked) or next(iter(found.values()))
    of = queries.blank(to, kind)
    form = Write(of, actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with blaming(form):
            made = actions.draft(to, by=actor, kind=kind, said=form.said())
            messages.success(request, _("存好了，只有您看得到。列上调研组，记下走访，再交。"))
            return redirect("workbench:research", made.code)
    context = {
        "form": form,
        "kind": kind,
        "of": of,
        "to": to,
        "others": [o for o in found.values() if o != to],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "workbench/research_write.html", context, status=status)


def _own(request: Request, code: str) -> Any:
    """One that this member writes or is named in. Unseen for what is theirs to read at the desk."""
    waiting.let_in(request.actor)
    found = queries.research(code, request.actor)
    if not rules.named(request.actor, found):
        raise Unseen(code)
    return found


@require_GET
@login_required
def research(request: Request, code: str) -> HttpResponse:
    return _page(request, _own(request, code))


def _page(request: Request, found: Any, move: str = "", form: Any = None, status: int = 200) -> HttpResponse:
    actor = request.actor
    opened = [row.name for row in CHART.open_to(actor, found)]
    row = queries.told(found)
    rights = list(row.corrections.all())
    if all(one.shown_on and one.activity_id for one in rights):
        opened = [name for name in opened if name != "show"]
    names = people.names({row.person, *(one.person for one in row.team.all())})
    pieces, told = queries.ready(row), list(row.outcomes.all())
    papers = papers_of([*(one.subject for one in row.endorsements.all()), *(one.subject for one in rights)])
    made = {
        name: form if name == move and form else _form(name, row, actor) for name in opened if name in FORMS
    }
    context = {
        "research": row,
        "tone": telling.TONES[row.state],
        "beside": telling.beside(row),
        "leads": rules.leads(actor, row),
        "text": row.said,
        "opened": opened,
        "forms": made,
        "move": move,
        "wrong": form if status != 200 else None,
        "lead_name": names.get(row.person, ""),
        "team": [(one, names.get(one.person, "")) for one in row.team.all() if one.left_on is None],
        "visits": queries.visits(row),
        "addressed": telling.addressed(row),
        "joined": queries.joined(row),
        "pieces": [(one, telling.piece_said(one, told)) for one in pieces],
        "lines": [] if pieces else measure.pieces(str(row.said.advice)),
        "notes": queries.notes(row),
        "became": telling.became(row),
        "endorsements": [(one, papers[one.subject]) for one in row.endorsements.all()],
        "corrections": [(one, telling.right(one), papers[one.subject]) for one in rights],
        "labels": labels(),
    }
    return render(request, "workbench/research.html", context, status=status)


@require_GET
@login_required
def printed(request: Request, code: str) -> HttpResponse:
    return papers.pdf(request, queries.told(_own(request, code)))


@require_GET
@login_required
def in_word(request: Request, code: str) -> HttpResponse:
    return papers.docx(queries.told(_own(request, code)))


FORMS: dict[str, Any] = {
    "redraft": Write, "name": Name, "add_visit": AddVisit, "put_right": PutRight, "show": Show,
}  # fmt: skip
OF_TEXT = ("redraft", "submit")
OF_A_ROW = {"drop": "member", "drop_visit": "visit"}
PLAIN = ("leave", "withdraw")
MOVES = (*FORMS, "submit", *OF_A_ROW, *PLAIN)


def _form(name: str, found: Any, actor: Any, *said: Any) -> Any:
    start = {"initial": written(found)} if name == "redraft" and not said else {}
    return FORMS[name](found, actor, *said, auto_id=f"{name}_%s", **start)


def labels() -> dict[str, tuple[str, str]]:
    """Each move with a fold of its own: the fold's words, its button's."""
    return {
        "name": (_("列一位委员"), _("列进名单")),
        "add_visit": (_("记一次走访"), _("记下这一次")),
        "put_right": (_("记一项整改"), _("记下这一项")),
        "show": (_("补凭据"), _("补上")),
    }


def _done(move: str) -> str:
    return {
        "redraft": _("存好了。"),
        "submit": _("交到机关了。每走一步，这里都看得到。"),
        "name": _("列进名单了，他会收到通知，能自己退出。"),
        "drop": _("从名单上去掉了。"),
        "leave": _("您退出了这个名单。"),
        "add_visit": _("记下了。"),
        "drop_visit": _("去掉了。"),
        "withdraw": _("收回来了，不再往下办。"),
        "put_right": _("记下了。"),
        "show": _("补上了。"),
    }[move]


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Keep, hand in and withdraw what is written; name, drop, leave; note visits and what was put right."""
    actor = request.actor
    found, seen = queries.research(code, actor), once.seen(request)
    if move not in MOVES:
        raise Http404(move)
    CHART.check(move, found, by=actor, seen=seen)
    if move in PLAIN or move in OF_A_ROW:
        row = OF_A_ROW.get(move)
        named = {row: typed(request, row)} if row else {}
        getattr(actions, move)(code, by=actor, seen=seen, **named)
        messages.success(request, _done(move))
        return redirect("workbench:researches") if move == "leave" else _back(code)
    name = "redraft" if move in OF_TEXT else move
    form = _form(name, found, actor, request.POST, request.FILES)
    if form.is_valid():
        with blaming(form, files="evidence" if "evidence" in form.fields else ""):
            if move in OF_TEXT:
                getattr(actions, move)(code, by=actor, seen=seen, said=form.said())
            else:
                getattr(actions, move)(code, by=actor, seen=seen, **form.cleaned_data)
            messages.success(request, _done(move))
            return _back(code)
    return _page(request, found, name, form, status=422)


def _back(code: str) -> HttpResponse:
    return redirect("workbench:research", code)
