"""A member joins an activity, asks for leave, reads how it was; and a calendar of their own."""

from datetime import timedelta

from django.urls import reverse

from shangliang.base import clock
from shangliang.flow.activities import actions, codes, queries
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.models import Participation
from shangliang.flow.activities.tests.story import announced, held, planned_for
from shangliang.ledgers.notices.models import Notice
from stories.pages import Signed, photo


def move(person, row, name, **said):
    return person.post("workbench:activity_move", row.code, name, **said).status_code


def test_joined_studied_and_left_with_a_reason(world, client):
    person = Signed(client, world)("member")
    assert "现在没有要办的活动" in person.get("workbench:activities").text
    row = announced(world, study="一份文件", places=1)
    assert "能报名" in person.get("workbench:activities").text
    assert move(person, row, "sign_up") == 302
    page = person.get("workbench:activity", row.code).text
    assert "我学过了" in page
    assert move(person, row, "study") == 302
    assert "学过了" in person.get("workbench:activity", row.code).text
    assert "报了名的活动" in person.get("workbench:today").text
    assert "排候补" in person("member2").get("workbench:activity", row.code).text
    assert move(person, row, "sign_up") == 302
    assert move(person("member"), row, "ask_leave", reason="") == 422
    assert move(person, row, "ask_leave", reason="孩子发烧") == 302
    assert "孩子发烧" in person.get("workbench:activity", row.code).text
    assert "孩子发烧" not in person("member2").get("workbench:activity", row.code).text
    assert Participation.objects.get(person=world.member2.key).state == "signed"
    assert move(person("deputy"), row, "ask_leave", reason="不在名单里") == 409
    assert move(person, row, "burn") == 404
    assert move(person("far_convener"), row, "sign_up") == 403
    assert person("officer").get("workbench:activities").status_code == 403


def test_who_was_there_reads_the_minutes_others_do_not(world, client):
    row = held(world, how={"minutes": "下次带上心电图机"})
    person = Signed(client, world)
    assert "心电图机" in person("member").get("workbench:activity", row.code).text
    assert "心电图机" not in person("other_member").get("workbench:activity", row.code).text


def test_what_is_published_is_read_without_minutes_and_exact_small_numbers(world, client):
    photos = {"photos": [photo()], "consent": "当场问过"}
    row = held(world, measures={"free_clinic_visits": 3}, how={"minutes": "下次带上心电图机"} | photos)
    text = "周末义诊，县医院的委员都来了，来的人不多。"
    actions.publish(row.code, by=world.officer, seen=None, text=text, photos=False)
    person = Signed(client, world)
    for name in ("other_member", "far_convener"):
        page = person(name).get("workbench:activity", row.code).text
        assert text in page
        assert "不到 10 人次" in page
        for kept in ("心电图机", "<dd>3 人次", "<img"):
            assert kept not in page
    assert "<img" in person("member").get("workbench:activity", row.code).text


def test_a_late_scan_says_that_it_waits_for_the_organisers(world, client):
    row = announced(world)
    actions.sign_up(row.code, by=world.member)
    person = Signed(client, world)("member")
    seen = row.starts_at + timedelta(minutes=5)
    scan = {"c": codes.shown(row.code, seen), "at": str(int(seen.timestamp()))}
    with clock.at(seen + timedelta(minutes=30)):
        assert "我到了" in person.get("workbench:here", row.code, **scan).text
        assert person.post("workbench:here", row.code, **scan).status_code == 302
        page = person.get("workbench:here", row.code, **scan).text
        assert "勾过才算到" in page
        assert "data-here" not in page
    Participation.objects.all().delete()
    with clock.at(seen + timedelta(hours=5)):
        how = Record(measures={"free_clinic_visits": 3}, came=[world.convener.key])
        actions.record_held(row.code, by=world.convener, seen=None, said=how)
        page = person.get("workbench:here", row.code, **scan).text
        assert "在名单上补勾" in page
        assert "data-here" not in page
        assert person.post("workbench:here", row.code, **scan).status_code == 409


def test_invited_members_see_it_waiting(world, client):
    row = announced(world)
    actions.invite(row.code, by=world.convener, people=[world.far_convener.key])
    assert "请您参加" in Signed(client, world)("far_convener").get("workbench:today").text
    with clock.at(row.ends_at.replace(microsecond=0)):
        pass
    assert queries.own_calendar(world.far_convener.key).count() == 1


def test_the_own_calendar_is_opened_by_its_address_alone(world, client):
    row = announced(world)
    actions.sign_up(row.code, by=world.member)
    page = Signed(client, world)("member").get("workbench:activities").text
    token = queries.feed_token(world.member.key)
    address = reverse("activities:own_calendar", args=[world.member.key, token])
    assert address in page
    client.logout()
    assert row.code in client.get(address).text
    wrong = reverse("activities:own_calendar", args=[world.member.key, "0" * 24])
    assert client.get(wrong).status_code == 404
    assert client.get(reverse("activities:own_calendar", args=["nobody", token])).status_code == 404
    account = world.accounts["member"]
    account.set_password("another long one 2")
    account.save()
    assert client.get(address).status_code == 404  # the old address is void


def test_invited_to_a_meeting_and_silent_the_member_reads_that_they_were_absent_and_is_told(world, client):
    """Of what is no meeting, who was only invited stays so, and hears nothing."""
    for kind, said in (("standing_meeting", "没有到，也没有请假"), ("study_visit", "请了，还没回")):
        row = actions.plan(world.county, by=world.officer, said=planned_for(kind))
        actions.invite(row.code, by=world.officer, people=[world.member.key, world.member2.key])
        actions.announce(row.code, by=world.officer, seen=None)
        with clock.at(row.ends_at):
            how = Record(measures={}, came=[world.member.key])
            actions.record_held(row.code, by=world.officer, seen=None, said=how)
            assert said in Signed(client, world)("member2").get("workbench:activity", row.code).text
    told = Notice.objects.filter(act="participation_missed").values_list("seat", flat=True)
    assert list(told) == [f"person:{world.member2.key}"]
