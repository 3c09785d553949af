"""A member's account is erased."""

from django.db import transaction
from django.db.models import Q

from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace

from ..models import Participation


@transaction.atomic
def forget(person: str) -> Left:
    """Let go of why a member asked for leave, was struck or added, and of what they did there, for
    `people.holders`. That they took part stays."""
    left = Left()
    own = Participation.objects.filter(person=person)
    rows = own.filter(Q(reason__isnull=False) | Q(correction__isnull=False) | Q(did__isnull=False))
    for row in rows.select_related("activity__committee", "activity__studio").order_by("pk"):
        left.traces.append(Trace(row.subject, "", row.committee_path, row.studio_code))
    for name in ("reason", "correction", "did"):
        own.filter(**{f"{name}__isnull": False}).update(**{name: GONE})
    return left
