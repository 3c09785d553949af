"""A year's tasks: set by the committee, counted from the journal where it can, else shown with evidence."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.rulebook import actions as rulebook
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import TaskSheet
from shangliang.flow.studios.tasks import Task, presets, read, stretches
from stories.world_studios import opened

TODAY = clock.start_of(date(2026, 11, 23)) + timedelta(hours=10)
TASKS = [
    Task("receptions", "接待群众", "receptions", 2, "month"),
    Task("visits", "走访", "", 1, "quarter"),
    Task("farm", "下田", "", 1, "year", ("sector",)),
]
LINK = "https://qingxi.example/visit.html"


@pytest.fixture(autouse=True)
def _today():
    with clock.at(TODAY):
        yield


def a_sheet(world, *, tasks=TASKS, seen=0, year=2026, by=None):
    said = {"basis": "县政协工作规则，2026 年 1 月", "tasks": tasks, "year": year, "seen": seen}
    return actions.set_task_sheet(world.county, by=by or world.officer, **said)


def received(world, *days):
    for day in days:
        actions.hold_reception(
            world.studio.code, by=world.officer, day=day, residents=3, members=[world.member.key]
        )


def visited(world, day=date(2026, 11, 3), **more):
    said = {"item": "visits", "day": day, "note": "走了六户", "link": LINK, "by": world.convener} | more
    return actions.record_task(world.studio.code, **said)


def far(world, studio=None):
    return {one.task.key: one for one in queries.progress(studio or world.studio, 2026)}


def test_what_is_done_of_the_year_and_what_is_due_this_month(world):
    a_sheet(world)
    received(world, date(2026, 11, 2), date(2026, 10, 31), date(2026, 10, 9), date(2025, 11, 2))
    visited(world)
    found = far(world)
    assert list(found) == ["receptions", "visits"]  # the third is for sector studios
    now = found["receptions"].now
    assert (now.done, now.target, now.last, found["receptions"].due_this_month) == (
        1,
        2,
        date(2026, 11, 30),
        1,
    )
    assert (found["visits"].now.done, found["visits"].now.short, found["visits"].due_this_month) == (1, 0, 0)
    assert (found["receptions"].done, found["receptions"].target) == (3, 24)
    assert (found["receptions"].kept, found["receptions"].missed) == (1, 9)


def test_a_reception_counts_on_its_own_day_even_if_it_is_written_down_later(world):
    a_sheet(world)
    received(world, date(2026, 10, 31))
    assert far(world)["receptions"].now.done == 0


def test_a_studio_owes_nothing_for_the_time_before_it_opened(world):
    a_sheet(world)
    young = opened(world, "新开的", convener="member2")
    one = far(world, young)["receptions"]
    assert (one.stretches[0].first, one.missed, one.target) == (date(2026, 11, 1), 0, 4)
    planned = actions.plan(world.county, by=world.officer, name="还在建", kind="area")
    assert queries.progress(planned, 2026) == []


def test_an_edition_replaces_another_and_both_stay(world):
    first = a_sheet(world)
    with pytest.raises(NotNow, match="别人刚改过"):
        a_sheet(world)
    second = a_sheet(world, tasks=TASKS[:1], seen=1)
    assert (first.edition, second.edition, queries.sheet(world.county, 2026)) == (1, 2, second)
    assert [one.edition for one in queries.sheets(world.county, 2026)] == [2, 1]
    assert [act.facts["items"] for act in Act.objects.filter(name="task_sheet_set")] == [
        ["receptions", "visits", "farm"], ["receptions"],
    ]  # fmt: skip


def test_a_new_line_gets_a_key_of_its_own_and_keeps_it(world):
    one = a_sheet(world, tasks=[Task("", "写一篇调研", "", 1, "year")])
    key = one.items[0]["key"]
    again = a_sheet(world, tasks=list(read(one.items)), seen=1)
    assert key == again.items[0]["key"] != ""


@pytest.mark.parametrize(
    ("tasks", "words"),
    [
        ([], "一份清单一到"),
        ([Task("a", "走", "", 1, "month")], "写清做什么"),
        ([Task("a", "走访", "", 0, "month")], "写上要做几次"),
        ([Task("a", "走访", "nothing", 1, "month")], "选怎么算"),
        ([Task("a", "走访", "", 1, "week")], "选多久一次"),
        ([Task("a", "走访", "", 1, "month", ("castle",))], "选多久一次"),
        ([Task("a", "走访", "", 1, "month"), Task("b", "走访", "", 1, "year")], "写了两遍"),
    ],
)
def test_a_sheet_with_a_fault_is_not_set(world, tasks, words):
    with pytest.raises(ValidationError, match=words):
        a_sheet(world, tasks=tasks)
    assert not TaskSheet.objects.exists()


def test_only_the_office_sets_a_sheet_and_for_no_year_far_off(world):
    with pytest.raises(NotYours):
        a_sheet(world, by=world.convener)
    with pytest.raises(ValidationError, match="今年和明年"):
        a_sheet(world, year=2029)


def test_a_record_needs_evidence_words_and_a_task_that_is_written_down(world):
    a_sheet(world)
    for more, words in (
        ({"link": ""}, "要有佐证"),
        ({"note": " "}, "写一句做了什么"),
        ({"item": "receptions"}, "从账上自己数"),
        ({"item": "farm"}, "没有这一项"),
        ({"day": date(2026, 11, 24)}, "还没到"),
        ({"day": date(2025, 11, 3)}, "没有这一项"),
    ):
        with pytest.raises(ValidationError, match=words):
            visited(world, **more)
    with pytest.raises(NotYours):
        visited(world, by=world.member)
    act = visited(world) and Act.objects.get(name="task_recorded")
    assert (act.studio, act.facts) == (world.studio.code, {"item": "visits", "day": "2026-11-03"})


def test_what_was_wrong_is_struck_out_and_stays(world):
    a_sheet(world)
    row = visited(world)
    with pytest.raises(Unseen):
        actions.strike_task(row.code, by=world.other_convener, seen=1, reason="不归我")
    struck = actions.strike_task(row.code, by=world.convener, seen=1, reason="记重了")
    assert struck.struck_why == "记重了"
    assert far(world)["visits"].now.done == 0
    assert queries.records(world.studio, 2026) == [row]
    with pytest.raises(NotNow):
        actions.strike_task(row.code, by=world.convener, seen=1, reason="再划一次")


def test_the_presets_say_where_they_come_from_and_can_be_set(world):
    for seen, one in enumerate(presets().values()):
        assert one.source
        assert one.is_real or "样例" in one.name
        tasks = [Task(t.key, t.label, t.count, t.target or 1, t.period) for t in one.items]
        a_sheet(world, tasks=tasks, seen=seen)


def test_the_stretches_of_a_year():
    assert stretches("quarter", 2028)[0] == (date(2028, 1, 1), date(2028, 3, 31))
    assert len(stretches("month", 2026)) == 12
    assert stretches("month", 2026, date(2026, 11, 23)) == [
        (date(2026, 11, 1), date(2026, 11, 30)), (date(2026, 12, 1), date(2026, 12, 31)),
    ]  # fmt: skip
    assert stretches("year", 2026, date(2027, 1, 1)) == []


def test_as_many_queries_for_twenty_studios_as_for_two(world):
    held = a_sheet(world)

    def asked():
        rows = list(queries.of_committee(world.county.path))
        with CaptureQueriesContext(connection) as seen:
            assert queries.of_all(rows, held, 2026)
        return len(seen)

    few = asked()
    for n in range(18):
        opened(world, f"第{n}间", convener="member2")
    assert asked() == few


def a_rule(world, **more):
    day = date(2026, 1, 5)
    said = {"title": "清溪县政协工作室工作规则", "document": "溪协发〔2026〕1号", "text": "每月接待两次。"}
    said |= {"issuer": "政协清溪县委员会", "issued_on": day, "since": day}
    by, committee = more.pop("by", world.officer), more.pop("committee", world.county)
    return rulebook.enter(committee, by=by, **said | more)


def resting_on(world, code, **more):
    said = {"tasks": TASKS, "year": 2026, "seen": 0, "by": world.officer, "rule": code} | more
    return actions.set_task_sheet(world.county, **said)


def holding(world, *, held=None):
    return [one.code for one in queries.citable(world.county, held)]


def test_a_sheet_rests_on_a_rule_that_is_entered_and_stays_with_that_edition(world):
    rule = a_rule(world)
    a_rule(world, committee=world.city, by=world.city_officer)  # another level's book
    [first] = holding(world)
    sheet = resting_on(world, first)
    assert (sheet.basis, sheet.rule_edition.number) == ("", 1)
    assert Act.objects.get(name="task_sheet_set").facts["basis"] == f"edition:{first}"
    rulebook.replace(
        rule.code, by=world.officer, seen=None, reason="改了次数", title="清溪县政协工作室工作规则（修订）",
        issuer="政协清溪县委员会", issued_on=date(2026, 11, 1), since=date(2026, 11, 1), text="每月三次。",
    )  # fmt: skip
    kept = queries.sheet(world.county, 2026)
    assert (kept.rule_edition.number, kept.rule_edition.rule) == (1, rule)
    [second] = holding(world)
    assert second != first
    assert holding(world, held=kept) == [first, second]
    again = resting_on(world, first, seen=1, tasks=TASKS[:1])  # the list is changed, its basis is not
    assert again.rule_edition.code == first
    assert resting_on(world, second, seen=2).rule_edition.number == 2
    with pytest.raises(ValidationError, match="现在不施行"):
        resting_on(world, first, seen=3)


@pytest.mark.parametrize("which", ["repealed", "above", "coming", "nonsense"])
def test_a_sheet_rests_on_no_rule_that_does_not_hold_here(world, which):
    code = "nonsense0000"
    if which != "nonsense":
        at = {"committee": world.city, "by": world.city_officer} if which == "above" else {}
        rule = a_rule(world, **at, **({"since": date(2027, 1, 1)} if which == "coming" else {}))
        code = rule.editions.get().code
        if which == "repealed":
            rulebook.repeal(rule.code, by=world.officer, seen=None, reason="并入新的办法")
    with pytest.raises(ValidationError, match="现在不施行"):
        resting_on(world, code)
    with pytest.raises(ValidationError, match="选一份制度"):
        resting_on(world, "")
    assert not TaskSheet.objects.exists()
