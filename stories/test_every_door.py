"""What is hidden is at no door: before it was shown and after it was taken back, beside the same thing shown.

Each thing goes its way by its own actions; after each step a stranger looks through every public door, with
the address of everything there is. The steps at which it is public are the planted fault: they must be found,
at the doors named, or the looking proves nothing."""

import secrets
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from shangliang import chores
from shangliang.base import clock
from shangliang.base.files.models import File
from shangliang.base.people.actor import STRANGER
from shangliang.base.people.queries import actor_of
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.consultations.models import Consultation, Post
from shangliang.flow.results import actions as results
from shangliang.flow.results.models import Result
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import Voice
from shangliang.ledgers.figures import actions as figures
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.notices import actions as notices
from shangliang.ledgers.notices.models import Subscription
from shangliang.ledgers.notices.table import KINDS
from shangliang.ledgers.notices.timing import OFFICE

from . import world_studios, world_topics
from .who_may import things

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORD = "zqdoor"
SAID = f"{WORD}麒麟桥的栏杆松了"


def doors(world):
    """(name, address) of every public door there is now."""
    county = world.county.code
    yield "search", reverse("portal:search") + "?q=麒麟"
    yield "home", reverse("portal:home")
    yield "studios", reverse("portal:studios") + "?place=麒麟"
    yield "studios", reverse("portal:studios") + f"?under={county}"
    yield "topics", reverse("consultations:list")
    yield "topics", reverse("consultations:list") + "?later=1"
    yield "results", reverse("results:list") + f"?in={county}"
    yield "figures", reverse("figures:committee", args=[county])
    for metric in METRICS:
        yield "records", reverse("figures:metric", args=[county, metric])
        yield "sheets", reverse("figures:sheet", args=[county, metric])
    for model, name in (
        (Studio, "portal:studio"),
        (Studio, "voices:door"),
        (Voice, "voices:voice"),
        (Consultation, "consultations:consultation"),
        (Result, "results:result"),
    ):
        for code in model.objects.values_list("code", flat=True):
            yield name, reverse(name, args=[code])
    for file in File.objects.all():
        yield "file", reverse("files:file", args=[file.code, file.sizes[0]])


def told(world):
    """The doors at which a stranger reads the word, or is given the file."""
    chores.everything()
    caches["pages"].clear()
    stranger, found = Client(), set()
    for name, where in doors(world):
        answer = stranger.get(where)
        if name == "file":
            found |= {name} if answer.status_code == 200 else set()
        elif WORD in answer.content.decode():
            found.add(name)
    return found | ({"mail"} if WORD in mailed() else set())


def mailed():
    """All that was mailed since the last look: to an officer who wants everything, to a subscriber."""
    with clock.at(clock.next_at_work(OFFICE)):
        for _letters in range(3):
            notices.deliver()
    said = "".join(f"{one.subject}{one.body}{one.alternatives}" for one in mail.outbox)
    mail.outbox.clear()
    return said


def readers(world):
    account = world.accounts["officer"]
    account.email = "officer@example.org"
    account.save(update_fields=["email"])
    notices.choose(world.officer, how=dict.fromkeys(KINDS, "at_once"))
    notices.ask_subscription(email="a@example.org", kind="place", what=world.county.code, how="at_once")
    Subscription.objects.update(confirmed_at=clock.now())


def a_voice(world):
    voice, _code = voices.leave(
        world.studio, by=STRANGER, words=SAID, public=True, form_key=secrets.token_urlsafe(16)
    )
    yield set()
    voice = voices.take_up(voice.code, by=world.officer, seen=voice.version)
    yield set()
    figures.link_evidence(things.total(world, unit="piece"), voice.subject, by=world.officer)
    yield set()
    voice = voices.show(voice.code, by=world.officer, seen=voice.review_version)
    yield {"search", "home", "voices:voice", "records", "sheets", "mail"}
    voices.withhold(voice.code, by=world.officer, seen=voice.review_version, reason="personal", detail="姓名")
    yield set()


def a_post(world):
    topic = world_topics.opened(world)
    post = consultations.leave_post(topic.code, by=world.member, words=SAID, suggestions=[f"{WORD}换栏杆"])
    yield set()
    post = consultations.show_post(post.code, by=world.convener, seen=post.review_version)
    yield {"consultations:consultation"}
    consultations.withhold_post(
        post.code, by=world.convener, seen=post.review_version, reason="personal", detail="姓名"
    )
    assert Post.objects.get(pk=post.pk).review == "withheld"
    yield set()


def a_topic(world):
    founder = world_topics.a_voice(world)
    topic = consultations.raise_from_voices(
        [founder.code], by=world.officer, title=SAID, question=f"{WORD}谁来修，几天修好，钱从哪儿出"
    )
    yield set()
    consultations.open_topic(
        topic.code, by=world.officer, seen=topic.version, studio=world.studio.code,
        last_day=clock.today() + timedelta(days=12), asked=(),
    )  # fmt: skip
    yield {"search", "topics", "home", "consultations:consultation", "mail"}


def a_result(world):
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "先登记，再谈补多少。", "登记受损田块")
    [row] = world_topics.sent(world, topic)
    world_topics.done(world, world_topics.answered(world, row))
    File.objects.all().delete()  # the evidence of the recommendation is public by itself
    made = results.draft(
        topic.code, by=world.officer, text=f"{SAID}，现在都换好了。", evidence=[world_topics.a_photo()]
    )
    yield set()
    results.publish(made.code, by=world.officer, seen=made.version)
    yield {"results:result", "file"}


def a_studio(world):
    room = world_studios.planned(world, SAID, motto=f"{WORD}随叫随到", address="桥头", hours="每天",
                                 phone="000-0000100")  # fmt: skip
    yield set()
    studios.appoint(room.code, world.accounts["member2"], "convener", by=world.officer, reason="走得勤",
                    since=clock.today())  # fmt: skip
    studios.open_studio(room.code, by=world.officer, seen=room.version)
    came = {"members": [world.member2.key], "note": f"{WORD}来了两位"}
    studios.hold_reception(room.code, by=world.officer, day=clock.today(), residents=2, **came)
    yield set()
    room.refresh_from_db()
    host = actor_of(world.accounts["member2"])
    studios.apply(room.code, by=host, seen=room.online_version, why=f"{WORD}想在网上收话", best="栏杆换了")
    yield set()
    room.refresh_from_db()
    room = studios.approve(room.code, by=world.leader, seen=room.online_version, reason="接待够数")
    yield set()
    room = world_studios.passes_above(world, room)
    yield {"search", "studios", "portal:studio", "voices:door", "mail"}
    studios.take_offline(room.code, by=world.officer, seen=room.online_version, reason="没有人值班")
    yield set()


@pytest.mark.parametrize("way", [a_voice, a_post, a_topic, a_result, a_studio], ids=lambda way: way.__name__)
def test_what_is_hidden_is_at_no_door(world, way):
    shown = 0
    readers(world)
    for step, expected in enumerate(way(world), start=1):
        found = told(world)
        if expected:
            shown += 1
            assert expected <= found, (step, expected - found)
        else:
            assert not found, (step, found)
    assert shown
