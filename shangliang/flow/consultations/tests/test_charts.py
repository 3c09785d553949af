"""Each edge of both charts is taken once, and each non-edge refused to who could take it elsewhere."""

from datetime import date, timedelta

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.flow.consultations import actions, proposers
from shangliang.flow.consultations.models import RecommendationState, State
from shangliang.flow.consultations.states import CHART, RECOMMENDATION
from stories import world_topics as told


def in_state(world, state):
    """A consultation brought to a state."""
    topic = told.raised(world)
    if state == State.DECLINED:
        return actions.decline(topic.code, by=world.convener, seen=1, reason="已在办的项目里。")
    if state == State.RAISED:
        return topic
    topic = told.start(world, topic)
    if state != State.OPEN:
        told.said(world, topic, world.member, "登记要快。", "登记田块")
        topic = told.minuted(world, topic)
    if state in (State.SENT, State.FINISHED):
        draft = actions.Draft("登记受损田块", world.farms.code, (1,))
        topic = actions.send(topic.code, by=world.officer, seen=topic.version, drafts=[draft])
    if state == State.FINISHED:
        [row] = topic.recommendations.all()
        told.answered(world, row, "not")
        topic = actions.finish(topic.code, by=world.officer, seen=None)
    topic.refresh_from_db()
    return topic


WHO = {"post": "member"}  # whom a move belongs to; the officer's where not said
EDGES = {(move.name, state) for move in CHART.moves for state in move.start}


@pytest.mark.parametrize("state", State.values)
def test_consultation_moves_by_state(world, state):
    topic = in_state(world, state)
    assert topic.state == state
    topic.raised_by = "somebody"  # so that declining is not refused for another reason
    for move in CHART.moves:
        if not move.start:
            continue
        by = getattr(world, WHO.get(move.name, "officer"))
        assert CHART.may(move.name, by, topic) == ((move.name, state) in EDGES)
        if (move.name, state) not in EDGES:
            with pytest.raises(NotNow):
                CHART.check(move.name, topic, by=by, seen=topic.version)


def row_in_state(world, state):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记田块")
    [row] = told.sent(world, topic)
    if state == RecommendationState.RETURNED:
        actions.send_back(row.code, by=world.handler2, seen=1, reason="该归城管局")
    if state in (RecommendationState.ANSWERED, RecommendationState.DONE):
        told.answered(world, row)
    if state == RecommendationState.DONE:
        told.done(world, row)
    row.refresh_from_db()
    return proposers.judging(row)


ROW_EDGES = {(move.name, state) for move in RECOMMENDATION.moves for state in move.start}
ROW_WHO = {"send_again": "officer", "judge": "member"}


@pytest.mark.parametrize("state", RecommendationState.values)
def test_recommendation_moves_by_state(world, state):
    row = row_in_state(world, state)
    assert row.state == state
    for move in RECOMMENDATION.moves:
        if not move.start:
            continue
        by = getattr(world, ROW_WHO.get(move.name, "handler2"))
        assert RECOMMENDATION.may(move.name, by, row) == ((move.name, state) in ROW_EDGES)
        if (move.name, state) not in ROW_EDGES:
            with pytest.raises(NotNow):
                RECOMMENDATION.check(move.name, row, by=by, seen=row.version)


def test_every_edge_of_a_recommendation_is_taken(world):
    row = row_in_state(world, "sent")
    back = row.due
    later = clock.due_after(row.due, 5).day
    row = actions.extend(row.code, by=world.handler2, seen=row.version, until=later, reason="要等测量")
    assert (row.due, row.extended) == (later, True)
    assert row.deadlines.get().due == later
    with pytest.raises(NotNow, match="延过一次"):
        actions.extend(row.code, by=world.handler2, seen=row.version, until=later, reason="再等等")
    row = actions.send_back(row.code, by=world.handler2, seen=row.version, reason="该归城管局")
    assert row.deadlines.get().end == "dropped"
    row = actions.send_again(row.code, by=world.officer, seen=row.version, department=world.lamps.code)
    assert (row.department, row.due, row.extended) == (world.lamps, back, False)
    row = told.answered(world, row, "partly")
    assert row.deadlines.get(end="met").ended_on == clock.today()
    report = actions.report_progress(row.code, by=world.handler, seen=row.version, percent=40, words="过半了")
    assert report.percent == 40
    row.refresh_from_db()
    row = told.done(world, row)
    assert (row.state, row.percent) == ("done", 100)
    actions.judge(row.code, by=world.member, verdict="partly", attitude=2, result=3)


def test_the_clock_runs_fifteen_working_days_from_the_day_it_was_sent(world):
    """Sent on Monday 2026-11-23: back by Monday 30, answered by Monday 2026-12-14."""
    monday = clock.start_of(date(2026, 11, 23)) + timedelta(hours=10)
    with clock.at(monday):
        row = row_in_state(world, "sent")
        assert (row.send_back_by, row.due) == (date(2026, 11, 30), date(2026, 12, 14))
    with clock.at(monday + timedelta(days=8)), pytest.raises(NotNow, match="退回要在"):
        actions.send_back(row.code, by=world.handler2, seen=row.version, reason="不归我们")
    with clock.at(monday + timedelta(days=22)):
        assert row.late_on(clock.today())
        with pytest.raises(NotNow, match="不能延"):
            actions.extend(
                row.code,
                by=world.handler2,
                seen=row.version,
                until=clock.today() + timedelta(days=3),
                reason="要等",
            )
        row = told.answered(world, row)
        assert row.deadlines.get().ended_on > row.due


def test_the_committee_sets_its_own_days(world):
    world.county.preferences = {"recommendation_days": 5}
    world.county.save()
    row = row_in_state(world, "sent")
    assert row.due == clock.due_after(clock.today(), 5).day


def test_two_officers_at_once(world):
    topic = in_state(world, "raised")
    told.start(world, topic)
    with pytest.raises(NotNow):
        actions.decline(topic.code, by=world.convener, seen=topic.version, reason="已在办的项目里。")


def test_a_post_does_not_make_half_written_minutes_stale(world):
    topic = in_state(world, "open")
    told.said(world, topic, world.member)
    version = topic.version
    topic.refresh_from_db()
    assert topic.version == version
