"""A handler's day: what waits by clock, a wrong assignment sent back, an answer, progress, done."""

import re
import secrets
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.flow.consultations.models import Recommendation
from shangliang.flow.voices import actions
from shangliang.flow.voices.queries import author_of
from stories import world_topics
from stories.pages import leave, photo

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def assigned(world, words="巷口第三盏路灯坏了半个月，晚上看不见路", department=None):
    voice = leave(world.studio, words, phone="13812345678")
    actions.take_up(voice.code, by=world.convener, seen=1)
    return actions.assign(voice.code, by=world.officer, seen=2, department=department or world.lamps)


@pytest.fixture
def voice(world):
    return assigned(world)


@pytest.fixture
def advice(world):
    """A recommendation that waits for the farms' department, whose handler is `handler2`."""
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "先数清楚田块，再谈补多少。", "按村登记受损田块")
    return world_topics.sent(world, topic)[0]


def soon(days=20):
    return (clock.today() + timedelta(days=days)).isoformat()


def advise(handling, row, move, **said):
    row.refresh_from_db()
    said = {"seen": row.version} | said
    return handling.post("departments:recommendation_move", row.code, move, **said)


def test_each_department_has_its_own_list(world, voice, advice, handling, client):
    mine = handling("handler").get("departments:list").text
    assert voice.code in mine
    assert advice.code not in mine
    theirs = handling("handler2").get("departments:list").text
    assert advice.code in theirs
    assert voice.code not in theirs
    assert handling("handler2").get("departments:voice", voice.code).status_code == 404
    for name in ("officer", "convener", "leader", "member", "auditor", "neighbour_officer"):
        for address in (("departments:list",), ("departments:recommendation", advice.code)):
            assert handling(name).get(*address).status_code == 403
    client.logout()
    assert handling.get("departments:list").status_code == 302


def test_a_voice_is_answered_reported_on_and_waits_to_be_judged(voice, handling):
    page = handling("handler").get("departments:voice", voice.code).text
    assert voice.words in page
    assert "138 ****" not in page
    said = {"words": "灯换好了，线路也查了", "promised_for": soon(), "listed": "to_do"}
    answer = handling.move(voice, "answer", door="departments", **said)
    assert (answer.status_code, answer["Location"]) == (302, f"/handle/voices/{voice.code}/?tab=to_do")
    assert voice.code in handling.get("departments:list").text  # what was promised is still to be done
    assert handling.move(voice, "report_progress", door="departments", words="备件到了").status_code == 302
    bare = handling.move(voice, "report_done", door="departments", words="换好了")
    assert bare.status_code == 422
    assert "换好了" in bare.text
    done = handling.move(voice, "report_done", door="departments", words="换好了", uploads=photo())
    assert done.status_code == 302
    assert voice.code not in handling.get("departments:list").text
    assert voice.code in handling.get("departments:list", tab="judged").text
    assert "/files/" in handling.get("departments:voice", voice.code).text


def test_a_promise_is_moved_once_and_reminded_of_when_its_day_has_passed(world, voice, handling):
    said = {"words": "灯杆订了，到了就装", "promised_for": soon(), "listed": "to_do"}
    handling("handler").move(voice, "answer", door="departments", **said)
    assert 'id="move-move_promise"' in handling.get("departments:voice", voice.code).text
    early = handling.move(voice, "move_promise", door="departments", promised_for=soon(3), words="想早点装")
    assert early.status_code == 422
    assert "想早点装" in early.text
    why = {"promised_for": soon(30), "words": "厂里停产，晚十天到货"}
    assert handling.move(voice, "move_promise", door="departments", **why).status_code == 302
    again = handling.move(voice, "move_promise", door="departments", **why | {"promised_for": soon(40)})
    assert again.status_code == 409
    assert "厂里停产，晚十天到货" in again.text
    voice.refresh_from_db()
    day = clock.due_after(voice.promised_for, 1).day
    with clock.at(clock.start_of(day) + timedelta(hours=10)):
        assert actions.climb() == 1
        assert "已提醒" in handling.get("departments:list").text
        assert "答应的日子过了" in handling.get("departments:voice", voice.code).text
        assert "厂里停产，晚十天到货" in handling.get("departments:voice", voice.code).text


