"""Plenary sessions and meetings by the offices' own tables: who came, who was on leave, who was away."""

from datetime import UTC, date, datetime

import pytest

from shangliang.base import clock
from shangliang.flow.activities import actions
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.models import Participation
from shangliang.flow.activities.tests.story import planned_for
from shangliang.ledgers.points import queries as points
from shangliang.ledgers.points.actions import choose_tariff, object_, repost, uphold
from shangliang.ledgers.points.actions.objecting import New
from shangliang.ledgers.points.inforce import on
from shangliang.ledgers.points.models import Entry

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)
TODAY, YEAR = date(2026, 11, 23), (date(2026, 1, 1), date(2026, 12, 31))
OWN = """
name: ours
label: 清溪县政协履职积分
kind: real
place: 清溪县
year: 2026
source: 编的
rules:
  - {name: leave, act: activity, to: leave, points: -100, label: 活动请假, what: 减 1 分}
  - {name: absent, act: activity, to: absent, points: -300, label: 活动缺席, what: 减 3 分}
"""


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def chosen(world, preset):
    choose_tariff(world.county, by=world.officer, since=TODAY, preset=preset)


def held(world, kind, came=("member",), leave=("member2",), signed=(), days=3):
    """Everybody is invited; the officer records who came. The deputy and the convener answer nothing."""
    said = planned_for(kind, days=days, title="政协清溪县第十届委员会会议", place="会议中心")
    row = actions.plan(world.county, by=world.officer, said=said)
    people = [world.member, world.member2, world.convener, world.deputy]
    actions.invite(row.code, by=world.officer, people=[one.key for one in people])
    actions.announce(row.code, by=world.officer, seen=None)
    for one in leave:
        actions.ask_leave(row.code, by=getattr(world, one), reason="出差在外地")
    for one in signed:
        actions.sign_up(row.code, by=getattr(world, one))
    with clock.at(row.ends_at):
        record = Record(measures={}, came=[getattr(world, one).key for one in came])
        return actions.record_held(row.code, by=world.officer, seen=None, said=record)


def lines(member, year=YEAR):
    found = points.statement(member.key, *year, actor=member)
    return [(line.rule.name, line.entry.points) for line in found.lines]


def total(member):
    found = points.statement(member.key, *YEAR, actor=member)
    return sum(account.reckoned.total for account in found.accounts)


def as_posted(world):
    """Posted anew the rows are the same, and a trial of the tariff in force says what the books say."""
    fields = [field.attname for field in Entry._meta.concrete_fields if field.name != "id"]
    rows = Entry.objects.order_by("code").values_list(*fields)
    before = list(rows)
    assert before
    assert repost() == len(before)
    assert list(rows) == before
    people = (world.member, world.member2, world.convener, world.deputy)
    now = on(clock.today(), world.county.path)
    trial = points.simulate(world.county, now, 2026, actor=world.officer)
    after = {change.member: change.after for change in trial.changes}
    assert [after.get(one.key, 0) for one in people] == [total(one) for one in people]


@pytest.mark.parametrize(
    ("preset", "kind", "came", "leave", "absent"),
    [
        # 济南: 70 to begin with; leave −10, absent −30
        ("jinan-2015", "plenary_session", ("plenary_present", 0, 7000), ("plenary_leave", -1000, 6000),
         ("plenary_absent", -3000, 4000)),
        # 桐城: 50, 30, 0
        ("tongcheng-2019", "plenary_session", ("plenary_present", 5000, 5000), ("plenary_leave", 3000, 3000),
         ("plenary_absent", 0, 0)),
        # 桐城, 常委会: nothing for being there; leave −2, absent −5
        ("tongcheng-2019", "standing_meeting", None, ("standing_leave", -200, -200),
         ("standing_absent", -500, -500)),
        # 安庆: 50 to begin with; absent −10 and −5; of leave its source says nothing
        ("anqing-2018", "plenary_session", ("plenary_present", 0, 5000), None,
         ("plenary_absent", -1000, 4000)),
        ("anqing-2018", "standing_meeting", ("standing_present", 0, 5000), None,
         ("standing_absent", -500, 4500)),
        ("anqing-2018", "other_meeting", ("meeting_present", 0, 5000), None, ("meeting_absent", -500, 4500)),
        # 闵行: 5 each, of leave and absence nothing
        ("minhang", "plenary_session", ("plenary", 500, 500), None, None),
        ("minhang", "standing_meeting", ("standing", 500, 500), None, None),
        # who has no table for other meetings has them among the activities: of absence nothing is given
        ("minhang", "other_meeting", ("activity", 500, 500), None, None),
        ("hefei-county", "plenary_session", ("plenary", 3500, 3500), None, None),
    ],
)  # fmt: skip
def test_came_on_leave_and_absent_each_by_the_table(world, preset, kind, came, leave, absent):
    chosen(world, preset)
    row = held(world, kind, signed=("deputy",))
    with clock.at(row.ends_at):
        for member, said in ((world.member, came), (world.member2, leave), (world.convener, absent),
                             (world.deputy, absent)):  # fmt: skip
            assert lines(member) == ([said[:2]] if said else [])
            if said:
                assert total(member) == said[2]
        as_posted(world)


