"""A result is drafted, published once, and read by everybody."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from shangliang.base import search
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.people.actor import STRANGER
from shangliang.flow.results import actions, queries
from shangliang.flow.results.states import CHART
from stories import world_topics as told

TEXT = "三个村登记了受损田块，补了种子。"


def answered(world):
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    [row] = told.sent(world, topic)
    told.done(world, told.answered(world, row))
    return topic


def test_a_draft_is_for_officers_and_a_published_result_for_everybody(client, world):
    topic = answered(world)
    draft = actions.draft(topic.code, by=world.officer, text=TEXT, evidence=[told.a_photo()])
    address = reverse("results:result", args=[draft.code])
    assert client.get(address).status_code == 404
    for name in ("member", "convener", "leader", "handler", "neighbour_officer"):
        with pytest.raises(Unseen):
            queries.result(draft.code, actor=getattr(world, name))
    client.force_login(world.accounts["officer"])
    assert "草稿" in client.get(address).content.decode()
    client.logout()
    actions.publish(draft.code, by=world.officer, seen=1)
    html = client.get(address).content.decode()
    for words in (TEXT, "2 位提议人，0 位说解决了", "凭据", told.TITLE):
        assert words in html
    assert TEXT[:10] in client.get(reverse("results:list")).content.decode()
    assert TEXT[:10] not in client.get(reverse("results:list"), {"in": "990102"}).content.decode()
    found, _more = search.newest("result", "受损田块", queries.visible_to(STRANGER))
    assert found == [draft]
    page = client.get(reverse("consultations:consultation", args=[topic.code])).content.decode()
    assert address in page


def test_who_drafts_and_when(world):
    topic = told.opened(world)
    with pytest.raises(NotNow):
        actions.draft(topic.code, by=world.officer, text=TEXT)
    with pytest.raises(NotYours):
        actions.draft(topic.code, by=world.convener, text=TEXT)
    topic = answered(world)
    for name in ("convener", "leader", "member", "handler", "city_officer"):
        with pytest.raises(NotYours):
            actions.draft(topic.code, by=getattr(world, name), text=TEXT)
    with pytest.raises(ValidationError, match="10 到"):
        actions.draft(topic.code, by=world.officer, text="短")
    draft = actions.draft(topic.code, by=world.officer, text=TEXT)
    with pytest.raises(NotNow):
        actions.draft(topic.code, by=world.officer, text=TEXT)
    draft = actions.redraft(
        draft.code, by=world.officer, seen=1, text=TEXT + "还差一个村。", evidence=[told.a_photo()]
    )
    with pytest.raises(NotNow):
        actions.publish(draft.code, by=world.officer, seen=1)
    draft = actions.publish(draft.code, by=world.officer, seen=draft.version)
    for move in ("redraft", "publish"):
        assert not CHART.may(move, world.officer, draft)
        with pytest.raises(NotNow):
            CHART.check(move, draft, by=world.officer, seen=draft.version)


def test_the_list_asks_as_often_for_many_as_for_one(client, world):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def published():
        draft = actions.draft(answered(world).code, by=world.officer, text=TEXT, evidence=[told.a_photo()])
        actions.publish(draft.code, by=world.officer, seen=1)

    published()
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("results:list"))
    for _n in range(4):
        published()
    with CaptureQueriesContext(connection) as five:
        client.get(reverse("results:list"))
    assert len(one) == len(five)
