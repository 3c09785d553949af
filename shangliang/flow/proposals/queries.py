"""Every read of proposals, scoped to the reader."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow, Unseen
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person, Role
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee, Department
from shangliang.base.search.kinds import Row
from shangliang.base.search.queries import Match

from shangliang.flow.reports.models import Written

from . import rules
from .models import (
    Answer,
    Contact,
    Filed,
    Handling,
    Note,
    Proposal,
    Rating,
    Review,
    Signature,
    State,
    Task,
    Urging,
    Version,
)
from .models.proposal import NUMBERED, Excellence

OFFICE = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
UNSENT = (State.DRAFT, State.SIGNING)
TABS: dict[str, tuple[State, ...]] = {
    "sent": (State.SENT,),
    "checked": (State.CHECKED,),
    "filed": (State.FILED,),
    "assigned": (State.ASSIGNED,),
    "answered": (State.ANSWERED,),
    "closed": (State.CLOSED,),
    "rest": (State.RETURNED, State.MERGED, State.NOT_FILED, State.WITHDRAWN),
}
SIZE = 20  # rows of a list on one page
SHOWING = (Signature.State.INVITED, Signature.State.SIGNED)
AT_WORK = (Handling.State.GIVEN, Handling.State.DRAFTED)


def proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("committee", "filed", "into__committee")


def whole(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With signatures, handlings and what was merged in: what the rules ask, in a fixed number of queries."""
    signed = Signature.objects.order_by("number")
    handled = Handling.objects.select_related("department").order_by("pk")
    return rows.prefetch_related(
        Prefetch("signatures", signed),
        Prefetch("handlings", handled),
        Prefetch("merged", Proposal.objects.select_related("committee").order_by("pk")),
        Prefetch("merged__signatures", signed),
        Prefetch("into__handlings", handled),
        Prefetch("into__signatures", signed),
        Prefetch("into__merged__signatures", signed),
    )


def ready(rows: Iterable[Proposal]) -> list[Proposal]:
    """The rows with the keys of their filed texts at hand, in one query."""
    found = list(rows)
    with_keys([row.filed for row in found if hasattr(row, "filed")])
    return found


def _has(model: Any, through: str = "proposal", **what: Any) -> Exists:
    return Exists(model.objects.filter(**{through: OuterRef("pk")}, **what))


def inside(actor: Actor) -> QuerySet[Proposal]:
    """What somebody reads whole: their own; those that they signed or are asked to sign; once it was sent,
    the committee's office; once it was given to them, a department's handlers."""
    if actor.kind != "person":
        return proposals().none()
    asked = _has(Signature, person=actor.key, state__in=SHOWING) & ~Q(state=State.DRAFT)
    office = Q(committee__path__in=actor.paths(*OFFICE), sent_on__isnull=False) & ~Q(state__in=UNSENT)
    mine = actor.departments()
    given = _has(Handling, department__code__in=mine) if mine else Q(pk__in=())
    through = _has(Handling, "proposal__merged", department__code__in=mine) if mine else Q(pk__in=())
    return proposals().filter(Q(person=actor.key) | asked | office | given | through)


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    """The same, and what is public to everybody: the filed text and the answers, once they are out."""
    return proposals().filter(Q(public=True) | Q(pk__in=inside(actor).order_by().values("pk")))


def public() -> QuerySet[Proposal]:
    """What everybody reads, the last to be answered first."""
    return proposals().filter(public=True).order_by("-answered_on", "-pk")


def proposal(code: str, actor: Actor) -> Proposal:
    """Unseen if there is none, or none that this actor reads whole."""
    return _one(whole(inside(actor)), code)


def public_one(code: str) -> Proposal:
    return _one(proposals().filter(public=True), code)


def lock(code: str, by: Actor) -> Proposal:
    """The proposal, locked until the transaction ends. Unseen if `by` may not see it; NotNow once its
    leader's account was erased before it was filed: its words are gone."""
    found = _one(whole(inside(by)).select_for_update(of=("self",)), code)
    if not hasattr(found, "filed") and people.let_go(found.person):
        raise NotNow(_("领衔的委员注销了账号，稿子已经删掉，不再往下办。"))
    return found


