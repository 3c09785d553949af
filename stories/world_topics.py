"""Consultations of the small world, brought as far as a test needs: each function goes one step further."""

import secrets
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.flow.consultations import actions
from shangliang.flow.consultations.actions import Draft
from shangliang.flow.consultations.models import Consultation, Post, Recommendation
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries
from shangliang.flow.voices.models import Voice

TITLE = "朱鹮下田觅食，秧苗受了损失怎么办"
QUESTION = "既要护好朱鹮，也不能让种田的人吃亏。怎么补苗、怎么补偿，请您来说一说。"


def a_photo(name: str = "田.png") -> SimpleUploadedFile:
    """A true picture, small."""
    from io import BytesIO

    from PIL import Image

    held = BytesIO()
    Image.new("RGB", (40, 30), "#3d8b7d").save(held, "PNG")
    return SimpleUploadedFile(name, held.getvalue(), "image/png")


def a_voice(world: SimpleNamespace, words: str = "朱鹮踩了我家的秧苗，怎么办", *, studio=None) -> Voice:
    """A voice that the studio has in hand."""
    left, _code = voices.leave(
        studio or world.studio,
        by=Actor("stranger", "stranger"),
        words=words,
        form_key=secrets.token_urlsafe(16),
    )
    return voices.take_up(left.code, by=world.officer, seen=left.version)


def author(voice: Voice) -> Actor:
    return voice_queries.author_of(voice)


def guest(topic: Consultation, key: str = "guest00001") -> Actor:
    return Actor(key, "guest", committee=topic.committee_path, consultation=topic.code)


def raised(world: SimpleNamespace, founders: int = 1) -> Consultation:
    """From voices, by the officer; `world.founders` are the voices."""
    world.founders = [a_voice(world, f"第 {n} 家的秧苗叫朱鹮踩了") for n in range(1, founders + 1)]
    codes = [voice.code for voice in world.founders]
    return actions.raise_from_voices(codes, by=world.officer, title=TITLE, question=QUESTION)


def opened(world: SimpleNamespace, founders: int = 1, *, days: int = 12, **more: Any) -> Consultation:
    topic = raised(world, founders)
    return start(world, topic, days=days, **more)


def start(world: SimpleNamespace, topic: Consultation, *, days: int = 12, asked: tuple = ()) -> Consultation:
    last_day = clock.today() + timedelta(days=days)
    return actions.open_topic(
        topic.code,
        by=world.officer,
        seen=topic.version,
        studio=world.studio.code,
        last_day=last_day,
        asked=asked,
    )


def said(
    world: SimpleNamespace,
    topic: Consultation,
    by: Actor,
    words: str = "先数清楚田块，再谈补多少。",
    *items: str,
) -> Post:
    """A post that was looked over and shown."""
    post = actions.leave_post(topic.code, by=by, words=words, suggestions=items)
    reviewer = world.deputy if by.key == world.convener.key else world.convener
    return actions.show_post(post.code, by=reviewer, seen=post.review_version)


def minuted(world: SimpleNamespace, topic: Consultation) -> Consultation:
    """A meeting, then minutes: two points agreed, one not."""
    topic.refresh_from_db()
    actions.hold_meeting(
        topic.code,
        by=world.convener,
        seen=topic.version,
        day=clock.today(),
        place="草坪村院坝",
        members=[world.convener.key, world.member.key],
        departments=[world.farms.code],
        others=14,
    )
    topic.refresh_from_db()
    return actions.minute(
        topic.code,
        by=world.convener,
        seen=topic.version,
        agreed=["先登记受损田块", "秧苗多育一成"],
        not_agreed=["补偿的钱从哪儿出"],
    )


def sent(world: SimpleNamespace, topic: Consultation, *drafts: Draft) -> list[Recommendation]:
    """Minuted and sent to the farms' department (or as drafted)."""
    topic = minuted(world, topic)
    drafts = drafts or (Draft("登记受损田块，按村公布", world.farms.code, (1,)),)
    actions.send(topic.code, by=world.officer, seen=topic.version, drafts=drafts)
    return list(Recommendation.objects.filter(consultation=topic).order_by("number"))


def answered(
    world: SimpleNamespace, row: Recommendation, decision: str = "adopt", *, days: int = 20
) -> Recommendation:
    row.refresh_from_db()
    more: dict[str, Any] = {} if decision == "not" else {
        "measure": "分村登记，公示五天", "promised_for": clock.today() + timedelta(days=days)
    }  # fmt: skip
    by = world.handler2 if row.department_id == world.farms.pk else world.handler
    return actions.answer(row.code, by=by, seen=row.version, decision=decision, reason="照章可以办", **more)


def done(world: SimpleNamespace, row: Recommendation) -> Recommendation:
    row.refresh_from_db()
    by = world.handler2 if row.department_id == world.farms.pk else world.handler
    actions.report_done(row.code, by=by, seen=row.version, words="三个村都登记完了", evidence=[a_photo()])
    row.refresh_from_db()
    return row
