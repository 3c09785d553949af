"""The public pages of results: the list, and one result with its evidence and its thread."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.files import queries as files
from shangliang.base.journal.pages import kept_until_an_act
from shangliang.base.people.actor import STRANGER
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.kept import kept
from shangliang.flow.consultations import page, proposers
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations.views import framed

from . import queries

SIZE = 20


@require_GET
@kept_until_an_act
def listing(request: Request) -> HttpResponse:
    """Published results, newest first. `in`: one committee and below."""
    under = places.committee(request.GET["in"]) if request.GET.get("in") else None
    rows = queries.published(under.path if under else "")
    found = list(queries.before(rows, request.GET.get("before", ""))[: SIZE + 1])
    shown = found[:SIZE]
    more = (
        {"in": under.code if under else "", "before": queries.mark_of(found[SIZE - 1])}
        if found[SIZE:]
        else {}
    )
    kept = files.of([row.subject for row in shown])
    return render(
        request,
        "results/list.html",
        {
            "section": "results",
            "rows": [(row, page.first_picture(kept.get(row.subject, ()))) for row in shown],
            "under": under,
            "more": "?" + urlencode({k: v for k, v in more.items() if v}) if more else "",
        },
    )


@require_GET
@kept_until_an_act
def result(request: Request, code: str) -> HttpResponse:
    """What was solved and what was not, its evidence, n of m verdicts, and the way there."""
    found = queries.result(code, actor=request.actor)
    topic = found.consultation

    def make() -> str:
        context = {
            **page.look(topic, STRANGER),
            "result": found,
            "evidence": files.of([found.subject])[found.subject],
            "tally": proposers.tally_of(topic),
        }
        return render_to_string("results/inside.html", context, request)

    stamp = (found.version, consultations.stamp(topic), clock.today())
    return framed(request, topic, kept("result", code, stamp, make=make))
