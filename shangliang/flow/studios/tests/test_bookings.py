"""A resident books a time of a reception day, waits for one, gives it back; the studio ticks off who came."""

import secrets
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people import retention
from shangliang.base.people.models import Look
from shangliang.base.people.personal import keyring
from shangliang.flow.studios import actions, queries, tickets
from shangliang.flow.studios.models import Booking
from shangliang.flow.studios.timetable import openings

MONDAY = clock.start_of(date(2026, 11, 23)) + timedelta(hours=8)
THURSDAY = date(2026, 11, 26)
PHONE = "13912345678"


@pytest.fixture
def studio(world):
    """Receives on Thursdays from 9:00 to 10:00: three times of twenty minutes."""
    one = queries.door(world.studio.code)
    line = {"weekday": 3, "start": time(9), "end": time(10), "place": "一楼", "duty": world.member.key}
    with clock.at(MONDAY):
        actions.set_timetable(one.code, by=world.convener, seen=one.version, slots=[line])
        yield queries.door(one.code)


def book(studio, at=None, *, day=THURSDAY, key=None, **more):
    start = time.fromisoformat(at) if at else None
    return actions.book(studio.code, day=day, start=start, form_key=key or secrets.token_urlsafe(16), **more)[
        0
    ]


def full(studio):
    return [book(studio, at) for at in ("09:00", "09:20", "09:40")]


def own(booking):
    return queries.booker(booking)


def test_times_of_a_day_are_cut_from_the_timetable(studio):
    assert [one.hours for one, free in queries.times(studio, THURSDAY) if free] == [
        "9:00—9:20", "9:20—9:40", "9:40—10:00",
    ]  # fmt: skip
    assert queries.bookable(studio)[0] == THURSDAY
    assert openings(studio.timetable.all(), THURSDAY, 25)[-1].hours == "9:25—9:50"  # no half one at the end


def test_a_time_is_booked_and_its_code_opens_it(studio):
    key = secrets.token_urlsafe(16)
    booking, code = actions.book(studio.code, day=THURSDAY, start=time(9, 20), form_key=key, phone=PHONE)
    assert (booking.state, booking.number, booking.hours, booking.place) == ("booked", 1, "9:20—9:40", "一楼")
    assert queries.by_ticket(code) == booking
    assert code not in str(Booking.objects.values())
    assert PHONE not in str(Booking.objects.values())
    again, same = actions.book(studio.code, day=THURSDAY, start=time(9, 20), form_key=key, phone=PHONE)
    assert (again, same, Booking.objects.count()) == (booking, code, 1)
    act = Act.objects.get(name="booking_made")
    assert (act.by, act.studio) == (booking.person, studio.code)


def test_a_time_is_never_given_twice(studio):
    book(studio, "09:20")
    with pytest.raises(ValidationError, match="刚被别人约走了"):
        book(studio, "09:20")


def test_past_every_lock_the_database_keeps_a_time_from_two(studio, monkeypatch):
    """Planted: somebody who looked before the other one booked."""
    free = queries.times(studio, THURSDAY)
    book(studio, "09:20")
    monkeypatch.setattr(queries, "times", lambda *_: free)
    with pytest.raises(ValidationError, match="刚被别人约走了"):
        book(studio, "09:20")
    assert Booking.objects.filter(start=time(9, 20)).count() == 1
    taken = Booking.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(
            studio=studio, day=THURSDAY, start=taken.start, end=taken.end, number=9, made_at=clock.now()
        )


def test_today_can_be_booked_while_a_time_is_still_to_come(studio):
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=9, minutes=30)):
        assert queries.bookable(studio)[0] == THURSDAY
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=9, minutes=50)):
        assert queries.bookable(studio)[0] == date(2026, 12, 3)
        with pytest.raises(ValidationError, match="这一天不接待"):
            book(studio)


