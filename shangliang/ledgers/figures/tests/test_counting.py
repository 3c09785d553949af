"""What acts come to: at the record's own committee, summed up the tree, the same after posting anew."""

from datetime import date, timedelta

import pytest

from shangliang.base import clock
from shangliang.base.journal.acts import declared
from shangliang.base.journal.seal import seal
from shangliang.base.people.models import Role
from shangliang.base.places import actions as places
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import queries as studio_queries
from shangliang.ledgers.figures import actions, boards, counting, metrics, queries
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.models import Tally
from shangliang.ledgers.figures.period import Period, asked
from stories import world_topics
from stories.world_people import grant

from .conftest import MONDAY, count


def number(name, committee, period="all"):
    return queries.figures([name], committee, asked(period))[0].counted


def test_full_coverage_is_one_thing_on_the_page_and_in_the_figure(world):
    """Conveners and deputies sit in a studio as the stationed do; one member too few is not full."""
    found = studio_queries.coverage(world.county.path)
    assert (found.members, found.stationed, found.without) == (6, 2, 1)
    figure = queries.figures(["member_coverage"], world.county, asked("all"))[0]
    assert (figure.counted, figure.of) == (83, 6)
    for n in range(250):
        grant(world, f"seated{n}", f"新委员{n}", Role.MEMBER)
        studios.station(world.studio.code, world.accounts[f"seated{n}"], by=world.officer)
    assert number("member_coverage", world.county) == 99
    studios.station(world.studio.code, world.accounts["member2"], by=world.officer)
    assert number("member_coverage", world.county) == 100
    assert studio_queries.coverage(world.county.path).without == 0


def rows():
    return list(Tally.objects.order_by("metric", "path", "day").values_list("metric", "path", "day", "n"))


@pytest.fixture
def busy(world, told):
    """Voices in both counties and a whole consultation in one."""
    told.leave()
    told.confirm()
    told.confirm(world.far_studio, world.neighbour_officer)
    told.answer()
    told.reopen()
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "登记要快。", "登记受损田块", "公示五天")
    for row in world_topics.sent(world, topic):
        world_topics.answered(world, row)
    studios.hold_reception(
        world.studio.code, by=world.convener, day=date(2026, 11, 20), residents=12, members=[world.member.key]
    )
    count()
    return world


def test_counties_and_own_records_make_up_the_city_and_the_province(busy):
    """An upper level holds nothing of its own unless its own people acted: the sums cannot disagree."""
    period = Period()
    for name, metric in METRICS.items():
        if not metric.additive:
            continue
        for above in (busy.city, busy.province):
            lines = queries.lines(name, above, period)
            known = [line.n for line in lines if line.n is not None]
            if not any(line.few for line in lines):
                assert number(name, above) == sum(known), name
    assert number("voices_received", busy.county) == 5
    assert number("voices_received", busy.neighbour) == 1
    assert number("voices_received", busy.province) == 6
    assert number("voices_confirmed_solved", busy.city) == 2


def test_what_happened_is_what_is_counted(busy):
    found = {f.metric: f for f in queries.figures(METRICS, busy.county, Period())}
    assert found["voices_answered"].counted == 4  # the founding voice by its consultation
    assert found["voices_answered_on_time"].counted == 3
    assert found["voices_promised"].counted == 0
    assert found["voices_judged_partly"].counted == 1
    assert found["voices_reopened"].counted == 1
    assert found["voices_awaiting_verdict"].counted == 1 + 1  # the founding voice too
    assert (found["share_confirmed"].counted, found["share_confirmed"].of) == (50, 2)
    assert found["topics_raised"].counted == 1
    assert found["posts_shown"].counted == 1
    assert found["suggestions"].counted == 2
    assert found["recommendations_sent"].counted == 1
    assert found["recommendations_adopted"].counted == 1
    assert found["residents_received"].counted == 12
    assert found["studios"].counted == 2
    assert found["studios_online"].counted == 2
    assert found["members"].counted == 6
    assert found["members_stationed"].counted == 2
    assert counting.parts(METRICS["topics_raised"], busy.county.path, Period())["voices"] == 1


