"""Topics and consultations at the desk, through forms: by officer, host, and who may not."""

import re
import secrets
from datetime import timedelta

from django.urls import reverse

from shangliang.base import clock
from shangliang.flow.consultations import queries
from shangliang.flow.consultations.models import Consultation
from shangliang.flow.results.models import Result
from stories import world_topics as told


def send(client, address: str, **fields):
    return client.post(address, {"key": secrets.token_urlsafe(16)} | fields)


def move(client, topic, name: str, **fields):
    fields = {"seen": topic.version} | fields
    answer = send(client, reverse("desk:consultation_move", args=[topic.code, name]), **fields)
    topic.refresh_from_db()
    return answer


def desk(client, topic):
    return client.get(reverse("desk:consultation", args=[topic.code]))


def test_an_officer_takes_a_topic_from_voices_to_a_published_result(client, world):
    client.force_login(world.accounts["officer"])
    voices = [told.a_voice(world, f"第 {n} 家的秧苗叫朱鹮踩了").code for n in range(3)]
    html = client.get(reverse("desk:topics"), {"voice": voices[0]}).content.decode()
    assert html.count("checked") == 1
    said = {"title": told.TITLE, "question": told.QUESTION}
    assert send(client, reverse("desk:topic_raise"), **said).status_code == 422
    assert send(client, reverse("desk:topic_raise"), voices=voices[:2], **said).status_code == 302
    topic = Consultation.objects.get()
    assert "等定题" in client.get(reverse("desk:topics")).content.decode()
    assert "定题、开始商量" in desk(client, topic).content.decode()

    day = (clock.today() + timedelta(days=9)).isoformat()
    assert move(client, topic, "open", last_day=day).status_code == 422
    opened = {"studio": world.studio.code, "last_day": day, "asked": [world.farms.code]}
    assert move(client, topic, "open", **opened).status_code == 302
    told.said(world, topic, world.member, "登记要快。", "登记受损田块", "公示五天")

    assert move(client, topic, "codes", number=3).status_code == 302
    sheet = client.get(reverse("desk:door_codes", args=[topic.code])).content.decode()
    assert len(re.findall(r"<span>[0-9A-Z]{4}</span> <span>[0-9A-Z]{4}</span>", sheet)) == 3

    meeting = {"day": clock.today().isoformat(), "place": "院坝", "members": [world.member.key], "others": 5}
    assert move(client, topic, "hold_meeting", **meeting).status_code == 302
    assert move(client, topic, "minute", agreed="", not_agreed="").status_code == 422
    assert move(client, topic, "minute", agreed="先登记\n再补苗", not_agreed="钱从哪儿出").status_code == 302

    form = {
        "words1": "登记受损田块，按村公布",
        "department1": world.farms.code,
        "rests1": "1、2",
        "words2": "路口立提示牌",
    }
    bad = move(client, topic, "send", **form)
    assert bad.status_code == 422
    assert "这条建议送给哪个单位" in bad.content.decode()
    assert move(client, topic, "send", **form, department2=world.lamps.code).status_code == 302
    first, second = queries.recommendations(topic)
    assert {row.number for row in first.suggestions.all()} == {1, 2}

    told.answered(world, first)
    told.answered(world, second, "not")
    assert move(client, topic, "result", text="三个村登记了受损田块。").status_code == 302
    draft = Result.objects.get()
    held = move(client, topic, "publish", seen=draft.version)
    assert held.status_code == 422
    assert "至少附一张" in held.content.decode()
    photo = {"text": "三个村登记了受损田块。", "evidence": told.a_photo()}
    assert move(client, topic, "result", seen=draft.version, **photo).status_code == 302
    draft.refresh_from_db()
    assert move(client, topic, "publish", seen=draft.version).status_code == 422  # not yet done, not yet due
    told.done(world, first)
    assert move(client, topic, "publish", seen=draft.version).status_code == 302
    assert topic.state == "finished"


