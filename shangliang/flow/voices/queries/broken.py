"""Voices that must not be: asked every night, see `charts.invariants`. An action sees to each of these;
a row here was written past it, or the action has a fault."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ..models import Assignment, Remark, State, Voice


def refused_without_next_owner() -> QuerySet[Voice]:
    """Refused, and nothing says whom to turn to with phone or address."""
    said = (
        Remark.objects.filter(voice=OuterRef("pk"), act="voice_refused").exclude(owner="").exclude(contact="")
    )
    return Voice.objects.filter(~Exists(said), state=State.REFUSED)


def awaits_nobody() -> QuerySet[Voice]:
    """The turn lies with a department that owes no opinion, or with the host though one is owed."""
    owed = Assignment.objects.filter(
        voice=OuterRef("pk"), task=Assignment.Task.BESIDE, sent_back_at=None, ended_at=None, opinion=""
    )
    theirs = owed.filter(department=OuterRef("awaits"))
    return Voice.objects.filter(
        Q(awaits__isnull=False) & ~Exists(theirs) | Q(awaits=None, erased_on=None) & Exists(owed)
    )


def asked_elsewhere() -> QuerySet[Voice]:
    """With a department neither of its own committee nor of the level that it went to."""
    theirs = Q(department__committee=F("committee")) | Q(
        upper__isnull=False, department__committee=F("upper")
    )
    return Voice.objects.filter(~theirs, state=State.ASSIGNED)
