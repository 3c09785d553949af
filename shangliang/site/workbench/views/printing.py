"""A statement to take along: as PDF and as a workbook, each with a code by which it is checked. And one's own
sheet with the code of one's studio."""

import re
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.paper.answers import CHINESE, answer
from shangliang.base.paper.press import dated
from shangliang.base.people import queries as people
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.addresses import whole
from shangliang.base.ui.spreadsheets import as_workbook
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios import sheets as of_studios
from shangliang.ledgers.points import queries, sheets
from shangliang.ledgers.points.periods import Period

from .. import waiting

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _said(request: Request) -> dict[str, Any]:
    """Whose (`member`, one's own without it), which `year` and `quarter`, at which `committee` (its code; the
    first without it), and what the sheets need. A paper is one office's: it says what was earned there."""
    member = request.GET.get("member") or request.actor.key
    period = _period(request.GET.get("year", ""), request.GET.get("quarter", ""))
    offices = places.by_path(queries.read_at(member, actor=request.actor))
    code = request.GET.get("committee", "")
    mine = [offices[path] for path in sorted(offices) if code in ("", offices[path].code)]
    if not mine or period.first > clock.today():
        raise Unseen(member)
    office, until = mine[0], min(period.last, clock.today())
    found = queries.statement(member, period.first, until, actor=request.actor, at=office.path)
    name = people.names([member]).get(member, "")
    return {
        "found": found, "period": period, "committee": office, "name": name,
        "proof": sheets.printed(found, period, office, name),
        "check": whole(request, reverse("points:check")),
    }  # fmt: skip


def _period(year: str, quarter: str) -> Period:
    this: int = clock.today().year
    asked = int(year) if re.fullmatch(r"20\d\d", year) and int(year) <= this else this
    return Period(asked, int(quarter) if quarter in ("1", "2", "3", "4") else 0)


@require_GET
@login_required
def pdf(request: Request) -> HttpResponse:
    """On paper."""
    with override(CHINESE):
        said = _said(request)
        data, name = sheets.statement(**said, day=dated(clock.today())), _file(said)
    return answer(request, sheets.STATEMENT, data, name=name, keep=False)


@require_GET
@login_required
def xlsx(request: Request) -> HttpResponse:
    """As a workbook: every cell a text."""
    with override(CHINESE):
        said = _said(request)
        book, name = as_workbook(sheets.table(**said), "明白账"), _file(said)
    response = HttpResponse(book, content_type=WORKBOOK)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@login_required
def sheet(request: Request, code: str) -> HttpResponse:
    """One's own sheet in a studio where one sits. `size`: a4, or a6 for a card."""
    actor = request.actor
    waiting.let_in(actor)
    one = studios.studio(code, actor)
    seat = studios.seat(one, actor.key)
    with override(CHINESE):
        door = whole(request, reverse("voices:member_door", args=[one.code, studios.seat_code(one, seat)]))
        said = of_studios.member(one, seat, studios.slots(one), door, request.GET.get("size", ""))
    return answer(request, of_studios.MEMBER, said, name=f"{seat.holder.name} {one.name}")


def _file(said: dict[str, Any]) -> str:
    return f"{_('履职明白账')} {said['name']} {said['period'].words}"
