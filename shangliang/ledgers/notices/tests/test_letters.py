"""What leaves the house: once, at its time, and never what its reader may not see."""

from itertools import pairwise

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured

from shangliang.base import clock
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.notices import actions, channels, timing
from shangliang.ledgers.notices.channels import EMAIL, SMS, NotTaken, Refused
from shangliang.ledgers.notices.models import Letter, Mailbox, Recorded, Telling, Untold

from .conftest import WORDS, at, later, to

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


class Killed(BaseException):
    """The process is gone in the middle of it."""


def taken_up(world, voice):
    return voices.take_up(voice.code, by=world.officer, seen=voice.version)


# ── Once ──
def test_a_thing_is_told_once_however_often_the_worker_comes(world, morning, wants, leave):
    wants("convener")
    leave()
    for _round in range(3):
        actions.deliver()
    assert len(to("convener@example.org")) == 1


def test_two_workers_at_the_same_moment_send_one_letter(world, morning, wants, leave, monkeypatch):
    """While the first hands it over, the second makes its whole round."""
    wants("convener")
    leave()
    plain = channels.Mail.send

    def send(self, parcel):
        actions.deliver()
        plain(self, parcel)

    monkeypatch.setattr(channels.Mail, "send", send)
    actions.deliver()
    assert len(to("convener@example.org")) == 1


def test_an_act_taken_from_the_list_twice_is_told_once(world, morning, wants, leave):
    """As if the list came back after a crash that kept what it had led to."""
    wants("convener")
    leave()
    ids = list(Untold.objects.values_list("act_id", flat=True))
    actions.deliver()
    Untold.objects.bulk_create(Untold(act_id=one) for one in ids)
    actions.deliver()
    assert len(to("convener@example.org")) == 1
    assert Telling.objects.count() == 1


def test_a_crash_between_claim_and_sending_costs_nothing_but_time(world, morning, wants, leave, monkeypatch):
    wants("convener")
    leave()

    def killed(self, parcel):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(channels.Mail, "send", killed)
        with pytest.raises(Killed):
            actions.deliver()
    actions.deliver()
    assert not mail.outbox, "it may still be on its way: nobody takes it before its lease is over"
    with later(minutes=16):
        actions.deliver()
    with later(minutes=30):
        actions.deliver()
        actions.deliver()
    assert len(to("convener@example.org")) == 1


def test_a_crash_after_the_server_took_it_sends_the_same_letter_again(
    world, morning, wants, leave, monkeypatch
):
    wants("convener")
    leave()
    plain = channels.Mail.send

    def killed(self, parcel):
        plain(self, parcel)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(channels.Mail, "send", killed)
        with pytest.raises(Killed):
            actions.deliver()
    for minutes in (16, 30, 60):
        with later(minutes=minutes):
            actions.deliver()
    names = [one.extra_headers["Message-ID"] for one in to("convener@example.org")]
    assert len(names) == 2, "at least once"
    assert len(set(names)) == 1, "and a mailbox can tell that it is the same"


class Gateway:
    """A provider that charges for each message and can not be asked what became of one."""

    again = False
    sent: list = []

    def send(self, parcel):
        self.sent.append(parcel.to)
        raise Killed


def test_a_message_that_may_have_left_is_not_sent_twice(world, morning, leave, monkeypatch):
    gateway = Gateway()
    monkeypatch.setattr(
        "shangliang.ledgers.notices.actions.sending.named", lambda name: gateway if name == SMS else None
    )
    voice, _author = leave(phone="13812345678")
    voices.refuse(
        voice.code, by=world.officer, seen=voice.version, why="elsewhere", words="归市里管", owner="市水务局",
        contact="000-0000100",
    )  # fmt: skip
    with pytest.raises(Killed):
        actions.deliver()
    for minutes in (16, 60):
        with later(minutes=minutes):
            actions.deliver()
    assert gateway.sent == ["13812345678"]
    assert Letter.objects.get().state == "unsure"


def test_a_server_that_is_down_is_tried_again_ever_later_and_then_given_up(
    world, morning, wants, leave, monkeypatch
):
    def down(self, parcel):
        tries.append(clock.now())
        raise NotTaken("SMTPServerDisconnected")

    tries = []
    monkeypatch.setattr(channels.Mail, "send", down)
    wants("convener")
    leave()
    moment = clock.now()
    for step in range(40):
        with clock.at(moment + step * timing.AGAIN[-1] / 8):
            actions.deliver()
    letter = Letter.objects.get()
    assert len(tries) == timing.MOST
    assert letter.state == "failed"
    assert letter.mask == "c***@e***.org"
    for (sooner, after), least in zip(pairwise(tries), timing.AGAIN, strict=True):
        assert after - sooner >= least


