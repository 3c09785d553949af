"""Proposals at the desk: what waits where, one with what can be done, and the year's list on paper."""

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
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST
from markupsafe import escape

from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.pages import drawn_until_an_act, pieces_until_an_act
from shangliang.base.paper.answers import CHINESE, answer
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import folds, paging
from shangliang.base.ui.forms import blaming
from shangliang.flow.proposals import actions, measure, queries, reasons, rules, sheets, telling
from shangliang.flow.proposals.states import CHART, EXCELLENCE, HANDLING
from shangliang.flow.reports import changes
from shangliang.flow.voices.papers import of as papers_of
from shangliang.flow.voices.queries import tied

from ..forms import proposals as forms
from ..rail import let_in, rail

READERS = ("officer", "leader", "auditor")


def tab_names() -> dict[str, str]:
    return {
        "": _("等着办的"), "sent": _("初审"), "checked": _("审定"), "filed": _("交办"),
        "assigned": _("在办"), "answered": _("等评价"), "closed": _("办结"), "rest": _("退回、并案、不立案"),
    }  # fmt: skip


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What waits, the longest first; `tab`: those in some state, the last to move first."""
    let_in(request.actor, *READERS)
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else ""
    waits = request.actor.holds("officer", "leader")
    rows, after = paging.listed(
        queries.desk_lines, request.actor, "" if not tab and waits else tab or "sent",
        after=request.GET.get("after", ""),
    )  # fmt: skip
    here = reverse("desk:proposals")
    context = {
        "rail": rail(request.actor, "proposals"),
        "rows": [(row, telling.TONES[row.state], telling.beside(row)) for row in queries.ready(rows)],
        "names": people.names({row.person for row in rows}),
        "tabs": [
            (f"{here}?tab={name}" if name else here, label, None, name == tab)
            for name, label in tab_names().items()
            if name or waits
        ],
        "more": f"{here}?{urlencode({'tab': tab, 'after': after})}" if after else "",
        "officer": request.actor.holds("officer"),
        "tab": tab or ("" if waits else "sent"),
        "years": queries.years(places.at(min(request.actor.paths(*READERS)))),
    }
    return render(request, "desk/proposals.html", context)


@require_GET
@login_required
def proposal(request: Request, code: str) -> HttpResponse:
    """One proposal. `form`: the form that stands open; `part`: one of `PIECES` drawn too; `version`: what
    changed in it from the one before. For htmx that form or part alone."""
    let_in(request.actor, *READERS)
    actor, part = request.actor, request.GET.get("part", "")
    if "HX-Request" in request.headers and part:
        return HttpResponse(_fetched(request, code, part))
    if "HX-Request" in request.headers:
        found = _seen(request, code)
        of_parts = [fold for _one, some in _parts(found, actor) for fold in some]
        offered = [*_folds(found, _offered(found, actor)), *of_parts]
        return folds.alone(request, offered, once.shown(request))
    asked = folds.asked(request), part, request.GET.get("version", "")
    told = pieces_until_an_act(
        request, "desk proposal", actor.key, actor.posts, code, asked,
        draw=lambda: _told_of(request, _seen(request, code)),
    )  # fmt: skip
    return render(request, "desk/told.html", {"rail": rail(actor, "proposals"), "told": told})


def _seen(request: Request, code: str) -> Any:
    """One of a committee at whose desk this is. Unseen for what the reader signs or handles at another."""
    let_in(request.actor, *READERS)
    found = queries.proposal(code, request.actor)
    if not request.actor.holds(*READERS, committee=found.committee_path):
        raise Unseen(code)
    return found


def labels() -> dict[str, tuple[str, str, int]]:
    """Each move with a form: its fold's words, its button's, its tone."""
    return {
        "check": (_("初审"), _("记下初审意见"), 1),
        "return": (_("退回修改"), _("退给提案人"), 2),
        "refuse": (_("不立案"), _("不立案，告诉提案人"), 4),
        "write_letter": (_("转给单位"), _("转给单位，请它回复"), 1),
        "urge_letter": (_("催回复"), _("发督办函"), 2),
        "assign": (_("交办"), _("交办"), 1),
        "add": (_("加派单位"), _("加派"), 2),
        "pass": (_("审核通过"), _("通过，发出"), 1),
        "hold_back": (_("答复退回再拟"), _("退给承办单位"), 2),
        "urge": (_("督办"), _("发督办函"), 2),
        "mark_key": (_("列为重点"), _("列为重点"), 2),
        "recheck": (_("次年复查"), _("记下"), 1),
    }


CHOOSING = ("nominate", "shortlist", "deliberate", "announce", "drop")
PLAIN = ("file", "merge", "look_again", "answer", *CHOOSING)
FORMS: dict[str, Callable[..., Any]] = {
    "check": forms.Check, "return": lambda of, *said, **more: forms.Return(*said, **more),
    "refuse": forms.Refuse, "write_letter": forms.Letter, "assign": forms.Assign,
    "add": forms.Add, "mark_key": lambda of, *said, **more: forms.MarkKey(*said, **more),
    "recheck": forms.Recheck, "urge_letter": lambda of, *said, **more: forms.Urge(*said, **more),
}  # fmt: skip
PARTS: dict[str, Callable[..., Any]] = {
    "pass": forms.Plain, "hold_back": forms.HoldBack, "urge": forms.Urge
}  # fmt: skip


def _form(name: str, found: Any, *said: Any) -> Any:
    start = {}
    if name == "assign" and not said and (best := queries.suggested(found)):
        start = {"initial": {"host": best[0].code}}
    return FORMS[name](found, *said, auto_id=f"{name}_%s", **start)


def _part_form(name: str, part: Any, *said: Any) -> Any:
    return PARTS[name](*said, auto_id=f"{name}_{part.code}_%s")


def _folds(found: Any, opened: list[str]) -> list[folds.Fold]:
    page, words = reverse("desk:proposal", args=[found.code]), labels()
    return [
        folds.Fold(name, *words[name], page, f"{page}{name}/", found.version, partial(_form, name, found))
        for name in opened
        if name in FORMS
    ]


def _parts(found: Any, actor: Actor) -> list[tuple[Any, list[folds.Fold]]]:
    """Each department's part with what the office can do about it now."""
    page, words, rows = reverse("desk:proposal", args=[found.code]), labels(), list(found.handlings.all())
    for one in rows:
        one.proposal = found
    return [
        (
            one,
            [
                folds.Fold(
                    name, *words[name], page,
                    reverse("desk:proposal_part_move", args=[one.code, name]), one.version,
                    partial(_part_form, name, one), of=one.code,
                )
                for name in PARTS
                if HANDLING.may(name, actor, one) and (name != "urge" or queries.may_urge(one))
            ],
        )
        for one in rows
    ]  # fmt: skip


