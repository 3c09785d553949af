"""A member's message from the workbench to a studio's desk and back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.flow.correspondence import actions
from shangliang.flow.correspondence.models import Message
from stories.pages import Signed

WORDS = "你们的接待日怎么排，想去学一学"


def written(world, by="far_convener", **said):
    """From the neighbouring county's convener, who is a member there, to the studio of 清溪县."""
    said = {"about": "接待日怎么排", "words": WORDS} | said
    return actions.write(world.studio.code, by=getattr(world, by), **said)


def test_from_the_workbench_to_the_desk_and_back(world, client):
    person = Signed(client, world)
    found = person("far_convener").get("workbench:message_write", q="清溪 " + world.studio.name).text
    assert reverse("workbench:message_write") + f"?studio={world.studio.code}" in found
    where = reverse("workbench:message_write") + f"?studio={world.studio.code}"
    form = {"key": "k" * 22, "about": "接待日怎么排", "words": WORDS}
    assert client.post(where, {**form, "words": ""}).status_code == 422
    assert client.post(where, {**form, "key": "m" * 22}).status_code == 302
    message = Message.objects.get()
    assert "接待日怎么排" in person("convener").get("desk:messages").text
    assert "等您回" in person.get("workbench:today").text
    page = person.get("desk:message", message.code).text
    assert WORDS in page
    assert person.post("desk:message_move", message.code, "answer", words="周三来").status_code == 302
    assert "没有委员留言等着回" in person.get("desk:messages").text
    assert "有回话" in person("far_convener").get("workbench:today").text
    message.refresh_from_db()
    assert "周三来" in person.get("workbench:message", message.code).text
    assert (
        person.post("workbench:message_move", message.code, "close", seen=message.version).status_code == 302
    )
    assert "有回话" not in person.get("workbench:today").text
    assert person("member").get("workbench:message", message.code).status_code == 404
    assert person("auditor").get("desk:messages").status_code == 200


@pytest.mark.parametrize(
    ("who", "name"), [("convener", "desk:messages"), ("far_convener", "workbench:messages")]
)
def test_lists_ask_as_often_for_many_as_for_one(world, client, who, name):
    person = Signed(client, world)(who)
    written(world)
    person.get(name)
    with CaptureQueriesContext(connection) as one:
        person.get(name)
    for n in range(20):
        written(world, about=f"第 {n} 件")
    person.get(name)
    with CaptureQueriesContext(connection) as many:
        assert "第 7 件" in person.get(name).text
    assert len(one) == len(many)
