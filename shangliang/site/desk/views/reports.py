"""Opinion reports at the desk: what waits where, and one with its versions and what can be done."""

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
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.reports import actions, changes, measure, outcomes, queries
from shangliang.flow.reports.states import CHART
from shangliang.flow.voices.papers import of as papers_of
from shangliang.flow.voices.queries import tied

from ..forms import reports as forms
from ..rail import STAFF, let_in, rail

READERS = (*STAFF, "auditor", "leader")


def tab_names() -> dict[str, str]:
    return {
        "": _("等着办的"), "sent": _("初审"), "office": _("编辑"), "checked": _("等签发"),
        "signed": _("等刊发"), "issued": _("已刊发"), "rest": _("退回、留存、撤回"),
    }  # fmt: skip


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What waits, the longest first; `tab`: those in some state, the last to move first. Before them, what is
    urgent."""
    let_in(request.actor, *READERS)
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else ""
    waits = request.actor.holds(*STAFF, "leader")
    rows, after = paging.listed(_asked, request.actor, tab, waits, after=request.GET.get("after", ""))
    here = reverse("desk:reports")
    context = {
        "rail": rail(request.actor, "reports"),
        "rows": [(row, outcomes.TONES[row.state], outcomes.became(row)) for row in rows],
        "names": people.names({row.person for row in rows}),
        "tabs": [
            (f"{here}?tab={name}" if name else here, label, None, name == tab)
            for name, label in tab_names().items()
            if name or waits
        ],
        "more": f"{here}?{urlencode({'tab': tab, 'after': after})}" if after else "",
    }
    return render(request, "desk/reports.html", context)


def _asked(actor: Actor, tab: str, waits: bool) -> Any:
    waiting = not tab and waits
    return queries.with_outcomes(queries.waiting(actor) if waiting else queries.at_desk(actor, tab or "sent"))


@require_GET
@login_required
def report(request: Request, code: str) -> HttpResponse:
    """One report. `form`: the form that stands open; `part`: one of `PARTS` drawn too;
    `version`: what changed in it from the one before. For htmx that form or part alone."""
    let_in(request.actor, *READERS)
    actor, part = request.actor, request.GET.get("part", "")
    if "HX-Request" in request.headers and part:
        return HttpResponse(_part(request, code, part))
    if "HX-Request" in request.headers:
        found = queries.report(code, actor)
        return folds.alone(
            request, _folds(actor, found, queries.unanswered(found).exists()), once.shown(request)
        )
    asked = folds.asked(request), part, request.GET.get("version", "")
    told = pieces_until_an_act(
        request, "desk report", actor.key, actor.posts, code, asked,
        draw=lambda: _told_of(request, queries.report(code, actor)),
    )  # fmt: skip
    return render(request, "desk/told.html", {"rail": rail(actor, "reports"), "told": told})


def labels() -> dict[str, tuple[str, str, int]]:
    """Each move with a form: its fold's words, its button's, its tone."""
    return {
        "edit": (_("编辑"), _("存成新的一稿"), 2),
        "return": (_("退回补充"), _("退给写的委员"), 2),
        "hold_back": (_("退回再编"), _("退回再编"), 2),
        "keep": (_("留存"), _("留存"), 4),
        "adopt": (_("记采用"), _("记下"), 1),
        "endorse": (_("记批示"), _("记下"), 1),
        "refer": (_("转办"), _("转给单位"), 1),
        "note_reply": (_("记单位的回复"), _("记下"), 1),
        "feed_back": (_("向委员反馈"), _("告诉委员"), 1),
    }


PLAIN = ("pass_on", "check", "sign")


def _texts(found: Any) -> dict[str, Any]:
    return dict(zip(("title", *measure.PARTS), found.texts, strict=True)) | {"urgent": found.urgent}


def _form(name: str, found: Any, *said: Any) -> Any:
    made: dict[str, Callable[..., Any]] = {
        "edit": forms.Edit, "return": forms.Return, "hold_back": forms.HoldBack, "keep": forms.Keep,
        "endorse": forms.Endorse, "feed_back": forms.FeedBack,
        "adopt": lambda *args, **options: forms.Adopt(found, *args, **options),
        "refer": lambda *args, **options: forms.Refer(found, *args, **options),
        "note_reply": lambda *args, **options: forms.NoteReply(found, *args, **options),
    }  # fmt: skip
    start = {"initial": _texts(found)} if name == "edit" and not said else {}
    return made.get(name, forms.Plain)(*said, auto_id=f"{name}_%s", **start)


def _folds(actor: Actor, found: Any, waits: bool) -> list[folds.Fold]:
    """The forms that are open to the reader. `waits`: a department that it went to has not replied."""
    page, said = reverse("desk:report", args=[found.code]), labels()
    return [
        folds.Fold(
            name, *said[name], page, f"{page}{name}/", found.version, partial(_form, name, found),
            files=name == "endorse",
        )
        for name in (row.name for row in CHART.open_to(actor, found))
        if name in said and (waits or name != "note_reply")
    ]  # fmt: skip


def _page(request: Request, found: Any, move: str, form: Any) -> HttpResponse:
    """With a form that came back."""
    context = {
        "rail": rail(request.actor, "reports"),
        "told": _told_of(request, found, move, form),
        "wrong": True,
    }
    return render(request, "desk/told.html", context, status=422)


def _told_of(request: Request, found: Any, move: str = "", form: Any = None) -> dict[str, str]:
    """The page of it, as this reader has it."""
    actor, row, notes = request.actor, queries.told(found), queries.notes(found)
    scans, referrals = papers_of([one.subject for one in row.endorsements.all()]), list(row.referrals.all())
    offered = _folds(actor, found, not all(one.reply for one in referrals))
    asked = request.GET.get("part", "versions" if "version" in request.GET else "")
    context = {
        "report": row,
        "tone": outcomes.TONES[found.state],
        "texts": found.texts[1:],
        "count": measure.shares(*found.texts),
        "names": people.names({found.person, found.checked_by, found.signed_by} | {one.by for one in notes}),
        "voice": tied.behind(found.voice_id, actor),
        "proposal": proposals.behind_report(found, actor) if actor.paths(*proposals.OFFICE) else None,
        "notes": notes,
        "became": outcomes.became(row),
        "combined": _combined(row, actor),
        "endorsements": [(one, scans[one.subject]) for one in row.endorsements.all()],
        "referrals": referrals,
        "plain": [(one.name, one.label) for one in CHART.open_to(actor, found) if one.name in PLAIN],
        "folds": folds.drawn(offered, move or folds.asked(request), form),
        "apart": {asked: _part(request, found.code, asked)} if asked in PARTS else {},
    }
    return {"title": escape(found.title), "mid": render_to_string("desk/report_mid.html", context, request)}


def _versions(request: Request, found: Any) -> dict[str, Any]:
    versions = queries.versions(found)
    return {
        "report": found,
        "names": people.names({one.by for one in versions}),
        "versions": changes.versions(versions, request.GET.get("version", "")),
    }


def _alike(request: Request, found: Any) -> dict[str, Any]:
    alike = queries.similar(found, request.actor)
    return {"alike": [(one.item, outcomes.best(one.item), one.words) for one in alike]}


PARTS: dict[str, Callable[[Request, Any], dict[str, Any]]] = {"versions": _versions, "alike": _alike}


def _part(request: Request, code: str, name: str) -> str:
    """A part that few look at, and that costs as much as the rest: fetched apart. Http404 for none."""
    if name not in PARTS:
        raise Http404(name)
    actor, version = request.actor, request.GET.get("version", "")

    def draw() -> str:
        return render_to_string(f"desk/report_{name}.html", PARTS[name](request, queries.report(code, actor)))

    return drawn_until_an_act("desk report", name, actor.key, actor.posts, code, version, draw=draw)


def _combined(row: Any, actor: Any) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Each combined adoption whose sources are known, with the others."""
    others = queries.combined_with(row, actor)
    return [(one, others[one.reference]) for one in row.adoptions.all() if one.reference in others]


