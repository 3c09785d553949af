"""The year's tasks, the county's own checklists, its towns and zones, on the desk's pages."""

import re
import secrets
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.places import queries as places
from shangliang.base.rulebook import actions as rulebook
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.tasks import Task
from stories.world_studios import opened
from stories.world_topics import a_photo


@pytest.fixture
def send(world, client):
    def sent(who, where, *args, seen=0, **said):
        client.force_login(world.accounts[who])
        key = secrets.token_urlsafe(16)
        return client.post(reverse(where, args=args), {"key": key, "seen": seen, **said})

    return sent


@pytest.fixture
def look(world, client):
    def looked(who, name, *args, **query):
        client.force_login(world.accounts[who])
        return client.get(reverse(name, args=args), query)

    return looked


def lines(*rows):
    said = {"task-TOTAL_FORMS": len(rows), "task-INITIAL_FORMS": 0}
    for n, (label, count, target, period) in enumerate(rows):
        said |= {f"task-{n}-label": label, f"task-{n}-count": count, f"task-{n}-target": target,
                 f"task-{n}-period": period, f"task-{n}-kinds": ""}  # fmt: skip
    return said


def test_an_officer_begins_from_a_preset_and_sets_the_year(world, send, look):
    year = clock.today().year
    assert "每间工作室每月现场接待不少于两次" in look("officer", "desk:task_sheet").text
    begun = look("officer", "desk:task_sheet", **{"from": "fuping"}).text
    assert "政策宣讲" in begun
    rows = lines(("接待群众", "receptions", 2, "month"), ("走访", "", 1, "month"), ("", "", "", "month"))
    assert send("officer", "desk:task_sheet", basis="工作规则", **rows).status_code == 302
    assert queries.sheet(world.county, year).edition == 1
    lacking = send("officer", "desk:task_sheet", seen=1, basis="工作规则", **lines(("走访", "", "", "month")))
    assert (lacking.status_code, "写上要做几次" in lacking.text) == (422, True)
    late = send("officer", "desk:task_sheet", seen=0, basis="我也来定", **rows)
    assert (late.status_code, "我也来定" in late.text) == (409, True)
    assert "接待群众" in look("officer", "desk:task_sheet").text


def test_the_sheet_leads_to_the_edition_that_it_rests_on(world, send, look):
    day = clock.today()
    rule = rulebook.enter(
        world.county, by=world.officer, title="工作室工作规则", issuer="政协清溪县委员会", text="每月两次。",
        issued_on=day, since=day,
    )  # fmt: skip
    code, rows = rule.editions.get().code, lines(("走访", "", 1, "month"))
    assert "《工作室工作规则》第 1 版" in look("officer", "desk:task_sheet").text
    neither = send("officer", "desk:task_sheet", basis="", **rows)
    assert (neither.status_code, "选一份制度，或者写明依据" in neither.text) == (422, True)
    wrong = send("officer", "desk:task_sheet", rule="elsewhere", basis="", **rows)
    assert (wrong.status_code, 'value="走访"' in wrong.text) == (422, True)
    assert send("officer", "desk:task_sheet", rule=code, basis="", **rows).status_code == 302
    to_it = f"{reverse('rulebook:rule', args=[rule.code])}?edition=1"
    for page in (look("convener", "desk:tasks", world.studio.code), look("officer", "desk:task_sheet")):
        assert to_it in page.text
    assert look("convener", "rulebook:rule", rule.code, edition=1).status_code == 200
    assert f'<option value="{code}" selected>' in look("officer", "desk:task_sheet").text


def test_last_years_sheet_is_copied(world, look):
    year = clock.today().year
    tasks = [Task("visits", "下乡走访", "", 3, "year")]
    actions.set_task_sheet(world.county, by=world.officer, year=year - 1, basis="旧规则", tasks=tasks, seen=0)
    page = look("officer", "desk:task_sheet", **{"from": "last"}).text
    assert ('value="下乡走访"' in page, "旧规则" in page) == (True, True)


@pytest.fixture
def sheet(world):
    tasks = [Task("receptions", "接待群众", "receptions", 2, "month"), Task("visits", "走访", "", 1, "month")]
    year = clock.today().year
    return actions.set_task_sheet(
        world.county, by=world.officer, year=year, basis="规则", tasks=tasks, seen=0
    )


