"""Lists of proposals: at the workbench, at the desk, to choose from."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Case, Exists, Model, OuterRef, Q, QuerySet, Value, When

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Erasure, Person, Role
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee, Department
from shangliang.base.prepared import Prepared

from .. import rules
from ..models import Answer, Handling, Note, Proposal, Rating, Signature, State, Version
from ..models.handling import ANSWERING
from ..models.proposal import NUMBERED
from .seen import ALONE, AT_WORK, OFFICE, SHOWING, TABS, _has, in_lines, inside, proposals, ready, whole

MOST = 20  # of what waits, on the page of a list
SHEAF = 200  # proposals that are printed together from a tab
MEETING = 30  # lines of one assignment meeting's page
PIECE = 500  # proposals that the worker looks through at a time
T = TypeVar("T", bound=Model)


def written_by(actor: Actor) -> QuerySet[Proposal]:
    """Those that a member leads or signed, the last to move first."""
    signed = _has(Signature, person=actor.key, state=Signature.State.SIGNED) & ~ALONE
    return proposals().filter(Q(person=actor.key) | signed).order_by("-last_at", "-pk")


def invitations(actor: Actor) -> QuerySet[Proposal]:
    """Those that wait for this member's signature, the soonest deadline first."""
    asked = _has(Signature, person=actor.key, state=Signature.State.INVITED)
    open_ = Q(state=State.SIGNING, sign_by__gte=clock.today())
    return proposals().filter(asked & open_).order_by("sign_by", "pk")


def to_rate(actor: Actor) -> QuerySet[Proposal]:
    """Answered ones that this member signed and has not rated in this round; none that they handle."""
    mine = Signature.objects.filter(proposal=OuterRef("pk"), person=actor.key, state=Signature.State.SIGNED)
    unrated = mine.filter(~Exists(Rating.objects.filter(signature=OuterRef("pk"), round=_round())))
    rows = proposals().filter(Exists(unrated), state=State.ANSWERED)
    if mine_ := actor.departments():
        handled = Handling.objects.filter(department__code__in=mine_)
        rows = rows.exclude(Q(pk__in=handled.values("proposal")) | Q(into__in=handled.values("proposal")))
    return rows.order_by("answered_on", "pk")


@Prepared
def first_asked(actor: Actor, _day: date) -> QuerySet[Proposal]:
    """The first of what waits for this member's signature today."""
    return in_lines(invitations(actor))[:MOST]


@Prepared
def first_to_rate(actor: Actor) -> QuerySet[Proposal]:
    return in_lines(to_rate(actor))[:MOST]


def own_lines(actor: Actor) -> QuerySet[Proposal]:
    return in_lines(written_by(actor))


def due_by(actor: Actor) -> QuerySet[Proposal]:
    """What waits for this member: to be signed (the soonest deadline first), mended, rated. One question for
    the three, told apart by their states."""
    back = proposals().filter(person=actor.key, state=State.RETURNED)
    rows = invitations(actor) | back | to_rate(actor)
    signing = Case(When(state=State.SIGNING, then=0), default=1)
    return rows.order_by(signing, "sign_by", "answered_on", "-last_at", "pk")


def raters(of: Proposal) -> list[Signature]:
    """Who signed it and can still rate: nobody who handles for a department that has or had a part, nobody
    whose account was erased or who is no member any more. Signatures and handlings are at hand (`whole`)."""
    signed = [one for one in of.signatures.all() if one.state == Signature.State.SIGNED]
    keys = {one.person for one in signed}
    departments = {one.department.code for one in of.head.handlings.all()}
    handlers = people.holders(Role.HANDLER).filter(
        holder__key__in=keys, department__in=departments, ended_at=None
    )
    barred = set(handlers.values_list("holder__key", flat=True))
    barred |= set(Erasure.objects.filter(person__in=keys).values_list("person", flat=True))
    seated = people.holders(*rules.MEMBERS).filter(holder__key__in=keys)
    able = set(seated.values_list("holder__key", flat=True)) - barred
    return [one for one in signed if one.person in able]