Deed = Callable[[Request, str, Any, int | None], object]


def _told(do: Callable[..., object]) -> Deed:
    """An action that takes what its form says."""
    return lambda request, code, form, seen: do(code, by=request.actor, seen=seen, **form.cleaned_data)


DEEDS: dict[str, tuple[Deed, Any]] = {
    "pass_on": (
        lambda request, code, form, seen: actions.pass_on(code, by=request.actor, seen=seen),
        lambda: _("报到机关了，写的委员看得到。"),
    ),
    "edit": (
        lambda request, code, form, seen: actions.edit(code, by=request.actor, seen=seen, said=form.said()),
        lambda: _("存成新的一稿，原来的留着。"),
    ),
    "check": (
        lambda request, code, form, seen: actions.check(code, by=request.actor, seen=seen),
        lambda: _("核过了，换一个人签发。"),
    ),
    "sign": (
        lambda request, code, form, seen: actions.sign(code, by=request.actor, seen=seen),
        lambda: _("签发了，等着登进专报。"),
    ),
    **{
        name: (_told(do), words)
        for name, do, words in (
            ("hold_back", actions.hold_back, lambda: _("退回再编了。")),
            ("keep", actions.keep, lambda: _("留存了，写的委员看得到理由。")),
            ("adopt", actions.adopt, lambda: _("记下了。")),
            ("endorse", actions.endorse, lambda: _("记下了，写的委员看得到。")),
            ("refer", actions.refer, lambda: _("记下了，转给单位了。")),
            ("note_reply", actions.note_reply, lambda: _("记下了。")),
            ("feed_back", actions.feed_back, lambda: _("告诉委员了。")),
            ("return", actions.return_, lambda: _("退回去了，写明了还缺什么。")),
        )
    },
}


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Pass on, return, edit, check, sign, hold back, keep; write down what became of it."""
    found, seen = queries.report(code, request.actor), once.seen(request)
    if move not in DEEDS:
        raise Http404(move)
    CHART.check(move, found, by=request.actor, seen=seen)
    do, told = DEEDS[move]
    form = _form(move, found, request.POST, request.FILES)
    if form.is_valid():
        with blaming(form, files="scan"):
            do(request, code, form, seen)
            messages.success(request, told())
            return redirect("desk:report", code)
    return _page(request, found, move, form)