def lock_handling(code: str, by: Actor) -> Handling:
    """One department's part, with its proposal, both locked."""
    row = Handling.objects.filter(code=code).values_list("proposal__code", flat=True).first()
    if row is None:
        raise Unseen(code)
    head = lock(row, by)
    found = Handling.objects.select_for_update(of=("self",)).select_related("department").get(code=code)
    found.proposal = head
    return found


def lock_signature(code: str, by: Actor) -> Signature:
    row = Signature.objects.filter(code=code).values_list("proposal__code", flat=True).first()
    if row is None:
        raise Unseen(code)
    of = lock(row, by)
    found = Signature.objects.select_for_update(of=("self",)).get(code=code)
    found.proposal = of
    return found


def _one(rows: QuerySet[Proposal], code: str) -> Proposal:
    found = rows.filter(code=code).first()
    if found is None:
        raise Unseen(code)
    return found


# ── Lists ──
def written_by(actor: Actor) -> QuerySet[Proposal]:
    """Those that a member leads or signed, the last to move first."""
    signed = _has(Signature, person=actor.key, state=Signature.State.SIGNED) & ~Q(state=State.DRAFT)
    return proposals().filter(Q(person=actor.key) | signed).order_by("-last_at", "-pk")


def invitations(actor: Actor) -> QuerySet[Proposal]:
    """Those that wait for this member's signature, the soonest deadline first."""
    asked = _has(Signature, person=actor.key, state=Signature.State.INVITED)
    open_ = Q(state=State.SIGNING, sign_by__gte=clock.today())
    return proposals().filter(asked & open_).order_by("sign_by", "pk")


def to_rate(actor: Actor) -> QuerySet[Proposal]:
    """Answered ones that this member signed and has not rated in this round."""
    mine = Signature.objects.filter(proposal=OuterRef("pk"), person=actor.key, state=Signature.State.SIGNED)
    unrated = mine.filter(~Exists(Rating.objects.filter(signature=OuterRef("pk"), round=_round())))
    return proposals().filter(Exists(unrated), state=State.ANSWERED).order_by("answered_on", "pk")


def _round() -> Any:
    """The round of a signature's proposal: the second once it was handled again."""
    return Case(When(signature__proposal__again=True, then=Value(2)), default=Value(1))


def at_desk(actor: Actor, tab: str = "") -> QuerySet[Proposal]:
    """What an office reads and its people did not sign themselves. `tab`: a key of `TABS`."""
    rows = inside(actor).filter(committee__path__in=actor.paths(*OFFICE), sent_on__isnull=False)
    rows = rows.filter(state__in=TABS[tab]) if tab in TABS else rows
    return rows.order_by("-last_at", "-pk")


def waiting(actor: Actor) -> QuerySet[Proposal]:
    """What waits for somebody at this desk: a look, a decision, an assignment, an answer to be passed."""
    drafted = _has(Handling, state=Handling.State.DRAFTED)
    own = Q(committee__path__in=actor.paths(Role.OFFICER)) & (
        Q(state__in=(State.SENT, State.CHECKED, State.FILED)) | Q(state=State.ASSIGNED) & drafted
    )
    lead = Q(committee__path__in=actor.paths(Role.LEADER), state=State.CHECKED)
    signed = _has(Signature, person=actor.key, state__in=SHOWING)
    return proposals().filter(own | lead).exclude(signed).order_by("last_at", "pk")


def to_assign(actor: Actor) -> QuerySet[Proposal]:
    """The filed ones, in the order of their numbers: what an assignment meeting goes through."""
    rows = proposals().filter(committee__path__in=actor.paths(Role.OFFICER), state=State.FILED)
    signed = _has(Signature, person=actor.key, state__in=SHOWING)
    return rows.exclude(signed).order_by("year", "-in_session", "number", "pk")


def recheck_due(actor: Actor) -> QuerySet[Proposal]:
    """Class B of earlier years that nobody looked at again this year, the oldest first."""
    start = date(clock.today().year, 1, 1)
    rows = proposals().filter(
        committee__path__in=actor.paths(*OFFICE), outcome="B", state__in=(State.ANSWERED, State.CLOSED),
        answered_on__lt=start,
    )  # fmt: skip
    return rows.filter(Q(rechecked_on=None) | Q(rechecked_on__lt=start)).order_by("answered_on", "pk")


