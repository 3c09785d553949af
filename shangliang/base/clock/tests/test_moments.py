"""The clock can be told a moment, but only where nothing is real."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from shangliang.base import clock


def test_an_evening_in_shanghai_is_still_today_though_utc_says_yesterday():
    with clock.at(datetime(2026, 11, 23, 16, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 11, 24)
        assert clock.local(clock.now()).hour == 0


def test_a_day_ends_where_the_next_begins():
    day = date(2026, 12, 7)
    assert clock.start_of(day) == datetime(2026, 12, 6, 16, tzinfo=UTC)
    assert clock.end_of(day) == clock.start_of(date(2026, 12, 8))
    assert clock.local_day(clock.end_of(day) - timedelta(microseconds=1)) == day


def test_told_moments_nest_and_end():
    first, second = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 2, 5, tzinfo=UTC)
    with clock.at(first) as told:
        assert told == first
        with clock.at(second):
            assert clock.now() == second
        assert clock.now() == first
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_an_error_inside_sets_the_clock_right_again():
    with pytest.raises(ZeroDivisionError), clock.at(datetime(2020, 1, 1, tzinfo=UTC)):
        raise ZeroDivisionError
    assert clock.now().year > 2020


def test_another_zone_is_the_same_moment_in_utc():
    with clock.at(datetime(2026, 1, 5, 8, tzinfo=timezone(timedelta(hours=8)))):
        assert clock.now() == datetime(2026, 1, 5, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_with_real_records_nobody_sets_the_clock(settings):
    settings.MODE = "production"
    with (
        pytest.raises(RuntimeError, match="only in demo and test mode"),
        clock.at(datetime(2026, 1, 5, tzinfo=UTC)),
    ):
        pass


def test_a_moment_needs_a_zone():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 5)):
        pass
