"""What the seven offices report of activities, filed through the actions: each number is its acts' sum and
opens to them."""

from io import StringIO

import yaml
from django.core.management import call_command

from demo.load import HERE
from shangliang.base import clock
from shangliang.flow.activities import actions
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.kinds import book, kinds
from shangliang.flow.activities.tests.story import afterwards, held
from shangliang.ledgers.figures import boards, names, queries
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.period import Period

from .conftest import count

PERIOD = Period(None)


def number(world, name, place=None):
    return queries.figure(name, place or world.county).counted


def kind_of(metric):
    """A kind that the metric counts, and whether it is a measure of it."""
    for key, kind in kinds().items():
        if metric in (*kind.needs, *kind.may):
            return key, True
        if kind.counts == metric:
            return key, False
    return None, False


def filed(world, kind, said):
    """As many activities of a kind as its count says, all its measures in the first."""
    measures = {metric: value for metric, value in said.items() if kind_of(metric)[1]}
    [number] = [value for metric, value in said.items() if metric not in measures] or [1]
    more = {"how": {"outcome": "settled"}} if kinds()[kind].outcome else {}
    for n in range(number):
        afterwards(
            world, kind, measures=dict.fromkeys(kinds()[kind].needs, 0) | ({} if n else measures), **more
        )


def test_every_number_of_the_seven_offices_that_activities_make(world, monday):
    rows = yaml.safe_load((HERE / "seven_speeches.yaml").read_text("utf-8"))["figures"]
    wanted, by_kind = {}, {}
    for row in rows:
        kind, _measure = kind_of(row["metric"])
        if kind:
            assert row["metric"] not in wanted
            wanted[row["metric"]] = row["value"]
            by_kind.setdefault(kind, {})[row["metric"]] = row["value"]
            assert names.unit_of(row["metric"]) == row["unit"]
    assert len(wanted) >= 20
    for kind, said in by_kind.items():
        filed(world, kind, said)
    count()
    assert {name: number(world, name) for name in wanted} == wanted
    out = StringIO()
    call_command("figure", "residents_moved_to_safety", committee="990101", stdout=out)
    assert out.getvalue().split("\t")[:2] == ["residents_moved_to_safety", "56"]
    for name in ("patients_treated", "medicine_trips", "reading_invitations"):
        opened = boards.opened(name, world.county, PERIOD, actor=world.officer, after="")
        assert opened.records.rows
        assert opened.records.left_out == 0


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
