"""What was called off with the studio or its timetable can be booked when it receives again."""

import secrets
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.flow.studios import actions, queries
from stories import world_studios

MONDAY = clock.start_of(date(2026, 11, 23)) + timedelta(hours=8)
THURSDAY = date(2026, 11, 26)
PHONE = "13912345678"


@pytest.fixture
def studio(world):
    """Receives on Thursdays from 9:00 to 10:00: three times of twenty minutes."""
    one = queries.door(world.studio.code)
    line = {"weekday": 3, "start": time(9), "end": time(10)}
    with clock.at(MONDAY):
        actions.set_timetable(one.code, by=world.convener, seen=one.version, slots=[line])
        yield queries.door(one.code)


def book(studio, at, **more):
    key, start = secrets.token_urlsafe(16), time.fromisoformat(at)
    return actions.book(studio.code, day=THURSDAY, start=start, form_key=key, **more)[0]


def _stops_and_resumes(studio, world):
    one = queries.door(studio.code)
    stopped = actions.suspend(one.code, by=world.officer, seen=one.version, reason="修房子")
    actions.resume(one.code, by=world.officer, seen=stopped.version)


def _goes_offline_and_back(studio, world):
    one = queries.door(studio.code)
    actions.take_offline(one.code, by=world.officer, seen=one.online_version, reason="没人值班")
    world_studios.goes_online(world, one, convener="convener")


def _timetable_there_and_back(studio, world):
    one = queries.door(studio.code)
    line = {"weekday": 3, "start": time(9), "end": time(10)}
    moved = actions.set_timetable(
        one.code, by=world.convener, seen=one.version, slots=[line | {"weekday": 4}]
    )
    actions.set_timetable(one.code, by=world.convener, seen=moved.version, slots=[line])


@pytest.mark.parametrize(
    "there_and_back", [_stops_and_resumes, _goes_offline_and_back, _timetable_there_and_back]
)
def test_a_time_that_fell_with_the_studio_or_its_timetable_can_be_booked_when_it_receives_again(
    studio, world, there_and_back
):
    booked = book(studio, "09:20", phone=PHONE)
    there_and_back(studio, world)
    booked.refresh_from_db()
    assert (booked.state, booked.to_tell) == ("called_off", True)  # theirs is gone all the same
    assert [free for _one, free in queries.times(studio, THURSDAY)] == [True, True, True]
    assert book(studio, "09:20").state == "booked"


def test_a_time_that_was_called_off_by_itself_stays_nobodys(studio, world):
    booked = book(studio, "09:20")
    actions.call_off(booked.code, by=world.convener, seen=1, reason="要去社区开会")
    _stops_and_resumes(studio, world)
    assert [free for _one, free in queries.times(studio, THURSDAY)] == [True, False, True]
    with pytest.raises(ValidationError, match="刚被别人约走了"):
        book(studio, "09:20")
