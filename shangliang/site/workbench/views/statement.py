"""The duty statement, and one of its entries opened."""

import re
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shangliang.base import clock
from shangliang.base.journal.pages import drawn_until_an_act
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.request import Request
from shangliang.base.places import queries as places
from shangliang.base.ui.filters import points as hundredths
from shangliang.ledgers.figures import subjects
from shangliang.ledgers.points import inforce, sheets
from shangliang.ledgers.points import queries as points
from shangliang.ledgers.points.periods import Period
from shangliang.ledgers.points.reckoning import Part


@require_GET
@login_required
def statement(request: Request) -> HttpResponse:
    """One year of a member's account: one's own, or (`?member=`) of a member of the office's committee."""
    member, year = request.GET.get("member") or request.actor.key, _year(request.GET.get("year", ""))
    actor: Actor = request.actor
    sheet = drawn_until_an_act(
        "statement", actor.key, actor.posts, member, year, draw=lambda: _sheet(member, year, actor)
    )
    whose = {} if member == actor.key else {"member": member}
    context = {"name": _name(member), "sheet": sheet, "years": _tabs(year, whose)}
    return render(request, "workbench/statement.html", context)


def _name(member: str) -> str:
    return people.names([member]).get(member, "")


def _sheet(member: str, year: int, actor: Actor) -> str:
    """The sheet as this reader has it. Unseen for whom it is not."""
    until = min(date(year, 12, 31), clock.today())
    found = points.statement(member, date(year, 1, 1), until, actor=actor)
    told = subjects.told((line.entry.subject for line in found.lines), actor)
    offices = sorted(places.by_path(set(found.belongs)).values(), key=lambda one: one.path)
    query = {"year": year} | ({} if member == actor.key else {"member": member})
    context = {
        "found": found,
        "rows": [(line, told.get(line.entry.subject), sheets.mark(line)) for line in found.lines],
        "frames": [_frame(one) for one in found.accounts if one.framed],
        "name": _name(member),
        "offices": offices,
        "place": offices[0] if offices else None,
        "mine": member == actor.key,
        "tariff": inforce.on(until, offices[0].path if offices else ""),
        "closed": [
            (Period(row.closing.year, row.closing.quarter).words, row)
            for row in points.closed_of(found, year)
        ],
        "papers": [(one, query | {"committee": one.code}) for one in offices],
    }
    return render_to_string("workbench/statement_sheet.html", context)


@require_GET
@login_required
def entry(request: Request, entry: str) -> HttpResponse:
    """One entry: what was done, by which rule, how the points were reckoned, and the record itself."""
    line = points.entry(entry, actor=request.actor)
    row = line.entry
    kind = row.subject.partition(":")[0]
    context = {
        "line": line,
        "mark": sheets.mark(line),
        "pair": points.pair(line, actor=request.actor) if row.reverses or line.reversed else None,
        "objection": points.answered_by(row, request.actor),
        "asked": points.open_about(row.code, request.actor),
        "told": subjects.told([row.subject], request.actor).get(row.subject),
        "kind": subjects.label(kind) if kind in subjects.KINDS else "",
        "place": places.at(row.committee),
        "name": _name(row.member),
        "mine": row.member == request.actor.key,
        "words": points.act_words(row.act),
        "tariff": inforce.called(row.tariff),
    }
    return render(request, "workbench/entry.html", context)


def _frame(account: points.Account) -> tuple[str, list[tuple[str, str]]]:
    """What a tariff says of a year beside its entries: parts, sum, grade, minimum set."""
    known, found = account.tariff, account.reckoned
    if known is None or found is None:
        return "", []
    rows = [(part.bucket.label, _part(part)) for part in found.parts]
    rows.append((_("这一年合计"), _("%(n)s 分") % {"n": hundredths(found.total)}))
    if known.grades:
        rows.append((_("等次"), (found.grade and found.grade.label) or _("没有给出")))
    if found.passed is not None:
        rows.append((_("及格线"), _("到了") if found.passed else _("还没到")))
    for need in found.needs:
        said = _("做到了") if need.met else _("还差 %(n)s") % {"n": need.minimum.least - need.done}
        rows.append((_("最低要求：%(what)s") % {"what": need.minimum.label}, said))
    return _("%(year)s年，%(label)s") % {"year": account.year, "label": known.label}, rows


def _part(part: Part) -> str:
    said = _("%(n)s 分") % {"n": hundredths(part.value)}
    if part.bucket.ceiling is None:
        return said
    return said + _("，最多 %(n)s 分") % {"n": hundredths(part.bucket.ceiling)}


def _tabs(chosen: int, whose: dict[str, str]) -> list[tuple[str, str, None, bool]]:
    """This year and the two before it, each an address."""
    this = clock.today().year
    return [
        (f"?{urlencode({'year': year, **whose})}", _("%(year)s年") % {"year": year}, None, year == chosen)
        for year in range(this, this - 3, -1)
    ]


def _year(asked: str) -> int:
    this: int = clock.today().year
    return int(asked) if re.fullmatch(r"20\d\d", asked) and int(asked) <= this else this
