"""Activities in figures: each number is its acts' sum and opens to them; a mended record follows."""

from shangliang.base import clock
from shangliang.flow.activities import actions
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.kinds import book
from shangliang.flow.activities.tests.story import afterwards, held
from shangliang.ledgers.figures import boards, names, queries
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.period import Period

from .conftest import count

PERIOD = Period(None)


def number(world, name, place=None):
    return queries.figure(name, place or world.county).counted


def test_each_measure_and_count_has_its_metric():
    assert {*book().measures, *book().counts} <= set(METRICS)
    assert all(METRICS[key].additive for key in (*book().measures, *book().counts))
    assert all(METRICS[key].unit in names.UNITS for key in (*book().measures, *book().counts))


def test_counties_and_the_city_add_up_and_a_mended_record_follows(world, monday):
    row = held(world, measures={"free_clinic_visits": 34})
    afterwards(
        world,
        "free_clinic",
        measures={"free_clinic_visits": 20},
        host=world.far_studio,
        by=world.far_convener,
    )
    actions.mend(row.code, by=world.convener, seen=None, said=Record(measures={"free_clinic_visits": 30}))
    places = (world.county, world.neighbour, world.city)
    with clock.at(row.ends_at):
        count()
        assert [number(world, "free_clinic_visits", one) for one in places] == [30, 20, 50]
        assert number(world, "activities_held", world.city) == 2


def test_only_a_settled_mediation_counts_and_its_record_stays_closed(world, monday):
    row = afterwards(world, "dispute", measures={}, how={"outcome": "not"})
    count()
    assert number(world, "disputes_settled") == 0
    actions.mend(row.code, by=world.convener, seen=None, said=Record(measures={}, outcome="settled"))
    count()
    assert number(world, "disputes_settled") == 1
    own = boards.opened("disputes_settled", world.county, PERIOD, actor=world.officer, after="")
    other = boards.opened("disputes_settled", world.county, PERIOD, actor=world.handler, after="")
    assert (len(own.records.rows), own.records.left_out) == (1, 0)
    assert (len(other.records.rows), other.records.left_out) == (0, 1)
    actions.mend(row.code, by=world.convener, seen=None, said=Record(measures={}, outcome="passed_on"))
    count()
    assert number(world, "disputes_settled") == 0
