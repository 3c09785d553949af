"""A tariff with parts, grades and a minimum set in force at one county: posted, read, tried by one engine."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.models import Act
from shangliang.flow.activities import actions as put
from shangliang.flow.activities.tests import story as activities
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.research.tests import story as research
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points import actions, queries, tariff
from shangliang.ledgers.points.actions.objecting import New
from shangliang.ledgers.points.models import Entry
from stories import world_topics

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)
YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def county(at, **more):
    """60 to begin with; receptions 5 each, meetings 10 each, together at most 12; at most 70 in all."""
    line = {"to": "present", "group": "both", "bucket": "more", "what": "编的"}
    said = {
        "name": "county", "label": "本县的标准", "kind": "sample", "place": "示例省", "source": "编的",
        "at": [at], "from": date(2026, 1, 1), "ceiling": 7000, "pass": 6500,
        "buckets": [{"name": "base", "label": "基础分", "start": 6000}, {"name": "more", "label": "加分"}],
        "groups": [{"name": "both", "label": "接待和会", "cap": 1200}],
        "rules": [
            {"name": "reception", "act": "reception_held", "points": 500, "label": "接待", **line},
            {"name": "meeting", "act": "meeting_held", "points": 1000, "label": "会", **line},
        ],
        "grades": [{"label": "好", "least": 6800}, {"label": "还差一点"}],
        "minimum": [{"label": "两次接待", "least": 2, "of": ["reception"]}],
    }  # fmt: skip
    return tariff.build(said | more)


@pytest.fixture
def in_force(world, monkeypatch):
    known = (*tariff.tariffs(), county(world.county.path))
    monkeypatch.setattr(tariff, "tariffs", lambda: known)
    return known[-1]


def receive(world, *members):
    return studios.hold_reception(
        world.studio.code,
        by=world.officer,
        day=date(2026, 11, 20),
        residents=5,
        members=[m.key for m in members],
    )


def of(member, actor=None):
    return queries.statement(member.key, *YEAR, actor=actor or member)


def met(world):
    """A meeting of a consultation with two members; an adopted recommendation behind it."""
    topic = world_topics.opened(world)
    for member in (world.member, world.member2):
        world_topics.said(world, topic, member, "", f"{member.name}的建议")
    return world_topics.sent(world, topic, consultations.Draft("登记受损田块", world.farms.code, (1, 2)))


def test_the_one_that_names_the_place_comes_before_the_one_for_all(in_force, world):
    assert tariff.on(date(2026, 5, 1), world.county.path).name == "county"
    assert tariff.on(date(2026, 5, 1), "/99/").name == "simple"
    assert tariff.on(date(2025, 5, 1), world.county.path) is None


def test_a_member_without_entries_has_the_years_base_and_lacks_the_minimum(in_force, world):
    found = of(world.member2)
    [account] = found.accounts
    assert (found.granted, found.balance, found.lines) == (6000, 6000, [])
    assert (account.reckoned.grade.label, account.reckoned.passed) == ("还差一点", False)
    assert [(need.done, need.met) for need in account.reckoned.needs] == [(0, False)]


def test_groups_parts_grades_and_the_minimum_on_a_statement(in_force, world):
    for _again in range(3):
        receive(world, world.member)
    found = of(world.member, world.officer)
    # 60 + 5 + 5 + 2, of which the last is cut by 3 of the group and 2 of the whole
    assert [line.points for line in found.lines] == [500, 500, 0]
    assert [cut.by for cut in found.lines[-1].cuts] == ["group", "total"]
    assert [line.balance for line in found.lines] == [6500, 7000, 7000]
    [account] = found.accounts
    assert found.balance == account.reckoned.total == 7000
    assert (account.reckoned.grade.label, account.reckoned.needs[0].done) == ("好", 3)
    line = queries.entry(found.lines[-1].entry.code, actor=world.member)
    assert (line.points, line.cut, line.capped) == (0, 500, False)


def test_the_base_of_a_year_does_not_go_on_into_the_next(in_force, world):
    receive(world, world.member)
    with clock.at(datetime(2027, 3, 1, 2, tzinfo=UTC)):
        found = queries.statement(world.member.key, date(2027, 1, 1), date(2027, 12, 31), actor=world.member)
    assert (found.opening, found.granted, found.balance) == (0, 6000, 6000)


def test_posted_anew_by_the_countys_own_tariff(in_force, world):
    receive(world, world.member, world.convener)
    met(world)
    rows = Entry.objects.order_by("code").values_list("code", "member", "act_id", "rule", "tariff", "points")
    before = list(rows)
    assert {row[4] for row in before} == {"county"}
    assert actions.repost() == len(before)
    assert list(rows) == before


def test_a_trial_shows_who_gains_and_who_loses_and_writes_nothing(world):
    for _again in range(2):
        receive(world, world.member)
    met(world)
    acts, entries = Act.objects.count(), list(Entry.objects.order_by("pk").values())
    changed = county(world.county.path, ceiling=None)
    found = queries.simulate(world.county, changed, 2026, actor=world.officer)
    by_member = {change.member: change for change in found.changes}
    for member in (world.member, world.member2):
        held = sum(line.points for line in of(member).lines)
        assert by_member[member.key].before == held, "before is what the statement says"
    # by hand: 60 + min(5 + 5 + 10, 12)
    assert by_member[world.member.key].after == 6000 + 1200
    assert by_member[world.convener.key].after == 6000 + 1000  # was at the meeting
    assert by_member[world.deputy.key].after == 6000  # did nothing
    assert (len(found.gain), len(found.lose)) == (len(found.changes), 0)
    assert Act.objects.count() == acts
    assert list(Entry.objects.order_by("pk").values()) == entries


def test_a_trial_of_the_tariff_in_force_changes_nothing(world):
    receive(world, world.member)
    met(world)
    found = queries.simulate(world.county, tariff.called("simple"), 2026, actor=world.officer)
    assert found.changes
    assert found.same == found.changes


def rule(name, act, to, points, **more):
    return {"name": name, "act": act, "to": to, "points": points, "label": name, "what": "编的", **more}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_trial_of_the_tariff_in_force_is_what_the_books_say_whatever_was_put_right(
    world, monkeypatch, seed
):
    rules = [
        rule("there", "activity_recorded", "present", 200, cap=500),
        rule("led", "activity_recorded", "lead", 300),
        rule("wrote", "activity_recorded", "recorder", 50),
        rule("adopted", "research_adopted", ["lead", "writers"], 400, where={"first": True}),
        rule("visit", "voice_recorded", "recorder", 30),
    ]
    one = county(world.county.path, rules=rules, groups=None, minimum=None)
    monkeypatch.setattr(tariff, "tariffs", lambda: (one,))
    drawn, people = random.Random(seed), [world.member, world.member2, world.convener, world.deputy]
    report = research.sent(world)
    research.noted(world, report)
    held = [activities.held(world, came=("member", "deputy")) for _ in range(2)]
    with clock.at(datetime(2026, 12, 28, 2, tzinfo=UTC)):
        asked = actions.object_(by=world.member, words="写的是两个人。", entry=last(world.member, "adopted"))
        new = New("visit", date(2026, 11, 23))
        actions.uphold(asked.code, by=world.leader, seen=None, words="写错了人。", reverse=True, new=new)
        asked = actions.object_(by=world.deputy, words="那天我没有来。", entry=last(world.deputy, "there"))
        actions.uphold(asked.code, by=world.officer, seen=None, words="记错了。", reverse=True)
    for month in range(6):  # also after the year has ended
        with clock.at(datetime(2027, 1 + month, 28, 2, tzinfo=UTC) - timedelta(days=70)):
            row, who = drawn.choice(held), drawn.choice(people)
            there = set(row.participations.filter(state="came").values_list("person", flat=True))
            came = who.key in there and len(there) > 1
            said = {"by": world.convener, "person": who.key, "words": "名单上写错了"}
            if came:
                put.strike(row.code, **said)
            elif who.key not in there:
                put.add(row.code, lead=drawn.random() < 0.5, **said)
    with clock.at(datetime(2027, 6, 1, 2, tzinfo=UTC)):
        research.taken_back(world, report, "government")
        found = queries.simulate(world.county, one, 2026, actor=world.officer)
        books = {who.key: of(who).accounts[0].reckoned.total for who in people}
    assert found.same == found.changes
    assert {one.member: one.after for one in found.changes if one.member in books} == books


def test_a_trial_takes_back_the_one_entry_that_was_doubted_though_its_rule_has_another_name(
    world, monkeypatch
):
    def table(there, wrote):
        rules = [
            rule(wrote, "activity_recorded", "recorder", 50),
            rule(there, "activity_recorded", "present", 200),
        ]
        return county(world.county.path, rules=rules, groups=None, minimum=None, buckets=None)

    now = table("there", "wrote")
    monkeypatch.setattr(tariff, "tariffs", lambda: (now,))
    activities.held(world, came=("convener", "deputy"), lead=("member",))
    with clock.at(datetime(2026, 12, 28, 2, tzinfo=UTC)):
        asked = actions.object_(
            by=world.convener, words="那天我只是记录。", entry=last(world.convener, "there")
        )
        actions.uphold(asked.code, by=world.officer, seen=None, words="记错了。", reverse=True)
        found = queries.simulate(world.county, table("came", "noted"), 2026, actor=world.officer)
    after = {one.member: (one.before, one.after) for one in found.changes}
    assert after[world.convener.key] == (50, 50)
    assert after[world.deputy.key] == (200, 200)


def last(member, rule):
    return Entry.objects.filter(member=member.key, rule=rule).latest("pk").code


def test_a_trial_of_less_shows_who_loses(world):
    for _again in range(2):
        receive(world, world.member)
    rules = [
        {
            "name": "reception",
            "act": "reception_held",
            "to": "present",
            "points": 100,
            "label": "接待",
            "what": "",
        }
    ]
    changed = county("/", rules=rules, buckets=None, groups=None, minimum=None)
    found = queries.simulate(world.county, changed, 2026, actor=world.officer)
    assert [(change.member, change.before, change.after) for change in found.lose] == [
        (world.member.key, 400, 200)
    ]


def test_only_the_committees_own_officers_try_a_tariff(world):
    strangers = (world.member, world.leader, world.auditor, world.city_officer, world.neighbour_officer)
    for actor in strangers:
        with pytest.raises(Unseen):
            queries.simulate(world.county, tariff.called("simple"), 2026, actor=actor)