def _offered(found: Any, actor: Any) -> list[str]:
    """What can be done now, as far as it fits what was proposed and when it was answered."""
    decided = {"file": "file", "merge": "merge", "refuse": "refuse"}
    rows = [row.name for row in CHART.open_to(actor, found)]
    opened = [name for name in rows if decided.get(name, found.proposed) == found.proposed]
    if not queries.may_recheck(found):
        opened = [name for name in opened if name != "recheck"]
    if found.state != "assigned" or not queries.all_replied(found):
        opened = [name for name in opened if name != "answer"]
    letter = queries.letter_of(found) if found.passed == "letter" else None
    if found.passed != "letter" or letter:
        opened = [name for name in opened if name != "write_letter"]
    if not (letter and letter.late):
        opened = [name for name in opened if name != "urge_letter"]
    if found.key_reason:
        opened = [name for name in opened if name != "mark_key"]
    if found.state in ("answered", "closed"):
        opened += [row.name for row in EXCELLENCE.open_to(actor, found)]
    return opened


def _page(request: Request, found: Any, move: str, form: Any) -> HttpResponse:
    """With a form that came back."""
    told = _told_of(request, found, move, form)
    context = {"rail": rail(request.actor, "proposals"), "told": told, "wrong": True}
    return render(request, "desk/told.html", context, status=422)


def _told_of(request: Request, found: Any, move: str = "", form: Any = None) -> dict[str, str]:
    """The page of it, as this reader has it."""
    actor, asked = request.actor, move or folds.asked(request)
    opened = _offered(found, actor)
    queries.ready([found])
    notes, signers = queries.notes(found), list(found.signatures.all())
    known = {one.person for one in signers} | {found.checked_by, found.decided_by}
    apart = rules.stands_apart(actor, found)
    rated = queries.ratings(found) if apart else []
    known |= {one.by for one in notes} | {one.signature.person for one in rated}
    choose = {row.name: row.label for row in (*CHART.moves, *EXCELLENCE.moves)}
    part = request.GET.get("part", "versions" if "version" in request.GET else "")
    context = {
        "proposal": found,
        "voice": tied.behind(found.voice_id, actor),
        "tone": telling.TONES[found.state],
        "beside": telling.beside(found),
        "texts": found.said.texts[1:],
        "names": people.names(known),
        "signers": signers,
        "sealed": papers_of([found.seal])[found.seal],
        "notes": notes,
        "report": queries.report_of(found, actor),
        "letter": queries.letter_of(found) if found.state == "not_filed" else None,
        "reason": reasons.words(found.reason, found.sent_on) if found.reason else "",
        "held": [(one, folds.drawn(some, asked, form)) for one, some in _parts(found, actor)],
        "contacts": queries.contacts(found),
        "answers": queries.answers(found),
        "urgings": queries.urgings(found),
        "ratings": rated,
        "reviews": [(one, measure.band(one.total)) for one in queries.reviews(found)] if apart else [],
        "merged": list(found.merged.all()),
        "suggested": queries.suggested(found) if "assign" in opened else None,
        "plain": [(name, choose[name]) for name in opened if name in PLAIN],
        "folds": folds.drawn(_folds(found, opened), asked, form),
        "apart": {part: _fetched(request, found.code, part)} if part in PIECES else {},
    }
    return {
        "title": escape(found.heading),
        "mid": render_to_string("desk/proposal_mid.html", context, request),
    }


