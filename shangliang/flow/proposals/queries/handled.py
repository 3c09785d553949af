"""What is asked of departments' parts, answers and ratings, and of the year's choice."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import Case, F, Q, QuerySet, When

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen, first_of
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.places.models import Committee
from shangliang.base.prepared import Prepared

from ..models import Answer, Contact, Handling, Proposal, Rating, Review, State, Urging
from ..models.proposal import NUMBERED, Excellence
from .listed import round_of
from .seen import AT_WORK, OFFICE, proposals, ready, whole_to

P = TypeVar("P", Answer, Contact, Review, Urging)
# The answer is out, and the filers have still to be spoken with; not once all of them have rated it.
TO_SPEAK = Q(state=Handling.State.ANSWERED, contact_by__isnull=False) & ~Q(proposal__state=State.CLOSED)


def handled_by(actor: Actor, tab: str) -> QuerySet[Handling]:
    """A department's parts: `to_do`, the nearest day first, of the answer or of the next contact with the
    filers; or `done`, the last given first."""
    rows = Handling.objects.filter(department__code__in=actor.departments()).select_related(
        "department", "proposal__committee", "proposal__filed"
    )
    at_work = Q(state__in=AT_WORK)
    if tab == "to_do":
        nearest = Case(
            When(Q(state=Handling.State.ANSWERED), then=F("contact_by")),
            When(Q(contact_by__lt=F("due")), then=F("contact_by")),
            default=F("due"),
        )
        return rows.filter(at_work | TO_SPEAK).annotate(day=nearest).order_by("day", "pk")
    return rows.exclude(at_work | TO_SPEAK | Q(state=Handling.State.RETURNED)).order_by("-given_on", "-pk")


def overdue(actor: Actor) -> QuerySet[Handling]:
    """Parts past their day at one's committee, the longest first."""
    rows = Handling.objects.filter(
        proposal__committee__path__in=actor.paths(*OFFICE), state__in=AT_WORK, due__lt=clock.today()
    )
    return rows.select_related("department", "proposal__committee", "proposal__filed").order_by("due", "pk")


def unspoken(actor: Actor) -> QuerySet[Handling]:
    """Parts whose department is past the day of a contact with the filers, at one's committee, the longest
    first."""
    rows = Handling.objects.filter(
        Q(state__in=AT_WORK) | TO_SPEAK,
        proposal__committee__path__in=actor.paths(*OFFICE), contact_by__lt=clock.today(),
    )  # fmt: skip
    rows = rows.select_related("department", "proposal__committee", "proposal__filed")
    return rows.order_by("contact_by", "pk")


def speaks(part: Handling) -> bool:
    """Whether a contact with the filers is still to come in this part. The proposal is at hand."""
    return part.contact_by is not None and part.proposal.state != State.CLOSED


def titled(rows: Iterable[Handling]) -> list[Handling]:
    """With the keys of their proposals' texts at hand."""
    found = list(rows)
    with_keys([row.proposal.filed for row in found if hasattr(row.proposal, "filed")])
    return found


def answers(of: Proposal) -> list[Answer]:
    """All that was answered to it, or to the one it was merged into, in the order of rounds."""
    return _of_parts(of.head, Answer.objects.order_by("round", "pk"))


def _of_parts(of: Proposal, rows: "QuerySet[P]") -> list[P]:
    """Those of its parts, each with its part; these are at hand (`whole`): a join would name all columns of a
    part and its department again."""
    parts: dict[int | None, Handling] = {one.pk: one for one in of.handlings.all()}
    found = list(rows.filter(handling__in=list(parts))) if parts else []
    for row in found:
        row.handling = parts[row.handling_id]
    return found


def sent_answers(of: Proposal) -> list[Answer]:
    """Those that went out."""
    return [one for one in answers(of) if one.passed_on]


def standing(of: Proposal) -> list[Handling]:
    """Who has a part of it, or of the one that it was merged into, and did not send it back. `into`'s
    handlings and one's own are at hand (`whole`)."""
    return [one for one in of.head.handlings.all() if one.state != Handling.State.RETURNED]


def all_replied(of: Proposal) -> bool:
    """Whether everybody who still has a part of it to answer has answered."""
    parts = [one for one in of.handlings.all() if one.answers and one.state != Handling.State.RETURNED]
    return bool(parts) and all(one.state == Handling.State.ANSWERED for one in parts)


