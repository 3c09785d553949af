"""A working morning, a voice at the door, and staff who want mail."""

import secrets
from datetime import datetime, timedelta

import pytest
from django.core import mail

from shangliang.base import clock
from shangliang.base.people.actor import STRANGER
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as asked
from shangliang.flow.voices.tests.conftest import Story
from shangliang.ledgers.notices import actions
from shangliang.ledgers.notices.models import Notice
from shangliang.ledgers.notices.table import KINDS

WORDS = "村口的井盖响了一夜，没人管"


def at(said):
    """A moment in Shanghai: "2026-11-25 10:00"."""
    return datetime.fromisoformat(said).replace(tzinfo=clock.SHANGHAI)


@pytest.fixture
def morning():
    """Wednesday, ten o'clock."""
    with clock.at(at("2026-11-25 10:00")) as now:
        yield now


@pytest.fixture
def story(world):
    return Story(world)


@pytest.fixture
def leave(world):
    """Somebody leaves a word; its author comes with it."""

    def left(words=WORDS, **more):
        key = secrets.token_urlsafe(16)
        voice, _code = voices.leave(world.studio, by=STRANGER, words=words, form_key=key, **more)
        return voice, asked.author_of(voice)

    return left


@pytest.fixture
def wants(world):
    """An account with an address that wants mail of these kinds."""

    def wanting(name, how="at_once", *, kinds=KINDS, **more):
        account = world.accounts[name]
        account.email = f"{name}@example.org"
        account.save(update_fields=["email"])
        actions.choose(getattr(world, name), how=dict.fromkeys(kinds, how), **more)

    return wanting


@pytest.fixture
def shown(world, leave):
    """A voice that everybody reads."""

    def show(words=WORDS, **more):
        voice, author = leave(words, public=True, **more)
        return voices.show(voice.code, by=world.officer, seen=voice.review_version), author

    return show


@pytest.fixture
def subscribed():
    """A confirmed subscription; what it sent is put aside."""

    def subscribe(email="reader@example.org", kind="word", what="井盖", how="at_once"):
        actions.ask_subscription(email=email, kind=kind, what=what, how=how)
        actions.deliver()
        link = next(line for line in mail.outbox[-1].body.splitlines() if "/subscribe/confirm/" in line)
        mail.outbox.clear()
        return actions.confirm(link.strip("/").rpartition("/")[2])

    return subscribe


def to(address):
    return [one for one in mail.outbox if one.to == [address]]


def later(**more):
    return clock.at(clock.now() + timedelta(**more))


def names_told(voice):
    """What its author was told, oldest first."""
    rows = Notice.objects.filter(seat=f"author:{voice.code}").order_by("act_id")
    return [row.act for row in rows if row.subject != voice.subject]


def mailed(story, voice, email, how="at_once"):
    """Its author leaves an address and confirms it."""
    actions.ask_mailbox(story.by(voice), email=email, how=how)
    actions.deliver()
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/subscribe/confirm/" in line)
    actions.confirm(link.strip("/").rpartition("/")[2])
    mail.outbox.clear()
