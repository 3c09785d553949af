"""A lead writer's account is erased."""

from django.db import transaction

from shangliang.base import search
from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace

from .. import queries
from ..models import OUT, Note, Research, Version

WORDS = {"title": GONE, "findings": GONE, "advice": GONE}


@transaction.atomic
def forget(person: str) -> Left:
    """Let go of what somebody wrote, for `people.holders`. What was sent stays: it is the committee's."""
    left = Left()
    for found in queries.locked_of(person):
        left.traces.append(Trace(found.subject, found.thread, found.committee_path, found.studio_code))
        if found.state not in OUT:
            search.drop("research", found.pk)
        Version.objects.filter(research=found).update(**WORDS)
        Note.objects.filter(research=found).update(words=GONE)
        Research.objects.filter(pk=found.pk).update(**WORDS, version=found.version + 1)
    return left
