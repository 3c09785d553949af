"""Lists of proposals at the desk: the assignment meeting, what is late or due again, the year's on paper."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.charts.once import once
from shangliang.base.clock.words import nearing
from shangliang.base.journal.pages import counted_until_an_act
from shangliang.base.paper.answers import CHINESE, answer
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import paging, spreadsheets
from shangliang.base.ui.forms import blaming, typed
from shangliang.flow.proposals import actions, queries, settings, sheets, telling

from ..forms.proposals import Meeting, Session
from ..rail import let_in, rail
from .proposals import tab_names

READERS = ("officer", "leader", "auditor")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@login_required
@once
def meeting(request: Request) -> HttpResponse:
    """The filed ones, each with the host that an earlier one like it had; give all that were chosen away in
    one go."""
    let_in(request.actor, "officer")
    rows = queries.ready(_rows(request))
    known = queries.departments_of(rows)
    lines = [_line(row, request, known[row.pk]) for row in rows]
    if request.method == "POST":
        forms = [form for _row, _best, form in lines]
        if not sum(not form.is_valid() for form in forms):  # each is asked, so that each tells its faults
            return _give_away(request, lines)
        return _meeting(request, lines, status=422)
    return _meeting(request, lines)


@require_http_methods(["GET", "POST"])
@login_required
@once
def sessions(request: Request) -> HttpResponse:
    """The committee's sessions: enter one, or (`strike`: its code) strike one that was entered wrongly."""
    actor = request.actor
    let_in(actor, "officer")
    committee = places.at(min(actor.paths("officer")))
    if request.method == "POST" and (code := typed(request, "strike")[:12]):
        actions.strike_session(code, by=actor)
        messages.success(request, _("划掉了。那次会议收过的提案，会议的名称还在。"))
        return redirect("desk:proposal_sessions")
    form = Session(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with blaming(form):
            actions.enter_session(committee, by=actor, **form.cleaned_data)
            messages.success(request, _("定好了。从开幕前几个月到截止日，交的算大会提案。"))
            return redirect("desk:proposal_sessions")
    entered = queries.sessions(committee)
    context = {
        "rail": rail(actor, "proposals"),
        "rows": [(one, settings.takes_from(committee, one)) for one in settings.windows(committee)],
        "codes": {one.name: one.code for one in entered},
        "form": form,
    }
    return render(request, "desk/proposal_sessions.html", context, status=422 if form.is_bound else 200)


HOST = "-host"


def _rows(request: Request) -> list[Any]:
    """Those of the page; of a form that came back, its own. NotNow where one that was chosen has left the
    list since: nothing is dropped silently."""
    if request.method != "POST":
        return queries.meeting(request.actor)
    found = queries.whole(queries.to_assign(request.actor))
    said = {name.removesuffix(HOST): host for name, host in request.POST.items() if name.endswith(HOST)}
    rows = list(found.filter(code__in=list(said)[: queries.MEETING]))
    if {code for code, host in said.items() if host} - {row.code for row in rows}:
        raise NotNow(_("选了的里面，有的已经不在交办的单子上了，这次一件也没有交办。看一眼新的单子，再交。"))
    return rows


class Suggested(NamedTuple):
    """Who should host it, and the earlier one that says so; empty for nobody."""

    code: str = ""
    name: str = ""
    earlier: str = ""
    words: str = ""


def _suggested(row: Any) -> Suggested:
    """Looked for once until the next act: to find it costs as much as the rest of the page."""

    def find() -> Suggested:
        best = queries.suggested(row)
        return (
            Suggested(best[0].code, best[0].name, best[1].heading, "、".join(best[2]))
            if best
            else Suggested()
        )

    return counted_until_an_act("suggested host", row.code, row.version, count=find)


def _line(row: Any, request: Request, departments: list[Any]) -> tuple[Any, Any, Any]:
    best = _suggested(row)
    options = [(one.code, one.name) for one in departments]
    start = {"host": best.code} if best.code else {}
    return row, best, Meeting(options, request.POST or None, prefix=row.code, initial=start)


def _give_away(request: Request, lines: list[tuple[Any, Any, Any]]) -> HttpResponse:
    """Each as it stood when the page was drawn: its version comes with the line."""
    given = 0
    for row, _best, form in lines:
        host = form.cleaned_data["host"]
        if not host:
            continue
        with blaming(form):
            actions.assign(row.code, by=request.actor, seen=_version(request, row), host=host)
            given += 1
    if any(form.errors for _row, _best, form in lines):
        return _meeting(request, lines, status=422)
    if not given:
        messages.info(request, _("一件也没有选。"))
        return redirect("desk:proposal_meeting")
    messages.success(request, _("交办了 %(n)s 件，承办单位看得到。") % {"n": given})
    return redirect("desk:proposals")


def _version(request: Request, row: Any) -> int:
    said = request.POST.get(f"{row.code}-seen", "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else -1


def _meeting(request: Request, lines: list[Any], status: int = 200) -> HttpResponse:
    context = {"rail": rail(request.actor, "proposals"), "lines": lines}
    return render(request, "desk/proposal_meeting.html", context, status=status)


@require_GET
@login_required
def overdue(request: Request) -> HttpResponse:
    """Parts past their day, or past that of a contact with the filers; class B of earlier years that is due
    to be looked at again; the choice of excellent ones."""
    let_in(request.actor, *READERS)
    year = clock.today().year
    late, more = paging.page(queries.overdue(request.actor), request.GET.get("after", ""))
    unspoken = queries.titled(queries.unspoken(request.actor)[:100])
    again = queries.ready(queries.recheck_due(request.actor)[:100])
    letters, further = paging.page(queries.letters_overdue(request.actor), request.GET.get("letters", ""))
    context = {
        "rail": rail(request.actor, "proposals"),
        "late": [(row, nearing(row.due)) for row in queries.titled(late)],
        "more": f"?after={more}" if more else "",
        "unspoken": [(row, nearing(row.contact_by)) for row in unspoken],
        "letters": [(row, nearing(row.due)) for row in queries.opened(letters)],
        "further": f"?letters={further}" if further else "",
        "again": [(row, telling.beside(row)) for row in again],
        "chosen": _choice(request),
        "share": (year, *queries.chosen_share(places.at(min(request.actor.paths(*READERS))), year)),
    }
    return render(request, "desk/proposal_overdue.html", context)


def _choice(request: Request) -> list[tuple[str, list[Any]]]:
    """By step, those that stand there."""
    steps = {
        "nominated": _("推荐了，等初评"), "shortlisted": _("入围，等审议"),
        "deliberated": _("审议过，等公布"),
        "announced": _("优秀提案"),
    }  # fmt: skip
    return [
        (words, queries.ready(queries.candidates(request.actor, step)[:50])) for step, words in steps.items()
    ]


def _year(request: Request) -> tuple[Any, int]:
    """The committee and the year of a list. Http404 for what is none."""
    let_in(request.actor, *READERS)
    said = request.GET.get("year", "") or str(clock.today().year)
    if not (said.isascii() and said.isdecimal() and len(said) == 4):
        raise Http404(said)
    return places.at(min(request.actor.paths(*READERS))), int(said)


def _all(request: Request) -> tuple[str, list[Any], dict[str, str]]:
    committee, year = _year(request)
    rows = queries.ready(queries.filed_in(committee, year))
    title = _("%(office)s%(year)s年提案") % {"office": committee.office, "year": year}
    return title, rows, _names(rows)


def _sheaf(request: Request) -> tuple[str, list[Any], dict[str, str]]:
    let_in(request.actor, *READERS)
    tab = request.GET["tab"]
    if tab not in ("", *queries.TABS):
        raise Http404(tab)
    rows = queries.ready(queries.sheaf(request.actor, tab))
    office = places.at(min(request.actor.paths(*READERS))).office
    return _("%(office)s提案：%(tab)s") % {"office": office, "tab": tab_names()[tab]}, rows, _names(rows)


def _names(rows: list[Any]) -> dict[str, str]:
    return people.names({one.person for row in rows for one in row.signatures.all()})


@require_GET
@login_required
def table(request: Request) -> HttpResponse:
    """The list that offices keep, as a workbook: the filed ones of a year."""
    title, rows, names = _all(request)
    told = sheets.listing(rows, names, queries.sectors_of(rows), queries.opinions_of(rows))
    book = spreadsheets.as_workbook(told, _("提案"))
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{title}.xlsx") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@login_required
def bound(request: Request) -> HttpResponse:
    """All of them in one PDF; `tab`: instead of a year's the first of what a tab of the desk shows."""
    with override(CHINESE):
        title, rows, names = _sheaf(request) if "tab" in request.GET else _all(request)
        said = sheets.bound(title, rows, names)
    if not rows:
        raise Http404(title)
    return answer(request, sheets.BOUND, said, name=title)
