"""The year's tasks at the desk: a committee's sheet, and how far a studio is with it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import NotYours
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import actions, queries, rules
from shangliang.flow.studios.tasks import Task, presets, read
from shangliang.flow.voices import papers

from ..forms import tasks as forms
from ..rail import let_in, rail
from .rosters import own_committee
from .studios import seen_at_desk


@require_http_methods(["GET", "POST"])
@login_required
def sheet(request: Request) -> HttpResponse:
    """The sheet of a year. `from`: a preset, or "last" for the year before, to begin from."""
    if request.method == "GET":
        let_in(request.actor, "officer")
    committee = own_committee(request.actor)
    year = _year(request)
    if request.method == "POST":
        return _set(request, committee, year)
    held = queries.sheet(committee, year)
    tasks, last = _begun(request.GET.get("from", ""), committee, year, held)
    said = {"basis": last.basis, "rule": last.rule_edition and last.rule_edition.code} if last else {}
    cited = queries.citable(committee, held)
    return _sheet_page(request, committee, year, forms.Basis(cited, initial=said), forms.sheet(tasks))


def _year(request: Request) -> int:
    said, today = request.GET.get("year", ""), clock.today().year
    year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 else today
    if not today - 10 <= year <= today + 1:
        raise Http404(said)
    return year


def _begun(begin: str, committee: Any, year: int, held: Any) -> tuple[list[Task], Any]:
    """The lines that the form begins with, and the sheet whose basis: a preset's lines without one, last
    year's, or those that hold."""
    if preset := presets().get(begin):
        return list(preset.items), None
    if begin == "last" and (last := queries.sheet(committee, year - 1)):
        return list(read(last.items)), last
    return (list(read(held.items)), held) if held else ([], None)


@once.once
def _set(request: Request, committee: Any, year: int) -> HttpResponse:
    cited = queries.citable(committee, queries.sheet(committee, year))
    basis, lines = forms.Basis(cited, request.POST), forms.sheet([], request.POST)
    if basis.is_valid() and lines.is_valid():
        with blaming(basis):
            made = actions.set_task_sheet(
                committee, by=request.actor, year=year, **basis.cleaned_data,
                tasks=lines.tasks(), seen=once.seen(request) or 0,
            )  # fmt: skip
            messages.success(
                request, _("%(year)s 年的清单定好了，第 %(n)s 版。") % {"year": year, "n": made.edition}
            )
            return redirect(f"{reverse('desk:task_sheet')}?year={year}")
    return _sheet_page(request, committee, year, basis, lines, status=422)


def _sheet_page(
    request: Request, committee: Any, year: int, basis: Any, lines: Any, status: int = 200
) -> HttpResponse:
    editions = list(queries.sheets(committee, year))
    rows = list(queries.of_committee(committee.path))
    far = queries.of_all(rows, editions[0] if editions else None, year)
    context = {
        "rail": rail(request.actor, "studios"),
        "year": year,
        "today": clock.today(),
        "editions": [(one, read(one.items)) for one in editions],
        "last": queries.sheet(committee, year - 1),
        "basis": basis,
        "lines": lines,
        "presets": presets().values(),
        "studios": [(one, far[one.code]) for one in rows if one.code in far],
        "names": people.names(one.by for one in editions),
        "seen": editions[0].edition if editions else 0,
        "wrong": status != 200,
    }
    return render(request, "desk/task_sheet.html", context, status=status)


@require_GET
@login_required
def tasks(request: Request, code: str) -> HttpResponse:
    """A studio's year: each task, what is done of it and what is due, and what was written down."""
    return _page(request, seen_at_desk(request, code), _year(request))


def _page(
    request: Request, one: Any, year: int, *, form: Any = None, struck: str = "", strike: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    held = queries.sheet(one.committee, year)
    asked = [task for task in read(held.items if held else ()) if task.is_for(one.kind)]
    far = queries.of_all([one], held, year).get(one.code, [])
    records, keeps = queries.records(one, year), rules.keeps_page(request.actor, one)
    writes = keeps and one.state != "closed" and any(not task.count for task in asked)
    context = {
        "rail": rail(request.actor, "studios"),
        "studio": one,
        "year": year,
        "years": sorted({*queries.years(one.committee), clock.today().year}, reverse=True),
        "sheet": held,
        "far": far,
        "today": clock.today(),
        "records": records,
        "labels": {task.key: task.label for task in asked},
        "papers": papers.of(row.subject for row in records),
        "names": people.names({row.by for row in records}),
        "keeps": keeps,
        "form": (form or forms.Record(asked)) if writes else None,
        "struck": struck or request.GET.get("strike", ""),
        "strike": strike or forms.Strike(),
        "wrong": status != 200,
    }
    return render(request, "desk/tasks.html", context, status=status)


def _back(code: str, row: Any) -> HttpResponse:
    """To the studio's year in which the record stands."""
    return redirect(f"{reverse('desk:tasks', args=[code])}?year={row.day.year}")


@require_POST
@login_required
@once.once
def write(request: Request, code: str) -> HttpResponse:
    """Write down something that was done."""
    one = seen_at_desk(request, code)
    if not rules.keeps_page(request.actor, one):
        raise NotYours(_("记年度任务，由这间工作室的召集人或政协干部来办。"))
    year = _year(request)
    held = queries.sheet(one.committee, year)
    form = forms.Record(list(read(held.items if held else ())), request.POST, request.FILES)
    if form.is_valid():
        with blaming(form, files="evidence"):
            made = actions.record_task(code, by=request.actor, **form.cleaned_data)
            messages.success(request, _("记下了。"))
            return _back(code, made)
    return _page(request, one, year, form=form, status=422)


@require_POST
@login_required
@once.once
def strike(request: Request, code: str) -> HttpResponse:
    """A record that was wrong counts no more."""
    row = queries.task_record(code, request.actor)
    if not rules.keeps_page(request.actor, row.studio):
        raise NotYours(_("划掉任务记录，由这间工作室的召集人或政协干部来办。"))
    form = forms.Strike(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.strike_task(code, by=request.actor, seen=once.seen(request), **form.cleaned_data)
            messages.success(request, _("划掉了，不再算数。"))
            return _back(row.studio.code, row)
    return _page(request, row.studio, row.day.year, struck=code, strike=form, status=422)
