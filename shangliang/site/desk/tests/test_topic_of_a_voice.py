"""What a voice is about at the desk, and as everybody reads it."""

import pytest
from django.urls import reverse

from shangliang.flow.voices import actions, queries
from stories.pages import leave

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def voice(world):
    return leave(world.studio, "巷口的路灯坏了三盏", public=True)


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def test_it_is_chosen_when_taking_up_and_changed_later(voice, at_desk):
    page = at_desk("convener").get("desk:voice", voice.code).text
    assert '<option value="city">城市管理：' in page
    assert at_desk.post("desk:voice_move", voice.code, "take_up", seen=1, topic="nothing").status_code == 422
    assert at_desk.post("desk:voice_move", voice.code, "take_up", seen=1, topic="city").status_code == 302
    assert "<dt>主题</dt><dd>城市管理</dd>" in at_desk.get("desk:voice", voice.code).text
    seen = fresh(voice).version
    same = at_desk.post("desk:voice_move", voice.code, "set_topic", seen=seen, topic="city")
    assert same.status_code == 422
    assert "已经是这个主题了" in same.text
    said = at_desk.post("desk:voice_move", voice.code, "set_topic", seen=seen, topic="utilities")
    assert said.status_code == 302
    assert fresh(voice).topic == "utilities"
    assert "<dd>公用事业</dd>" in at_desk.get("desk:voice", voice.code).text


def test_the_queue_is_narrowed_by_it_and_a_filter_keeps_it(world, voice, at_desk):
    other = leave(world.studio, "水渠堵了，地里浇不上水")
    actions.take_up(voice.code, by=world.officer, seen=1, topic="city")
    at_desk("officer")
    for asked, found in (("city", {voice.code}), ("none", {other.code}), ("farming", set())):
        page = at_desk.get("desk:queue", topic=asked).text.partition('id="pane"')[0]
        assert {one.code for one in (voice, other) if f"voices/{one.code}/?" in page} == found, asked
    saved = at_desk.post("desk:filters", name="路灯", listed="tab=all&topic=city")
    assert saved["Location"] == "/desk/?tab=all&topic=city"
    assert "主题：城市管理" in at_desk.get("desk:filters").text
    kept = at_desk.get("desk:queue", tab="all", topic="city").text
    assert '<input type="hidden" name="topic" value="city">' in kept


def test_everybody_reads_it_with_what_was_shown(world, voice, client):
    taken = actions.take_up(voice.code, by=world.officer, seen=1, topic="city")
    actions.show(voice.code, by=world.officer, seen=taken.review_version)
    assert "<span>城市管理</span>" in client.get(reverse("voices:voice", args=[voice.code])).text
