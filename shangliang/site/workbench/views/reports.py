"""A member's opinion reports: the list with what became of each, a new one, one of them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base.charts import once
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.pages import drawn_until_an_act
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.proposals import queries as proposals
from shangliang.flow.proposals import telling
from shangliang.flow.reports import actions, changes, measure, outcomes, queries
from shangliang.flow.reports.forms import Begin, Mend, Write
from shangliang.flow.reports.states import CHART
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.papers import of as papers_of

from .. import alike, waiting

VERSIONS = "versions"


@require_GET
@login_required
def reports(request: Request) -> HttpResponse:
    """The member's own, the last to move first, each with what became of it."""
    waiting.let_in(request.actor)
    rows, after = paging.listed(_listed, request.actor, after=request.GET.get("after", ""))
    context = {
        "rows": [(row, outcomes.TONES[row.state], outcomes.became(row)) for row in rows],
        "more": f"?after={after}" if after else "",
    }
    return render(request, "workbench/reports.html", context)


def _listed(actor: Actor) -> Any:
    return queries.with_outcomes(queries.written_by(actor))


@require_http_methods(["GET", "POST"])
@login_required
@once.once
def write(request: Request) -> HttpResponse:
    """A new one; `voice`: from this voice, `follows`: going on from this report of one's own."""
    actor = request.actor
    waiting.let_in(actor)
    codes = {name: typed(request, name) or request.GET.get(name, "")[:12] for name in ("voice", "follows")}
    voice = voices.get(codes["voice"], actor) if codes["voice"] else None
    before = _own(request, codes["follows"]) if codes["follows"] else None
    unfiled = _unfiled(request)
    rooms = queries.rooms(actor)
    if request.method == "POST":
        form = Begin(rooms, request.POST)
        if form.is_valid():
            with blaming(form):
                made = actions.draft(form.cleaned_data["studio"], by=actor, said=form.said(), **codes)
                if once.quiet(request):
                    return once.kept(reverse("workbench:report", args=[made.code]), made.version)
                messages.success(request, _("存好了，只有您看得到。看一遍再交。"))
                return redirect("workbench:report", made.code)
    else:
        start = outcomes.from_voice(voice) if voice else unfiled
        form = Begin(rooms, initial=start | ({"studio": voice.studio.code} if voice else {}))
    context = {"form": form, "voice": voice, "before": before, "rooms": rooms, "count": _count(form)}
    return render(request, "workbench/report_write.html", context, status=422 if form.is_bound else 200)


def _unfiled(request: Request) -> dict[str, Any]:
    """The words of one's own proposal that was not filed, to go on with here."""
    code = request.GET.get("proposal", "")[:12]
    return telling.as_report(proposals.unfiled(code, request.actor)) if code else {}


def _own(request: Request, code: str) -> Any:
    waiting.let_in(request.actor)
    found = queries.report(code, request.actor)
    if found.person != request.actor.key:  # theirs to look over, at the desk
        raise Unseen(code)
    return found


def _count(form: Any) -> measure.Shares:
    return measure.shares(*(str(form[name].value() or "") for name in ("title", *measure.PARTS)))


@require_GET
@login_required
def report(request: Request, code: str) -> HttpResponse:
    """One's own: to go on with, or with what became of it. `part`: one of `PARTS` drawn too; `version`: what
    changed in it from the one before. For htmx that part alone."""
    found, part = _own(request, code), request.GET.get("part", "")
    if "HX-Request" not in request.headers or not part:
        return _page(request, found)
    drawn = _part(request, found, part)
    if drawn is None:
        raise Http404(part)
    return HttpResponse(drawn)


def _alike(request: Request, found: Any) -> str | None:
    """While one may go on with it."""
    if not CHART.may("redraft", request.actor, found):
        return None

    def find() -> list[Any]:
        rows = queries.similar(found, request.actor)
        return [(one.item, outcomes.best(one.item), one.words) for one in rows]

    return alike.drawn("report", found, request.actor, find)


def _versions(request: Request, found: Any) -> str | None:
    """Once it was sent: what one wrote, and what the office changed in it."""
    if not found.sent_on:
        return None
    actor, asked = request.actor, request.GET.get("version", "")

    def draw() -> str:
        rows = changes.versions(queries.versions(found), asked)
        return render_to_string("workbench/report_versions.html", {"report": found, "versions": rows})

    return drawn_until_an_act("work report", VERSIONS, actor.key, actor.posts, found.code, asked, draw=draw)


PARTS: dict[str, Callable[[Request, Any], str | None]] = {alike.PART: _alike, VERSIONS: _versions}


def _part(request: Request, found: Any, name: str) -> str | None:
    """A part that costs as much as the rest of the page. None if there is none of it."""
    return PARTS[name](request, found) if name in PARTS else None


def _page(request: Request, found: Any, form: Any = None, status: int = 200) -> HttpResponse:
    opened = {row.name for row in CHART.open_to(request.actor, found)}
    form = form or _form(request.actor, found)
    row = queries.told_to(found, request.actor)
    row.version = found.version  # a refused sending kept the text first, which is undone
    scans = papers_of([one.subject for one in row.endorsements.all()])
    asked = request.GET.get("part", VERSIONS if "version" in request.GET else "")
    context = {
        "report": row,
        "tone": outcomes.TONES[found.state],
        "texts": found.texts[1:],
        "proposal": proposals.behind_report(found, request.actor),
        "form": form if "redraft" in opened else None,
        "count": _count(form),
        "notes": queries.notes(found),
        "became": outcomes.became(row),
        "endorsements": [(one, scans[one.subject]) for one in row.endorsements.all()],
        "sent": found.sent_on,
        "apart": {asked: _part(request, found, asked)},
        "may_withdraw": "withdraw" in opened,
    }
    return render(request, "workbench/report.html", context, status=status)


def _form(actor: Actor, found: Any, sent: QueryDict | None = None) -> Any:
    """What one goes on with; of a draft also through which studio."""
    texts = zip(("title", *measure.PARTS), found.texts, strict=True)
    start: dict[str, Any] = {**dict(texts), "urgent": found.urgent}
    if CHART.may("readdress", actor, found):
        return Mend(queries.rooms(actor), found.studio, sent, initial=start)
    return Write(sent, initial=start)


MOVES = ("redraft", "send", "withdraw")


@require_POST
@login_required
@once.once
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Keep what is written, send it (with what stands in the form), take it back."""
    found, seen = queries.report(code, request.actor), once.seen(request)
    if move not in MOVES:
        raise Http404(move)
    CHART.check(move, found, by=request.actor, seen=seen)
    if move == "withdraw":
        actions.withdraw(code, by=request.actor, seen=seen)
        messages.success(request, _("收回来了，不再往下办。"))
        return redirect("workbench:report", code)
    form = _form(request.actor, found, request.POST)
    if form.is_valid():
        with blaming(form):
            kept = actions.redraft(code, by=request.actor, seen=seen, said=form.said())
            if to := form.cleaned_data.get("studio"):
                kept = actions.readdress(code, by=request.actor, seen=kept.version, studio=to)
            if move == "send":
                actions.send(code, by=request.actor, seen=kept.version)
                messages.success(request, _("交到工作室了。每走一步，这里都看得到。"))
                return redirect("workbench:reports")
            if once.quiet(request):
                return once.kept(reverse("workbench:report", args=[code]), kept.version)
            messages.success(request, _("存好了，只有您看得到。"))
            return redirect("workbench:report", code)
    return _page(request, found, form, status=422)
