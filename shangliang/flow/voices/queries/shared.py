"""Reads of a voice that several departments were asked about: who is host, who stands beside it, by when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from shangliang.base.people.actor import Actor
from shangliang.base.prepared import PartsOf

from ..models import Answerer, Assignment, State, Voice

HOST, BESIDE = Assignment.Task.HOST, Assignment.Task.BESIDE
OPEN = Q(sent_back_at=None, ended_at=None)

# Every department that was ever asked, in that order.
ever_asked = PartsOf(Assignment, "voice", "pk", beside=("department",))


def parts(voice: Voice) -> list[Assignment]:
    """Who is or was asked by the latest assignment, the host first; before them what was given in opinions to
    a host that sent it back. Empty where no department ever had it."""
    if voice.department_id is None:
        return []
    rows = ever_asked(voice)
    host = next((one for one in reversed(rows) if one.task == HOST), None)
    if host is None:
        return []
    return [host, *(one for one in rows if one.task == BESIDE and (one.pk > host.pk or one.opinion))]


@dataclass(frozen=True)
class Shared:
    """Who deals with it together, for everybody to read: names and days, no word of an opinion."""

    host: str
    beside: list[tuple[str, date | None, date | None]]  # name, the day given, the day until which it is owed
    turn: str


def shared(voice: Voice) -> Shared | None:
    """Host, those beside it, whose turn it is; None where one department or none has it."""
    held = voice.state == State.ASSIGNED or voice.answered_by == Answerer.DEPARTMENT
    rows = parts(voice) if held else []
    asked = [one for one in rows[1:] if one.sent_back_at is None and (one.open or one.opinion)]
    if not asked:
        return None
    beside = [(one.department.name, one.given_on, one.due if one.owes else None) for one in asked]
    turn = (voice.awaits or voice.department) if voice.state == State.ASSIGNED else None
    return Shared(rows[0].department.name, beside, turn.name if turn else "")


def _of(departments: set[str]) -> QuerySet[Assignment]:
    return Assignment.objects.filter(task=BESIDE, department__code__in=departments)


def owing(departments: set[str]) -> Q:
    """Voices to which one of these departments owes an opinion."""
    return Q(pk__in=_of(departments).filter(OPEN, opinion="").values("voice"))


def having_given(departments: set[str]) -> Q:
    """Voices to which one of these departments gave an opinion."""
    return Q(pk__in=_of(departments).exclude(opinion="").values("voice"))


def day_owed(departments: set[str]) -> Subquery:
    """The day of the first opinion that these departments owe a voice."""
    rows = _of(departments).filter(OPEN, opinion="", voice=OuterRef("pk"))
    return Subquery(rows.order_by("due").values("due")[:1])


def rung_owed(departments: set[str]) -> Subquery:
    """How far these departments were urged for the first opinion that they owe a voice."""
    rows = _of(departments).filter(OPEN, opinion="", voice=OuterRef("pk"))
    return Subquery(rows.order_by("due").values("rung")[:1])


def day_given(departments: set[str]) -> Subquery:
    """The day of the last opinion that they gave."""
    rows = _of(departments).exclude(opinion="").filter(voice=OuterRef("pk"))
    return Subquery(rows.order_by("-given_on").values("given_on")[:1])


def only_beside(actor: Actor, voice: Voice) -> bool:
    """Whether this actor knows of the voice by having been asked beside the host and by nothing else: they
    read their own part, not what the others said."""
    mine = actor.departments()
    if not mine or (voice.department and voice.department.code in mine):
        return False
    rows = voice.assignments.filter(department__code__in=mine)
    return rows.filter(task=BESIDE).exists() and not rows.filter(task=HOST).exists()
