"""Opinion reports at the desk: from the first review to the bulletin and what became of it."""

import re
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.flow.reports import actions
from shangliang.flow.reports.models import Bulletin, OpinionReport, Referral
from shangliang.flow.reports.tests.story import SAID, at_office, issued, sent, signed
from stories.pages import Signed, photo


def step(person, row, move, **said):
    row.refresh_from_db()
    answer = person.post("desk:report_move", row.code, move, seen=row.version, **said)
    row.refresh_from_db()
    return answer.status_code


def test_each_step_at_its_own_desk(world, client):
    row = sent(world)
    person = Signed(client, world)
    assert SAID.title in person("convener").get("desk:reports").text
    assert step(person, row, "pass_on") == 302
    assert step(person, row, "edit", **vars(SAID)) == 403
    shorter = {**vars(SAID), "advice": "由城管局统一接管巷道路灯，列入年度维修计划。", "urgent": "on"}
    assert step(person("officer"), row, "edit", **shorter) == 302
    versions = person.fetched(person.get("desk:report", row.code))[0].text
    assert "移交时同时移交图纸和电表。</del>" in versions
    assert step(person, row, "check") == 302
    assert "等签发" in person("leader").get("desk:reports").text
    assert step(person, row, "sign") == 302
    assert person("officer").post("desk:bulletins", to_own="on").status_code == 422
    answer = person.post("desk:bulletins", reports=[row.code], to_own="on")
    assert answer.status_code == 302
    bulletin = Bulletin.objects.get()
    assert "总第1期" in person.get("desk:bulletin", bulletin.code).text
    pdf = person.get("desk:bulletin_pdf", bulletin.code)
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_what_is_urgent_waits_first(world, client):
    for title, urgent in (("关于食堂饭菜凉了的情况", False), ("关于井盖没有盖的紧急情况", True)):
        sent(world, title=title, urgent=urgent)
    page = Signed(client, world)("convener").get("desk:reports").text
    assert page.index("井盖没有盖") < page.index("食堂饭菜凉了")


def test_what_became_of_it_is_written_down(world, client):
    row, _bulletin = issued(world)
    person, today = Signed(client, world)("officer"), clock.today().isoformat()
    assert step(person, row, "adopt", level="city", where="市政协专报第3期", on=today) == 302
    said = {"level": "city", "who": "示例市市长", "words": "请城管局研究办理。", "on": today}
    assert step(person, row, "endorse", **said) == 422
    assert step(person, row, "endorse", scan=photo(), **said) == 302
    assert step(person, row, "note_reply", referral="", words="已列入", on=today) == 422
    assert step(person, row, "refer", department=world.lamps.code, words="请研究办理") == 302
    code = Referral.objects.get().code
    assert step(person, row, "note_reply", referral=code, words="已列入计划", on=today) == 302
    assert step(person, row, "feed_back", words="市长批了，城管局列入计划了。") == 302
    page = person.get("desk:report", row.code).text
    for words in ("市级单篇采用", "示例市市长批示", "城管局回复了", "市长批了"):
        assert words in page
    assert step(person("convener"), row, "adopt", level="city", where="某刊", on=today) == 403


def test_what_was_combined_into_one_is_picked_and_opens(world, client):
    row, _bulletin = issued(world)
    other, _bulletin = issued(world, title="关于河滩停车的建议")
    person, today = Signed(client, world)("officer"), clock.today().isoformat()
    said = {"level": "city", "where": "市政协专报第3期", "on": today, "others": [other.code]}
    assert "关于河滩停车的建议" in person.get("desk:report", row.code, form="adopt").text
    assert step(person, row, "adopt", **said) == 422
    assert step(person, row, "adopt", combined="on", **{**said, "others": ["nosuchcode12"]}) == 422
    assert step(person, row, "adopt", combined="on", **said) == 302
    for one, beside in ((row, other), (other, row)):
        page = person.get("desk:report", one.code).text
        assert "和另外 1 篇编在一起" in page
        assert f'href="/desk/reports/{beside.code}/"' in page


def test_returned_held_back_and_kept_need_their_reason(world, client):
    person = Signed(client, world)("officer")
    row = at_office(world)
    assert step(person, row, "keep", words="") == 422
    assert step(person, row, "keep", words="上月已有同样的信息") == 302
    other = signed(world)
    assert step(person("leader"), other, "hold_back", words="数字再核一核") == 302
    assert step(person("officer"), other, "return", words="请补上是哪几条巷子") == 302
    assert OpinionReport.objects.get(pk=other.pk).state == "returned"


def test_a_number_that_came_up_is_read_by_the_city(world, client):
    row = signed(world)
    up = actions.issue(world.county, by=world.officer, reports=[row.code], to_own=False, to_upper=True)
    own = actions.issue(
        world.county, by=world.officer, reports=[signed(world).code], to_own=True, to_upper=False
    )
    person = Signed(client, world)("city_officer")
    assert person.get("desk:bulletin", up.code).status_code == 200
    assert person.get("desk:bulletin", own.code).status_code == 404
    assert person.get("desk:report", row.code).status_code == 404


def test_lists_ask_as_often_for_many_as_for_one(world, client):
    person = Signed(client, world)("officer")
    for name in ("desk:reports", "desk:bulletins"):
        signed(world)
        issued(world)
        person.get(name)
        with CaptureQueriesContext(connection) as one:
            person.get(name)
        for n in range(5):
            signed(world, title=f"关于第{n}条巷子路灯的情况")
            issued(world)
        person.get(name)
        with CaptureQueriesContext(connection) as many:
            assert "第4条巷子" in person.get(name).text
        assert len(one) == len(many), name


def test_a_list_goes_on_where_its_page_ends(world, client):
    for _n in range(22):
        sent(world)
    person = Signed(client, world)("officer")
    first = person.get("desk:reports").text
    further = unescape(re.search(r'href="([^"]*after=[^"]*)"', first).group(1))
    then = client.get(further).text
    assert len(set(re.findall(r'href="/desk/reports/(\w+)/"', first))) == 20
    assert len(set(re.findall(r'href="/desk/reports/(\w+)/"', then))) == 2
    assert ("再看一些" in first, "再看一些" in then) == (True, False)