def awaiting(after: int = 0) -> list[Proposal]:
    """A piece of those that wait for ratings, by their `pk`, not locked: for the worker."""
    return list(proposals().filter(state=State.ANSWERED, pk__gt=after).order_by("pk")[:PIECE])


def _round() -> Any:
    """The round of a signature's proposal: the second once it was handled again."""
    return Case(When(signature__proposal__again=True, then=Value(2)), default=Value(1))


def at_desk(actor: Actor, tab: str = "") -> QuerySet[Proposal]:
    """What an office reads and its people did not sign themselves. `tab`: a key of `TABS`."""
    rows = inside(actor).filter(committee__path__in=actor.paths(*OFFICE), sent_on__isnull=False)
    rows = rows.filter(state__in=TABS[tab]) if tab in TABS else rows
    return rows.order_by("-last_at", "-pk")


def desk_lines(actor: Actor, tab: str) -> QuerySet[Proposal]:
    """Of a tab, or of what waits for an empty one."""
    return in_lines(at_desk(actor, tab) if tab else waiting(actor))


def waiting(actor: Actor) -> QuerySet[Proposal]:
    """What waits for somebody at this desk: a look, a decision, an assignment, an answer to be passed."""
    drafted = _has(Handling, state=Handling.State.DRAFTED)
    # Whoever had not answered yet sent it back last: nothing else moves it on.
    replied = _has(Handling, task__in=ANSWERING, state=Handling.State.ANSWERED) & ~_has(
        Handling, task__in=ANSWERING, state__in=AT_WORK
    )
    own = Q(committee__path__in=actor.paths(Role.OFFICER)) & (
        Q(state__in=(State.SENT, State.CHECKED, State.FILED)) | Q(state=State.ASSIGNED) & (drafted | replied)
    )
    lead = Q(committee__path__in=actor.paths(Role.LEADER), state=State.CHECKED)
    signed = _has(Signature, person=actor.key, state__in=SHOWING)
    gone = Exists(Erasure.objects.filter(person=OuterRef("person"))) & Q(filed=None)  # see `lock`
    return proposals().filter(own | lead).exclude(signed | gone).order_by("last_at", "pk")


def to_assign(actor: Actor) -> QuerySet[Proposal]:
    """The filed ones, in the order of their numbers: what an assignment meeting goes through."""
    rows = proposals().filter(committee__path__in=actor.paths(Role.OFFICER), state=State.FILED)
    signed = _has(Signature, person=actor.key, state__in=SHOWING)
    return rows.exclude(signed).order_by("year", "-in_session", "number", "pk")


@Prepared
def meeting(actor: Actor) -> QuerySet[Proposal]:
    """The first of them, for the page of a meeting."""
    return whole(to_assign(actor))[:MEETING]


def filed_in(committee: Committee, year: int) -> QuerySet[Proposal]:
    """Every filed one of a year, by its number: the list that offices keep."""
    rows = proposals().filter(committee=committee, year=year, state__in=NUMBERED)
    return whole(rows).order_by("-in_session", "number", "pk")


def years(committee: Committee) -> list[int]:
    """Those of which it has filed proposals, the last first."""
    rows = proposals().filter(committee=committee, state__in=NUMBERED).order_by("-year")
    return [year for year in rows.values_list("year", flat=True).distinct() if year]


def sheaf(actor: Actor, tab: str) -> list[Proposal]:
    """The first of what a tab of the desk shows, or of what waits, in its order, to be printed together."""
    return list(whole(at_desk(actor, tab) if tab else waiting(actor))[:SHEAF])


def sectors_of(rows: Sequence[Proposal]) -> dict[str, str]:
    """By whoever leads one of these proposals of a committee, the sector of their seat in it."""
    if not rows:
        return {}
    seats = people.holders(Role.MEMBER, committee=rows[0].committee_path)
    seats = seats.filter(holder__key__in={one.person for one in rows}, sector__isnull=False)
    return dict(seats.order_by("pk").values_list("holder__key", "sector__name"))