def test_a_convener_sees_what_is_due_and_writes_down_with_evidence(world, sheet, send, look):
    assert "这个月还要做" in look("convener", "desk:studio", world.studio.code).text
    said = {"item": "visits", "day": clock.today().isoformat(), "note": "走了六户"}
    bare = send("convener", "desk:task_record", world.studio.code, **said)
    assert (bare.status_code, "要有佐证" in bare.text, "走了六户" in bare.text) == (422, True, True)
    done = send("convener", "desk:task_record", world.studio.code, evidence=[a_photo()], **said)
    assert done.status_code == 302
    page = look("auditor", "desk:tasks", world.studio.code).text
    assert "走了六户" in page
    [row] = queries.records(world.studio, clock.today().year)
    struck = send("convener", "desk:task_strike", row.code, seen=1, reason="记错了")
    assert struck.status_code == 302
    assert "划掉：记错了" in look("member", "desk:tasks", world.studio.code).text


def test_what_was_done_last_year_is_written_down_under_last_year(world, sheet, client, look):
    before = clock.today().year - 1
    tasks = [Task("research", "调研报告", "", 1, "year")]
    actions.set_task_sheet(world.county, by=world.officer, year=before, basis="旧规则", tasks=tasks, seen=0)
    page = look("convener", "desk:tasks", world.studio.code, year=before).text
    where = re.search(r'action="([^"]+/tasks/record/[^"]*)"', page).group(1)
    said = {"item": "research", "day": f"{before}-12-30", "note": "写了一篇", "link": "https://example.org/1"}
    done = client.post(unescape(where), {"key": secrets.token_urlsafe(16), **said})
    assert done.status_code == 302
    assert "写了一篇" in client.get(done["Location"]).text


def test_as_many_queries_for_twenty_studios_as_for_two(world, sheet, look):
    def asked():
        look("officer", "desk:task_sheet")
        with CaptureQueriesContext(connection) as seen:
            assert look("officer", "desk:task_sheet").status_code == 200
        return len(seen)

    few = asked()
    for n in range(18):
        opened(world, f"第{n}间", convener="member2")
    assert asked() == few


def test_a_county_writes_its_own_checklist_on_the_page(world, send, look):
    begun = look("officer", "desk:standards_write", **{"from": "xixiang_wall"}).text
    assert "议事栏" in begun
    made = send(
        "officer", "desk:standards_write", name="三亮", items="亮牌子\n亮人", **{"from": "xixiang_wall"}
    )
    assert made.status_code == 302
    [own] = queries.own_editions(world.county)
    assert (own.items, own.based_on) == (["亮牌子", "亮人"], "xixiang_wall")
    assert "三亮" in look("officer", "desk:standards_pick").text
    assert send("officer", "desk:standards_pick", keys=[own.key]).status_code == 302
    page = look("convener", "desk:standards", world.studio.code, item=f"{own.key}:1").text
    assert "亮人" in page
    said = {"item": f"{own.key}:1", "standing": "proven", "link": "https://example.org/1", "note": "人在"}
    send("officer", "desk:standards_write", name="三亮", items="亮牌子\n亮事\n亮人", list=own.key, seen=1)
    late = send("convener", "desk:standard_mark", world.studio.code, seen=1, **said)
    assert (late.status_code, "人在" in late.text) == (409, True)  # the second item is another one by now
    assert send("convener", "desk:standard_mark", world.studio.code, seen=2, **said).status_code == 302
    none = send("officer", "desk:standards_write", name="三亮", items=" ", list=own.key, seen=2)
    assert none.status_code == 422
    assert look("officer", "desk:standards_write", list="xixiang_wall").status_code == 404


def test_towns_and_zones_are_entered_on_the_page(world, send, look):
    assert send("officer", "desk:towns", name="城关镇", zones="城东片区\n城西片区").status_code == 302
    assert "城东片区、城西片区" in look("officer", "desk:towns").text
    code = places.zones(world.county)[0].code
    one = queries.door(world.studio.code)
    assert "城关镇城东片区" in look("officer", "desk:studio", one.code, form="edit").text
    actions.edit(one.code, by=world.officer, seen=one.version, zones=[code])
    assert "城关镇城西片区" in look("officer", "desk:coverage").text
