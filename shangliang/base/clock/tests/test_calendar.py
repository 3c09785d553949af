"""Working days: the table of cases people would ask about, and what must hold for any day."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.base import clock
from shangliang.base.clock import calendar

DAYS = st.dates(date(2019, 1, 1), date(2031, 12, 31))
CLOCKS = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23", 3, "2026-11-26"),  # a Monday: accept by Thursday
        ("2026-11-23", 10, "2026-12-07"),  # answer by Monday two weeks on
        ("2026-11-27", 1, "2026-11-30"),  # Friday → Monday
        ("2026-11-28", 1, "2026-11-30"),  # Saturday → Monday
        ("2026-11-29", 1, "2026-11-30"),  # Sunday → Monday
        ("2026-09-18", 1, "2026-09-20"),  # a Sunday worked to make up for the National Day
        ("2026-09-19", 1, "2026-09-20"),
        ("2026-09-30", 1, "2026-10-08"),  # over the seven days
        ("2026-09-30", 3, "2026-10-10"),  # …and the Saturday after them is worked
        ("2026-02-13", 1, "2026-02-14"),  # the Saturday before the Spring Festival is worked
        ("2026-02-14", 1, "2026-02-24"),
    ],
)
def test_a_clock_ends_with_its_last_working_day(start, days, due):
    assert clock.due_after(date.fromisoformat(start), days) == (date.fromisoformat(due), False)


@pytest.mark.parametrize(("hour", "due"), [(15, "2026-11-26"), (16, "2026-11-27")])
def test_said_at_23_it_counts_from_this_day_said_at_24_from_the_next(hour, due):
    with clock.at(datetime(2026, 11, 23, hour, tzinfo=UTC)):
        assert clock.due_after(clock.today(), 3).day == date.fromisoformat(due)


def test_over_new_year_the_day_is_provisional():
    assert clock.due_after(date(2026, 12, 24), 5) == (date(2026, 12, 31), False)
    assert clock.due_after(date(2026, 12, 24), 6) == (
        date(2027, 1, 4),
        True,
    )  # 1 January is a Friday, and fixed
    assert clock.is_provisional(date(2027, 1, 4))
    assert not clock.is_provisional(date(2026, 12, 31))


def test_a_guessed_year_leaves_out_the_fixed_days():
    assert not any(clock.is_working_day(date(2027, *day)) for day in calendar.FIXED)
    assert clock.is_working_day(date(2027, 10, 4))


def test_working_days_left_tell_today_from_late():
    monday = date(2026, 11, 23)
    assert clock.working_days_left(date(2026, 11, 26), monday) == 3
    assert clock.working_days_left(monday, monday) == 0
    assert clock.working_days_left(date(2026, 11, 20), monday) == -1
    assert clock.working_days_left(date(2026, 11, 20), date(2026, 11, 21)) == -1, "late on a Saturday is late"
    with clock.at(clock.start_of(monday)):
        assert clock.working_days_left(date(2026, 12, 7)) == 10


def test_a_day_thousands_of_years_off_is_not_counted_one_by_one(monkeypatch):
    asked = []
    monkeypatch.setattr(calendar, "_year", lambda year, of=calendar._year: asked.append(year) or of(year))
    monday = date(2026, 11, 23)
    assert clock.working_days_left(date.max, monday) > 1_900_000
    assert clock.working_days_left(date.min, monday) < -490_000
    assert len(asked) == 22


def test_too_far_is_a_day_after_the_same_day_years_on():
    with clock.at(datetime(2028, 2, 29, 4, tzinfo=UTC)):
        assert not clock.too_far(date(2033, 2, 28), years=5)
        assert clock.too_far(date(2033, 3, 1), years=5)
        assert clock.too_far(date.max, years=5)


def test_working_days_between_takes_both_ends():
    found = clock.working_days_between(date(2026, 9, 30), date(2026, 10, 10))
    assert found == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]
    assert clock.working_days_between(date(2026, 10, 10), date(2026, 9, 30)) == []
    assert len(clock.working_days_between(date(2026, 12, 31), date(2027, 1, 5))) == 3


@pytest.mark.parametrize("days", [0, -1])
def test_a_clock_of_no_days_is_a_mistake(days):
    with pytest.raises(ValueError, match="at least one"):
        clock.due_after(date(2026, 11, 23), days)


@given(DAYS, CLOCKS)
def test_a_clock_never_ends_on_a_day_off_and_counts_exactly(start, days):
    due = clock.due_after(start, days)
    assert due.day > start
    assert clock.is_working_day(due.day)
    assert len(clock.working_days_between(start + timedelta(days=1), due.day)) == days
    assert clock.working_days_left(due.day, start) == days
    assert due.provisional == any(clock.is_provisional(day) for day in (start, due.day))


@given(DAYS, CLOCKS)
def test_later_or_longer_never_ends_sooner(start, days):
    due = clock.due_after(start, days).day
    assert clock.due_after(start + timedelta(days=1), days).day >= due
    assert clock.due_after(start, days + 1).day > due


@given(st.sampled_from(sorted(chinese_calendar.holidays)))
def test_no_announced_holiday_is_worked(day):
    assert not clock.is_working_day(day)


@given(st.sampled_from(sorted(chinese_calendar.workdays)))
def test_every_made_up_weekend_day_counts(day):
    assert clock.is_working_day(day)
    assert clock.due_after(day - timedelta(days=1), 1).day == day


@pytest.fixture
def year_file(tmp_path, monkeypatch):
    """Write days/<year>.yaml as an office would."""
    monkeypatch.setattr(calendar, "DAYS", tmp_path)

    def write(words, year=2030):
        (tmp_path / f"{year}.yaml").write_text(words, "utf-8")
        calendar._year.cache_clear()

    yield write
    calendar._year.cache_clear()


def test_an_offices_own_file_ends_the_guess(year_file):
    year_file(
        "source: for the test\nholidays: [2030-01-01, 2030-02-04..2030-02-06]\nworkdays: [2030-02-09]\n"
    )
    assert clock.due_after(date(2030, 2, 1), 3) == (date(2030, 2, 9), False)


def test_the_file_wins_over_the_library(year_file):
    year_file("holidays: [2026-11-24]\n", year=2026)
    assert clock.due_after(date(2026, 11, 23), 3).day == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("[]", "needs `holidays`"),
        ("holidays: []\nholiday: []", "nothing else"),
        ("holidays: [Christmas]", "neither a day"),
        ("holidays: [2031-01-01]", "does not lie in 2030"),
        ("holidays: [2030-02-06..2030-02-04]", "end stands before"),
        ("holidays: [2030-02-09]\nworkdays: [2030-02-09]", "under holidays and under workdays"),
        ("holidays: []\nworkdays: [2030-02-04]", "no weekend day"),
    ],
)
def test_a_wrong_file_is_named(year_file, words, complaint):
    year_file(words)
    with pytest.raises(ValueError, match=complaint):
        clock.is_working_day(date(2030, 1, 1))


def test_the_files_we_ship_can_be_read():
    for path in calendar.DAYS.glob("*.yaml"):
        assert calendar._from_file(path, int(path.stem)).days
