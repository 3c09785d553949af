"""A member writes an opinion report at the workbench, from a voice too, and follows what becomes of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.flow.reports import actions
from shangliang.flow.reports.actions import Draft
from shangliang.flow.reports.models import OpinionReport
from shangliang.flow.reports.tests.story import SAID, drafted, endorsed, issued, sent
from shangliang.flow.voices.models import Voice
from stories.pages import Signed, leave

FORM = {name: getattr(SAID, name) for name in ("title", "situation", "analysis", "advice")}


def test_written_kept_sent_and_followed_to_its_endorsement(world, client):
    person = Signed(client, world)("member")
    assert "您还没有写过" in person.get("workbench:reports").text
    assert person.post("workbench:report_write", studio=world.studio.code, title="短").status_code == 422
    assert person.post("workbench:report_write", studio=world.studio.code, **FORM).status_code == 302
    row = OpinionReport.objects.get()
    page = person.get("workbench:report", row.code).text
    assert "还能写" in page
    assert SAID.advice in page
    changed = {**FORM, "advice": ""}
    answer = person.post("workbench:report_move", row.code, "send", **changed)
    assert answer.status_code == 422
    assert "十个字以上" in answer.text
    row.refresh_from_db()
    assert f'name="seen" value="{row.version}"' in answer.text  # the next try is not stale
    assert row.state == "draft"
    assert str(row.advice) == SAID.advice  # nothing of a refused sending is kept
    assert person.post("workbench:report_move", row.code, "send", **FORM).status_code == 302
    row.refresh_from_db()
    assert row.state == "sent"
    for name, by in (("pass_on", world.convener), ("check", world.officer), ("sign", world.leader)):
        row = getattr(actions, name)(row.code, by=by, seen=row.version)
    actions.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    endorsed(world, row)
    page = person.get("workbench:report", row.code).text
    assert "登在专报" in page
    assert "示例市市长批示" in page
    assert "请城管局研究办理" in page
    assert "<textarea" not in page


def test_from_a_voice_in_one_step_nothing_unseen_is_copied(world, client):
    person = Signed(client, world)
    hidden = leave(world.studio, words="我叫王秀英，住七里巷三号，巷口的灯坏了")
    desk = person("member").get("desk:voice", hidden.code).text
    link = reverse("workbench:report_write") + f"?voice={hidden.code}"
    assert link in desk
    page = client.get(link).text
    assert "王秀英" not in page
    assert "七里巷三号" not in page
    assert hidden.number in page
    shown = leave(world.studio, words="巷口第三盏路灯坏了半个月", public=True)
    Voice.objects.filter(pk=shown.pk).update(review="shown")
    page = client.get(reverse("workbench:report_write") + f"?voice={shown.code}").text
    assert "“巷口第三盏路灯坏了半个月”" in page
    made = person.post("workbench:report_write", studio=world.studio.code, voice=shown.code, **FORM)
    assert made.status_code == 302
    assert OpinionReport.objects.get().voice == shown
    elsewhere = leave(world.other)
    assert client.get(reverse("workbench:report_write") + f"?voice={elsewhere.code}").status_code == 404
    assert person("officer").get("workbench:reports").status_code == 403


def test_earlier_ones_alike_say_what_became_of_them(world, client):
    row, _bulletin = issued(world)
    endorsed(world, row)
    mine = drafted(world, by="member2", title="巷道路灯谁来管要说清楚")
    writer, scripted = Signed(client, world)("member2"), {"HX-Request": "true"}
    page = writer.get("workbench:report", mine.code).text
    assert "看以前相近的" in page  # fetched apart
    assert "都说到" not in page
    whole = writer.get("workbench:report", mine.code, part="alike").text  # where no script runs
    alone = writer.get("workbench:report", mine.code, part="alike", headers=scripted).text
    for told in (whole.replace(str(mine.situation), "", 1), alone):
        assert SAID.title in told
        assert "示例市市长批示" in told
        assert "都说到" in told
        assert SAID.situation not in told
    assert "<h1" not in alone
    assert writer.get("workbench:report", mine.code, part="nothing", headers=scripted).status_code == 404


def test_a_new_one_has_a_place_for_those_alike_before_there_is_a_draft(world, client):
    issued(world)
    writer = Signed(client, world)("member2")
    page = writer.get("workbench:report_write").text
    assert 'data-of-kept="?part=alike"' in page
    assert "htmx.min.js" in page
    assert "题目写好、存上以后，按您写的找" in page
    answer = writer.post("workbench:report_write", headers={"X-Quiet": "1"}, studio=world.studio.code, **FORM)
    asked = answer["Location"].split("?")[0] + "?part=alike"  # as the script puts them together
    alone = client.get(asked, headers={"HX-Request": "true"}).text
    assert "都说到" in alone
    assert "<h1" not in alone


def test_the_writer_sees_what_the_office_changed(world, client):
    scripted = {"HX-Request": "true"}
    draft = drafted(world)
    writer = Signed(client, world)("member")
    assert "看各稿" not in writer.get("workbench:report", draft.code).text
    assert writer.get("workbench:report", draft.code, part="versions", headers=scripted).status_code == 404
    row = actions.send(draft.code, by=world.member, seen=draft.version)
    row = actions.pass_on(row.code, by=world.convener, seen=row.version)
    said = {**vars(SAID), "advice": SAID.advice + "并公布报修电话。"}
    actions.edit(row.code, by=world.officer, seen=row.version, said=Draft(**said))
    page = writer.get("workbench:report", row.code).text
    assert "看各稿" in page  # fetched apart
    assert "htmx.min.js" in page
    assert "<ins>" not in page
    whole = writer.get("workbench:report", row.code, part="versions").text  # where no script runs
    alone = writer.get("workbench:report", row.code, part="versions", headers=scripted).text
    first = writer.get("workbench:report", row.code, version="1").text
    for told in (whole, alone):
        assert "机关编的" in told
        assert "<ins>并公布报修电话。</ins>" in told
        assert "第 1 稿" in told
        assert world.accounts["officer"].name not in told
    assert "<h1" not in alone
    assert "<ins>" not in first
    assert "?version=2#versions" in first
    assert Signed(client, world)("member2").get("workbench:report", row.code, version="2").status_code == 404


def test_another_members_report_is_not_to_be_known_of(world, client):
    row = sent(world)
    person = Signed(client, world)
    assert person("member2").get("workbench:report", row.code).status_code == 404
    assert person("convener").get("workbench:report", row.code).status_code == 404  # theirs at the desk
    assert person.get("desk:report", row.code).status_code == 200
    assert "等您初审" in person.get("workbench:today").text
    actions.return_(row.code, by=world.convener, seen=row.version, words="请写明是哪几条巷子")
    today = person("member").get("workbench:today").text
    assert "退回来了" in today
    assert "请写明是哪几条巷子" in person.get("workbench:report", row.code).text


def test_the_list_asks_as_often_for_many_as_for_one(world, client):
    person = Signed(client, world)("member")
    issued(world)
    person.get("workbench:reports")
    with CaptureQueriesContext(connection) as one:
        person.get("workbench:reports")
    for n in range(6):
        endorsed(world, issued(world, title=f"关于第{n}条巷子路灯的情况")[0])
    person.get("workbench:reports")
    with CaptureQueriesContext(connection) as many:
        assert "第5条巷子" in person.get("workbench:reports").text
    assert len(many) <= len(one) + 1  # the departments of referrals, once there are any


@pytest.mark.parametrize("path", ["?voice=x", "?follows=x"])
def test_an_unknown_source_is_not_found(world, client, path):
    client.force_login(world.accounts["member"])
    assert client.get(reverse("workbench:report_write") + path).status_code == 404
