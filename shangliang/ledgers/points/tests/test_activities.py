"""What an activity brings those who were there."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.flow.activities import actions, codes
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.tests.story import announced, held
from shangliang.ledgers.points import queries as points
from shangliang.ledgers.points.actions import choose_tariff, object_, repost, uphold
from shangliang.ledgers.points.actions.objecting import New
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


@pytest.mark.parametrize("how", ["add", "tick"])
def test_what_a_doubt_gave_goes_back_once_the_record_itself_names_them(world, how):
    with clock.at(MONDAY):
        row = held(world, came=("deputy",), lead=("convener",))
    day = clock.local_day(row.starts_at)
    with clock.at(row.ends_at):
        asked = object_(by=world.member, words="我去了，没有记。", committee=world.county, day=day)
        said = {"by": world.officer, "seen": None, "words": "问过了，是来了。", "reverse": False}
        uphold(asked.code, new=New("activity", day), **said)
        assert balance(world.member) == 200
        if how == "tick":
            actions.tick(row.code, by=world.convener, people=[world.member.key])
        else:
            actions.add(row.code, by=world.convener, person=world.member.key, words="漏勾了这一位")
        assert balance(world.member) == 200
        assert Entry.objects.filter(member=world.member.key).count() == 3
        again = object_(by=world.member, words="我去了，没有记。", committee=world.county, day=day)
        with pytest.raises(ValidationError, match="记过"):
            uphold(again.code, new=New("activity", day), **said)
        uphold(again.code, new=New("activity", day, of=""), **said)  # of another thing, as the office says
        assert balance(world.member) == 400
        before = sorted(Entry.objects.values_list("code", "points", "day", "reverses", "subject"))
        repost()
        assert sorted(Entry.objects.values_list("code", "points", "day", "reverses", "subject")) == before
        trial = points.simulate(world.county, called("simple"), 2026, actor=world.officer)
        assert {one.member: one.before for one in trial.changes}[world.member.key] == 400
        actions.strike(row.code, by=world.convener, person=world.member.key, words="记错了，是另一位")
        assert balance(world.member) == 200


def test_of_several_activities_of_a_day_the_office_says_which(world):
    with clock.at(MONDAY):
        rows = [held(world, came=("deputy",), lead=("convener",)) for _ in range(2)]
    day = clock.local_day(rows[0].starts_at)
    with clock.at(rows[0].ends_at):
        asked = object_(by=world.member, words="我去了，没有记。", committee=world.county, day=day)
        said = {"by": world.officer, "seen": None, "words": "问过了，是来了。", "reverse": False}
        for of, why in ((None, "哪一场"), ("activity:elsewhere", "列着")):
            with pytest.raises(ValidationError, match=why):
                uphold(asked.code, new=New("activity", day, of=of), **said)
        uphold(asked.code, new=New("activity", day, of=rows[1].subject), **said)
        for row, comes_to in zip(rows, (400, 400), strict=True):
            actions.add(row.code, by=world.convener, person=world.member.key, words="漏勾了这一位")
            assert balance(world.member) == comes_to


def test_by_an_offices_own_table_it_is_one_of_its_activities(world):
    with clock.at(MONDAY):
        choose_tariff(world.county, by=world.officer, since=date(2026, 11, 23), preset="tongcheng-2019")
        row = held(world, came=("member", "convener"), lead=("convener",))
    with clock.at(row.ends_at):
        # 桐城: 2 for each who was there, whoever leads it
        assert [balance(one) for one in (world.member, world.convener, world.deputy)] == [200, 200, 0]