def test_whoever_waits_first_gets_the_time_that_is_given_back(studio):
    first, *_rest = full(studio)
    one, two = book(studio), book(studio, phone=PHONE)
    assert (one.state, two.state) == ("waiting", "waiting")
    actions.cancel(first.code, by=own(first), seen=1)
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.state, one.hours, two.state) == ("booked", "9:00—9:20", "waiting")
    assert Act.objects.get(name="booking_moved_up").by == "clock"
    actions.cancel(one.code, by=own(one), seen=one.version)
    two.refresh_from_db()
    assert (two.state, two.hours, two.to_tell) == ("booked", "9:00—9:20", True)
    assert queries.days_to_tell(studio) == {THURSDAY}
    assert not actions.cancel(two.code, by=own(two), seen=two.version).to_tell  # they know themselves


def test_nobody_waits_while_a_time_is_free(studio):
    with pytest.raises(ValidationError, match="不用候补"):
        book(studio)


def test_a_time_that_has_passed_goes_to_nobody(studio):
    first, *_rest = full(studio)
    waiting = book(studio)
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=9, minutes=5)):
        actions.cancel(first.code, by=own(first), seen=1)
        waiting.refresh_from_db()
        assert waiting.state == "waiting"
        with pytest.raises(ValidationError, match="不用候补|约走了"):
            book(studio, "09:00")


def test_nobody_is_told_twice(studio, world):
    first, *_rest = full(studio)
    waiting = book(studio, phone=PHONE)
    actions.cancel(first.code, by=own(first), seen=1)
    moved = Booking.objects.get(pk=waiting.pk)
    told = actions.tell(moved.code, by=world.member, seen=moved.version)
    with pytest.raises(NotNow, match="别打第二遍"):
        actions.tell(moved.code, by=world.convener, seen=told.version)
    assert Act.objects.filter(name="booking_told").count() == 1


@pytest.mark.parametrize("left", ["", PHONE])
def test_who_left_no_phone_is_not_to_be_told(studio, world, left):
    booking = book(studio, "09:00", phone=left)
    called = actions.call_off(booking.code, by=world.convener, seen=1, reason="那天停电")
    assert called.to_tell == bool(left)


@pytest.mark.parametrize(
    ("day", "at", "words"),
    [
        (date(2026, 11, 25), "09:00", "这一天不接待"),
        (date(2026, 11, 19), "09:00", "这一天不接待"),
        (date(2027, 1, 7), "09:00", "这一天不接待"),
        (THURSDAY, "09:10", "约走了"),
        (THURSDAY, "10:00", "约走了"),
    ],
)
def test_what_is_not_in_the_timetable_cannot_be_booked(studio, day, at, words):
    with pytest.raises(ValidationError, match=words):
        book(studio, at, day=day)


def test_a_studio_without_a_door_is_not_there_to_be_booked(studio, world):
    coming = book(studio, "09:00", phone=PHONE)
    waits = [book(studio, "09:20"), book(studio, "09:40"), book(studio)][-1]
    one = queries.door(studio.code)
    actions.suspend(one.code, by=world.officer, seen=one.version, reason="修房子")
    for booking in (coming, waits):
        booking.refresh_from_db()
        assert (booking.state, booking.reason) == ("called_off", "修房子")
    with pytest.raises(Unseen):
        book(one, "09:00")


def test_only_the_holder_gives_a_time_back_and_only_the_studio_ticks_off(studio, world):
    one, other = book(studio, "09:00"), book(studio, "09:20")
    with pytest.raises(Unseen):
        actions.cancel(one.code, by=own(other), seen=1)
    with pytest.raises(NotYours):
        actions.cancel(one.code, by=world.convener, seen=1)
    for who in ("other_convener", "leader", "handler", "neighbour_officer", "city_officer"):
        with pytest.raises(Unseen):
            actions.come(one.code, by=getattr(world, who), seen=1)
    with pytest.raises(NotYours):
        actions.come(one.code, by=world.auditor, seen=1)
    with pytest.raises(NotYours):
        actions.come(one.code, by=own(one), seen=1)


