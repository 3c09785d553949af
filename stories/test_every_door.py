"""What is hidden is at no door: before it was shown and after it was taken back, beside the same thing shown.

Each thing goes its way by its own actions, all of them a step at a time; after each step a stranger looks
through every public door, with the address of everything there is, for the word of each. The steps at which
one is public are the planted fault: they must be found, at the doors named, or the looking proves nothing."""

import secrets
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from shangliang import chores
from shangliang.base import clock
from shangliang.base.files.models import File
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import STRANGER
from shangliang.base.people.queries import actor_of
from shangliang.flow.activities import actions as activities
from shangliang.flow.activities.models import Activity
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.consultations.models import Consultation, Post
from shangliang.flow.proposals.models import Proposal
from shangliang.flow.results import actions as results
from shangliang.flow.results.models import Result
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.queries import author_of
from shangliang.ledgers.figures import actions as figures
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.models import ReportedTotal
from shangliang.ledgers.notices import actions as notices
from shangliang.ledgers.notices.models import Subscription
from shangliang.ledgers.notices.table import KINDS
from shangliang.ledgers.notices.timing import OFFICE

from . import world_studios, world_topics
from .remembered import forget
from .who_may import things

pytestmark = [pytest.mark.long, pytest.mark.django_db(databases=["default", "keyring"])]
RESULT = "zqresult"  # whose evidence is the only file
HIDDEN: set[str] = set()  # the doors where a word that is hidden is read


def said(word):
    return f"{word}麒麟桥的栏杆松了"


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
    yield "proposals", reverse("proposals:list") + f"?in={county}"
    yield "activities", reverse("activities:list") + f"?in={county}"
    yield "calendars", reverse("activities:calendar", args=[county])
    yield "overdue", reverse("portal:overdue")
    yield "rules", reverse("rulebook:list") + f"?in={county}"
    yield "figures", reverse("figures:committee", args=[county])
    for metric in with_records():
        yield "records", reverse("figures:metric", args=[county, metric])
        yield "sheets", reverse("figures:sheet", args=[county, metric])
    for model, name in (
        (Studio, "portal:studio"),
        (Studio, "voices:door"),
        (Voice, "voices:voice"),
        (Consultation, "consultations:consultation"),
        (Result, "results:result"),
        (Activity, "activities:activity"),
        (Studio, "activities:studio_calendar"),
        (Proposal, "proposals:proposal"),
    ):
        for code in model.objects.values_list("code", flat=True):
            yield name, reverse(name, args=[code])
    for file in File.objects.all():
        yield "file", reverse("files:file", args=[file.code, file.sizes[0]])


def with_records():
    """The numbers that have something behind them by now: acts, people, days, or a total from an office."""
    happened = set(Act.objects.values_list("name", flat=True))
    reported = set(ReportedTotal.objects.values_list("metric", flat=True))
    for name, metric in METRICS.items():
        acts = {act for rule in metric.rules for act in rule.acts}
        if name in reported or metric.kind in ("people", "overdue") or acts & happened:
            yield name


def told(world, words):
    """Word → the doors at which a stranger reads it. Files have no words: those of the result alone are
    left, and are given out with it."""
    chores.everything()
    forget()
    stranger, found = Client(), {word: set() for word in words}
    for name, where in doors(world):
        answer = stranger.get(where)
        if name == "file":
            found[RESULT] |= {name} if answer.status_code == 200 else set()
            continue
        page = answer.content.decode()
        for word in words:
            found[word] |= {name} if word in page else set()
    letters = mailed()
    for word in words:
        found[word] |= {"mail"} if word in letters else set()
    return found


def mailed():
    """All that was mailed since the last look: to an officer who wants everything, to a subscriber."""
    with clock.at(clock.next_at_work(OFFICE)):
        for _letters in range(3):
            notices.deliver()
    letters = "".join(f"{one.subject}{one.body}{one.alternatives}" for one in mail.outbox)
    mail.outbox.clear()
    return letters


def readers(world):
    account = world.accounts["officer"]
    account.email = "officer@example.org"
    account.save(update_fields=["email"])
    notices.choose(world.officer, how=dict.fromkeys(KINDS, "at_once"))
    notices.ask_subscription(email="a@example.org", kind="place", what=world.county.code, how="at_once")
    Subscription.objects.update(confirmed_at=clock.now())


def a_voice(world, word):
    voice, _code = voices.leave(
        world.studio, by=STRANGER, words=said(word), public=True, form_key=secrets.token_urlsafe(16)
    )
    yield HIDDEN
    voice = voices.take_up(voice.code, by=world.officer, seen=voice.version)
    yield HIDDEN
    figures.link_evidence(things.total(world, unit="piece"), voice.subject, by=world.officer)
    yield HIDDEN
    voice = voices.show(voice.code, by=world.officer, seen=voice.review_version)
    yield {"search", "home", "voices:voice", "records", "sheets", "mail"}
    voices.withhold(voice.code, by=world.officer, seen=voice.review_version, reason="personal", detail="姓名")
    yield HIDDEN


