"""What an activity brings those who were there."""

from datetime import UTC, date, datetime

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.flow.activities import actions, codes
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.tests.story import announced, held
from shangliang.ledgers.points import queries as points
from shangliang.ledgers.points.actions import choose_tariff, repost
from shangliang.ledgers.points.inforce import called
from shangliang.ledgers.points.models import Entry

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)


def balance(member):
    year = date(2026, 1, 1), date(2026, 12, 31)
    return points.statement(member.key, *year, actor=member).balance


def test_leaders_and_participants_each_once_who_is_away_nothing(world):
    with clock.at(MONDAY):
        row = held(world, came=("member", "convener"), lead=("convener",))
    with clock.at(row.ends_at):
        assert [balance(one) for one in (world.member, world.convener, world.deputy)] == [200, 300, 0]


def test_who_came_and_is_named_after_the_record_counts_once_the_organisers_say_so(world):
    with clock.at(MONDAY):
        row = announced(world)
        actions.sign_up(row.code, by=world.member)
    with clock.at(row.ends_at):
        how = Record(measures={"free_clinic_visits": 3}, came=[world.convener.key])
        actions.record_held(row.code, by=world.convener, seen=None, said=how)
        token = codes.shown(row.code, row.starts_at)
        with pytest.raises(NotNow):  # a code that came late counts for nothing by itself
            actions.arrive(row.code, by=world.member, token=token, at=row.starts_at)
        assert balance(world.member) == 0
        for _twice in range(2):
            actions.tick(row.code, by=world.convener, people=[world.member.key])
        assert balance(world.member) == 200


def test_who_is_struck_gives_back_and_who_is_added_gets_it_for_the_day_of_the_record(world):
    with clock.at(MONDAY):
        row = held(world, came=("member", "deputy"), lead=("convener",))
    in_january = datetime(2027, 1, 5, 2, tzinfo=UTC)
    with clock.at(in_january):
        actions.strike(row.code, by=world.convener, person=world.member.key, words="那天没有来，勾错了")
        actions.strike(row.code, by=world.convener, person=world.convener.key, words="牵头的是另一位")
        actions.add(row.code, by=world.officer, person=world.member2.key, words="漏勾了这一位", lead=True)
        [entry, back] = Entry.objects.filter(member=world.member.key).order_by("pk")
        assert (back.reverses, back.points, back.day) == (entry.code, -200, entry.day)
        [late] = Entry.objects.filter(member=world.member2.key)
        assert (late.rule, late.points, late.day) == ("activity_lead", 300, entry.day)
        assert [balance(one) for one in (world.member, world.convener, world.deputy)] == [0, 0, 200]
        actions.add(row.code, by=world.convener, person=world.member.key, words="他来了，是我记错了")
        actions.strike(row.code, by=world.convener, person=world.member.key, words="还是没有来，他自己说的")
        assert balance(world.member) == 0
        before = list(Entry.objects.order_by("code").values_list("code", "points", "day", "reverses"))
        assert len(before) == 8
        repost()
        assert list(Entry.objects.order_by("code").values_list("code", "points", "day", "reverses")) == before
        trial = points.simulate(world.county, called("simple"), 2026, actor=world.officer)
        gain = {one.member: one.after for one in trial.changes if one.after}
        assert gain == {world.deputy.key: 200, world.member2.key: 300}


def test_by_an_offices_own_table_it_is_one_of_its_activities(world):
    with clock.at(MONDAY):
        choose_tariff(world.county, by=world.officer, since=date(2026, 11, 23), preset="tongcheng-2019")
        row = held(world, came=("member", "convener"), lead=("convener",))
    with clock.at(row.ends_at):
        # 桐城: 2 for each who was there, whoever leads it
        assert [balance(one) for one in (world.member, world.convener, world.deputy)] == [200, 200, 0]