def test_a_wrong_assignment_goes_back_within_its_days(world, voice, handling):
    other = assigned(world, "公园里夜里没有灯")
    sent = handling("handler").move(voice, "send_back", door="departments", words="这条巷归街道管")
    assert sent.status_code == 302
    voice.refresh_from_db()
    assert voice.state == "taken_up"
    assert voice.code not in handling.get("departments:list").text
    with clock.at(clock.now() + timedelta(days=30)):
        assert 'id="move-send_back"' not in handling.get("departments:voice", other.code).text
        late = handling.move(other, "send_back", door="departments", words="这也归街道管")
        assert late.status_code == 409
        assert "这也归街道管" in late.text


def test_one_extension_and_a_line_to_the_author(voice, handling):
    assert (
        handling("handler").move(voice, "extend", door="departments", days=5, words="等备件").status_code
        == 302
    )
    assert handling.move(voice, "extend", door="departments", days=5, words="再等").status_code == 409
    assert handling.move(voice, "reply", door="departments", words="今晚来修").status_code == 302
    assert "今晚来修" in handling.get("departments:voice", voice.code).text


def test_what_is_not_a_handlers(voice, handling):
    before = Act.objects.count()
    for move, said in (("take_up", {}), ("refuse", {}), ("assign", {}), ("send_up", {}), ("send_down", {})):
        found = handling("handler").move(voice, move, door="departments", **said)
        assert (move, found.status_code) == (move, 403)
    assert (
        handling("officer").move(voice, "answer", door="departments", words="我来替他答").status_code == 409
    )
    assert (
        handling("handler2").move(voice, "answer", door="departments", words="我来替他答").status_code == 404
    )
    assert (
        handling("auditor").move(voice, "answer", door="departments", words="我来替他答").status_code == 403
    )
    assert Act.objects.count() == before


def test_advice_is_decided_on_carried_out_and_shown_done(advice, handling):
    assert handling("handler2").get("departments:recommendation", advice.code).status_code == 200
    empty = advise(handling, advice, "answer", decision="adopt", reason="该办")
    assert empty.status_code == 422
    assert "写明打算怎么办" in empty.text
    assert "该办" in empty.text
    said = {"decision": "adopt", "reason": "该办", "measure": "下周开始登记", "promised_for": soon()}
    assert advise(handling, advice, "answer", **said).status_code == 302
    assert advise(handling, advice, "report_progress", percent=60, words="登记了三个村").status_code == 302
    lower = advise(handling, advice, "report_progress", percent=40, words="有一个村要重登")
    assert lower.status_code == 422
    assert advise(handling, advice, "report_done", words="都登记了").status_code == 422
    assert advise(handling, advice, "report_done", words="都登记了", evidence=photo()).status_code == 302
    assert Recommendation.objects.get().state == "done"
    assert advice.code in handling.get("departments:list", tab="judged").text


def test_advice_not_adopted_needs_a_reason_only(advice, handling):
    said = {"decision": "not", "reason": "占了行洪道，依法不能建"}
    assert advise(handling("handler2"), advice, "answer", **said).status_code == 302
    assert advise(handling, advice, "report_progress", percent=10, words="没有进展").status_code == 409


def test_advice_sent_back_and_extended(advice, handling):
    handling("handler2")
    late = (advice.due + timedelta(days=3)).isoformat()
    assert advise(handling, advice, "extend", until=late, reason="要等省里的标准").status_code == 302
    assert advise(handling, advice, "extend", until=soon(60), reason="再等").status_code == 409
    assert advise(handling, advice, "send_back", reason="补偿归林业局管").status_code == 302
    assert advice.code not in handling.get("departments:list").text


