"""What an opinion report brings its writer, step by step."""

from datetime import UTC, date, datetime

import pytest

from shangliang.base import clock
from shangliang.flow.reports import actions
from shangliang.flow.reports.tests.story import endorsed, signed
from shangliang.ledgers.points import queries as points

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def adopted(world, row, level, **said):
    said = {"combined": False, "where": "市政协专报第3期", "on": clock.today()} | said
    return actions.adopt(row.code, by=world.officer, seen=None, level=level, **said)


def test_what_each_step_brings_its_writer(world):
    def balance():
        year = date(2026, 1, 1), date(2026, 12, 31)
        return points.statement(world.member.key, *year, actor=world.member).balance

    row = signed(world)
    assert balance() == 0
    actions.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    assert balance() == 200
    adopted(world, row, "city")
    assert balance() == 400
    adopted(world, row, "city", combined=True)
    assert balance() == 400
    adopted(world, row, "nation")
    assert balance() == 900
    endorsed(world, row)
    assert balance() == 1200