@pytest.mark.parametrize(
    ("preset", "kind", "there", "leave", "absent"),
    [
        ("jinan-2015", "plenary_session", 7000, 6000, 4000),
        ("tongcheng-2019", "plenary_session", 5000, 3000, 0),
        ("tongcheng-2019", "standing_meeting", 0, -200, -500),
    ],
)
def test_who_is_named_later_or_struck_has_what_the_record_should_have_said(
    world, preset, kind, there, leave, absent
):
    chosen(world, preset)
    row = held(world, kind, came=("member", "convener"))
    with clock.at(
        datetime(2027, 1, 5, 2, tzinfo=UTC)
    ):  # the year is over: it counts for the day of the record
        actions.add(row.code, by=world.officer, person=world.deputy.key, words="漏勾了这一位")
        actions.tick(row.code, by=world.officer, people=[world.member2.key])
        actions.strike(row.code, by=world.officer, person=world.member.key, words="那天没有来，勾错了")
        assert [total(one) for one in (world.deputy, world.member2, world.member)] == [there, there, absent]
        [taken] = [one for one in lines(world.deputy) if one[0].endswith("absent")][1:]
        assert taken[1] == -Entry.objects.get(member=world.deputy.key, act="activity_recorded").points
        assert {entry.day for entry in Entry.objects.all()} == {clock.local_day(row.ends_at)}
        as_posted(world)
        # it was the tick that was wrong: on leave, as before
        actions.strike(row.code, by=world.officer, person=world.member2.key, words="请了假，是另一位来了")
        actions.add(row.code, by=world.officer, person=world.member.key, words="他来了，是我记错了")
        assert [total(one) for one in (world.member2, world.member)] == [leave, there]
        as_posted(world)


def test_an_upheld_doubt_of_an_absence_is_not_counted_twice(world):
    chosen(world, "jinan-2015")
    row = held(world, "plenary_session", came=("member", "deputy"))
    day = clock.local_day(row.ends_at)
    with clock.at(row.ends_at):
        entry = Entry.objects.get(member=world.convener.key).code
        asked = object_(by=world.convener, words="我请了假，没有记上。", entry=entry)
        said = {"by": world.leader, "seen": None, "words": "问过了，请过假。"}
        uphold(asked.code, reverse=True, new=New("plenary_leave", day), **said)
        assert total(world.convener) == 6000
        as_posted(world)
        # he was there after all: what the doubt gave goes back
        actions.add(row.code, by=world.officer, person=world.convener.key, words="他来了，漏勾了")
        assert total(world.convener) == 7000
        as_posted(world)
        entry = Entry.objects.get(member=world.deputy.key).code
        asked = object_(by=world.deputy, words="那天我请了假。", entry=entry)
        uphold(asked.code, reverse=True, new=New("plenary_leave", day), **said)
        actions.strike(row.code, by=world.officer, person=world.deputy.key, words="那天没有来，请了假")
        assert total(world.deputy) == 6000  # leave stands already: no absence beside it
        as_posted(world)


def test_leave_taken_back_is_no_leave_and_what_is_called_off_brings_nothing(world):
    chosen(world, "jinan-2015")
    row = held(
        world, "plenary_session", came=("member", "member2"), leave=("member2", "deputy"), signed=("deputy",)
    )
    with clock.at(row.ends_at):
        assert [total(one) for one in (world.member2, world.deputy)] == [7000, 4000]
    said = planned_for("plenary_session", days=9, title="政协清溪县全体会议", place="会议中心")
    row = actions.plan(world.county, by=world.officer, said=said)
    actions.invite(row.code, by=world.officer, people=[world.member.key, world.member2.key])
    actions.announce(row.code, by=world.officer, seen=None)
    actions.ask_leave(row.code, by=world.member2, reason="出差在外地")
    actions.cancel(row.code, by=world.officer, seen=None, words="改到明年开")
    assert [total(one) for one in (world.member, world.member2)] == [7000, 7000]


def states(row):
    return dict(Participation.objects.filter(activity=row).values_list("person", "state"))


def test_who_was_invited_to_a_meeting_and_gave_no_answer_stands_as_absent(world):
    chosen(world, "anqing-2018")
    row = held(world, "standing_meeting", signed=("deputy",))
    assert states(row) == {
        world.member.key: "came", world.member2.key: "leave",
        world.convener.key: "absent", world.deputy.key: "absent",
    }  # fmt: skip
    with clock.at(row.ends_at):
        # Who was there after all is added: the absence is taken back.
        actions.add(row.code, by=world.officer, person=world.convener.key, words="签到表上有他")
        assert states(row)[world.convener.key] == "came"
        assert total(world.convener) == 5000
        as_posted(world)


def test_nobody_who_was_only_invited_to_an_activity_was_absent(world):
    """Who signed up and stayed away was; leave is leave."""
    choose_tariff(world.county, by=world.officer, since=TODAY, text=OWN)
    row = held(world, "study_visit", signed=("deputy",))
    with clock.at(row.ends_at):
        assert (lines(world.member), lines(world.convener)) == ([], [])
        assert lines(world.member2) == [("leave", -100)]
        assert lines(world.deputy) == [("absent", -300)]
        assert states(row)[world.convener.key] == "invited"
        as_posted(world)


def test_a_meeting_is_no_activity_beside_it(world):
    chosen(world, "tongcheng-2019")
    held(world, "plenary_session")
    held(world, "standing_meeting")
    row = held(world, "other_meeting")
    with clock.at(row.ends_at):
        assert lines(world.member) == [("plenary_present", 5000), ("activity", 200)]
