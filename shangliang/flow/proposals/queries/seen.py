"""Who sees which proposal, and how one is locked."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.errors import NotNow, Unseen, first_of, one_of
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import below
from shangliang.base.prepared import Prepared

from ..models import Handling, Proposal, Session, Signature, State

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

SHOWING = (Signature.State.INVITED, Signature.State.SIGNED)
LINE = (
    "code", "person", "title", "state", "kind", "body", "sign_by", "number", "in_session", "session", "year",
    "key_reason", "outcome", "again", "excellence", "answered_on", "last_at", "committee__name",
    "filed__title",
)  # fmt: skip
# The leader's alone: what is still written, and what was given up before it was sent.
ALONE = Q(state=State.DRAFT) | Q(state=State.WITHDRAWN, sent_on=None)
AT_WORK = (Handling.State.GIVEN, Handling.State.DRAFTED)


def proposals() -> QuerySet[Proposal]:
    return Proposal.objects.select_related("committee", "filed", "into__committee")


def in_lines(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what a line of a list shows: they are wide, and most of the time of a list goes into them."""
    return rows.select_related(None).select_related("committee", "filed").only(*LINE)


def whole(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With signatures, handlings and what was merged in: what the rules ask, in a fixed number of queries."""
    signed: QuerySet[Any] = Signature.objects.order_by("number")
    merged: QuerySet[Any] = (
        Proposal.objects.filter(number__isnull=False).select_related("committee").order_by("pk")
    )
    handled: QuerySet[Any] = Handling.objects.select_related("department").order_by("pk")
    return rows.prefetch_related(
        Prefetch("signatures", signed),
        Prefetch("handlings", handled),
        Prefetch("merged", merged),
        Prefetch("merged__signatures", signed),
        Prefetch("into__handlings", handled),
        Prefetch("into__signatures", signed),
        Prefetch("into__merged", merged),
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
    asked = _has(Signature, person=actor.key, state__in=SHOWING) & ~ALONE
    office = Q(committee__path__in=actor.paths(*OFFICE), sent_on__isnull=False) & ~Q(state__in=UNSENT)
    mine = actor.departments()
    given = _has(Handling, department__code__in=mine) if mine else Q(pk__in=())
    through = _has(Handling, "proposal__merged", department__code__in=mine) if mine else Q(pk__in=())
    through &= Q(number__isnull=False)  # a merger that is only proposed hands nothing over
    return proposals().filter(Q(person=actor.key) | asked | office | given | through)


def visible_to(actor: Actor) -> QuerySet[Proposal]:
    """The same, and what is public to everybody: the filed text and the answers, once they are out."""
    return proposals().filter(Q(public=True) | Q(pk__in=inside(actor).order_by().values("pk")))


def parts_to(actor: Actor) -> QuerySet[Handling]:
    """Departments' parts of what the actor reads whole."""
    rows = Handling.objects.filter(proposal__in=inside(actor).order_by().values("pk"))
    return rows.select_related("department", "proposal__committee", "proposal__filed").order_by("pk")


def signatures_to(actor: Actor) -> QuerySet[Signature]:
    rows = Signature.objects.filter(proposal__in=inside(actor).order_by().values("pk"))
    return rows.select_related("proposal__committee", "proposal__filed").order_by("pk")


def public() -> QuerySet[Proposal]:
    """What everybody reads, the last to be answered first."""
    return proposals().filter(public=True).order_by("-answered_on", "-pk")


def proposal(code: str, actor: Actor) -> Proposal:
    """Unseen if there is none, or none that this actor reads whole."""
    return first_of(_whole_one(actor, code=code), code)


@Prepared
def _whole_one(actor: Actor, *, code: str) -> QuerySet[Proposal]:
    return whole_to(actor).filter(code=code)


def whole_to(actor: Actor) -> QuerySet[Proposal]:
    """What this actor reads whole, for a page of one. What it was merged into is asked apart: few were, and a
    join would name all its columns again for each."""
    into: QuerySet[Any] = Proposal.objects.select_related("committee")
    rows = inside(actor).select_related(None).select_related("committee", "filed")
    return whole(rows.prefetch_related(Prefetch("into", into)))


def public_in(path: str) -> QuerySet[Proposal]:
    """The same of one committee and those below it; of all for an empty path."""
    return public().filter(**below(path)) if path else public()


def readable(code: str, actor: Actor) -> tuple[Proposal, bool]:
    """One that this actor may read, and whether they read it whole: else only what is public of it."""
    for found in _whole_one(actor, code=code):
        return found, True
    return public_one(code), False


def public_one(code: str) -> Proposal:
    return _public(code)


_public = ByCode(lambda: whole(proposals().filter(public=True)))


def lock(code: str, by: Actor) -> Proposal:
    """The proposal, locked until the transaction ends. Unseen if `by` may not see it; NotNow once its
    leader's account was erased before it was filed: its words are gone."""
    found = _to_change.lock(code, by)
    if not hasattr(found, "filed") and people.let_go(found.person):
        raise NotNow(_("领衔的委员注销了账号，稿子已经删掉，不再往下办。"))
    return found


_to_change = ByCode(lambda by: whole(inside(by)))


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
    """A signature with its proposal, both locked; first the one that is handled, as whoever passes an answer
    locks them: two who wait for each other would wait for ever."""
    row = Signature.objects.filter(code=code).select_related("proposal__into").first()
    if row is None:
        raise Unseen(code)
    list(Proposal.objects.select_for_update().filter(pk=row.proposal.head.pk).values("pk"))
    of = lock(row.proposal.code, by)
    found = Signature.objects.select_for_update(of=("self",)).get(code=code)
    found.proposal = of
    return found


def may_see_seal(actors: Sequence[Actor], code: str) -> bool:
    """The scan of a seal goes with its proposal, not with what of it is public."""
    return any(inside(actor).filter(code=code).exists() for actor in actors)


def sessions(committee: Committee) -> list[Session]:
    """Those that were entered and not struck, the first first."""
    rows = Session.objects.filter(committee=committee, struck_at=None)
    return list(rows.order_by("opens", "pk"))


def lock_session(code: str) -> Session:
    """Locked until the transaction ends; when a committee meets is no secret. Unseen if there is none."""
    return one_of(Session.objects.select_related("committee").select_for_update(of=("self",)), code)
