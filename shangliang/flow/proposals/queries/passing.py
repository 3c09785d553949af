"""What is asked of a proposal that was not filed, and of how its opinion went on."""

from collections.abc import Iterable

from django.db.models import OuterRef, Q, QuerySet, Subquery

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.prepared import Prepared
from shangliang.flow.reports import queries as reports
from shangliang.flow.reports.models import OpinionReport

from ..models import Letter, Proposal, State
from ..models.proposal import Passed
from .seen import OFFICE, inside, proposals, visible_to, whole


def unfiled(code: str, actor: Actor) -> Proposal:
    """One's own that was not filed and of which no opinion report was begun. Unseen for every other."""
    rows = proposals().filter(state=State.NOT_FILED, passed=Passed.REPORT, report=None)
    found = rows.filter(code=code, person=actor.key).first()
    if found is None:
        raise Unseen(code)
    return found


def report_of(of: Proposal, actor: Actor) -> OpinionReport | None:
    """The opinion report that it became, if this reader may read that: a draft is its writer's alone."""
    if of.report_id is None:
        return None
    return reports.visible_to(actor).filter(pk=of.report_id).first()


def behind_report(report: OpinionReport, actor: Actor) -> Proposal | None:
    """The proposal that a report came from, if this reader reads it whole: what a link to it says, not its
    words."""
    return next(iter(_behind_report(actor, report=report.pk)), None)


@Prepared
def _behind_report(actor: Actor, *, report: int) -> QuerySet[Proposal]:
    return inside(actor).filter(report=report).select_related(None).only("code").order_by("pk")[:1]


# ── Letters ──
def letter_of(of: Proposal) -> Letter | None:
    """The letter that it became, with its department."""
    found = Letter.objects.select_related("department").filter(proposal=of).first()
    if found:
        found.proposal = of
    return found


def _letters() -> QuerySet[Letter]:
    return Letter.objects.select_related("department", "proposal__committee", "proposal__filed")


def letters_to(actor: Actor, tab: str) -> QuerySet[Letter]:
    """What went to one's departments: `to_do`, the nearest day first; `done`, the last reply first."""
    rows = _letters().filter(department__code__in=actor.departments())
    if tab == "to_do":
        return rows.filter(reply="").order_by("due", "pk")
    return rows.exclude(reply="").order_by("-replied_on", "-pk")


def letters_overdue(actor: Actor) -> QuerySet[Letter]:
    """At one's committee those past their day without a reply, the longest first."""
    rows = _letters().filter(proposal__committee__path__in=actor.paths(*OFFICE), reply="")
    return rows.filter(due__lt=clock.today()).order_by("due", "pk")


def opened(rows: Iterable[Letter]) -> list[Letter]:
    """With the keys of their proposals' texts at hand: none of these was filed."""
    found = list(rows)
    with_keys([row.proposal for row in found])
    return found


def letter_to(code: str, actor: Actor) -> Letter:
    """One that went to the actor's department. Unseen for another's."""
    for found in opened(_letters().filter(code=code, department__code__in=actor.departments())):
        return found
    raise Unseen(code)


def told_of(actor: Actor) -> QuerySet[Proposal]:
    """Those of which a notice may tell: what one reads, and what went to one's departments as a letter; of
    these last `letter_in` is its code."""
    mine = actor.departments()
    if not mine:
        return visible_to(actor)
    asked = Letter.objects.filter(proposal=OuterRef("pk"), department__code__in=mine)
    rows = proposals().annotate(letter_in=Subquery(asked.values("code")))
    return rows.filter(Q(pk__in=visible_to(actor).values("pk")) | Q(letter_in__isnull=False))


def lock_letter(code: str, by: Actor) -> Letter:
    """The same, with its proposal, both locked until the transaction ends."""
    row = letter_to(code, by)
    of = whole(proposals()).select_for_update(of=("self",)).get(pk=row.proposal_id)
    found = Letter.objects.select_for_update(of=("self",)).select_related("department").get(code=code)
    found.proposal = of
    return found


def letter_read(code: str, actor: Actor) -> Letter:
    """A letter for its sheet: for who reads its proposal (`code`) whole, and for the department that it went
    to. Unseen for every other."""
    mine = _letters().filter(proposal__code=code)
    asked = mine.filter(proposal__in=inside(actor).order_by().values("pk"))
    for found in opened(asked | mine.filter(department__code__in=actor.departments())):
        return found
    raise Unseen(code)
