"""Every read of objections, scoped to the reader: the member's own, and the office that answers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from shangliang.base.charts.errors import one_of
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor

from .. import deeds, rules
from ..models import Entry, Objection, State


def objections_to(actor: Actor) -> QuerySet[Objection]:
    """One's own; those at one's committee for its officers, leaders and auditor. Nobody else's."""
    if actor.kind != "person":
        return _rows().none()
    return _rows().filter(Q(person=actor.key) | Q(committee__path__in=actor.paths(*rules.OFFICE)))


def objection(code: str, actor: Actor) -> Objection:
    """Unseen if there is none, or none for this actor to know of."""
    return one_of(objections_to(actor), code)


def lock_objection(code: str, by: Actor) -> Objection:
    """The objection, locked until the transaction ends. Unseen if `by` may not see it."""
    return one_of(objections_to(by).select_for_update(of=("self",)), code)


def own_objections(actor: Actor) -> QuerySet[Objection]:
    """One's own, the newest first."""
    return _rows().filter(person=actor.key).order_by("-made_at", "-pk")


def to_answer(actor: Actor) -> QuerySet[Objection]:
    """What waits for this officer or leader, the nearest day first; not one's own, nor about what one wrote
    down oneself."""
    rows = _rows().filter(committee__path__in=actor.paths(*rules.DECIDERS), state=State.OPEN)
    return rows.exclude(person=actor.key).exclude(written_by=actor.key).order_by("due", "pk")


def at_office(actor: Actor, *, answered: bool) -> QuerySet[Objection]:
    """All at one's committee: those that wait by their day, or the others with the last answered first."""
    rows = _rows().filter(committee__path__in=actor.paths(*rules.OFFICE))
    if answered:
        return rows.exclude(state=State.OPEN).order_by("-made_at", "-pk")
    return rows.filter(state=State.OPEN).order_by("due", "pk")


def doubted(rows: Iterable[Objection]) -> dict[str, Entry]:
    """The entries that these are about, by code: one query."""
    codes = [row.entry for row in rows if row.entry]
    return {one.code: one for one in Entry.objects.filter(code__in=codes)}


def corrections(of: Objection) -> list[Entry]:
    """What its answer posted: the reversal, the new entry."""
    acts = Act.objects.filter(subject=of.subject, name="points_objection_upheld").values("id")
    return list(Entry.objects.filter(member=of.person, act_id__in=acts).order_by("points", "pk"))


def held_on(found: Objection, day: date) -> list[str]:
    """The activities, by subject, that may be what the member misses: recorded at the committee, of the day
    that the member names or of another."""
    return deeds.attended(found.committee_path, found.day, day)


def answered_by(entry: Entry, actor: Actor) -> Objection | None:
    """The objection whose answer posted this entry, if it was one and the actor may know of it."""
    act = Act.objects.filter(id=entry.act_id, name="points_objection_upheld").first()
    return objections_to(actor).filter(code=act.subject.partition(":")[2]).first() if act else None


def open_about(entry: str, actor: Actor) -> Objection | None:
    """One's own doubt of an entry (its code) that waits for an answer."""
    return own_objections(actor).filter(entry=entry, state=State.OPEN).first()


def locked_of(person: str) -> QuerySet[Objection]:
    return _rows().select_for_update(of=("self",)).filter(person=person).order_by("pk")


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows of this person; see `people.holders`."""
    return {"points.Objection": list(Objection.objects.filter(person=person))}


def _rows() -> QuerySet[Objection]:
    return Objection.objects.select_related("committee")
