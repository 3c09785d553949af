"""Bulletins at the desk: put one together from signed reports, read it, print it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from shangliang.base.charts.errors import Unseen
from shangliang.base.charts.once import once
from shangliang.base.paper.answers import CHINESE, answer, word
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming
from shangliang.flow.reports import actions, circular, outcomes, queries, sheets

from ..forms.reports import Issue
from ..rail import let_in, rail

READERS = ("officer", "leader", "auditor")
MOST = 50  # signed reports to choose from


@require_http_methods(["GET", "POST"])
@login_required
@once
def bulletins(request: Request) -> HttpResponse:
    """The numbers that were issued, and the form for the next one."""
    if request.method != "POST":
        let_in(request.actor, *READERS)
        return _list(request)
    let_in(request.actor, "officer")
    rows = list(queries.to_issue(request.actor)[:MOST])
    form = Issue(rows, request.POST)
    if form.is_valid():
        committee = places.at(min(request.actor.paths("officer")))
        with blaming(form):
            made = actions.issue(committee, by=request.actor, **form.cleaned_data)
            messages.success(request, _("刊发了，写的委员都看得到。"))
            return redirect("desk:bulletin", made.code)
    return _list(request, form, status=422)


def _list(request: Request, form: Any = None, status: int = 200) -> HttpResponse:
    rows = list(queries.to_issue(request.actor)[:MOST])
    issued, after = paging.page(queries.listed(request.actor), request.GET.get("after", ""))
    context = {
        "rail": rail(request.actor, "bulletins"),
        "rows": [(row, outcomes.number(row)) for row in issued],
        "more": f"?after={after}" if after else "",
        "form": form or (Issue(rows, initial={"to_own": True}) if rows else None),
        "officer": request.actor.holds("officer"),
        "years": circular.years(places.at(min(request.actor.paths(*READERS)))),
    }
    return render(request, "desk/bulletins.html", context, status=status)


def _seen(request: Request, code: str) -> Any:
    let_in(request.actor, *READERS)
    return queries.bulletin(code, request.actor)


@require_GET
@login_required
def bulletin(request: Request, code: str) -> HttpResponse:
    """One number with its items."""
    found = _seen(request, code)
    items = queries.items(found)
    own = found.committee_path in request.actor.paths(*READERS)
    context = {
        "rail": rail(request.actor, "bulletins"),
        "bulletin": found,
        "number": outcomes.number(found),
        "items": items,
        "names": people.names({item.report.person for item in items}),
        "own": own,
    }
    return render(request, "desk/bulletin.html", context)


@require_GET
@login_required
def printed(request: Request, code: str) -> HttpResponse:
    """The same on paper."""
    found = _seen(request, code)
    return answer(request, sheets.BULLETIN, _said(found), name=_name(found))


@require_GET
@login_required
def in_word(request: Request, code: str) -> HttpResponse:
    """The same as a Word file, to go on with; the record is the PDF."""
    found = _seen(request, code)
    said = _said(found)
    with override(CHINESE):
        draft = sheets.word(said)
    return word(draft, name=_name(found))


def _said(found: Any) -> dict[str, Any]:
    items = queries.items(found)
    names = people.names({item.report.person for item in items} | {item.report.signed_by for item in items})
    with override(CHINESE):
        return sheets.bulletin(found, items, names)


def _name(found: Any) -> str:
    return f"{_('信息专报')} {outcomes.number(found)}"


# ── The yearly circular ──
def _year(request: Request, year: int) -> tuple[circular.Year, dict[str, Any]]:
    """The year of the committee at hand, and what its circular says."""
    let_in(request.actor, *READERS)
    committee = places.at(min(request.actor.paths(*READERS)))
    if year not in circular.years(committee):
        raise Unseen(str(year))
    found = circular.of(committee, year)
    with override(CHINESE):
        said = circular.said(found, people.names(found.writers), queries.titles(found.reports))
    return found, said


@require_GET
@login_required
def yearly(request: Request, year: int) -> HttpResponse:
    """A year's circular, to be read before it is sent."""
    found, said = _year(request, year)
    return render(
        request,
        "desk/circular.html",
        {"rail": rail(request.actor, "bulletins"), "found": found, "said": said},
    )


@require_GET
@login_required
def yearly_printed(request: Request, year: int) -> HttpResponse:
    _found, said = _year(request, year)
    return answer(request, circular.CIRCULAR, said, name=said["title"])


@require_GET
@login_required
def yearly_in_word(request: Request, year: int) -> HttpResponse:
    _found, said = _year(request, year)
    with override(CHINESE):
        draft = circular.word(said)
    return word(draft, name=said["title"])