def test_the_day_itself(studio, world):
    one, two, *_ = full(studio)
    with pytest.raises(ValidationError, match="还没到那一天"):
        actions.come(one.code, by=world.member, seen=1)
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=9, minutes=30)):
        actions.come(one.code, by=world.member, seen=1)
        with pytest.raises(ValidationError, match="时间还没过"):
            actions.miss(two.code, by=world.member, seen=1)
        walked = actions.walk_in(studio.code, by=world.convener)
        assert (walked.state, walked.number, walked.hours) == ("came", 4, "")
        with pytest.raises(NotYours):
            actions.walk_in(studio.code, by=world.other_convener)
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=9, minutes=41)):
        actions.miss(two.code, by=world.member, seen=1)
    assert [b.state for b in queries.of_day(studio, THURSDAY)] == ["came", "missed", "booked", "came"]


def test_a_look_at_the_phone_is_written_down_and_the_resident_reads_why(studio, world):
    booking = book(studio, "09:00", phone=PHONE)
    assert actions.reveal_phone(booking.code, by=world.convener, reason="改时间") == PHONE
    assert [look.reason for look in queries.looks_at(booking)] == ["改时间"]
    with pytest.raises(NotYours):
        actions.reveal_phone(booking.code, by=world.auditor, reason="想看看")
    with pytest.raises(ValidationError):
        actions.reveal_phone(booking.code, by=world.convener, reason=" ")
    assert Look.objects.count() == 1


def test_what_a_resident_left_is_erased_with_their_code(studio):
    key = secrets.token_urlsafe(16)
    booking = book(studio, "09:00", key=key, phone=PHONE)
    actions.erase_booking(booking.code, by=own(booking))
    people.finish_erasures()
    kept = Booking.objects.get(pk=booking.pk)
    assert kept.state == "cancelled"
    assert PHONE not in str(kept.phone)
    assert queries.by_ticket(tickets.make(key)) is None
    assert booking.person not in keyring.keys([booking.person])


def test_phones_go_thirty_days_after_the_day(studio):
    booking = book(studio, "09:00", phone=PHONE)
    with clock.at(clock.start_of(THURSDAY) + timedelta(days=29)):
        retention.clear()
        assert Booking.objects.get(pk=booking.pk).phone == PHONE
    with clock.at(clock.start_of(THURSDAY) + timedelta(days=31, hours=9)):
        retention.clear()
        assert Booking.objects.get(pk=booking.pk).phone == ""


def test_members_named_for_a_day_stand_in_for_the_timetables(studio, world):
    slots = queries.slots(studio)
    assert [watch.keys for watch in queries.on_duty(studio, slots, THURSDAY)] == [(world.member.key,)]
    actions.set_duty(studio.code, by=world.convener, day=THURSDAY, members=[world.deputy.key])
    [watch] = queries.on_duty(studio, slots, THURSDAY)
    assert (watch.keys, watch.hours) == ((world.deputy.key,), "9:00—10:00")
    tuesday = date(2026, 11, 24)
    assert queries.on_duty(studio, slots, tuesday) == []
    actions.set_duty(studio.code, by=world.officer, day=tuesday, members=[world.deputy.key])
    assert [watch.keys for watch in queries.on_duty(studio, slots, tuesday)] == [(world.deputy.key,)]
    actions.set_duty(studio.code, by=world.convener, day=THURSDAY, members=[])
    assert [watch.keys for watch in queries.on_duty(studio, slots, THURSDAY)] == [(world.member.key,)]


def test_who_may_name_them_and_whom(studio, world):
    with pytest.raises(NotYours):
        actions.set_duty(studio.code, by=world.member, day=THURSDAY, members=[])
    with pytest.raises(ValidationError, match="这间工作室的人"):
        actions.set_duty(studio.code, by=world.convener, day=THURSDAY, members=[world.other_member.key])
    with pytest.raises(ValidationError, match="已经过了"):
        actions.set_duty(studio.code, by=world.convener, day=date(2026, 11, 1), members=[])