def test_rolling_up_twice_counts_once(told):
    told.leave()
    count()
    before = rows()
    assert actions.roll_up() == 0
    assert rows() == before


def test_tallies_posted_anew_equal_those_rolled_up_step_by_step(told, world):
    for _again in range(3):
        told.confirm()
        while seal():
            pass
        while actions.roll_up(limit=2):
            pass
    before = rows()
    actions.repost()
    assert rows() == before


def test_what_is_not_sealed_yet_is_not_counted(told, world):
    count()
    told.leave()
    assert number("voices_received", world.county) == 0
    count()
    assert number("voices_received", world.county) == 1


def test_a_committee_that_keeps_no_records_has_no_number(told, world):
    quiet = places.enter_committee("990103", "静县", "county", by="clock", parent=world.city)
    count()
    assert number("voices_received", quiet) is None
    assert number("members", quiet) is None
    assert number("voices_overdue", quiet) is None
    lines = {line.committee.code: line.n for line in queries.lines("voices_received", world.city, Period())}
    assert lines["990103"] is None
    assert lines["990101"] == 0


def test_an_act_belongs_to_its_day_in_shanghai(told, world):
    with clock.at(clock.start_of(date(2026, 11, 1))):
        told.leave()
    with clock.at(clock.start_of(date(2026, 11, 1)) - timedelta(seconds=1)):
        told.leave()
    count()
    assert number("voices_received", world.county, "2026-11") == 1
    assert number("voices_received", world.county, "2026-10") == 1
    assert number("voices_received", world.county, "2025") == 0


def test_a_stock_is_what_stands_at_the_periods_end(told, world):
    with clock.at(MONDAY - timedelta(days=40)):
        waiting = told.answer()
    told.confirm()
    count()
    assert number("voices_awaiting_verdict", world.county, "2026-10") == 1
    assert number("voices_awaiting_verdict", world.county) == 1
    assert waiting.state == "answered"


def test_a_clock_past_its_day_is_overdue_until_it_ends(told, world):
    told.leave()
    count()
    assert number("voices_overdue", world.county) == 0
    with clock.at(MONDAY + timedelta(days=10)):
        assert number("voices_overdue", world.county) == 1
        assert number("voices_overdue", world.city) == 1


def test_a_suspended_studio_that_is_closed_leaves_the_count_once(told, world):
    studio = studios.suspend(world.other.code, by=world.officer, seen=None, reason="装修")
    went = {
        "voices_go_to": "城关委员工作室",
        "people_go": dict.fromkeys((world.other_convener.key, world.accounts["other_member"].key), ""),
    }
    studios.close(studio.code, by=world.officer, seen=None, reason="并入城关", **went)
    count()
    assert number("studios", world.county) == 1
    assert number("studios_online", world.county) == 1


def test_few_people_are_not_broken_down(busy):
    studios.hold_reception(
        busy.far_studio.code,
        by=busy.neighbour_officer,
        day=date(2026, 11, 20),
        residents=3,
        members=[busy.far_convener.key],
    )
    count()
    lines = {line.committee.code: line for line in queries.lines("residents_received", busy.city, Period())}
    assert lines["990102"].few
    assert lines["990101"].few  # or the sum above would give the other away
    assert number("residents_received", busy.city) == 15


def test_every_kind_of_act_has_a_decision():
    counted, left = set(metrics.RULES), set(metrics.NOT_COUNTED)
    assert set(declared()) <= counted | left
    assert not counted & left


def test_the_page_of_every_committee_asks_the_same_number_of_questions(
    told, world, django_assert_num_queries
):
    boards.board(world.county, Period())
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        boards.board(world.city, Period())
    for _again in range(12):
        told.confirm()
    count()
    with django_assert_num_queries(len(few)):
        boards.board(world.city, Period())
