"""The whole loop, told once: from voices to a published result."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.journal import queries as journal
from shangliang.base.journal.models import Act
from shangliang.flow.consultations import actions, proposers, queries
from shangliang.flow.consultations.actions import Draft
from shangliang.flow.results import actions as results
from shangliang.flow.results import queries as result_queries
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import State as VoiceState
from stories import world_topics as told


def facts(name: str, subject: str = "") -> Any:
    rows = Act.objects.filter(name=name)
    if subject:
        rows = rows.filter(subject=subject)
    return rows.latest("id").facts


def test_from_three_voices_to_a_published_result(world):
    topic = told.raised(world, founders=3)
    assert facts("topic_raised") == {"source": "voices", "voices": 3}
    assert set(journal.from_(topic.thread)) == {voice.thread for voice in world.founders}
    topic = told.start(world, topic)

    told.said(world, topic, world.member, "登记要快。", "登记受损田块", "公示五天")
    assert facts("review_shown") == {
        "first": True, "kind": "post", "suggestions": 2, "participant_first": True, "participant": "member",
        "member": world.member.key,
    }  # fmt: skip
    told.said(world, topic, told.author(world.founders[0]), "", "秧苗多育一成")
    told.said(world, topic, told.guest(topic), "我家三块田都踩了。", "踩坏的补种子")
    assert queries.counts(topic) == {"posts": 3, "people": 3, "suggestions": 4}

    rows = told.sent(
        world,
        topic,
        Draft("登记受损田块，按村公布", world.farms.code, (1, 2, 4)),
        Draft("路口立提示牌", world.lamps.code, (3,)),
    )
    assert facts("consultation_minuted") == {"agreed": 2, "not_agreed": 1}
    assert facts("meeting_held")["members"] == sorted([world.convener.key, world.member.key])
    told.answered(world, rows[0])
    assert facts("recommendation_answered")["members"] == [world.member.key]
    founder = world.founders[0]
    founder.refresh_from_db()
    assert founder.state == VoiceState.IN_CONSULTATION  # one answer is still out
    told.answered(world, rows[1], "not")
    founder.refresh_from_db()
    assert founder.state == VoiceState.ANSWERED

    draft = results.draft(topic.code, by=world.officer, text="三个村登记了受损田块，补了种子。")
    with pytest.raises(ValidationError, match="至少附一张"):
        results.publish(draft.code, by=world.officer, seen=1)
    draft = results.redraft(draft.code, by=world.officer, seen=1, text=draft.text, evidence=[told.a_photo()])
    with pytest.raises(ValidationError, match="第 1 条建议还没办完"):
        results.publish(draft.code, by=world.officer, seen=draft.version)

    told.done(world, rows[0])
    founder.refresh_from_db()
    assert founder.done_on == clock.today()
    voices.confirm(founder.code, by=told.author(founder), seen=founder.version)
    actions.judge(rows[0].code, by=world.member, verdict="solved", attitude=1)
    tally = proposers.Tally.of(proposers.said_of(topic)[rows[0].pk])
    assert (tally.all, tally.solved, tally.unsaid) == (5, 2, 3)  # three founders, a member, a guest

    result = results.publish(draft.code, by=world.officer, seen=draft.version)
    topic.refresh_from_db()
    assert topic.state == "finished"
    assert topic.finished_on == clock.today()
    assert facts("consultation_finished") == {"done": 1, "proposers": 5, "solved": 2}
    assert result in result_queries.published(world.city.path)
    told_first = Act.objects.filter(thread=topic.thread).order_by("id").values_list("name", flat=True)[:2]
    assert list(told_first) == ["topic_raised", "consultation_opened"]


def test_a_declined_topic_gives_its_voices_back(world):
    topic = told.raised(world, founders=2)
    actions.decline(topic.code, by=world.convener, seen=topic.version, reason="已在办的项目里，单独办更快。")
    for voice in world.founders:
        voice.refresh_from_db()
        assert voice.state == VoiceState.TAKEN_UP
        assert voice.answer_by is not None
    assert facts("topic_declined") == {"source": "voices"}


def test_a_voice_that_its_author_reopened_is_left_alone(world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    [row] = told.sent(world, topic)
    told.answered(world, row)
    [founder] = world.founders
    founder.refresh_from_db()
    voices.reopen(founder.code, by=told.author(founder), seen=founder.version, verdict="not")
    told.done(world, row)
    founder.refresh_from_db()
    assert founder.state == VoiceState.TAKEN_UP
    assert founder.done_on is None


def test_an_adopted_recommendation_past_its_promise_does_not_hold_the_result_up(world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    [row] = told.sent(world, topic)
    told.answered(world, row, days=5)
    draft = results.draft(
        topic.code, by=world.officer, text="登记了两个村，还差一个村。", evidence=[told.a_photo()]
    )
    with clock.at(clock.now() + timedelta(days=5)), pytest.raises(ValidationError, match="承诺的日子也没到"):
        results.publish(draft.code, by=world.officer, seen=1)
    with clock.at(clock.now() + timedelta(days=6)):
        row.refresh_from_db()
        assert row.late_on(clock.today())
        results.publish(draft.code, by=world.officer, seen=1)
    topic.refresh_from_db()
    assert topic.state == "finished"
