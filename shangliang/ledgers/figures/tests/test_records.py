"""The rows behind a number: as many as it says, those that the reader may see, and how many are left out."""

from datetime import timedelta

import pytest

from shangliang.base import clock
from shangliang.base.people.actor import STRANGER
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.figures import queries, records
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.period import Period

from .conftest import MONDAY, count


def behind(name, committee, actor):
    return records.records(name, committee, actor=actor)


def shown(told, world, **more):
    voice = told.confirm(public=True, **more)
    return voices.show(voice.code, by=world.officer, seen=voice.review_version)


def test_each_reader_sees_their_reach_and_how_much_is_left_out(told, world):
    shown(told, world)
    told.confirm()
    count()
    for actor, rows in {
        "officer": 2, "leader": 2, "auditor": 2, "convener": 2, "member": 2, "other_convener": 1,
        "neighbour_officer": 1, "city_officer": 1, "handler": 1,
    }.items():  # fmt: skip
        found = behind("voices_confirmed_solved", world.county, getattr(world, actor))
        assert (len(found.rows), found.left_out) == (rows, 2 - rows), actor
    assert len(behind("voices_confirmed_solved", world.province, STRANGER).rows) == 1


def test_rows_and_left_out_make_up_every_counted_number(told, world):
    """Every number opens: flows, stocks and overdue clocks alike."""
    told.confirm()
    told.answer()
    told.reopen()
    told.leave()
    count()
    with clock.at(MONDAY + timedelta(days=30)):
        for name, metric in METRICS.items():
            if metric.kind == "share" or any(isinstance(rule.weight, str) for rule in metric.rules):
                continue
            found = behind(name, world.county, world.officer)
            number = queries.figures([name], world.county, Period())[0].counted
            assert len(found.rows) + found.left_out == number, name


def test_the_list_is_cut_at_the_same_seal(told, world):
    told.confirm()
    count()
    told.confirm()
    assert len(behind("voices_confirmed_solved", world.county, world.officer).rows) == 1


def test_long_lists_come_in_pages_without_gap_or_repetition(told, world):
    for _again in range(records.SIZE + 3):
        told.leave()
    count()
    first = behind("voices_received", world.county, world.officer)
    then = records.records("voices_received", world.county, actor=world.officer, after=first.more)
    assert (len(first.rows), len(then.rows), then.more) == (records.SIZE, 3, "")
    assert not {row.told.href for row in first.rows} & {row.told.href for row in then.rows}


@pytest.mark.parametrize("mark", ["", "x", "2026-01-01_9", "9" * 30, "_", "2026-01-01T00:00:00+00:00_x"])
def test_a_forged_page_mark_gives_the_first_page(told, world, mark):
    told.leave()
    count()
    assert len(records.records("voices_received", world.county, actor=world.officer, after=mark).rows) == 1
    assert records.records("members", world.county, actor=world.officer, after=mark).rows


def test_a_page_of_rows_asks_as_many_questions_for_one_as_for_twenty(told, world, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    told.leave()
    count()
    with CaptureQueriesContext(connection) as few:
        behind("voices_received", world.county, world.officer)
    for _again in range(19):
        told.leave()
    count()
    with django_assert_num_queries(len(few)):
        assert len(behind("voices_received", world.county, world.officer).rows) == 20
