"""How the opinion goes on when a proposal is not filed: as an opinion report, or as a letter."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.record import draw, flow
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.flow.reports import actions as reports

from .. import queries
from ..models import Letter, Proposal
from ..models.proposal import Passed
from ..states import CHART
from .parts import locked, stated, touch


def as_report(of: Proposal, by: Actor) -> str:
    """As an opinion report: a draft of whoever leads, into whose thread the proposal's runs. Returns that
    thread."""
    writer = people.person(of.person)
    assert writer  # of whoever was erased nothing is decided: `queries.lock`
    said = reports.Draft(*of.texts)
    try:
        of.report = reports.begin(people.actor_of(writer), of.committee, by=by, said=said)
    except NotNow as fault:
        raise NotNow(_("%(why)s请退回初审，改成转来信。") % {"why": fault.words}) from fault
    flow(of.thread, of.report.thread)
    return of.report.thread


@transaction.atomic
def write_letter(code: str, *, by: Actor, seen: int | None, department: str, due: date | None) -> Proposal:
    """Write the letter of one that was not filed before letters were kept. NotNow for one that did not go
    this way, and twice."""
    found = locked(code, "write_letter", by=by, seen=seen)
    if found.passed != Passed.LETTER or queries.letter_of(found):
        raise NotNow(_("这件不用再写转出去的信。"))
    return as_letter(found, by=by, seen=seen, department=department, due=due)


def as_letter(of: Proposal, *, by: Actor, seen: int | None, department: str, due: date | None) -> Proposal:
    """As a letter, under its number, to a department of the committee's place (its code), which replies by a
    day. ValidationError without these."""
    to = next((one for one in queries.departments(of) if one.code == department), None)
    if to is None:
        raise ValidationError({"department": _("选转给哪个单位。")})
    if due is None or due < clock.today() or clock.too_far(due, years=1):
        raise ValidationError({"due": _("从今天起，不超过一年。")})
    year = clock.today().year
    made = Letter.objects.create(
        proposal=of, department=to, year=year, number=draw("proposal_letter", of.committee_path, year),
        on=clock.today(), by=by.key, due=due,
    )  # fmt: skip
    return touch(of, "write_letter", by=by, seen=seen, department=to.code, due=due.isoformat(),
                 number=made.number)  # fmt: skip


@transaction.atomic
def reply_letter(code: str, *, by: Actor, seen: int | None, words: str) -> Letter:
    """The department replies, once; the filers read it. `code` and `seen`: of the letter."""
    row = queries.lock_letter(code, by)
    CHART.check("reply_letter", row.proposal, by=by, seen=None)
    if row.reply:
        raise NotNow(_("这封信本单位已经回复过了。"))
    if seen is not None and seen != row.version:
        raise NotNow(CHANGED)
    row.reply = stated(words, _("写明办了什么、怎么办，四个字以上。"), most=2000)
    row.replied_on, row.replied_by, row.version = clock.today(), by.key, row.version + 1
    row.save(update_fields=["reply", "replied_on", "replied_by", "version"])
    touch(row.proposal, "reply_letter", by=by, seen=None, department=row.department.code,
          on_time=clock.today() <= row.due)  # fmt: skip
    return row
