"""A writer's account is erased."""

from django.db import transaction

from shangliang.base import search
from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace

from .. import queries
from ..models import Note, OpinionReport, Version

WORDS = {"title": GONE, "situation": GONE, "analysis": GONE, "advice": GONE}


@transaction.atomic
def forget(person: str) -> Left:
    """Let go of what a member wrote, for `people.holders`. What was issued stays in its bulletin."""
    left = Left()
    for found in queries.locked_of(person):
        left.traces.append(Trace(found.subject, found.thread, found.committee_path, found.studio_code))
        Version.objects.filter(report=found).update(**WORDS)
        Note.objects.filter(report=found).update(words=GONE)
        OpinionReport.objects.filter(pk=found.pk).update(**WORDS, version=found.version + 1)
        search.drop("opinion_report", found.pk)
    return left