def filed_in(committee: Committee, year: int) -> QuerySet[Proposal]:
    """Every filed one of a year, by its number: the list that offices keep."""
    rows = proposals().filter(committee=committee, year=year, state__in=NUMBERED)
    return whole(rows).order_by("-in_session", "number", "pk")


def mergeable(of: Proposal) -> list[Proposal]:
    """Those that this one may be merged into: the committee's, filed and not answered, the newest first."""
    rows = proposals().filter(
        committee=of.committee, state__in=(State.FILED, State.ASSIGNED), into=None
    )  # fmt: skip
    return ready(rows.exclude(pk=of.pk).order_by("-filed_on", "-pk")[:200])


# ── Handlings ──
def handled_by(actor: Actor, tab: str) -> QuerySet[Handling]:
    """A department's parts: `to_do`, the nearest day first, or `done`, the last given first."""
    rows = Handling.objects.filter(department__code__in=actor.departments()).select_related(
        "department", "proposal__committee", "proposal__filed"
    )
    at_work = Q(state__in=AT_WORK)
    return rows.filter(at_work).order_by("due", "pk") if tab == "to_do" else rows.exclude(
        at_work | Q(state=Handling.State.RETURNED)
    ).order_by("-given_on", "-pk")  # fmt: skip


def overdue(actor: Actor) -> QuerySet[Handling]:
    """Parts past their day at one's committee, the longest first."""
    rows = Handling.objects.filter(
        proposal__committee__path__in=actor.paths(*OFFICE), state__in=AT_WORK, due__lt=clock.today()
    )
    return rows.select_related("department", "proposal__committee", "proposal__filed").order_by("due", "pk")


def titled(rows: Iterable[Handling]) -> list[Handling]:
    """With the keys of their proposals' texts at hand."""
    found = list(rows)
    with_keys([row.proposal.filed for row in found if hasattr(row.proposal, "filed")])
    return found


def answers(of: Proposal) -> list[Answer]:
    """All that was answered to it, or to the one it was merged into, in the order of rounds."""
    head = of.into or of
    rows = Answer.objects.filter(handling__proposal=head).select_related("handling__department")
    return list(rows.order_by("round", "pk"))


def answer(handling: Handling, round_: int) -> Answer | None:
    return Answer.objects.filter(handling=handling, round=round_).select_related("handling").first()


def letter(pk: int, code: str) -> Answer:
    """One answer of a proposal that was sent, by its number among them. Unseen if there is none."""
    found = Answer.objects.filter(pk=pk, handling__proposal__code=code, passed_on__isnull=False)
    row = found.select_related("handling__department").first()
    if row is None:
        raise Unseen(code)
    return row


def contacts(of: Proposal) -> list[Contact]:
    rows = Contact.objects.filter(handling__proposal=of.into or of).select_related("handling__department")
    return list(rows.order_by("on", "pk"))


def urgings(of: Proposal) -> list[Urging]:
    rows = Urging.objects.filter(handling__proposal=of).select_related("handling__department")
    return list(rows.order_by("pk"))


def reviews(of: Proposal) -> list[Review]:
    rows = Review.objects.filter(handling__proposal=of.into or of).select_related("handling__department")
    return list(rows.order_by("pk"))


def ratings(of: Proposal) -> list[Rating]:
    """Of its signers, and of those whose proposals were merged into it, in their order."""
    rows = Rating.objects.filter(Q(signature__proposal=of) | Q(signature__proposal__into=of))
    return list(rows.select_related("signature").order_by("round", "signature__number", "pk"))


def rating_of(actor: Actor, of: Proposal) -> Rating | None:
    """This signer's rating of the answer that stands now."""
    rows = Rating.objects.filter(signature__proposal=of, signature__person=actor.key, round=round_of(of))
    return rows.select_related("signature").first()


def head(of: Proposal) -> Proposal:
    """The one that is handled, locked: the proposal, or what it was merged into."""
    if of.into_id is None:
        return of
    return whole(proposals()).select_for_update(of=("self",)).get(pk=of.into_id)


def round_of(of: Proposal) -> int:
    return 2 if of.again else 1


