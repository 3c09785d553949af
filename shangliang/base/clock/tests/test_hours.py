"""When a message may go out that nobody asked for: working days and office hours, with holidays made up."""

from datetime import datetime

import pytest

from shangliang.base import clock
from shangliang.base.clock import SHANGHAI

HOURS = ("09:00", "17:30")


def here(said):
    return datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "works", "next_"),
    [
        ("2026-11-23 09:00", True, "2026-11-23 09:00"),
        ("2026-11-23 17:29", True, "2026-11-23 17:29"),
        ("2026-11-23 08:59", False, "2026-11-23 09:00"),  # early on a Monday
        ("2026-11-23 17:30", False, "2026-11-24 09:00"),  # in the evening
        ("2026-11-23 23:59", False, "2026-11-24 09:00"),  # at night
        ("2026-11-24 03:00", False, "2026-11-24 09:00"),
        ("2026-11-27 18:00", False, "2026-11-30 09:00"),  # Friday evening
        ("2026-11-28 10:00", False, "2026-11-30 09:00"),  # Saturday
        ("2026-09-20 10:00", True, "2026-09-20 10:00"),  # a Sunday made up for the National Day
        ("2026-10-01 10:00", False, "2026-10-08 09:00"),  # the holiday itself, a Thursday
        ("2026-10-10 10:00", True, "2026-10-10 10:00"),  # a Saturday made up
        ("2026-02-17 10:00", False, "2026-02-24 09:00"),  # the Spring Festival
    ],
)
def test_office_hours(moment, works, next_):
    assert clock.at_work(HOURS, here(moment)) is works
    assert clock.next_at_work(HOURS, here(moment)) == here(next_)


def test_the_hours_are_those_of_shanghai():
    assert clock.at_work(HOURS, datetime.fromisoformat("2026-11-23T01:00:00+00:00"))
    assert not clock.at_work(HOURS, datetime.fromisoformat("2026-11-23T10:00:00+00:00"))
