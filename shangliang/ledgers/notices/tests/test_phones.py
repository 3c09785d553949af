"""Who left a phone and nothing else: told what they would otherwise wait for in vain, by the day's hours."""

import secrets
from datetime import date, time, timedelta

import pytest

from shangliang.base import clock
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import queries as rooms
from shangliang.flow.studios.models import Booking
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices.models import Voice
from shangliang.ledgers.notices import actions
from shangliang.ledgers.notices.channels import Recording, Refused
from shangliang.ledgers.notices.models import Letter, Recorded, Telling

from .conftest import WORDS, at

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PHONE = "13812345678"
REASON = "井盖要从市里运来"
THURSDAY = date(2026, 11, 26)


@pytest.fixture
def left(morning, leave):
    """A voice whose author left a phone; what its coming in led to is over."""
    voice, author = leave(phone=PHONE)
    actions.deliver()
    return voice, author


@pytest.fixture
def studio(world, morning):
    """Receives on Thursdays from 9:00 to 9:40: two times."""
    one = rooms.door(world.studio.code)
    line = {"weekday": 3, "start": time(9), "end": time(9, 40), "place": "一楼", "duty": world.member.key}
    studios.set_timetable(one.code, by=world.convener, seen=one.version, slots=[line])
    return one


def book(studio, start=None, phone=PHONE, day=THURSDAY + timedelta(days=7)):
    """A Thursday of next week; without a start, the waiting list."""
    return studios.book(studio.code, day=day, start=start, form_key=secrets.token_urlsafe(16), phone=phone)[0]


def texts():
    return list(Recorded.objects.order_by("pk").values_list("words", flat=True))


def delivered_twice():
    actions.deliver()
    actions.deliver()
    return texts()


# ── A voice ──
def asked_before_taking_up(world, voice):
    voices.reply(voice.code, by=world.officer, seen=None, words=REASON, asks=True)


def extended(world, voice):
    voices.take_up(voice.code, by=world.officer, seen=None)
    voices.extend(voice.code, by=world.officer, seen=None, days=3, words=REASON)


def asked_to_merge(world, voice):
    other, _code = voices.leave(world.studio, by=world.member, words="桥头的井盖也响", form_key="other")
    voices.take_up(other.code, by=world.officer, seen=None)
    voices.take_up(voice.code, by=world.officer, seen=None)
    voices.propose_merge(voice.code, by=world.officer, seen=None, into=other.number, words=REASON)


STEPS = [asked_before_taking_up, extended, asked_to_merge]


@pytest.mark.parametrize("happens", STEPS)
def test_what_waits_for_the_author_or_makes_them_wait_is_told_once_without_any_words(world, left, happens):
    voice, _author = left
    happens(world, voice)
    [text] = delivered_twice()
    assert voice.number in text
    assert Recorded.objects.get().to == "138 **** 5678"
    for hidden in (WORDS, REASON, "1234"):
        assert hidden not in text


def test_a_reply_that_asks_nothing_rings_no_phone(world, left):
    voice, _author = left
    voices.reply(voice.code, by=world.officer, seen=None, words=REASON)
    assert delivered_twice() == []


def test_the_question_after_four_weeks_is_told_by_phone_once(world, left):
    voice, author = left
    voices.take_up(voice.code, by=world.officer, seen=None)
    voices.answer(voice.code, by=world.officer, seen=None, words="换好了。")
    actions.deliver()
    voices.confirm(voice.code, by=author, seen=None)
    with clock.at(at("2026-12-23 10:00")):
        assert voices.ask_later() == 1
        said = delivered_twice()
    assert len(said) == 2, "the answer, and the question"
    assert "四周到了" in said[-1]


