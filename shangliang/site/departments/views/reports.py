"""Opinion reports that were passed to a department: the list by its days, one of them, and the reply."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shangliang.base.charts import once
from shangliang.base.clock.words import nearing
from shangliang.base.people.request import Request
from shangliang.base.ui import paging
from shangliang.base.ui.forms import blaming
from shangliang.flow.reports import actions, outcomes, queries

from ..forms import ReplyToReport
from ..rail import let_in, rail

TABS = ("to_do", "done")


def _rail(request: Request) -> Any:
    return rail(request.actor, here="reports")


@require_GET
@login_required
def listing(request: Request) -> HttpResponse:
    """What waits for a reply, the nearest day first; what was replied to."""
    let_in(request.actor)
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else TABS[0]
    rows, after = paging.page(queries.referred(request.actor, tab), request.GET.get("after", ""))
    here = reverse("departments:reports")
    names = {"to_do": _("要回复的"), "done": _("回复过的")}
    context = {
        "rail": _rail(request),
        "rows": [(row, nearing(row.due)) for row in queries.issued(rows)],
        "tab": tab,
        "tabs": [(f"{here}?tab={name}", label, None, name == tab) for name, label in names.items()],
        "more": f"{here}?tab={tab}&after={after}" if after else "",
    }
    return render(request, "departments/reports.html", context)


@require_GET
@login_required
def report(request: Request, code: str) -> HttpResponse:
    """What was issued, and what is asked of the department. Who wrote it stays with the committee."""
    let_in(request.actor)
    return _page(request, queries.referral_to(code, request.actor))


def _page(request: Request, found: Any, form: Any = None, status: int = 200) -> HttpResponse:
    item = found.report.item
    context = {
        "rail": _rail(request),
        "referral": found,
        "title": str(item.title),
        "texts": item.texts[1:],
        "number": outcomes.number(item.bulletin),
        "due": None if found.reply else nearing(found.due),
        "form": None if found.reply else form or ReplyToReport(),
        "wrong": status != 200,
    }
    return render(request, "departments/report.html", context, status=status)


@require_POST
@login_required
@once.once
def reply(request: Request, code: str) -> HttpResponse:
    """The department's own reply, once."""
    let_in(request.actor)
    found, seen = queries.referral_to(code, request.actor), once.seen(request)
    form = ReplyToReport(request.POST)
    if form.is_valid():
        with blaming(form):
            actions.reply(code, by=request.actor, seen=seen, words=form.cleaned_data["words"])
            messages.success(request, _("回复了，写的委员和政协机关看得到。"))
            return redirect("departments:report", code)
    return _page(request, found, form, status=422)
