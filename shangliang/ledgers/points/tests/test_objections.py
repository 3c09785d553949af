"""A member doubts an entry, or says that one is missing: the office answers, nothing is deleted."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.places.models import Committee
from shangliang.base.ui import paging
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points import actions, queries
from shangliang.ledgers.points.actions import objecting
from shangliang.ledgers.points.actions.objecting import New
from shangliang.ledgers.points.models import Entry, Objection, State

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)
YEAR = date(2026, 1, 1), date(2026, 12, 31)
WRONG = "这一场我没有到，记错人了。"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def receive(world, *members, by="convener", day=date(2026, 11, 20)):
    studios.hold_reception(
        world.studio.code, by=getattr(world, by), day=day, residents=5, members=[m.key for m in members]
    )


def of(member, actor=None):
    return queries.statement(member.key, *YEAR, actor=actor or member)


def last(member):
    return of(member).lines[-1].entry


def doubted(world, **said):
    receive(world, world.member)
    return actions.object_(by=world.member, words=WRONG, entry=last(world.member).code, **said)


def rows():
    fields = [f.attname for f in Entry._meta.concrete_fields if f.name != "id"]
    return list(Entry.objects.order_by("code").values_list(*fields))


def test_a_doubt_has_ten_working_days_or_what_the_committee_set(world):
    asked = doubted(world)
    assert (asked.state, asked.due) == (State.OPEN, date(2026, 12, 7))
    world.county.preferences = {"objection_days": 3}
    world.county.save()
    other = actions.object_(
        by=world.member, words="少了一场。", committee=world.county, day=date(2026, 11, 2)
    )
    assert other.due == date(2026, 11, 26)


def test_upheld_the_entry_is_taken_back_and_both_are_shown(world):
    receive(world, world.member)
    asked = doubted(world)
    actions.uphold(
        asked.code, by=world.officer, seen=asked.version, words="核对了签到，记错了。", reverse=True
    )
    found = of(world.member)
    assert [line.points for line in found.lines] == [200, 200, -200]
    assert [line.balance for line in found.lines] == [200, 400, 200]
    assert [line.reversed for line in found.lines] == [False, True, False]
    assert found.lines[2].entry.reverses == found.lines[1].entry.code
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_by) == (
        "upheld",
        "核对了签到，记错了。",
        world.officer.key,
    )
    assert Act.objects.get(name="points_objection_upheld").facts["member"] == world.member.key
    before = rows()
    assert actions.repost() == 3
    assert rows() == before


def test_a_missing_entry_is_posted_for_the_day_on_which_it_was_done(world):
    asked = actions.object_(
        by=world.member, words="七月那场接待没有记。", committee=world.county, day=date(2026, 7, 3)
    )
    new = New("reception", date(2026, 7, 3))
    actions.uphold(asked.code, by=world.officer, seen=None, words="补上了。", reverse=False, new=new)
    [line] = of(world.member).lines
    assert (line.day, line.points, line.rule.name) == (date(2026, 7, 3), 200, "reception")
    assert [row.pk for row in queries.corrections(asked)] == [line.entry.pk]


def test_taken_back_and_posted_by_another_rule_in_one_answer(world):
    asked = doubted(world)
    new = New("visit", date(2026, 11, 20))
    actions.uphold(asked.code, by=world.officer, seen=None, words="是走访，不是接待。", reverse=True, new=new)
    assert of(world.member).balance == 50
    assert [row.points for row in queries.corrections(asked)] == [-200, 50]
    same = actions.object_(by=world.member, words="还是不对。", entry=last(world.member).code)
    assert same.entry


def test_what_was_taken_back_takes_no_room_from_others(world):
    for _again in range(11):
        receive(world, world.member)
    assert of(world.member).balance == 2000
    asked = actions.object_(by=world.member, words=WRONG, entry=of(world.member).lines[0].entry.code)
    actions.uphold(asked.code, by=world.officer, seen=None, words="记错了。", reverse=True)
    found = of(world.member)
    # ten others fill the cap now; the one taken back and its reversal come to nothing
    assert found.balance == 2000
    assert found.lines[10].points == 200


def test_dismissed_it_stays_and_the_member_reads_why(world):
    asked = doubted(world)
    actions.dismiss(asked.code, by=world.leader, seen=asked.version, words="签到表上有您的签名。")
    assert of(world.member).balance == 200
    found = queries.objection(asked.code, world.member)
    assert (found.state, found.answer) == ("dismissed", "签到表上有您的签名。")
    assert Act.objects.get(name="points_objection_dismissed").facts["member"] == world.member.key


def test_whoever_wrote_it_down_does_not_decide(world):
    receive(world, world.member, by="officer")
    asked = actions.object_(by=world.member, words=WRONG, entry=last(world.member).code)
    assert asked.code not in queries.to_answer(world.officer).values_list("code", flat=True)
    for decide in (actions.dismiss, lambda *a, **k: actions.uphold(*a, **k, reverse=True)):
        with pytest.raises(NotYours):
            decide(asked.code, by=world.officer, seen=None, words="我记的没有错。")
    assert queries.to_answer(world.leader).get() == asked
    actions.dismiss(asked.code, by=world.leader, seen=None, words="查过了，没有错。")


def test_nobody_else_knows_of_it(world):
    asked = doubted(world)
    for actor in (world.member, world.officer, world.leader, world.auditor):
        assert queries.objection(asked.code, actor) == asked
    others = (world.member2, world.convener, world.handler, world.neighbour_officer, world.city_officer)
    for actor in (*others, world.operator):
        with pytest.raises(Unseen):
            queries.objection(asked.code, actor)
        with pytest.raises(Unseen):
            actions.dismiss(asked.code, by=actor, seen=None, words="不归我管。")


def test_one_doubts_only_what_is_ones_own(world):
    receive(world, world.convener)
    with pytest.raises(Unseen):
        actions.object_(by=world.member, words=WRONG, entry=last(world.convener).code)
    with pytest.raises(Unseen):
        actions.object_(by=world.member, words=WRONG, committee=world.neighbour, day=date(2026, 11, 2))


def test_the_same_is_not_asked_twice_and_a_decided_one_not_decided_again(world):
    asked = doubted(world)
    with pytest.raises(NotNow, match="提过了"):
        actions.object_(by=world.member, words=WRONG, entry=asked.entry)
    with pytest.raises(NotNow):
        actions.dismiss(asked.code, by=world.officer, seen=asked.version + 1, words="看过了。")
    actions.uphold(asked.code, by=world.officer, seen=None, words="记错了。", reverse=True)
    with pytest.raises(NotNow):
        actions.uphold(asked.code, by=world.officer, seen=None, words="记错了。", reverse=True)
    with pytest.raises(NotNow, match="冲销过"):
        actions.object_(by=world.member, words=WRONG, entry=asked.entry)
    with pytest.raises(NotNow, match="冲销过"):
        actions.object_(by=world.member, words=WRONG, entry=last(world.member).code)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"reverse": False}, "reverse"),
        ({"reverse": True, "words": "错"}, "words"),
        ({"reverse": False, "new": New("nothing", date(2026, 11, 20))}, "rule"),
        ({"reverse": False, "new": New("reception", date(2025, 11, 20))}, "rule"),
        ({"reverse": False, "new": New("reception", date(2026, 11, 24))}, "day"),
        ({"reverse": False, "new": New("reception", date(2026, 11, 20), 300)}, "points"),
        ({"reverse": False, "new": New("recommendation", date(2026, 11, 20), 301)}, "points"),
    ],
)
def test_an_answer_that_does_not_hold_posts_nothing(world, said, field):
    asked = doubted(world)
    with pytest.raises(ValidationError) as fault:
        actions.uphold(asked.code, by=world.officer, seen=None, **{"words": "改过来。", **said})
    assert field in fault.value.message_dict
    assert Entry.objects.count() == 1
    assert Objection.objects.get().state == "open"


def test_of_two_at_once_the_second_is_told_so(world, monkeypatch):
    receive(world, world.member)
    code, key = last(world.member).code, objecting.draw_key

    def meanwhile(made):
        monkeypatch.setattr(objecting, "draw_key", key)
        actions.object_(by=world.member, words=WRONG, entry=code)
        key(made)

    monkeypatch.setattr(objecting, "draw_key", meanwhile)
    with pytest.raises(NotNow, match="提过了"):
        actions.object_(by=world.member, words=WRONG, entry=code)


def test_at_a_committee_that_ended_nobody_is_left_to_answer(world):
    receive(world, world.member)
    code = last(world.member).code
    Committee.objects.filter(pk=world.county.pk).update(valid_until=date(2026, 11, 23))
    with pytest.raises(NotNow, match="撤并"):
        actions.object_(by=world.member, words=WRONG, entry=code)


def test_an_answer_and_a_closing_wait_for_each_other(world, monkeypatch):
    asked, locked, lock = doubted(world), [], QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda self, **how: locked.append(self.model) or lock(self, **how)
    )
    actions.uphold(asked.code, by=world.officer, seen=None, words="记错了。", reverse=True)
    assert Committee in locked


def test_a_share_may_be_less_than_the_whole(world):
    asked = actions.object_(by=world.member, words="少了一份。", committee=world.county, day=date(2026, 7, 3))
    new = New("recommendation", date(2026, 7, 3), 150)
    actions.uphold(asked.code, by=world.officer, seen=None, words="两人平分。", reverse=False, new=new)
    assert of(world.member).balance == 150


def test_withdrawn_by_the_member_alone(world):
    asked = doubted(world)
    with pytest.raises(NotYours):
        actions.withdraw(asked.code, by=world.officer, seen=None)
    assert actions.withdraw(asked.code, by=world.member, seen=None).state == "withdrawn"
    assert actions.object_(by=world.member, words=WRONG, entry=asked.entry).state == "open"


def test_an_erased_account_leaves_no_words(world):
    asked = doubted(world)
    actions.dismiss(asked.code, by=world.leader, seen=None, words="签到表上有您的签名。")
    left = actions.forget(world.member.key)
    assert [trace.subject for trace in left.traces] == [asked.subject]
    asked.refresh_from_db()
    assert "没有到" not in asked.words + asked.answer


def test_lists_go_on_page_by_page(world):
    for n in range(20):
        actions.object_(
            by=world.member, words=f"第{n}场没有记。", committee=world.county, day=date(2026, 7, 3)
        )
    for n in range(5):
        actions.object_(
            by=world.member2, words=f"第{n}场没有记。", committee=world.county, day=date(2026, 7, 3)
        )
    with pytest.raises(NotNow):
        actions.object_(by=world.member, words="再一场没有记。", committee=world.county, day=date(2026, 7, 3))
    rows, after = paging.page(queries.to_answer(world.officer), "")
    more, end = paging.page(queries.to_answer(world.officer), after)
    assert (len({row.code for row in rows + more}), len(more), end) == (25, 5, "")