@pytest.mark.parametrize("happens", STEPS)
def test_no_phone_rings_at_night_or_on_a_rest_day(world, left, happens):
    with clock.at(at("2026-11-27 22:30")):
        happens(world, left[0])
        assert delivered_twice() == []
    with clock.at(at("2026-11-28 10:00")):
        assert not clock.is_working_day(clock.today())
        assert delivered_twice() == []
    with clock.at(at("2026-11-30 09:01")):
        assert len(delivered_twice()) == 1


def test_who_agreed_before_that_was_written_is_told_results_only(world, left):
    voice, _author = left
    Voice.objects.filter(pk=voice.pk).update(agreed="2026-11-c d24fae95d8d58dd3")
    extended(world, voice)
    assert delivered_twice() == []
    voices.answer(voice.code, by=world.officer, seen=None, words="换好了。")
    assert len(delivered_twice()) == 1


def test_without_a_phone_nothing_is_booked(world, morning, leave):
    voice, _author = leave()
    extended(world, voice)
    actions.deliver()
    assert not Telling.objects.exists()


# ── A booking ──
def test_a_time_that_the_studio_calls_off_is_told_by_phone_once(world, studio):
    booking = book(studio, time(9))
    studios.call_off(booking.code, by=world.convener, seen=None, reason=REASON)
    [text] = delivered_twice()
    assert "12月3日 09:00" in text
    assert "工作室取消了这个时间" in text
    assert "/bookings/" in text
    assert REASON not in text
    assert Recorded.objects.get().to == "138 **** 5678"


def test_who_waited_and_moves_up_is_told_by_phone_once(world, studio):
    first, _second = book(studio, time(9), phone=""), book(studio, time(9, 20), phone="")
    waits = book(studio)
    assert delivered_twice() == []
    studios.cancel(first.code, by=rooms.booker(first), seen=None)
    [text] = delivered_twice()
    assert "候补补上了，时间定了" in text
    assert Letter.objects.get(channel="sms").receiver == f"booker:{waits.code}"


def test_what_changed_again_before_the_office_opened_is_not_told(world, studio):
    first, _second = book(studio, time(9), phone=""), book(studio, time(9, 20), phone="")
    waits = book(studio)
    with clock.at(at("2026-11-27 22:00")):
        studios.cancel(first.code, by=rooms.booker(first), seen=None)
        assert delivered_twice() == []
        studios.cancel(waits.code, by=rooms.booker(waits), seen=None)
    with clock.at(at("2026-11-30 09:01")):
        assert delivered_twice() == []


def test_who_booked_when_only_calls_were_agreed_to_is_not_texted(world, studio):
    booking = book(studio, time(9))
    Booking.objects.filter(pk=booking.pk).update(agreed="2026-11 f0e3902a0d977eb8")
    studios.call_off(booking.code, by=world.convener, seen=None, reason=REASON)
    assert delivered_twice() == []


def test_who_had_the_booking_erased_is_told_nothing_and_nothing_is_left(world, studio):
    booking = book(studio, time(9))
    with clock.at(at("2026-11-27 22:00")):
        studios.call_off(booking.code, by=world.convener, seen=None, reason=REASON)
        actions.deliver()
        assert Telling.objects.filter(receiver=f"booker:{booking.code}").exists()
        studios.erase_booking(booking.code, by=rooms.booker(booking))
    with clock.at(at("2026-11-30 09:01")):
        assert delivered_twice() == []
    assert not Telling.objects.filter(receiver=f"booker:{booking.code}").exists()
    assert not Letter.objects.filter(receiver=f"booker:{booking.code}").exists()


def test_the_operator_reads_that_no_text_got_through(client, world, studio, monkeypatch):
    def refused(self, parcel):
        raise Refused("recipient")

    monkeypatch.setattr(Recording, "send", refused)
    booking = book(studio, time(9))
    studios.call_off(booking.code, by=world.convener, seen=None, reason=REASON)
    actions.deliver()
    client.force_login(world.accounts["operator"])
    page = client.get("/notices/outbox/").text
    assert "约了时间的人" in page
    assert "138 **** 5678" in page
    assert PHONE not in page