def opinions_of(rows: Sequence[Proposal]) -> dict[int, list[Answer]]:
    """What was answered last by each department, by the `pk` of the proposal that was handled."""
    parts = {part.pk: part for one in rows for part in one.head.handlings.all()}
    last = {
        row.handling_id: row
        for row in Answer.objects.filter(handling__in=list(parts), passed_on__isnull=False).order_by("round")
    }
    told: dict[int, list[Answer]] = {}
    for pk, row in sorted(last.items()):
        row.handling = parts[pk]
        told.setdefault(row.handling.proposal_id, []).append(row)
    return told


def mergeable(of: Proposal) -> list[Proposal]:
    """Those that this one may be merged into: the committee's, filed and not answered, the newest first."""
    rows = proposals().filter(
        committee=of.committee, state__in=(State.FILED, State.ASSIGNED), into=None
    )  # fmt: skip
    return ready(rows.exclude(pk=of.pk).order_by("-filed_on", "-pk")[:200])


def heads_of(threads: Iterable[str]) -> dict[str, str]:
    """Of those among these threads that were merged: thread → that of the proposal that is handled."""
    rows = Proposal.objects.filter(thread__in=list(threads), number__isnull=False, into__isnull=False)
    return dict(rows.values_list("thread", "into__thread"))


def head(of: Proposal) -> Proposal:
    """The one that is handled, locked: the proposal, or what it was merged into."""
    if of.head is of:
        return of
    return hold(of.head)


def hold(of: Proposal) -> Proposal:
    """As it stands now, locked until the transaction ends."""
    return whole(proposals()).select_for_update(of=("self",)).get(pk=of.pk)


def round_of(of: Proposal) -> int:
    return 2 if of.again else 1


def versions(of: Proposal) -> list[Version]:
    return list(of.versions.order_by("number"))


def notes(of: Proposal) -> list[Note]:
    return list(of.notes.order_by("pk"))


def signature_of(actor: Actor, of: Proposal) -> Signature | None:
    return next((one for one in of.signatures.all() if one.person == actor.key), None)


def signers_to(actor: Actor, of: Proposal) -> list[Signature]:
    """Who signed it or is asked to, in their order, and one's own; who declined, or was called off, or missed
    the day, whoever leads alone."""
    led = rules.leads(actor, of)
    return [one for one in of.signatures.all() if led or one.state in SHOWING or one.person == actor.key]


def own_signature(actor: Actor, of: Proposal) -> Signature:
    """The same, with its proposal. Unseen for who neither signed nor was asked to."""
    found = signature_of(actor, of)
    if found is None:
        raise Unseen(of.code)
    found.proposal = of
    return found


def askable(of: Proposal) -> QuerySet[Person]:
    """Members of this committee, of none below it, who are not asked yet, by name."""
    asked = {one.person for one in of.signatures.all()}
    posts = people.holders(Role.MEMBER, committee=of.committee_path).filter(ended_at=None)
    rows = Person.objects.filter(pk__in=posts.order_by().values("holder"))
    return rows.exclude(key__in=asked | {of.person}).order_by("name", "pk")


def committees(actor: Actor) -> list[Committee]:
    """Those to which this member may bring a proposal."""
    return [places.at(path) for path in sorted(actor.paths(*rules.MEMBERS))]


def departments(of: Proposal) -> list[Department]:
    """Those of the committee's place that have no part of it yet."""
    return departments_of([of])[of.pk]


def departments_of(rows: Sequence[Proposal]) -> dict[int, list[Department]]:
    """The same for each of several, by its `pk`, in one query."""
    held: dict[int, list[Department]] = {}
    for one in Department.objects.filter(committee__in={of.committee_id for of in rows}).order_by("name"):
        held.setdefault(one.committee_id, []).append(one)
    taken = {
        of.pk: {one.department_id for one in of.handlings.all() if one.state != Handling.State.RETURNED}
        for of in rows
    }
    return {
        of.pk: [one for one in held.get(of.committee_id, ()) if one.pk not in taken[of.pk]] for of in rows
    }
