"""What waits for each colleague and in each studio: to share work, not to compare people."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.base.journal.pages import counted_until_an_act
from shangliang.base.people.request import Request
from shangliang.flow.voices.queries import desk

from ..lists import Asked
from ..rail import STAFF, let_in, rail

Cell = tuple[int, str]  # the figure, and the list that it opens


@require_GET
@login_required
def workload(request: Request) -> HttpResponse:
    """Each figure opens the list that it counts."""
    let_in(request.actor, *STAFF)
    actor = request.actor
    people, studios = counted_until_an_act("loads", actor.key, actor.posts, count=lambda: desk.loads(actor))
    context = {
        "rail": rail(actor, "workload"),
        "tables": [
            (_("各位同事"), _("经办人"), [_row(load, "keeper", load.key or "nobody") for load in people]),
            (_("各工作室"), _("工作室"), [_row(load, "studio", load.key) for load in studios]),
        ],
        "me": actor.key,
    }
    return render(request, "desk/workload.html", context)


def _row(load: desk.Load, by: str, which: str) -> tuple[str, str, list[Cell]]:
    all_of_them = Asked(tab="all", **{by: which}).address

    def cell(number: int, **asked: str) -> Cell:
        return number, f"{all_of_them}&{urlencode(asked)}"

    cells = [
        cell(load.waiting, due="running"),
        cell(load.today, due="today"),
        cell(load.soon, due="soon"),
        cell(load.late, due="late"),
    ]
    taken = cell(load.taken, taken="week")
    return load.key, load.name or _("没人经办"), [*cells, taken if which != "nobody" else (0, "")]
