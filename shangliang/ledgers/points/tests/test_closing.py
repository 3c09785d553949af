"""A quarter and a year are closed: what stood is frozen, what comes later is shown as later."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points import actions, queries
from shangliang.ledgers.points.actions.objecting import New
from shangliang.ledgers.points.periods import Period

from .test_choosing import OURS


def at(month, day, year=2026):
    return clock.at(datetime(year, month, day, 2, tzinfo=UTC))


@pytest.fixture(autouse=True)
def autumn():
    with at(10, 9):
        yield


def receive(world, *members):
    studios.hold_reception(
        world.studio.code, by=world.convener, day=clock.today(), residents=5,
        members=[m.key for m in members],
    )  # fmt: skip


def close(world, quarter=3, year=2026, by="officer"):
    return actions.close(world.county, by=getattr(world, by), year=year, quarter=quarter)


def of(member, year=2026):
    return queries.statement(member.key, date(year, 1, 1), date(year, 12, 31), actor=member)


def frozen(closing):
    return {row.member: (row.points, row.total, row.grade, row.missing) for row in queries.frozen(closing)}


def test_days_of_quarters():
    assert [(Period(2026, n).first, Period(2026, n).last) for n in range(5)] == [
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
    ]


def test_a_quarter_freezes_every_member_and_a_correction_comes_later(world):
    with at(5, 6):
        receive(world, world.member)
    with at(8, 5):
        receive(world, world.member, world.convener)
    made = close(world)
    stood = frozen(made)
    assert stood[world.member.key] == (200, 400, "", 0)
    assert stood[world.convener.key] == (200, 200, "", 0)
    assert stood[world.member2.key] == (0, 0, "", 0)
    asked = actions.object_(
        by=world.member, words="八月那场没有记。", committee=world.county, day=date(2026, 8, 20)
    )
    new = New("reception", date(2026, 8, 20))
    actions.uphold(asked.code, by=world.officer, seen=None, words="核对了，补上。", reverse=False, new=new)
    receive(world, world.member)  # in October: no correction
    assert frozen(made) == stood
    assert [row.day for row in queries.later(made)] == [date(2026, 8, 20)]
    assert [line.late for line in of(world.member).lines] == [False, False, True, False]
    # by the acts up to the closing, the same comes out again
    again = queries.stands(world.county.path, Period(2026, 3), made.act_id)
    assert {key: (one.points, one.total, one.grade, one.missing) for key, one in again.items()} == stood
    actions.repost()
    assert [row.day for row in queries.later(made)] == [date(2026, 8, 20)]


def test_a_year_closes_with_grades_and_what_is_missing(world):
    with at(12, 1, 2025):
        actions.choose_tariff(world.county, by=world.officer, since=date(2026, 1, 1), text=OURS + NEEDS)
    with at(3, 2):
        receive(world, world.member)
        receive(world, world.member)
    with at(1, 8, 2027):
        made = close(world, 0)
    stood = frozen(made)
    assert stood[world.member.key] == (1400, 7400, "优秀", 0)
    assert stood[world.member2.key] == (0, 6000, "称职", 1)
    [mine] = queries.closed_of(of(world.member), 2026)
    assert (mine.total, mine.grade, mine.closing.quarter) == (7400, "优秀", 0)


NEEDS = """
minimum:
  - {label: 两次接待, least: 2, of: [reception]}
"""


def test_what_is_not_over_or_closed_already_is_not_closed(world):
    assert [(one.year, one.quarter) for one in queries.to_close(world.county.path)] == [
        (2025, 1), (2025, 2), (2025, 3), (2025, 4), (2025, 0), (2026, 1), (2026, 2), (2026, 3),
    ]  # fmt: skip
    close(world)
    with pytest.raises(NotNow, match="结过"):
        close(world)
    for quarter in (4, 0):
        with pytest.raises(NotNow, match="还没到头"):
            close(world, quarter)
    for quarter, year in ((5, 2026), (-1, 2026), (1, 0)):
        with pytest.raises(ValidationError):
            close(world, quarter, year)
    assert Act.objects.filter(name="points_closed").count() == 1


def test_only_the_office_closes_and_reads_it(world):
    for who in ("member", "leader", "auditor", "city_officer", "neighbour_officer"):
        with pytest.raises(NotYours):
            close(world, by=who)
    made = close(world)
    for who in ("officer", "leader", "auditor"):
        assert queries.closing(made.code, getattr(world, who)) == made
    for who in ("member", "convener", "city_officer", "neighbour_officer", "operator"):
        with pytest.raises(Unseen):
            queries.closing(made.code, getattr(world, who))