def versions(of: Proposal) -> list[Version]:
    found = list(Version.objects.filter(proposal=of).order_by("number"))
    for one in found:
        one.proposal = of
    return found


def notes(of: Proposal) -> list[Note]:
    return list(Note.objects.filter(proposal=of).order_by("pk"))


def signature_of(actor: Actor, of: Proposal) -> Signature | None:
    return next((one for one in of.signatures.all() if one.person == actor.key), None)


def askable(of: Proposal) -> list[Person]:
    """Members of the committee who are not asked yet, by name."""
    asked = {one.person for one in of.signatures.all()}
    rows = people.members(of.committee_path).exclude(key__in=asked | {of.person})
    return list(rows[:2000])


def committees(actor: Actor) -> list[Committee]:
    """Those to which this member may bring a proposal."""
    return [places.at(path) for path in sorted(actor.paths(*rules.MEMBERS))]


def departments(of: Proposal) -> list[Department]:
    """Those of the committee's place that have no part of it yet."""
    taken = {one.department_id for one in of.handlings.all() if one.state != Handling.State.RETURNED}
    return [one for one in places.departments(of.committee) if one.pk not in taken]


# ── Alike ──
def text_of(row: Written) -> str:
    return "\n".join(row.texts)


def similar(of: Proposal, size: int = 3) -> list[Match[Filed]]:
    """Earlier filed proposals of the committee that may say the same, with the words that match. To look at;
    it holds nothing up."""
    rows = Filed.objects.filter(proposal__committee=of.committee).select_related("proposal")
    return search.similar(
        text_of(of.said), "proposal", of.committee_path, rows, size=size,
        said=text_of, exclude=of.filed.pk if hasattr(of, "filed") else None,
    )  # fmt: skip


def suggested(of: Proposal) -> tuple[Department, Proposal, list[str]] | None:
    """Who should host it: whoever hosted the earlier one most like it; that one, and the words that match."""
    alike = similar(of, size=5)
    hosts = {
        row.proposal_id: row.department
        for row in Handling.objects.filter(
            proposal__in=[one.item.proposal_id for one in alike], task=Task.HOST
        ).exclude(state=Handling.State.RETURNED).select_related("department")
    }  # fmt: skip
    found = next((one for one in alike if one.item.proposal_id in hosts and one.words), None)
    if found is None:
        return None
    return hosts[found.item.proposal_id], found.item.proposal, found.words[:6]


def findable() -> Iterator[Row]:
    """What the index holds: every filed text, by keyed tokens."""
    for row in Filed.objects.select_related("proposal__committee").order_by("pk").iterator(chunk_size=500):
        yield Row(row.pk, text_of(row), row.proposal.committee_path, private=True)


def candidates(actor: Actor, step: str) -> QuerySet[Proposal]:
    """Those that stand at a step of the choice of excellent ones, at the committees that one reads."""
    rows = proposals().filter(committee__path__in=actor.paths(*OFFICE), excellence=step)
    return rows.order_by("-last_at", "-pk")


def chosen_share(committee: Committee, year: int) -> tuple[int, int, int]:
    """Of a year's filed ones: how many, how many were chosen as excellent, how many of these are collective.
    To weigh the choice by: about one in a hundred, a fifth of them collective (research, T16)."""
    rows = proposals().filter(committee=committee, year=year, state__in=NUMBERED).order_by()
    best = rows.filter(excellence=Excellence.ANNOUNCED)
    return rows.count(), best.count(), best.exclude(kind__in=("individual", "joint")).count()


# ── Erasure ──
def locked_of(person: str) -> QuerySet[Proposal]:
    return proposals().select_for_update(of=("self",)).filter(person=person).order_by("pk")


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows of this person; see `people.holders`."""
    mine = {"proposal__person": person}
    return {
        "proposals.Proposal": list(Proposal.objects.filter(person=person)),
        "proposals.Version": list(Version.objects.filter(**mine).select_related("proposal")),
        "proposals.Signature": list(Signature.objects.filter(person=person).select_related("proposal")),
        "proposals.Rating": list(
            Rating.objects.filter(signature__person=person).select_related("signature")
        ),
    }  # fmt: skip
