"""Six counties' reported numbers, filed through the actions: the figures command prints exactly these."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command

from shangliang import chores
from shangliang.base import clock
from shangliang.ledgers.figures import boards
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.period import between

from . import speeches
from .world import build

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def printed(metric, year):
    said = StringIO()
    days = {"since": datetime(year, 1, 1).date(), "until": datetime(year, 12, 31).date()}
    call_command("figure", metric, committee="990101", json=True, stdout=said, **days)
    [row] = json.loads(said.getvalue())
    return row["counted"]


def test_what_six_offices_reported_is_counted_and_opens_to_its_rows():
    with clock.at(datetime(2020, 1, 2, 2, tzinfo=UTC)):
        world = build()
    wanted = speeches.file(world)
    while chores.often():
        pass
    assert sum(map(len, wanted.values())) >= 30
    found = {year: {name: printed(name, year) for name in numbers} for year, numbers in wanted.items()}
    assert found == wanted
    for year, numbers in wanted.items():
        for name in numbers:
            period = between(datetime(year, 1, 1).date(), datetime(year, 12, 31).date())
            opened = boards.opened(name, world.county, period, actor=world.officer, after="")
            assert opened.records.rows, name
            assert opened.records.left_out == 0, name
            adds = sum(row.adds for row in opened.records.rows)
            while opened.records.more:
                opened = boards.opened(
                    name, world.county, period, actor=world.officer, after=opened.records.more
                )
                adds += sum(row.adds for row in opened.records.rows)
            assert adds == numbers[name], name
    assert (printed("proposals", 2021), printed("medicine_trips", 2024)) == (
        0,
        0,
    )  # nobody's numbers slip into another's year


def test_every_number_that_can_be_made_here_is_filed():
    """The rest are states of studios, rates, the press, or what consultations count."""
    made = {name for numbers in speeches.said().values() for name in numbers}
    assert made >= {
        "proposals",
        "research_reports",
        "research_reports_adopted",
        "advice_acknowledged",
        "advice_adopted_by_government",
        "leader_endorsements",
        "members_trained",
        "patients_treated",
        "residents_served",
        "disputes_settled",
    }
    assert made <= set(METRICS)