def test_an_address_that_does_not_exist_is_not_tried_again(world, morning, wants, leave, monkeypatch):
    def refused(self, parcel):
        raise Refused("recipient")

    monkeypatch.setattr(channels.Mail, "send", refused)
    wants("convener")
    leave()
    actions.deliver()
    assert Letter.objects.get().state == "failed"
    assert Letter.objects.get().tries == 1


# ── At its time ──
def test_what_happens_at_night_is_told_in_the_morning(world, wants, leave):
    with clock.at(at("2026-11-25 22:30")):
        wants("convener")
        leave()
        actions.deliver()
    with clock.at(at("2026-11-26 08:59")):
        actions.deliver()
        assert not mail.outbox
    with clock.at(at("2026-11-26 09:00")):
        actions.deliver()
        assert len(mail.outbox) == 1


def test_what_happens_on_a_rest_day_waits_and_a_made_up_day_is_none(world, wants, leave):
    saturday, made_up = at("2026-11-28 10:00"), at("2026-10-10 10:00")
    assert not clock.is_working_day(saturday.date())
    assert clock.is_working_day(made_up.date()), "a Saturday made up for the holiday"
    with clock.at(made_up):
        wants("convener")
        leave()
        actions.deliver()
        assert len(mail.outbox) == 1
    with clock.at(saturday):
        leave("路灯不亮，三天了")
        actions.deliver()
        assert len(mail.outbox) == 1
    with clock.at(at("2026-11-30 09:05")):
        actions.deliver()
        assert len(mail.outbox) == 2


def test_a_worker_that_was_down_all_day_does_not_write_at_night(world, morning, wants, leave):
    wants("convener")
    leave()
    with clock.at(at("2026-11-25 21:00")):
        actions.deliver()
        assert not mail.outbox
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
        assert len(mail.outbox) == 1


def test_a_digest_holds_the_day_and_comes_once(world, morning, wants, leave):
    wants("convener", "daily")
    for n in range(3):
        leave(f"第 {n} 件：路灯不亮")
    actions.deliver()
    assert not mail.outbox
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
        actions.deliver()
    [one] = mail.outbox
    assert one.body.count("收到一条留言") == 3


def test_a_weekly_one_leaves_on_the_first_working_day(world, morning, wants, leave):
    wants("convener", "weekly")
    leave()
    with clock.at(at("2026-11-27 16:00")):
        actions.deliver()
        assert not mail.outbox
    with clock.at(at("2026-11-30 09:01")):
        actions.deliver()
        assert len(mail.outbox) == 1


# ── Never what may not be read ──
def test_a_letter_never_holds_words_that_are_not_public(world, morning, wants, leave):
    wants("convener")
    voice, _author = leave(place="东头第三家")
    actions.deliver()
    [one] = mail.outbox
    whole = one.subject + one.body + one.alternatives[0][0]
    assert voice.number in one.body
    assert "井盖" not in whole
    assert "东头" not in whole


def test_what_was_hidden_between_booking_and_sending_does_not_leak(world, morning, shown, subscribed):
    subscribed(how="daily")
    voice, _author = shown()
    actions.deliver()
    voices.withhold(
        voice.code, by=world.officer, seen=voice.review_version, reason="personal", detail="写了名字"
    )
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
    assert not mail.outbox, "nothing left to say: no letter at all"
    assert Letter.objects.get(receiver__startswith="subscriber:").state == "empty"


def test_shown_and_hidden_in_one_digest_holds_the_shown_only(world, morning, shown, subscribed):
    subscribed(how="daily")
    kept, _author = shown()
    hidden, author = shown("另一个井盖也响，在王家门口")
    voices.make_private(hidden.code, by=author, seen=hidden.review_version)
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
    [one] = mail.outbox
    assert kept.public_title in one.body
    assert "王家" not in one.body + one.alternatives[0][0]
    assert hidden.number not in one.body


