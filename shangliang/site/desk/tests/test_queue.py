"""The desk's queue: whose voices, under which tab, found by which words, in how many queries."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection, connections
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Voice
from stories.pages import leave

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def lists(page, voice):
    """Whether the voice is a row of the list (the pane may name it too)."""
    return f"voices/{voice.code}/?" in page.text


PEOPLE = ["officer", "convener", "deputy", "member"]  # `member` sits in the studio


@pytest.mark.parametrize("name", PEOPLE)
def test_each_of_the_house_sees_what_waits(world, at_desk, name):
    leave(world.studio)
    page = at_desk(name).get("desk:queue")
    assert page.status_code == 200
    assert "巷口第三盏路灯坏了半个月" in page.text


def test_others_have_other_queues_or_none(world, at_desk, client):
    voice = leave(world.studio)
    for name in ("other_convener", "neighbour_officer", "city_officer"):
        page = at_desk(name).get("desk:queue", tab="all")
        assert page.status_code == 200
        assert voice.code not in page.text
        assert at_desk(name).get("desk:voice", voice.code).status_code == 404
        assert at_desk(name).get("desk:similar", voice.code).status_code == 404
        assert at_desk(name).move(voice, "take_up").status_code == 404
        assert at_desk(name).post("desk:reveal", voice.code, reason="看看").status_code == 404
        assert at_desk(name).get("desk:review_item", "voice", voice.code).status_code == 404
    for name in ("handler", "member2", "leader", "auditor", "operator"):
        assert at_desk(name).get("desk:queue").status_code == 403
    client.logout()
    assert at_desk.get("desk:queue").status_code == 302


def test_a_voice_moves_through_the_tabs(world, at_desk):
    voice, officer = leave(world.studio), world.officer

    def tabs():
        return {tab for tab in ("received", "in_hand", "passed_on", "late", "answered", "refused", "all")
                if lists(at_desk("officer").get("desk:queue", tab=tab), voice)}  # fmt: skip

    assert tabs() == {"received", "all"}
    actions.take_up(voice.code, by=officer, seen=1)
    assert tabs() == {"in_hand", "all"}
    actions.send_up(voice.code, by=officer, seen=2, words="高速归市里管")
    assert tabs() == {"passed_on", "all"}
    assert lists(at_desk("city_officer").get("desk:queue", tab="in_hand"), voice)
    with clock.at(clock.now() + timedelta(days=60)):
        assert tabs() == {"passed_on", "late", "all"}
    actions.answer(voice.code, by=world.city_officer, seen=3, words="市交通局下月加一条右转道")
    assert tabs() == {"answered", "all"}


def test_what_passed_through_is_listed_where_it_came_to(world, at_desk):
    voices, w = [], world

    def sent_on(n):
        voice = leave(w.studio, f"第 {n} 处省道护栏撞断了")
        actions.take_up(voice.code, by=w.officer, seen=1)
        actions.send_up(voice.code, by=w.officer, seen=2, words="归上面管")
        actions.send_up(voice.code, by=w.city_officer, seen=3, words="是省道")
        voices.append(voice)

    def counted():
        at_desk("city_officer")
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            page = at_desk.get("desk:queue", tab="elsewhere")
        return page, len(queries)

    assert "经过这里的" not in at_desk("city_officer").get("desk:queue", tab="all").text
    sent_on(1)
    counted()
    page, before = counted()
    assert lists(page, voices[0])
    assert "省政协" in page.text
    assert "经过这里的" in at_desk("city_officer").get("desk:queue", tab="all").text
    assert not lists(at_desk("city_officer").get("desk:queue", tab="all"), voices[0])
    assert lists(at_desk("city_officer").get("desk:queue", tab="elsewhere", q="护栏"), voices[0])
    for name in ("officer", "neighbour_officer"):
        assert not lists(at_desk(name).get("desk:queue", tab="elsewhere"), voices[0])
    there = {"state": "sent_up", "upper": w.province, "reached": w.province.path, "due_by": F("answer_by")}
    for n in range(2, 51):  # as the two moves leave it
        Voice.objects.filter(pk=leave(w.studio, f"第 {n} 处省道护栏撞断了").pk).update(**there)
    counted()
    assert counted()[1] == before
    actions.return_down(voices[0].code, by=w.province_officer, seen=4, words="市里养护")
    assert not lists(counted()[0], voices[0]), "it is here again"
    actions.send_down(voices[0].code, by=w.city_officer, seen=5, words="县里能焊")
    assert lists(counted()[0], voices[0])


def test_what_presses_stands_first_and_says_so(world, at_desk):
    early = leave(world.studio, "河滩上停车场的灯不亮")
    with clock.at(clock.now() + timedelta(days=9)):
        late = leave(world.studio, "公交能不能绕到新医院门口")
        page = at_desk("officer").get("desk:queue").text
        assert page.index(early.code) < page.index(late.code)
        assert "超 " in page
        assert "最要紧的一件" in page


def test_two_characters_are_enough_and_so_is_a_number(world, at_desk):
    lamp, bus = leave(world.studio), leave(world.studio, "公交能不能绕到新医院门口")
    found = at_desk("officer").get("desk:queue", q="路灯")
    assert lists(found, lamp)
    assert not lists(found, bus)
    for text in (bus.number, bus.number[-6:], str(int(bus.number[-6:]))):
        found = at_desk("officer").get("desk:queue", q=text)
        assert lists(found, bus)
        assert not lists(found, lamp)
    assert lamp.code not in at_desk("neighbour_officer").get("desk:queue", q="路灯").text
    assert "没有找到" in at_desk("officer").get("desk:queue", q="没人说过").text


def test_narrowed_by_studio_kind_and_channel(world, at_desk):
    here = leave(world.studio, kind="help")
    there = leave(world.other, "稻田边的水渠漏水，天旱用不上", kind="suggestion")
    for query, shown, left in (
        ({"studio": world.studio.code}, here, there),
        ({"kind": "suggestion"}, there, here),
    ):
        page = at_desk("officer").get("desk:queue", **query)
        assert lists(page, shown)
        assert not lists(page, left)
    assert not lists(at_desk("officer").get("desk:queue", channel="paper"), here)


def test_pages_follow_each_other_without_a_gap(world, at_desk):
    voices = [leave(world.studio, f"第 {n} 盏路灯坏了，夜里看不见") for n in range(45)]
    seen, address = [], "/desk/?tab=received"
    while address:
        page = at_desk("officer").client.get(address).text
        seen += [
            v.code for v in sorted(voices, key=lambda v: page.find(v.code)) if f"voices/{v.code}/?" in page
        ]
        start = page.find('class="more"')
        address = page[start:].split('href="')[1].split('"')[0].replace("&amp;", "&") if start > 0 else ""
    assert list(dict.fromkeys(seen)) == [v.code for v in voices]


def test_as_many_queries_at_fifty_as_at_one(world, at_desk):
    first = leave(world.studio, "巷口第三盏路灯坏了半个月", public=True)
    addresses = [
        "/desk/", "/desk/?tab=all", "/desk/?q=路灯", "/desk/review/", f"/desk/voices/{first.code}/",
        f"/desk/review/voice/{first.code}/",
    ]  # fmt: skip
    at_desk("officer")

    def counted():
        numbers = {}
        for address in addresses:
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                assert at_desk.client.get(address).status_code == 200
            numbers[address] = len(queries)
        return numbers

    counted()  # what is asked once and kept
    before = counted()
    for n in range(49):
        leave(world.studio, f"第 {n} 盏路灯坏了，夜里看不见", public=True, kind="help", phone="13800000000")
    assert counted() == before
    assert max(before.values()) <= 25


def test_htmx_gets_the_inside_of_the_pane_and_nobody_else_does(world, at_desk):
    voice = leave(world.studio)
    piece = at_desk("officer").get("desk:voice", voice.code, headers={"HX-Request": "true"}).text
    assert piece.lstrip().startswith('<div class="pb">')
    assert "<html" not in piece
    whole = at_desk("officer").get("desk:voice", voice.code).text
    assert "<html" in whole
    assert voice.words in whole
    similar = at_desk("officer").get("desk:similar", voice.code, headers={"HX-Request": "true"}).text
    assert "<html" not in similar


def test_the_list_beside_a_voice_is_fetched_by_itself_or_reached_by_a_link(world, at_desk):
    other, voice = leave(world.studio, "公交能不能绕到新医院门口"), leave(world.studio)
    page = at_desk("officer").get("desk:voice", voice.code, tab="all", kind="")
    assert other.code not in page.text
    (part,) = at_desk.fetched(page)
    assert "<html" not in part.text
    assert lists(part, other)
    assert re.findall(r'aria-selected="true".*?voices/(\w+)/', part.text) == [voice.code]
    way = re.search(r'class="apart".*?<a class="al" href="([^"]+)"', page.text)[1].replace("&amp;", "&")
    whole = at_desk.client.get(way)
    assert "<html" in whole.text
    assert lists(whole, voice)
    for name in ("neighbour_officer", "handler"):
        assert voice.code not in at_desk(name).get("desk:queue", headers={"HX-Request": "true"}).text


def test_similar_voices_come_with_their_words_marked(world, at_desk):
    voice = leave(world.studio, "巷口第三盏路灯坏了半个月，晚上看不见路")
    other = leave(world.studio, "东街的路灯坏了三盏，晚上老人不敢出门")
    leave(world.studio, "学校食堂的午餐太咸")
    page = at_desk("officer").get("desk:similar", voice.code).text
    assert other.code in page
    assert "<mark>路灯</mark>" in page


def test_the_rail_leads_nobody_to_a_closed_door(world, at_desk):
    for name in ("officer", "convener", "member", "auditor"):
        start = "desk:studios" if name == "auditor" else "desk:queue"
        page = at_desk(name).get(start).text
        ways = re.findall(r'<a class="i" href="([^"]+)"', page)
        assert {at_desk.client.get(way, follow=True).status_code for way in ways} == {200}


def test_similar_voices_of_many_and_of_other_studios_ask_no_more(world, at_desk):
    voice = leave(world.studio, "巷口第三盏路灯坏了半个月，晚上看不见路")
    actions.take_up(voice.code, by=world.officer, seen=1)

    def asked():
        caches["pages"].clear()
        keys = CaptureQueriesContext(connections["keyring"])
        with CaptureQueriesContext(connection) as rows, keys:
            page = at_desk("officer").get("desk:similar", voice.code, headers={"HX-Request": "true"}).text
        return page.count('class="sim"'), len(rows) + len(keys)

    for n, studio in enumerate((world.studio, world.other)):
        leave(studio, f"东街第{n}盏路灯坏了，晚上老人不敢出门")
    asked()  # signs in
    few, before = asked()
    for n in range(20):
        studio = (world.studio, world.other)[n % 2]
        leave(studio, f"西街第{n}盏路灯坏了，晚上孩子不敢出门")
    many, after = asked()
    assert (few, many) == (2, 3)
    assert after == before