def test_whoever_booked_while_the_studio_was_being_suspended_is_turned_away(studio, world, monkeypatch):
    door, looks = queries.door, []

    def and_then_it_is_suspended(code):
        one = door(code)
        if not looks:
            looks.append(code)
            actions.suspend(code, by=world.officer, seen=one.version, reason="修房子")
        return one

    monkeypatch.setattr(queries, "door", and_then_it_is_suspended)
    with pytest.raises(Unseen):
        book(studio, "09:00")
    assert not Booking.objects.exists()


def test_a_time_that_the_studio_called_off_is_offered_to_nobody(studio, world):
    first, *_rest = full(studio)
    waiting = book(studio)
    actions.call_off(first.code, by=world.convener, seen=1, reason="那半小时开会")
    with pytest.raises(ValidationError, match="约走了"):
        book(studio, "09:00")
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


def set_hours(world, *lines):
    one = queries.door(world.studio.code)
    slots = [{"weekday": 3, "start": start, "end": end} for start, end in lines]
    actions.set_timetable(one.code, by=world.convener, seen=one.version, slots=slots)
    return queries.door(one.code)


def test_a_shifted_timetable_gives_nobody_a_time_that_runs_into_anothers(studio, world):
    kept = book(studio, "09:20")
    shifted = set_hours(world, (time(9, 10), time(10, 10)))
    assert [one.hours for one, free in queries.times(shifted, THURSDAY) if free] == ["9:50—10:10"]
    with pytest.raises(ValidationError, match="约走了"):
        book(shifted, "09:30")
    kept.refresh_from_db()
    assert kept.state == "booked"
    book(shifted, "09:50")
    waiting = book(shifted)
    actions.cancel(kept.code, by=own(kept), seen=kept.version)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.hours) == ("booked", "9:10—9:30")


def test_who_was_to_come_at_a_time_that_the_timetable_lost_is_called_off(studio, world):
    early, kept, _late = full(studio)
    waiting = book(studio, phone=PHONE)
    set_hours(world, (time(9, 20), time(9, 30)), (time(9, 30), time(10)))
    for one in (early, kept, waiting):
        one.refresh_from_db()
    assert (early.state, early.changed_by_us) == ("called_off", True)
    assert "接待时间改了" in early.reason
    assert (kept.state, waiting.state) == ("booked", "waiting")
    set_hours(world)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.to_tell) == ("called_off", True)


def test_a_time_that_has_begun_stays_when_the_timetable_changes(studio, world):
    begun, *_rest = full(studio)
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=9, minutes=5)):
        set_hours(world)
    assert [one.state for one in queries.of_day(studio, THURSDAY)] == ["booked", "called_off", "called_off"]
    assert queries.of_day(studio, THURSDAY)[0] == begun


def test_the_days_to_phone_about_are_those_with_a_phone_still_there(studio, world):
    later = THURSDAY + timedelta(days=7)
    book(studio, "09:00")
    left = book(studio, "09:00", day=later, phone=PHONE)
    one = queries.door(studio.code)
    actions.suspend(one.code, by=world.officer, seen=one.version, reason="修房子")
    assert queries.days_to_tell(studio) == {later}
    actions.erase_booking(left.code, by=own(left))
    assert not Booking.objects.get(pk=left.pk).to_tell
    assert queries.days_to_tell(studio) == set()


def test_erasing_a_booking_without_a_phone_leaves_none(studio):
    booking = book(studio, "09:00")
    actions.erase_booking(booking.code, by=own(booking))
    assert Booking.objects.get(pk=booking.pk).phone == ""


def test_who_left_the_studio_stands_on_no_day(studio, world):
    slots = queries.slots(studio)
    actions.set_duty(studio.code, by=world.convener, day=THURSDAY, members=[world.deputy.key])
    leave(studio, world.deputy)
    assert [watch.keys for watch in queries.on_duty(studio, slots, THURSDAY)] == [(world.member.key,)]
    leave(studio, world.member)
    assert [watch.keys for watch in queries.on_duty(studio, slots, THURSDAY)] == [()]


def leave(studio, who):
    for post in queries.members_of(studio):
        if post.holder.key == who.key:
            people.end_post(post, by=who.key)
