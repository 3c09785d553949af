"""The convener's list of the day."""

import secrets
from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import Booking

THURSDAY = date(2026, 11, 26)
PHONE = "13912345678"


@pytest.fixture
def studio(world):
    one = queries.door(world.studio.code)
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=8)):
        line = {"weekday": 3, "start": time(9), "end": time(12)}
        actions.set_timetable(one.code, by=world.convener, seen=one.version, slots=[line])
        yield queries.door(one.code)


def book(studio, at, phone=PHONE):
    key = secrets.token_urlsafe(16)
    given = {"day": THURSDAY, "start": time.fromisoformat(at), "form_key": key, "phone": phone}
    return actions.book(studio.code, **given)[0]


def test_a_day_from_the_first_to_the_last(world, at_desk, studio):
    one, two = book(studio, "09:00"), book(studio, "09:20")
    convener = at_desk("convener")
    page = convener.get("desk:studio_day", studio.code).text
    assert "139 **** 5678" in page
    assert PHONE not in page
    assert convener.post("desk:booking_move", one.code, "come").status_code == 302
    assert convener.post("desk:booking_move", one.code, "come").status_code == 409
    assert convener.post("desk:booking_move", two.code, "miss").status_code == 422  # not over yet
    assert convener.post("desk:walk_in", studio.code).status_code == 302
    assert convener.post("desk:booking_move", two.code, "call_off", reason="").status_code == 422
    assert convener.post("desk:booking_move", two.code, "call_off", reason="停电了").status_code == 302
    page = convener.get("desk:studio_day", studio.code).text
    assert "还没人告诉他" in page
    seen = Booking.objects.get(pk=two.pk).version
    assert convener.post("desk:booking_move", two.code, "reveal", reason="告诉他停电").status_code == 302
    shown = convener.get("desk:studio_day", studio.code)
    assert shown.text.count(PHONE) == 1
    assert PHONE not in at_desk("officer").get("desk:studio_day", studio.code).text
    convener = at_desk("convener")
    assert "no-store" in shown["Cache-Control"]
    assert convener.post("desk:booking_move", two.code, "tell", seen=seen).status_code == 302
    assert "还没人告诉他" not in convener.get("desk:studio_day", studio.code).text


def test_who_is_on_duty_is_named_for_the_day_and_stands_at_the_door(world, at_desk, studio, client):
    said = {"day": THURSDAY.isoformat(), "members": [world.deputy.key]}
    assert at_desk("member").post("desk:studio_duty", studio.code, **said).status_code == 403
    assert at_desk("convener").post("desk:studio_duty", studio.code, **said).status_code == 302
    client.logout()
    for name in ("voices:door", "portal:studio"):
        page = client.get(reverse(name, args=[studio.code])).text
        assert "汪委员" in page.partition("今天值班")[2][:400], name


def test_who_may_see_the_list_and_who_the_number(world, at_desk, studio):
    book(studio, "09:00")
    for who, status in (
        ("officer", 200),
        ("member", 200),
        ("auditor", 200),
        ("leader", 403),
        ("handler", 403),
    ):
        assert at_desk(who).get("desk:studio_day", studio.code).status_code == status
    assert "139 ****" not in at_desk("auditor").get("desk:studio_day", studio.code).text


def test_a_full_day_asks_no_more_than_one(world, at_desk, studio):
    convener, seen = at_desk("convener"), []
    for times in (["09:00"], ["09:20", "09:40", "10:00", "10:20", "10:40", "11:00", "11:20", "11:40"]):
        for at in times:
            book(studio, at)
        for _n in range(0 if len(times) == 1 else 42):
            actions.walk_in(studio.code, by=world.convener)
        convener.get("desk:studio_day", studio.code)
        with CaptureQueriesContext(connection) as asked:
            assert convener.get("desk:studio_day", studio.code).status_code == 200
        seen.append(len(asked))
    assert Booking.objects.count() == 51
    assert seen[0] == seen[1]


def test_a_number_stands_whole_for_ten_minutes_and_not_for_more_than_thirty_an_hour(world, at_desk, studio):
    one = book(studio, "09:00")
    convener = at_desk("convener")
    looks = [convener.post("desk:booking_move", one.code, "reveal", reason="改时间") for _n in range(31)]
    assert {look.status_code for look in looks[:30]} == {302}
    assert looks[30].status_code == 429
    assert "歇一会儿" in looks[30].text
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert PHONE not in convener.get("desk:studio_day", studio.code).text


def test_after_a_suspension_the_days_to_phone_about_stay_within_reach(world, at_desk, studio):
    book(studio, "09:00")
    actions.suspend(studio.code, by=world.officer, seen=studio.version, reason="修房子")
    with clock.at(clock.start_of(THURSDAY) + timedelta(hours=7)):
        page = at_desk("officer").get("desk:studio_day", studio.code).text
    assert f"?day={THURSDAY.isoformat()}" in page
