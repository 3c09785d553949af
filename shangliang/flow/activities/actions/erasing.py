"""A member's account is erased."""

from django.db import transaction

from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace

from ..models import Participation


@transaction.atomic
def forget(person: str) -> Left:
    """Let go of why a member asked for leave, for `people.holders`. That they took part stays."""
    left = Left()
    rows = Participation.objects.filter(person=person, reason__isnull=False)
    for row in rows.select_related("activity__committee", "activity__studio").order_by("pk"):
        left.traces.append(Trace(row.subject, "", row.committee_path, row.studio_code))
    rows.update(reason=GONE)
    return left
