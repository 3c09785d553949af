"""A leader sees what waits and what is overdue, and sets a topic."""

import secrets
from datetime import timedelta

from django.urls import reverse

from shangliang.base import clock
from shangliang.flow.consultations.models import Consultation
from stories import world_topics as told


def test_what_waits_and_what_is_overdue(client, world):
    client.force_login(world.accounts["leader"])
    topic = told.opened(world)
    told.said(world, topic, world.member, "登记要快。", "登记受损田块")
    told.sent(world, topic)
    told.a_voice(world, "巷口的路灯坏了半个月")
    html = client.get(reverse("leaders:home")).content.decode()
    assert "没有超期的" in html
    with clock.at(clock.now() + timedelta(days=40)):
        html = client.get(reverse("leaders:home")).content.decode()
    assert "登记受损田块，按村公布" in html
    assert "巷口的路灯坏了半个月" in html


def test_a_leader_sets_a_topic(client, world):
    client.force_login(world.accounts["leader"])
    form = {"title": told.TITLE, "question": told.QUESTION}
    assert client.get(reverse("leaders:topics")).status_code == 200
    key = {"key": secrets.token_urlsafe(16)}
    assert client.post(reverse("leaders:topics"), key | form | {"title": ""}).status_code == 422
    assert client.post(reverse("leaders:topics"), key | form).status_code == 302
    topic = Consultation.objects.get()
    assert (topic.source, topic.raised_by) == ("leader", world.leader.key)
    assert told.TITLE in client.get(reverse("leaders:topics")).content.decode()


def test_only_leaders_come_in(client, world):
    for name in ("officer", "member", "handler", "neighbour_officer"):
        client.force_login(world.accounts[name])
        assert client.get(reverse("leaders:home")).status_code == 403
        assert client.get(reverse("leaders:topics")).status_code == 403
    client.logout()
    assert client.get(reverse("leaders:home")).status_code == 302


def test_as_many_queries_for_many_as_for_one(client, world):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(world.accounts["leader"])

    def some():
        told.raised(world)
        topic = told.opened(world)
        told.said(world, topic, world.member, "登记要快。", "登记受损田块")
        told.sent(world, topic)
        told.a_voice(world)

    some()
    later = clock.now() + timedelta(days=40)
    with clock.at(later), CaptureQueriesContext(connection) as one:
        client.get(reverse("leaders:home"))
    for _n in range(4):
        some()
    with clock.at(later), CaptureQueriesContext(connection) as many:
        client.get(reverse("leaders:home"))
    assert len(one) == len(many)
