"""Which voices of other committees lie with the actor's own."""

from django.db.models import Q

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places.models import Department

from ..models import Answerer, State

NOBODY = Q(pk__in=[])


def sent_up_by(actor: Actor) -> Q:
    """What is at the desk of the actor's committee though it is another's."""
    paths = actor.paths(Role.OFFICER)
    return Q(state=State.SENT_UP, upper__path__in=paths) if paths else NOBODY


def held_by(actor: Actor) -> Q:
    """The same, what departments have that it asked, and what was answered there and is not judged, so that
    what was promised is theirs to keep."""
    if not (paths := actor.paths(Role.OFFICER)):
        return NOBODY
    answered = Q(state=State.ANSWERED)
    asked = Q(state=State.ASSIGNED) | answered & Q(answered_by=Answerer.DEPARTMENT)
    own = Department.objects.filter(committee__path__in=paths).values("pk")  # no join for every row there is
    there = answered & Q(answered_by=Answerer.UPPER) | asked & Q(department__in=own)
    return Q(upper__path__in=paths) & (Q(state=State.SENT_UP) | there)
