"""A chore: days that were counted over holidays not announced yet are counted again once they are."""

from datetime import date

from django.db import transaction

from shangliang.base import clock
from shangliang.base.journal.record import record
from shangliang.base.people.actor import CLOCK

from ..models import Consultation, Deadline, Recommendation, RecommendationState, State


@transaction.atomic
def reckon_again() -> int:
    """Topics not decided and recommendations not answered, by the days their committee has set today; a day
    that a unit chose itself stays. How many were looked at anew and found different."""
    topics = Consultation.objects.filter(state=State.RAISED, decide_provisional=True)
    rows = Recommendation.objects.filter(state=RecommendationState.SENT, provisional=True)
    places = "consultation__committee", "consultation__studio"
    return sum(
        map(_topic, topics.select_related("committee", "studio").select_for_update(of=("self",)))
    ) + sum(map(_recommendation, rows.select_related(*places).select_for_update(of=("self",))))


def _topic(topic: Consultation) -> bool:
    due = clock.due_after(topic.raised_on, topic.committee.set("topic_days"))
    if due == (topic.decide_by, topic.decide_provisional):
        return False
    topic.decide_by, topic.decide_provisional = due
    topic.version += 1  # a page drawn before shows the old day
    topic.save(update_fields=["decide_by", "decide_provisional", "version"])
    _tell("topic_clock_reckoned", topic, due.day)
    return True


def _recommendation(row: Recommendation) -> bool:
    committee = row.consultation.committee
    due = clock.due_after(row.sent_on, committee.set("recommendation_days"))
    back = clock.due_after(row.sent_on, committee.set("recommendation_send_back_days")).day
    if row.extended:
        due = clock.Due(row.due, clock.is_provisional(row.due))
    if (*due, back) == (row.due, row.provisional, row.send_back_by):
        return False
    row.due, row.provisional, row.send_back_by = *due, back
    row.version += 1
    row.save(update_fields=["due", "provisional", "send_back_by", "version"])
    Deadline.objects.filter(recommendation=row, ended_on=None).update(
        due=due.day, provisional=due.provisional
    )
    _tell("recommendation_clock_reckoned", row, due.day)
    return True


def _tell(act: str, of: Consultation | Recommendation, due: date) -> None:
    record(
        act, subject=of.subject, thread=of.thread, by=CLOCK, facts={"due": due.isoformat()},
        committee=of.committee_path, studio=of.studio_code,
    )  # fmt: skip
