"""/search/ finds by two characters, in the old forms, by the initials of a studio's name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base.search.actions import rebuild
from shangliang.flow.activities import actions as activities
from shangliang.flow.activities.tests import story as activity
from shangliang.flow.proposals.tests import story as proposal
from shangliang.flow.voices import actions
from shangliang.flow.voices.tests.conftest import Story

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def lamp(world):
    voice = Story(world).to("taken_up", public=True, words="东街的路灯坏了，老人晚上看不见路")
    actions.show(voice.code, by=world.officer, seen=1)
    return reverse("voices:voice", args=[voice.code])


@pytest.mark.parametrize("asked", ["路灯", "灯坏", "路燈", "東街的路燈壞了", "燈"])
def test_a_voice_is_found_by_two_characters_and_in_traditional_forms(client, lamp, asked):
    assert lamp in client.get("/search/", {"q": asked}).text
    assert lamp not in client.get("/search/", {"q": "水渠"}).text


def test_a_studio_is_found_by_the_initials_of_its_name(client, world):
    assert "城关" in world.studio.name
    address = reverse("portal:studio", args=[world.studio.code])
    assert address in client.get("/search/", {"q": "cg"}).text
    assert address not in client.get("/search/", {"q": "zz"}).text


def finds(client, asked, address):
    return address in client.get("/search/", {"q": asked}).text


def at(name, row):
    return reverse(name, args=[row.code])


def test_an_activity_is_found_by_what_everybody_reads_of_it_and_by_no_more(client, world):
    row = activity.planned(world)
    where = at("activities:activity", row)
    assert not finds(client, "义诊", where)  # planned only
    row = activities.announce(row.code, by=world.convener, seen=row.version)
    assert all(finds(client, asked, where) for asked in ("义诊", "東街社區", "看片子"))
    row = activities.change(
        row.code, by=world.convener, seen=row.version, said=activity.planned_for(about="县医院的委员来验光")
    )
    assert finds(client, "验光", where)
    assert not finds(client, "看片子", where)
    with activity.clock.at(row.ends_at + timedelta(hours=1)):
        said = activities.Record(measures={"free_clinic_visits": 34}, came=[world.member.key])
        row = activities.record_held(row.code, by=world.convener, seen=None, said=said)
        text = "东街社区义诊，量血压、测骨密度，居民说方便。"
        row = activities.draft(row.code, by=world.convener, seen=None, text=text)
        assert finds(client, "义诊", where)
        assert not finds(client, "骨密度", where)  # only drafted
        row = activities.publish(row.code, by=world.officer, seen=None, text=text, photos=False)
        assert finds(client, "骨密度", where)
        activities.take_down(row.code, by=world.officer, seen=None)
        assert not finds(client, "骨密度", where)


def test_an_activity_that_is_hidden_private_or_called_off_is_not_found(client, world):
    hidden = activity.announced(world, title="东街的趣味运动会")
    type(world.studio).objects.filter(pk=world.studio.pk).update(online="offline", was_online=False)
    assert not finds(client, "趣味", at("activities:activity", hidden))
    type(world.studio).objects.filter(pk=world.studio.pk).update(online="online", was_online=True)
    off = activity.announced(world, title="东街的读书分享会")
    assert finds(client, "读书", at("activities:activity", off))
    activities.cancel(off.code, by=world.convener, seen=None, words="场地临时停电，改天再办。")
    assert not finds(client, "读书", at("activities:activity", off))
    private = activity.announced(world, kind="dispute", title="邻里漏水的调解会")
    assert not finds(client, "漏水", at("activities:activity", private))


def test_a_proposal_is_found_once_its_text_is_public(client, world):
    filed = proposal.filed(world)
    where = at("proposals:proposal", filed)
    assert not finds(client, "路灯", where)
    proposal.answered(world, proposal.assigned(world, filed))
    assert all(finds(client, asked, where) for asked in ("路灯", "路燈", "移交图纸"))
    assert proposal.TEXT["title"] in client.get("/search/", {"q": "路灯"}).text
    assert not finds(client, "水渠", where)
    kept = proposal.filed(world, title="关于排水沟清淤的提案", may_publish=False)
    proposal.answered(world, proposal.assigned(world, kept))
    assert not finds(client, "清淤", at("proposals:proposal", kept))


def test_found_anew_from_nothing_the_same(client, world):
    row = activity.announced(world)
    assert finds(client, "义诊", at("activities:activity", row))
    assert rebuild("activity") == 1
    assert finds(client, "义诊", at("activities:activity", row))


def test_as_many_questions_for_many_as_for_one(client, world):
    asked = []
    for n in range(3):
        proposal.answered(world, proposal.assigned(world, title=f"关于第{n}条巷子路灯的提案"))
        activity.announced(world, title=f"第{n}条巷子的路灯夜访")
        with CaptureQueriesContext(connection) as counted:
            client.get("/search/", {"q": "路灯"}, headers={"Cache-Control": f"no-{n}"})
        asked.append(len(counted))
    assert asked[1] == asked[2]
