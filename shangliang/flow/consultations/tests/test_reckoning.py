"""Days counted over holidays nobody knew yet move once, when they are announced, and say so."""

from datetime import date, datetime

import pytest

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.flow.consultations import actions
from shangliang.flow.consultations.models import Consultation, Deadline, Recommendation
from stories import world_topics as told


@pytest.fixture
def december():
    with clock.at(datetime(2026, 12, 28, 10, tzinfo=clock.SHANGHAI)):
        yield


def test_a_topic_waits_until_the_day_counted_anew(world, december):
    topic = told.raised(world)
    told_before = Consultation.objects.get(pk=topic.pk)
    assert told_before.decide_provisional
    assert actions.reckon_again() == 0  # counted the same: nothing to say
    Consultation.objects.filter(pk=topic.pk).update(decide_by=date(2027, 1, 4))
    assert actions.reckon_again() == 1
    topic.refresh_from_db()
    assert topic.decide_by == told_before.decide_by
    assert topic.version == told_before.version + 1
    assert Act.objects.get(name="topic_clock_reckoned").facts == {"due": topic.decide_by.isoformat()}


def test_a_recommendation_and_its_running_clock_move_together(world, december):
    row = _sent(world)
    counted = row.due, row.send_back_by
    Recommendation.objects.filter(pk=row.pk).update(due=date(2027, 1, 4), send_back_by=date(2026, 12, 30))
    assert actions.reckon_again() == 1
    row.refresh_from_db()
    assert (row.due, row.send_back_by) == counted
    assert Deadline.objects.get(recommendation=row).due == row.due
    assert Act.objects.filter(name="recommendation_clock_reckoned", subject=row.subject).count() == 1


def test_a_day_the_unit_chose_stays(world, december):
    row = _sent(world)
    until = clock.due_after(row.due, 2).day
    actions.extend(row.code, by=world.handler2, seen=row.version, until=until, reason="等雪化了才能看田")
    assert actions.reckon_again() == 0
    row.refresh_from_db()
    assert (row.due, row.provisional) == (until, True)


def _sent(world) -> Recommendation:
    topic = told.opened(world)
    told.said(world, topic, world.member, "田块要数清楚。", "登记受损田块")
    [row] = told.sent(world, topic)
    return row
