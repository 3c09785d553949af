"""A department's own door for opinion reports: the list by its days, what was issued, the reply."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.flow.reports import actions
from shangliang.flow.reports.models import OpinionReport, Referral
from shangliang.flow.reports.tests.story import SAID, issued
from stories.pages import Signed


def passed(world, **said):
    row, _bulletin = issued(world, **said)
    return actions.refer(
        row.code, by=world.officer, seen=None, department=world.lamps.code, words="请研究办理"
    )


def test_read_as_it_was_issued_and_replied_to(world, client):
    handler = Signed(client, world)("handler")
    assert "现在没有" in handler.get("departments:reports").text
    one = passed(world)
    later = OpinionReport.objects.get()
    later.title = "机关后来改的题目"  # the department reads what was issued
    later.save()
    listed = handler.get("departments:reports").text
    assert SAID.title in listed
    assert "还剩 20 个工作日" in listed
    page = handler.get("departments:report", one.code).text
    assert SAID.advice in page
    assert "岳委员" not in page  # who wrote it stays with the committee
    assert handler.post("departments:report_reply", one.code, words="").status_code == 422
    stale = handler.post("departments:report_reply", one.code, seen=0, words="已列入计划。")
    assert stale.status_code == 409
    assert "已列入计划。" in stale.text
    assert handler.post("departments:report_reply", one.code, words="已列入计划。").status_code == 302
    assert "已列入计划。" in handler.get("departments:report", one.code).text
    assert SAID.title in handler.get("departments:reports", tab="done").text
    assert handler.post("departments:report_reply", one.code, seen=2, words="再回一遍").status_code == 409
    assert "城管局回复了" in Signed(client, world)("officer").get("desk:report", one.report.code).text
    member = Signed(client, world)("member").get("workbench:report", one.report.code).text
    assert "城管局回复了" in member
    assert Referral.objects.get().own


@pytest.mark.parametrize("name", ["handler2", "member", "officer"])
def test_another_department_knows_of_none(world, client, name):
    one = passed(world)
    person = Signed(client, world)(name)
    assert person.get("departments:report", one.code).status_code in (403, 404)
    assert person.post("departments:report_reply", one.code, words="已列入计划。").status_code in (403, 404)
    assert not Referral.objects.get().reply


def test_a_notice_leads_to_the_departments_own_door_and_tells_no_title(world, client):
    passed(world)
    page = Signed(client, world)("handler").client.get("/notices/").text
    assert "转来的社情民意信息" in page
    assert SAID.title not in page


def test_as_many_questions_for_many_as_for_one(world, client):
    handler, asked = Signed(client, world)("handler"), []
    for n in range(3):
        passed(world, title=f"关于第{n}条巷子路灯的建议")
        with CaptureQueriesContext(connection) as counted:
            handler.get("departments:reports")
        asked.append(len(counted))
    assert asked[1] == asked[2]