def a_voice_taken_back(world, word):
    voice, _code = voices.leave(
        world.studio, by=STRANGER, words=said(word), public=True, form_key=secrets.token_urlsafe(16)
    )
    voice = voices.show(voice.code, by=world.officer, seen=voice.review_version)
    yield {"search", "home", "voices:voice", "mail"}
    voice = voices.make_private(voice.code, by=author_of(voice), seen=voice.review_version)
    yield HIDDEN
    voices.withdraw(voice.code, by=author_of(voice), seen=voice.version)
    yield HIDDEN


def an_activity(world, word):
    now = clock.now() + timedelta(days=3)
    plan = activities.Plan(
        kind="free_clinic", title=said(word), place="桥头", starts_at=now, ends_at=now + timedelta(hours=3),
        about=f"{word}量血压",
    )  # fmt: skip
    row = activities.plan(world.studio, by=world.convener, said=plan)
    yield HIDDEN
    row = activities.announce(row.code, by=world.convener, seen=row.version)
    yield {"activities", "activities:activity", "calendars", "activities:studio_calendar"}


def a_post(world, word):
    topic = world_topics.opened(world)
    post = consultations.leave_post(
        topic.code, by=world.member, words=said(word), suggestions=[f"{word}换栏杆"]
    )
    yield HIDDEN
    post = consultations.show_post(post.code, by=world.convener, seen=post.review_version)
    yield {"consultations:consultation"}
    consultations.withhold_post(
        post.code, by=world.convener, seen=post.review_version, reason="personal", detail="姓名"
    )
    assert Post.objects.get(pk=post.pk).review == "withheld"
    yield HIDDEN


def a_topic(world, word):
    founder = world_topics.a_voice(world)
    topic = consultations.raise_from_voices(
        [founder.code], by=world.officer, title=said(word), question=f"{word}谁来修，几天修好，钱从哪儿出"
    )
    yield HIDDEN
    consultations.open_topic(
        topic.code, by=world.officer, seen=topic.version, studio=world.studio.code,
        last_day=clock.today() + timedelta(days=12), asked=(),
    )  # fmt: skip
    yield {"search", "topics", "home", "consultations:consultation", "mail"}


def a_result(world, word):
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "先登记，再谈补多少。", "登记受损田块")
    [row] = world_topics.sent(world, topic)
    world_topics.done(world, world_topics.answered(world, row))
    File.objects.all().delete()  # the evidence of the recommendation is public by itself
    made = results.draft(
        topic.code, by=world.officer, text=f"{said(word)}，现在都换好了。", evidence=[world_topics.a_photo()]
    )
    yield HIDDEN
    results.publish(made.code, by=world.officer, seen=made.version)
    yield {"results:result", "file"}


def a_studio(world, word):
    room = world_studios.planned(world, said(word), motto=f"{word}随叫随到", address="桥头", hours="每天",
                                 phone="000-0000100")  # fmt: skip
    yield HIDDEN
    studios.appoint(room.code, world.accounts["member2"], "convener", by=world.officer, reason="走得勤",
                    since=clock.today())  # fmt: skip
    studios.open_studio(room.code, by=world.officer, seen=room.version)
    came = {"members": [world.member2.key], "note": f"{word}来了两位"}
    studios.hold_reception(room.code, by=world.officer, day=clock.today(), residents=2, **came)
    yield HIDDEN
    room.refresh_from_db()
    host = actor_of(world.accounts["member2"])
    studios.apply(room.code, by=host, seen=room.online_version, why=f"{word}想在网上收话", best="栏杆换了")
    yield HIDDEN
    room.refresh_from_db()
    room = studios.approve(room.code, by=world.leader, seen=room.online_version, reason="接待够数")
    yield HIDDEN
    room = world_studios.passes_above(world, room)
    yield {"search", "studios", "portal:studio", "voices:door", "mail"}
    studios.take_offline(room.code, by=world.officer, seen=room.online_version, reason="没有人值班")
    yield HIDDEN


WAYS = {
    "zqvoice": a_voice,
    "zqback": a_voice_taken_back,
    "zqactivity": an_activity,
    "zqpost": a_post,
    "zqtopic": a_topic,
    RESULT: a_result,
    "zqstudio": a_studio,
}


def test_what_is_hidden_is_at_no_door(world):
    readers(world)
    under_way = {word: way(world, word) for word, way in WAYS.items()}
    shown = set()
    while moved := {word: doors for word, way in under_way.items() if (doors := next(way, None)) is not None}:
        found = told(world, WAYS)
        for word, doors_named in moved.items():
            if doors_named:
                shown.add(word)
                assert doors_named <= found[word], (word, doors_named - found[word])
            else:
                assert not found[word], (word, found[word])
    assert shown == set(WAYS)
