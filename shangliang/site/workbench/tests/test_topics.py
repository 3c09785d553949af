"""A member raises a topic and sees what became of it."""

import secrets

from django.urls import reverse

from shangliang.flow.consultations import actions
from shangliang.flow.consultations.models import Consultation
from stories import world_topics as told


def test_a_member_raises_a_topic(client, world):
    client.force_login(world.accounts["member"])
    address = reverse("workbench:topics")
    assert "您还没有提过题目" in client.get(address).content.decode()
    key, form = {"key": secrets.token_urlsafe(16)}, {"title": told.TITLE, "question": told.QUESTION}
    bad = client.post(address, key | form | {"title": "鸟"})
    assert bad.status_code == 422
    assert told.QUESTION in bad.content.decode()
    assert client.post(address, key | form).status_code == 302
    topic = Consultation.objects.get()
    assert (topic.source, topic.raised_by) == ("member", world.member.key)
    actions.decline(topic.code, by=world.officer, seen=1, reason="今年已有同样的题目。")
    assert "今年已有同样的题目。" in client.get(address).content.decode()
    client.force_login(world.accounts["member2"])
    assert "您还没有提过题目" in client.get(address).content.decode()


def test_who_is_no_member_is_turned_away(client, world):
    for name in ("officer", "leader", "handler"):
        client.force_login(world.accounts[name])
        assert client.get(reverse("workbench:topics")).status_code == 403