def test_who_lost_the_post_before_it_was_sent_gets_nothing(world, morning, wants, leave):
    wants("convener", "daily")
    leave()
    actions.deliver()
    world.accounts["convener"].posts.update(until=clock.today(), ended_at=clock.now())
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
    assert not mail.outbox


def test_who_chose_nothing_gets_nothing_and_who_stops_gets_no_more(world, morning, wants, leave):
    wants("convener", "never")
    wants("deputy", "daily")
    leave()
    actions.deliver()
    actions.choose(world.deputy, how={"new": "never"})
    with clock.at(at("2026-11-26 09:01")):
        actions.deliver()
    assert not mail.outbox


# ── The author ──
def confirmed(author, how="at_once"):
    box = actions.ask_mailbox(author, email="wang@example.org", how=how)
    actions.deliver()
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/confirm/" in line)
    mail.outbox.clear()
    actions.confirm(link.strip("/").rpartition("/")[2])
    return box


def test_an_author_is_told_each_step_by_number_and_never_in_their_words(world, morning, leave):
    voice, author = leave()
    confirmed(author)
    voice = taken_up(world, voice)
    actions.deliver()
    [one] = mail.outbox
    assert one.to == ["wang@example.org"]
    assert voice.number in one.body
    assert "受理" in one.body
    assert "井盖" not in one.body + one.alternatives[0][0]
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nothing_is_sent_to_an_address_that_was_not_confirmed(world, morning, leave):
    voice, author = leave()
    actions.ask_mailbox(author, email="slip@example.org", how="at_once")
    taken_up(world, voice)
    actions.deliver()
    [one] = mail.outbox
    assert "确认" in one.subject
    assert "井盖" not in one.body


def test_the_address_is_sealed_under_the_voices_key_and_goes_with_it(world, morning, leave):
    voice, author = leave()
    confirmed(author)
    raw = Mailbox.objects.values_list("email", flat=True).get()
    assert b"wang" not in bytes(raw)
    taken_up(world, voice)
    assert Letter.objects.filter(receiver__startswith="mailbox:").exclude(mask="").exists()
    voices.erase(voice.code, by=author)
    actions.deliver()
    assert not Mailbox.objects.exists()
    assert not Letter.objects.exists(), "nor the ends of an address"
    assert not mail.outbox
    assert not Telling.objects.filter(receiver=f"author:{voice.code}").exists()


def test_two_voices_of_one_address_are_tied_by_nothing(world, morning, leave):
    for words in (WORDS, "路灯不亮，三天了"):
        _voice, author = leave(words)
        confirmed(author)
    rows = list(Mailbox.objects.values())
    shared = {key for key in rows[0] if rows[0][key] == rows[1][key]}
    assert shared <= {"how", "language", "agreed", "asked_at", "confirmed_at"}


# ── By phone ──
def test_sms_records_a_result_and_nothing_leaves(world, morning, leave):
    voice, _author = leave(phone="13812345678")
    voice = taken_up(world, voice)
    actions.deliver()
    assert not Recorded.objects.exists(), "of that nobody has to be woken"
    voices.answer(voice.code, by=world.officer, seen=voice.version, words="明天去换，三日内换好。")
    actions.deliver()
    actions.deliver()
    row = Recorded.objects.get()
    assert row.to == "138 **** 5678"
    assert voice.number in row.words
    assert "井盖" not in row.words
    assert "1234" not in row.words


def test_wechat_records_for_who_gave_an_account(world, morning, wants, leave):
    wants("convener", wechat="zhang.wei")
    leave()
    actions.deliver()
    assert Recorded.objects.get().to == "zh***"
    assert len(to("convener@example.org")) == 1


@pytest.mark.parametrize("said", ["smoke signals", "shangliang.no_such.Gateway", "shangliang.chores.often"])
def test_a_channel_that_is_none_stops_the_start(settings, said):
    settings.SMS_CHANNEL = said
    with pytest.raises(ImproperlyConfigured, match="SMS_CHANNEL is"):
        channels.check()


def test_a_channel_that_is_off_books_nothing(world, morning, leave, settings):
    settings.SMS_CHANNEL = "off"
    voice, _author = leave(phone="13812345678")
    voice = taken_up(world, voice)
    voices.answer(voice.code, by=world.officer, seen=voice.version, words="明天去换，三日内换好。")
    actions.deliver()
    assert not Telling.objects.exists()
    assert channels.named(EMAIL).again