def test_a_recommendation_that_came_back_is_sent_to_another_department(client, world):
    from shangliang.flow.consultations import actions

    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    [row] = told.sent(world, topic)
    actions.send_back(row.code, by=world.handler2, seen=1, reason="该归城管局")
    client.force_login(world.accounts["officer"])
    assert "该归城管局" in client.get(reverse("desk:topics")).content.decode()
    topic.refresh_from_db()
    again = {"recommendation": row.code, "seen": 2}
    assert move(client, topic, "send_again", **again, department="").status_code == 422
    assert move(client, topic, "send_again", **again, department=world.lamps.code).status_code == 302
    row.refresh_from_db()
    assert (row.department, row.state) == (world.lamps, "sent")


def test_a_stale_page_keeps_what_was_written(client, world):
    topic = told.raised(world)
    stale = topic.version
    told.start(world, topic)
    client.force_login(world.accounts["convener"])
    answer = move(client, topic, "decline", seen=stale, reason="已在办的项目里，单独办更快。")
    assert answer.status_code == 409
    assert "已在办的项目里，单独办更快。" in answer.content.decode()
    assert move(client, topic, "nothing").status_code == 404


def test_who_works_on_it_at_the_desk(client, world):
    topic = told.opened(world)
    raised = told.raised(world)
    seen = {}
    for name in (
        "officer",
        "convener",
        "deputy",
        "other_convener",
        "member",
        "leader",
        "handler",
        "neighbour_officer",
    ):
        client.force_login(world.accounts[name])
        seen[name] = (desk(client, topic).status_code, desk(client, raised).status_code)
    assert seen == {
        "officer": (200, 200), "convener": (200, 200), "deputy": (200, 200), "other_convener": (403, 403),
        "member": (403, 403), "leader": (403, 403), "handler": (403, 403), "neighbour_officer": (403, 404),
    }  # fmt: skip
    client.force_login(world.accounts["convener"])
    topic.refresh_from_db()
    assert move(client, topic, "send", words1="登记受损田块", department1=world.farms.code).status_code == 403


def test_an_officer_enters_a_leaders_paper(client, world):
    client.force_login(world.accounts["officer"])
    said = {
        "title": told.TITLE,
        "question": told.QUESTION,
        "leader": "秦主席",
        "paper_on": clock.today().isoformat(),
    }
    assert send(client, reverse("desk:topic_paper"), **said).status_code == 422
    assert send(client, reverse("desk:topic_paper"), **said, paper=told.a_photo()).status_code == 302
    topic = Consultation.objects.get()
    html = desk(client, topic).content.decode()
    assert "秦主席" in html
    assert "move-decline" not in html  # who entered the paper leaves that to another
    client.force_login(world.accounts["convener"])
    assert send(client, reverse("desk:topic_paper"), **said, paper=told.a_photo()).status_code == 403


def test_as_many_queries_for_many_topics_as_for_one(client, world):
    from django.core.cache import caches
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.accounts["officer"])

    def some():
        told.raised(world)
        told.opened(world)
        told.a_voice(world)

    some()
    client.get(reverse("desk:topics"))
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("desk:topics"))
    for _n in range(5):
        some()
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("desk:topics"))
    assert len(one) == len(many)


def test_what_was_written_and_said_is_fetched_apart_or_drawn_where_no_script_runs(client, world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "先数清楚田块，再谈补多少。", "按村登记受损田块")
    told.sent(world, topic)
    client.force_login(world.accounts["officer"])
    page, address = desk(client, topic), reverse("desk:consultation", args=[topic.code])
    said, written = "先数清楚田块", "送出的建议"
    assert said not in page.text
    assert written not in page.text
    for part, words in (("talk", said), ("papers", written)):
        assert f'class="apart" hx-get="{address}?part={part}"' in page.text
        alone = client.get(address, {"part": part}, headers={"HX-Request": "true"}).text
        assert words in alone
        assert "<html" not in alone
        whole = client.get(address, {"part": part}).text
        assert words in whole
        assert "<html" in whole
    for name, status in (("handler", 403), ("neighbour_officer", 403)):
        client.force_login(world.accounts[name])
        answer = client.get(address, {"part": "talk"}, headers={"HX-Request": "true"})
        assert (answer.status_code, said in answer.text) == (status, False)
