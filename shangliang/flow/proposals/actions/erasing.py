"""The account of somebody who wrote or signed is erased."""

from django.db import transaction

from shangliang.base.files import actions as files
from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace

from .. import queries
from ..models import Proposal, Rating, Version
from ..models.proposal import NUMBERED

WORDS = {"title": GONE, "situation": GONE, "analysis": GONE, "advice": GONE}


@transaction.atomic
def forget(person: str) -> Left:
    """Let go of what somebody wrote, for `people.holders`. The filed text stays: it is the committee's."""
    left = Left()
    for found in queries.locked_of(person):
        left.traces.append(Trace(found.subject, found.thread, found.committee_path, found.studio_code))
        if found.state not in NUMBERED:  # what is filed stays, with its seal
            left.files += files.drop([found.seal])
        Version.objects.filter(proposal=found).update(**WORDS)
        Proposal.objects.filter(pk=found.pk).update(**WORDS, version=found.version + 1)
    Rating.objects.filter(signature__person=person).update(words=GONE)
    return left
