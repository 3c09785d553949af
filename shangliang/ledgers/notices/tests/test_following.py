"""Who asked for one voice itself, as supporters do: told of each step that everybody reads, once."""

from datetime import timedelta

import pytest
from django.core import mail

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.heads import TO_ALL
from shangliang.ledgers.notices import actions
from shangliang.ledgers.notices.models import Telling, Untold
from shangliang.ledgers.notices.table import TELLS
from stories.pages import photo

from .conftest import at, to

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
HIDDEN = "东头王家门口"
REASON = "王家的电话打不通"
FOLLOWER, NEIGHBOUR = "follows@example.org", "place@example.org"


@pytest.fixture
def followed(morning, shown, subscribed):
    """A voice that everybody reads, and who asked for it itself; somebody else asked for its county."""
    voice, author = shown("村口的井盖响了一夜", place=HIDDEN)
    subscribed(FOLLOWER, "thread", voice.subject)
    subscribed(NEIGHBOUR, "place", "990101")
    actions.deliver()
    mail.outbox.clear()
    return voice, author


def said(email=FOLLOWER):
    """All that was sent there, letter by letter."""
    return [one.body + str(one.alternatives) for one in to(email)]


def told(email=FOLLOWER):
    """What happened, one line for each step told."""
    lines = "\n".join(one.body for one in to(email)).splitlines()
    return [line.partition("　")[2] for line in lines if line.startswith("·")]


def words_of(*names):
    return [str(Act.objects.filter(name=name).latest("id").get_name_display()) for name in names]


def walked(world, voice, author):
    """Through most of what can happen to it; the letters leave after each step."""
    steps = [
        (voices.take_up, "officer", {}),
        (voices.assign, "officer", {"department": world.lamps}),
        (voices.extend, "handler", {"days": 3, "words": REASON}),
        (voices.send_back, "handler", {"words": REASON}),
        (voices.assign, "officer", {"department": world.lamps}),
        (voices.answer, "handler", {"words": "要订做。", "promised_for": clock.today() + timedelta(days=9)}),
        (
            voices.move_promise,
            "handler",
            {"promised_for": clock.today() + timedelta(days=12), "words": REASON},
        ),
    ]
    for move, who, more in steps:
        move(voice.code, by=getattr(world, who), seen=None, **more)
        actions.deliver()
        actions.deliver()


def test_each_step_that_everybody_reads_is_in_the_table_and_no_other():
    private = {"voice_left", "voice_recorded"}  # nobody can have asked for it yet
    gone = {"voice_withdrawn"}  # told as not public any more, by the act that hides it
    of_voices = {act: line for act, line in TELLS.items() if line.kind != "topic"}
    told = {
        act for act, line in of_voices.items() if line.thread or (line.public and act.startswith("voice_"))
    }
    assert told == set(TO_ALL) - private - gone


def test_who_asked_for_it_is_told_each_step_once_and_its_place_only_results(world, followed):
    voice, author = followed
    walked(world, voice, author)
    steps = [
        "voice_taken_up", "voice_assigned", "voice_extended", "voice_sent_back", "voice_assigned",
        "voice_answered", "voice_promise_moved",
    ]  # fmt: skip
    rows = Act.objects.filter(subject=voice.subject, name__in=set(steps)).order_by("id")
    assert [act.name for act in rows] == steps
    assert len(told()) == len(said()) == len(steps)
    assert len(told(NEIGHBOUR)) == 1
    before = Telling.objects.count()
    Untold.objects.bulk_create(Untold(act_id=act.id) for act in rows)
    actions.deliver()
    assert Telling.objects.count() == before, "the list came back after a crash"
    assert len(said()) == len(steps)


def test_nothing_that_is_not_public_is_in_these_letters(world, followed):
    walked(world, *followed)
    whole = "\n".join(said())
    assert "村口的井盖响了一夜" in whole
    for hidden in (HIDDEN, REASON, "要订做"):
        assert hidden not in whole


def test_the_ladder_is_told_once_for_each_rung(world, followed):
    voice, _author = followed
    voices.take_up(voice.code, by=world.officer, seen=None)
    actions.deliver()
    mail.outbox.clear()
    rungs = {"voice_reminded", "voice_urged", "voice_listed"}
    for days in range(1, 60):
        with clock.at(clock.now() + timedelta(days=days)):
            voices.climb()
            actions.deliver()
    climbed = Act.objects.filter(subject=voice.subject, name__in=rungs).count()
    assert climbed >= 2
    assert len(told()) == climbed
    assert told(NEIGHBOUR) == []


def test_being_refused_and_taken_up_after_all_is_told(world, followed):
    voice, _author = followed
    voices.refuse(
        voice.code, by=world.officer, seen=None, why="elsewhere", words=REASON, owner="市水务局",
        contact="000-0000100",
    )  # fmt: skip
    actions.deliver()
    voices.reconsider(voice.code, by=world.officer, seen=None, words=REASON)
    actions.deliver()
    assert len(told()) == 2
    assert REASON not in "".join(said())


def test_a_digest_holds_every_step_of_it_and_the_newest_of_what_a_place_brought(
    world, morning, shown, subscribed
):
    voice, _author = shown("村口的井盖响了一夜")
    subscribed(FOLLOWER, "thread", voice.subject, "daily")
    subscribed(NEIGHBOUR, "place", "990101", "daily")
    actions.deliver()
    mail.outbox.clear()
    voices.take_up(voice.code, by=world.officer, seen=None)
    voices.answer(voice.code, by=world.officer, seen=None, words="今天去修。")
    voices.report_done(voice.code, by=world.officer, seen=None, words="修好了。", uploads=[photo()])
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
        actions.deliver()
    assert len(told()) == 3
    assert len(told(NEIGHBOUR)) == 1


# ── Not public any more ──
def hidden_by(world, how, voice, author):
    if how == "withdrawn":
        voices.withdraw(voice.code, by=author, seen=None)
    elif how == "made private":
        voices.make_private(voice.code, by=author, seen=None)
    else:
        voices.withhold(voice.code, by=world.officer, seen=None, reason="personal", detail=REASON)


@pytest.mark.parametrize("how", ["withdrawn", "made private", "withheld"])
def test_what_is_hidden_is_told_as_not_public_any_more_and_nothing_else(world, followed, how):
    voice, author = followed
    voices.take_up(voice.code, by=world.officer, seen=None)
    hidden_by(world, how, voice, author)
    actions.deliver()
    actions.deliver()
    [one] = said()
    assert told() == ["您订的一件事不再公开了"]
    for hidden in ("井盖", voice.number, voice.code, "撤回", "受理", REASON):
        assert hidden not in one
    assert told(NEIGHBOUR) == []


def test_what_was_hidden_already_is_not_told_to_be_so_again(world, followed):
    voice, author = followed
    voices.make_private(voice.code, by=author, seen=None)
    actions.deliver()
    voices.take_up(voice.code, by=world.officer, seen=None)
    voices.withdraw(voice.code, by=author, seen=None)
    actions.deliver()
    assert told() == ["您订的一件事不再公开了"]


def test_what_was_hidden_and_shown_again_before_the_letter_left_is_told_as_shown(
    world, morning, shown, subscribed
):
    voice, _author = shown("村口的井盖响了一夜")
    subscribed(FOLLOWER, "thread", voice.subject, "daily")
    actions.deliver()
    mail.outbox.clear()
    voices.withhold(voice.code, by=world.officer, seen=None, reason="personal", detail=REASON)
    voices.show(voice.code, by=world.officer, seen=None)
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
    assert "您订的一件事不再公开了" not in told()
    assert "村口的井盖响了一夜" in "".join(said())