def _versions(found: Any, actor: Actor, asked: str) -> dict[str, Any]:
    versions = queries.versions(found)
    names = people.names({one.by for one in versions})
    return {"proposal": found, "versions": changes.versions(versions, asked), "names": names}


def _alike(found: Any, actor: Actor, asked: str) -> dict[str, Any]:
    return {"alike": queries.outcomes_alike(found, actor)}


PIECES: dict[str, Callable[..., dict[str, Any]]] = {"versions": _versions, "alike": _alike}


def _fetched(request: Request, code: str, name: str) -> str:
    """A part that few look at, and that costs as much as the rest: fetched apart. Http404 for none."""
    if name not in PIECES:
        raise Http404(name)
    actor, asked = request.actor, request.GET.get("version", "")

    def draw() -> str:
        context = PIECES[name](_seen(request, code), actor, asked)
        return render_to_string(f"desk/proposal_{name}.html", context)

    return drawn_until_an_act("desk proposal", name, actor.key, actor.posts, code, asked, draw=draw)


def said() -> dict[str, str]:
    """What the office reads once a move is made."""
    return {
        "check": _("初审意见记下了，换一个人审定。"), "return": _("退回去了，写明了哪里要改。"),
        "file": _("立案了，有了案号。"), "merge": _("并案了，一样答复提案人。"),
        "refuse": _("没有立案，告诉提案人了。"), "look_again": _("退回初审了。"),
        "answer": _("答复了，提案人看得到，可以评。"), "write_letter": _("转给单位了，回复了提案人看得到。"),
        "assign": _("交办了，承办单位看得到。"), "add": _("加派了。"),
        "pass": _("发出了，提案人看得到，可以评。"),
        "hold_back": _("退给承办单位了。"), "urge": _("督办函发了。"), "urge_letter": _("督办函发了。"),
        "mark_key": _("列为重点了。"),
        "recheck": _("记下了。"), "nominate": _("推荐了。"), "shortlist": _("入围了。"),
        "deliberate": _("记下了：审议通过。"), "announce": _("公布了。"), "drop": _("不再评了。"),
    }  # fmt: skip


DEEDS = frozenset({*FORMS, *PLAIN})


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """A step of the office."""
    found, seen = queries.proposal(code, request.actor), once.seen(request)
    if move not in DEEDS:
        raise Http404(move)
    (EXCELLENCE if move in CHOOSING else CHART).check(move, found, by=request.actor, seen=seen)
    if move in PLAIN:
        getattr(actions, move)(code, by=request.actor, seen=seen)
        messages.success(request, said()[move])
        return redirect("desk:proposal", code)
    form = _form(move, found, request.POST)
    if form.is_valid():
        with blaming(form):
            _do(move, request, found, form, seen)
            messages.success(request, said()[move])
            return redirect("desk:proposal", code)
    return _page(request, found, move, form)


def _do(move: str, request: Request, found: Any, form: Any, seen: int | None) -> None:
    by, words = request.actor, dict(form.cleaned_data)
    if move == "check":
        actions.check(found.code, by=by, seen=seen, looked=form.looked())
    elif move == "add":
        hosted = any(one.task == "host" for one in queries.standing(found))
        actions.add(found.code, by=by, seen=seen, task="co" if hosted else "separate", **words)
    else:
        deeds: dict[str, Callable[..., object]] = {
            "return": actions.return_, "refuse": actions.refuse, "assign": actions.assign,
            "write_letter": actions.write_letter, "urge_letter": actions.urge_letter,
            "mark_key": actions.mark_key, "recheck": actions.recheck,
        }  # fmt: skip
        deeds[move](found.code, by=by, seen=seen, **words)


PART_DEEDS: dict[str, Callable[..., object]] = {
    "pass": actions.pass_, "hold_back": actions.hold_back, "urge": actions.urge
}  # fmt: skip


@require_POST
@login_required
@once.once
def part_move(request: Request, code: str, move: str) -> HttpResponse:
    """A step of the office about one department's part: its answer passed or held back, the letter."""
    part, seen = queries.lock_handling(code, request.actor), once.seen(request)
    if move not in PART_DEEDS:
        raise Http404(move)
    HANDLING.check(move, part, by=request.actor, seen=seen)
    form = _part_form(move, part, request.POST)
    if form.is_valid():
        with blaming(form):
            PART_DEEDS[move](code, by=request.actor, seen=seen, **form.cleaned_data)
            messages.success(request, said()[move])
            return redirect("desk:proposal", part.proposal.code)
    return _page(request, part.proposal, folds.key(move, code), form)


# ── On paper ──
@require_GET
@login_required
def urging(request: Request, code: str, pk: int) -> HttpResponse:
    """A letter that chased a department, as PDF."""
    found = _seen(request, code)
    letter = queries.urging(pk, found)
    queries.ready([found])
    with override(CHINESE):
        told = sheets.urging(found, letter)
    return answer(request, sheets.URGING, told, name=f"{_('提案督办函')} {told['number']}")
