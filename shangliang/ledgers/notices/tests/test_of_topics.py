"""Who asked for a consultation itself is told its meeting's day, and each step of what it recommended."""

from datetime import timedelta

import pytest
from django.core import mail

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.flow.consultations import actions as consultations
from shangliang.ledgers.notices import actions
from shangliang.ledgers.notices.models import Notice, Telling, Untold
from stories import world_topics

from .conftest import at, to

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
FOLLOWER, NEIGHBOUR = "topic@example.org", "place@example.org"
REASON = "要等雪化了才能看田"


@pytest.fixture
def topic(world, morning):
    """Opened, with one suggestion."""
    found = world_topics.opened(world)
    world_topics.said(world, found, world.member, "先登记，再谈补多少。", "登记受损田块")
    return found


def held(world, topic, days_ago=1):
    topic.refresh_from_db()
    day = clock.today() - timedelta(days=days_ago)
    people = [world.convener.key, world.member.key]
    consultations.hold_meeting(
        topic.code, by=world.convener, seen=None, day=day, place="草坪村院坝", members=people
    )


def put_off(world, row):
    later = clock.due_after(row.due, 3).day
    consultations.extend(row.code, by=world.handler2, seen=None, until=later, reason=REASON)
    return later


def answered(world, row):
    return consultations.answer(
        row.code, by=world.handler2, seen=None, decision="adopt", reason="该补的补。",
        measure="先登记，后补苗。", promised_for=clock.today() + timedelta(days=30),
    )  # fmt: skip


def told(email):
    lines = "\n".join(one.body for one in to(email)).splitlines()
    return [line.partition("　")[2] for line in lines if line.startswith("·")]


def test_who_asked_for_it_is_told_the_day_of_the_meeting_and_of_the_new_one_once(world, topic, subscribed):
    subscribed(FOLLOWER, "thread", topic.subject)
    subscribed(NEIGHBOUR, "place", "990101")
    actions.deliver()
    mail.outbox.clear()
    held(world, topic)
    actions.deliver()
    assert told(FOLLOWER) == ["11月24日开了协商会"]
    [row] = world_topics.sent(world, topic)
    actions.deliver()
    mail.outbox.clear()
    day = put_off(world, row)
    actions.deliver()
    actions.deliver()
    assert told(FOLLOWER) == [f"单位延了答复的日子，延到 {day.month}月{day.day}日"]
    assert told(NEIGHBOUR) == [], "its place brings what came of it, not each step"
    assert REASON not in "".join(one.body + str(one.alternatives) for one in mail.outbox)
    before = Telling.objects.count()
    acts = Act.objects.filter(name__in=["meeting_held", "recommendation_extended"])
    Untold.objects.bulk_create(Untold(act_id=act.id) for act in acts)
    actions.deliver()
    assert Telling.objects.count() == before, "the list came back after a crash"
    assert len(told(FOLLOWER)) == 1


def test_a_digest_holds_each_step_of_a_recommendation_and_for_a_place_the_newest(world, topic, subscribed):
    [row] = world_topics.sent(world, topic)
    subscribed(FOLLOWER, "thread", topic.subject, "daily")
    subscribed(NEIGHBOUR, "place", "990101", "daily")
    actions.deliver()
    mail.outbox.clear()
    put_off(world, row)
    answered(world, row)
    consultations.report_progress(row.code, by=world.handler2, seen=None, words="登记了一半。", percent=50)
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
        actions.deliver()
    day = row.due
    row.refresh_from_db()
    assert row.due > day
    [one] = to(FOLLOWER)
    assert "延了答复的日子" in one.body
    assert [line for line in told(FOLLOWER) if "建议" in line or "进展" in line or "延" in line] == [
        "单位说了进展", "单位答复了建议", f"单位延了答复的日子，延到 {row.due.month}月{row.due.day}日",
    ]  # fmt: skip
    [other] = to(NEIGHBOUR)
    assert other.body.count("单位说了进展") == 1
    assert "延了答复的日子" not in other.body


def test_of_a_topic_that_nobody_may_see_yet_no_subscriber_is_told(world, morning, subscribed):
    subscribed(NEIGHBOUR, "place", "990101")
    topic = world_topics.raised(world)
    actions.deliver()
    assert told(NEIGHBOUR) == []
    assert not Telling.objects.filter(receiver__startswith="subscriber:").exists()
    assert topic.state == "raised"


def test_whose_voice_the_topic_was_made_of_is_told_of_the_meeting_too(world, topic):
    held(world, topic)
    seats = set(Notice.objects.filter(act="meeting_held").values_list("seat", flat=True))
    assert {f"author:{voice.code}" for voice in world.founders} <= seats