def test_advice_is_the_departments_alone_and_taken_once(advice, handling):
    said = {"decision": "not", "reason": "占了行洪道，依法不能建"}
    for name in ("handler", "officer", "leader", "neighbour_officer"):
        assert advise(handling(name), advice, "answer", **said).status_code == 403
    key = secrets.token_urlsafe(16)
    answers = [advise(handling("handler2"), advice, "answer", key=key, seen=1, **said) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert Act.objects.filter(name="recommendation_answered").count() == 1
    stale = advise(handling, advice, "answer", seen=1, **said)
    assert stale.status_code == 409
    assert said["reason"] in stale.text


def test_as_many_queries_at_fifty_as_at_one(world, voice, handling):
    handling("handler")
    addresses = ["/handle/", "/handle/?tab=judged", f"/handle/voices/{voice.code}/"]

    def counted():
        numbers = []
        for address in addresses:
            caches["pages"].clear()  # the numbers on the tabs are counted anew after an act
            with CaptureQueriesContext(connection) as queries:
                assert handling.client.get(address).status_code == 200
            numbers.append(len(queries))
        return numbers

    counted()
    before = counted()
    for n in range(49):
        assigned(world, f"第 {n} 盏路灯坏了，夜里看不见")
    assert counted() == before


def test_the_numbers_on_the_tabs_follow_every_act(world, voice, handling):
    handling("handler")
    assert "要办的<b>1</b>" in handling.client.get("/handle/").text
    assigned(world, "桥头的路灯也坏了，夜里看不见")
    assert "要办的<b>2</b>" in handling.client.get("/handle/").text


def test_the_list_beside_a_thing_and_its_folded_forms_are_fetched(world, voice, advice, handling):
    for name, kind, code, fold in (
        ("handler", "voices", voice.code, "extend"),
        ("handler2", "recommendations", advice.code, "send_back"),
    ):
        page = handling(name).client.get(f"/handle/{kind}/{code}/")
        (listed,) = handling.fetched(page)
        assert "<html" not in listed.text
        assert re.findall(r'aria-selected="true".*?/(\w+)/\?tab=', listed.text) == [code]
        action = f'action="/handle/{kind}/{code}/{fold}/"'
        assert action not in page.text
        way = re.search(rf'id="move-{fold}">.*?hx-get="([^"]+)"', page.text)[1].replace("&amp;", "&")
        alone = handling.client.get(way, headers={"HX-Request": "true"}).text
        assert (alone.count("<form"), alone.count(action), "<html" in alone) == (1, 1, False)
        assert action in handling.client.get(way).text
        shut = way.replace(f"form={fold}", "form=report_done")
        assert handling.client.get(shut, headers={"HX-Request": "true"}).status_code == 404


def test_a_form_fetched_late_speaks_of_what_its_page_showed(advice, handling):
    address, part = f"/handle/recommendations/{advice.code}/", {"headers": {"HX-Request": "true"}}
    late = (advice.due + timedelta(days=3)).isoformat()
    handling("handler2")
    assert advise(handling, advice, "extend", until=late, reason="要等省里的标准").status_code == 302
    form = handling.client.get(f"{address}?seen=1&form=send_back", **part).text
    assert 'name="seen" value="1"' in form
    assert advise(handling, advice, "send_back", seen=1, reason="补偿归林业局管").status_code == 409


def test_the_list_goes_on_without_a_gap(world, handling):
    voices = [assigned(world, f"第 {n} 盏路灯坏了，夜里看不见") for n in range(25)]
    first = handling("handler").get("departments:list").text
    following = first[first.index('class="more"') :].split('href="')[1].split('"')[0].replace("&amp;", "&")
    second = handling.client.get(following).text
    rows = [f'href="/handle/voices/{v.code}/' for v in voices]
    shown = [row in first for row in rows], [row in second for row in rows]
    assert shown == ([True] * 20 + [False] * 5, [False] * 20 + [True] * 5)


def test_what_was_erased_waits_for_nobody_and_breaks_no_list(world, handling):
    gone, stays = assigned(world), assigned(world, "学校门口的斑马线看不清了")
    actions.erase(gone.code, by=author_of(gone), way="code")
    page = handling("handler").get("departments:list")
    assert page.status_code == 200
    assert stays.code in page.text
    assert gone.code not in page.text


def test_asking_the_author_stops_the_days_once_and_the_list_says_so(world, voice, handling):
    assert "一轮只停这一次" in handling("handler").get("departments:voice", voice.code, form="reply").text
    sent = handling.move(
        voice, "reply", door="departments", words="是巷口第几根杆？", asks="on", listed="to_do"
    )
    assert sent.status_code == 302
    listed = handling.get("departments:list").text
    assert "日子停着等他回话" in listed
    assert "等留言人回话，日子停着" in listed
    page = handling.get("departments:voice", voice.code, form="reply").text
    assert "起停着等留言人回话，最多停到" in page
    assert 'name="asks"' not in page
    assert "受理" not in page.split("起停着等留言人回话")[0].rsplit("<dt>", 1)[1]
    actions.say(voice.code, by=author_of(voice), seen=None, words="第三根")
    assert "日子停着" not in handling.get("departments:list").text
    page = handling.get("departments:voice", voice.code, form="reply").text
    assert "停过一次" in page
    assert 'name="asks"' not in page
