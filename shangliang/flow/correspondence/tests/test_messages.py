"""A member writes to a studio of another level; it is read, answered, and nobody else learns of it."""

import pytest
from django.core.exceptions import ValidationError

from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK, STRANGER
from shangliang.base.people.models import PersonKey, Post
from shangliang.flow.correspondence import actions, queries, talk
from shangliang.flow.correspondence.models import Message, Said

WORDS = "你们的接待日怎么排，想去学一学"


def written(world, by="far_convener", **said):
    """From the neighbouring county's convener, who is a member there, to the studio of 清溪县."""
    said = {"about": "接待日怎么排", "words": WORDS} | said
    return actions.write(world.studio.code, by=getattr(world, by), **said)


def test_it_is_written_read_answered_and_done_each_an_act(world):
    message = written(world)
    message = actions.read(message.code, by=world.convener, seen=1)
    assert message.state == "read"
    message = actions.answer(
        message.code, by=world.convener, seen=message.version, words="周三来，我带您看。"
    )
    message = actions.add(message.code, by=world.far_convener, seen=message.version, words="那就下周三")
    assert message.state == "waiting"
    actions.answer(message.code, by=world.officer, seen=message.version, words="好，等您。")
    message.refresh_from_db()
    message = actions.close(message.code, by=world.far_convener, seen=message.version)
    assert message.state == "closed"
    said = talk.pieces(message, world.far_convener)
    assert [(words, mine) for _who, _when, words, mine, _photos in said] == [
        (WORDS, True), ("周三来，我带您看。", False), ("那就下周三", True), ("好，等您。", False),
    ]  # fmt: skip
    acts = Act.objects.filter(subject=message.subject).order_by("pk")
    assert [act.name for act in acts] == [
        "message_written", "message_read", "message_answered", "message_added", "message_answered",
        "message_closed",
    ]  # fmt: skip
    assert acts[0].facts == {"length": len(WORDS)}
    assert {act.studio for act in acts} == {world.studio.code}


def test_only_the_writer_the_studio_and_its_office_know_of_it(world):
    message = written(world)
    readers = ("far_convener", "convener", "deputy", "officer", "auditor")
    for name in readers:
        assert queries.message(message.code, getattr(world, name)) == message
    others = (
        "member",
        "other_convener",
        "leader",
        "handler",
        "operator",
        "neighbour_officer",
        "city_officer",
    )
    for actor in (STRANGER, *(getattr(world, name) for name in others)):
        with pytest.raises(Unseen):
            queries.message(message.code, actor)
    for name in ("auditor", "far_convener"):
        with pytest.raises(NotYours):
            actions.answer(message.code, by=getattr(world, name), seen=1, words="回一句")
    for name in ("convener", "officer"):
        with pytest.raises(NotYours):
            actions.add(message.code, by=getattr(world, name), seen=1, words="再说一句")


def test_members_write_and_nobody_else(world):
    for name in ("officer", "leader", "handler", "auditor", "operator"):
        with pytest.raises(NotYours):
            written(world, by=name)
    assert written(world, by="member")
    assert written(world, by="convener")  # to the studio that they convene themselves …
    own = Message.objects.latest("pk")
    with pytest.raises(NotYours):  # … and it is the deputy or the office that answers
        actions.answer(own.code, by=world.convener, seen=1, words="自问自答")
    assert own not in queries.waiting(world.convener)
    assert own in queries.waiting(world.deputy)


def test_a_message_needs_words_and_an_open_studio_that_one_may_know_of(world):
    with pytest.raises(ValidationError, match="几个字"):
        written(world, words=" ")
    with pytest.raises(ValidationError, match="关于什么"):
        written(world, about="长" * 61)
    type(world.studio).objects.filter(pk=world.studio.pk).update(state="suspended")
    with pytest.raises(ValidationError, match="没有开"):
        written(world)
    type(world.studio).objects.filter(pk=world.studio.pk).update(state="open", online="offline")
    with pytest.raises(Unseen):  # not online: for its own county's people only
        written(world)
    assert written(world, by="member")
    assert not Act.objects.filter(name="message_written", by=world.far_convener.key).exists()


def test_two_answer_at_once_and_the_second_is_told(world):
    message = written(world)
    actions.answer(message.code, by=world.convener, seen=1, words="周三来")
    with pytest.raises(NotNow, match="别人刚处理过"):
        actions.answer(message.code, by=world.deputy, seen=1, words="周四来")


def test_the_words_lie_under_the_writers_key_and_go_with_their_account(world):
    message = written(world)
    actions.answer(message.code, by=world.convener, seen=1, words="周三来，我带您看。")
    raw = [bytes(row) for row in Said.objects.values_list("words", flat=True)]
    assert all(WORDS.encode() not in row and "周三".encode() not in row for row in raw)
    account = world.accounts["far_convener"]
    for post in Post.objects.filter(holder=account):
        people.end_post(post, by=CLOCK.key, on=post.since)
    people.erase_account(account, by=CLOCK)
    people.finish_erasures()
    assert not PersonKey.objects.filter(person=account.key).exists()
    message = queries.message(message.code, world.convener)
    assert "删除" in message.about
    assert {str(line.words) for line in queries.lines(message)} == {str(message.about)}
    with pytest.raises(NotNow, match="注销"):
        actions.answer(message.code, by=world.convener, seen=message.version, words="还在吗")