def answer(handling: Handling, round_: int) -> Answer | None:
    return Answer.objects.filter(handling=handling, round=round_).select_related("handling").first()


def letter(pk: int, of: Proposal) -> Answer:
    """One answer of a proposal that went out. Unseen if there is none."""
    found = next((one for one in sent_answers(of) if one.pk == pk), None)
    if found is None:
        raise Unseen(of.code)
    return found


def urging(pk: int, of: Proposal) -> Urging:
    found = next((one for one in urgings(of) if one.pk == pk), None)
    if found is None:
        raise Unseen(of.code)
    return found


def contacts(of: Proposal) -> list[Contact]:
    return _of_parts(of.head, Contact.objects.order_by("on", "pk"))


def urgings(of: Proposal) -> list[Urging]:
    """Those about its parts; of one that was not filed, those about its letter, with it."""
    if of.state == State.NOT_FILED:
        rows = Urging.objects.filter(letter__proposal=of).order_by("pk")
        return list(rows.select_related("letter__department"))
    return _of_parts(of, Urging.objects.order_by("pk"))


def reviews(of: Proposal) -> list[Review]:
    return _of_parts(of.head, Review.objects.order_by("pk"))


def ratings(of: Proposal) -> list[Rating]:
    """Of its signers, and of those whose proposals were merged into it, in their order."""
    signed = {
        one.pk: one for each in (of, *of.merged.all()) if each is of or each.number is not None
        for one in each.signatures.all()
    }  # fmt: skip
    found = list(Rating.objects.filter(signature__in=list(signed)))
    for row in found:
        row.signature = signed[row.signature_id]
    return sorted(found, key=lambda row: (row.round, row.signature.number, row.pk))


def ratings_for_department(actor: Actor, of: Proposal) -> list[Rating]:
    """The same for who handles it: once their departments have reviewed the proposal for each part that they
    answer; beside those who answer, once all of these have."""
    parts = [one for one in standing(of) if one.answers]
    due = [one for one in parts if one.department.code in actor.departments()] or parts
    reviewed = {one.handling_id for one in reviews(of)}
    return ratings(of) if due and reviewed.issuperset(one.pk for one in due) else []


def rating_of(actor: Actor, of: Proposal) -> Rating | None:
    """This signer's rating of the answer that stands now."""
    rows = Rating.objects.filter(signature__proposal=of, signature__person=actor.key, round=round_of(of))
    return rows.select_related("signature").first()


def part(code: str, actor: Actor) -> Handling:
    """One department's part of a proposal that the actor reads whole, with it."""
    row = Handling.objects.filter(code=code).select_related("department").first()
    if row is None:
        raise Unseen(code)
    [row.proposal] = ready([first_of(_of_part(actor, pk=row.proposal_id), code)])
    return row


@Prepared
def _of_part(actor: Actor, *, pk: int) -> QuerySet[Proposal]:
    return whole_to(actor).filter(pk=pk)


def may_send_back(part: Handling) -> bool:
    """Whether its days to send it back still run."""
    return part.round == 1 and clock.today() <= part.send_back_by


def may_extend(part: Handling) -> bool:
    return not part.extended and clock.today() <= part.due


def may_recheck(of: Proposal) -> bool:
    """Whether it is a class B of an earlier year that nobody looked at again this year."""
    year = clock.today().year
    if of.outcome != "B" or of.answered_on is None or of.answered_on.year >= year:
        return False
    return of.rechecked_on is None or of.rechecked_on.year < year


def may_urge(part: Handling) -> bool:
    """Whether its answer is late or of a key proposal (at hand), or a contact with the filers is late."""
    late = part.contact_by is not None and speaks(part) and part.contact_by < clock.today()
    at_work = part.state in AT_WORK
    return late or (at_work and (part.due < clock.today() or bool(part.proposal.key_reason)))


def recheck_due(actor: Actor) -> QuerySet[Proposal]:
    """Class B of earlier years that nobody looked at again this year, the oldest first."""
    start = date(clock.today().year, 1, 1)
    rows = proposals().filter(
        committee__path__in=actor.paths(*OFFICE), outcome="B", state__in=(State.ANSWERED, State.CLOSED),
        answered_on__lt=start,
    )  # fmt: skip
    return rows.filter(Q(rechecked_on=None) | Q(rechecked_on__lt=start)).order_by("answered_on", "pk")


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
