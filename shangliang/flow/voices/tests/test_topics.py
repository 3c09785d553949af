"""What a voice is about: a closed list with its source, said by the office, never asked of its author."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.models import Act
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.forms import Leave
from shangliang.flow.voices.queries import near
from shangliang.flow.voices.topics import named, taxonomy


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def facts(voice, name):
    return [act.facts for act in Act.objects.filter(name=name, subject=voice.subject).order_by("id")]


def test_each_topic_says_what_belongs_there_and_where_it_comes_from():
    found = taxonomy()
    assert found.edition == 1
    for topic in found.topics.values():
        assert all((topic.name, topic.english, topic.about, topic.source)), topic.key
        assert topic.english.isascii()
        assert len(topic.key) <= 20
    own = [topic.key for topic in found.topics.values() if topic.kind != "real"]
    assert own == ["other"], "what no place published is said to be our own"
    assert "jnzx.gov.cn" in found.topics["education"].source


def test_its_name_speaks_the_readers_language_and_an_unknown_key_stays_readable():
    assert named("farming") == "三农"
    with translation.override("en"):
        assert named("farming") == "Farming and villages"
    assert named("") == ""
    assert named("of_an_old_edition") == "of_an_old_edition"


def test_the_door_does_not_ask_for_it():
    assert "topic" not in Leave().fields


def test_it_is_said_when_taken_up_or_not_at_all(story, world):
    plain, about = story.leave(), story.leave()
    assert actions.take_up(plain.code, by=world.convener, seen=1).topic == ""
    assert actions.take_up(about.code, by=world.convener, seen=1, topic="city").topic == "city"
    assert fresh(about).topic == "city"
    assert "topic" not in facts(plain, "voice_taken_up")[0]
    assert facts(about, "voice_taken_up")[0]["topic"] == "city"
    unknown = story.leave()
    with pytest.raises(ValidationError, match="从单子里选"):
        actions.take_up(unknown.code, by=world.convener, seen=1, topic="nothing")
    assert fresh(unknown).state == "received"


def test_it_is_changed_and_taken_back_and_the_journal_knows_what_it_was(story, world):
    voice = story.to("assigned")
    due, clocks = voice.due_by, list(voice.deadlines.values())
    said = actions.set_topic(voice.code, by=world.officer, seen=voice.version, topic="city")
    said = actions.set_topic(voice.code, by=world.convener, seen=said.version, topic="transport")
    with pytest.raises(ValidationError, match="已经是"):
        actions.set_topic(voice.code, by=world.officer, seen=said.version, topic="transport")
    with pytest.raises(ValidationError, match="从单子里选"):
        actions.set_topic(voice.code, by=world.officer, seen=said.version, topic="nothing")
    back = actions.set_topic(voice.code, by=world.officer, seen=said.version, topic="")
    assert facts(voice, "voice_topic_set") == [
        {"topic": "city"}, {"topic": "transport", "was": "city"}, {"was": "transport"},
    ]  # fmt: skip
    assert (back.topic, back.state, back.due_by) == ("", "assigned", due)
    assert list(back.deadlines.values()) == clocks


def test_two_who_say_it_at_once_do_not_overwrite_each_other(story, world):
    voice = story.to("taken_up")
    actions.set_topic(voice.code, by=world.officer, seen=voice.version, topic="city")
    with pytest.raises(NotNow):
        actions.set_topic(voice.code, by=world.convener, seen=voice.version, topic="transport")
    assert fresh(voice).topic == "city"


def test_only_whoever_takes_voices_up_says_it_and_only_of_what_was_taken_up(story, world):
    waits, taken = story.to("received"), story.to("taken_up", words="集市占了村道，救护车进不来")
    with pytest.raises(NotNow):
        actions.set_topic(waits.code, by=world.officer, seen=waits.version, topic="city")
    for other in (world.member, world.leader, world.auditor, story.by(taken)):
        with pytest.raises(NotYours):
            actions.set_topic(taken.code, by=other, seen=taken.version, topic="city")


def test_its_author_and_everybody_read_nothing_new_of_it_in_what_happened(story, world):
    from shangliang.flow.voices import told

    voice = story.to("taken_up")
    before = [one.sentence for one in told.timeline(fresh(voice), mine=True)]
    actions.set_topic(voice.code, by=world.officer, seen=voice.version, topic="city")
    assert [one.sentence for one in told.timeline(fresh(voice), mine=True)] == before


def test_similar_voices_of_the_same_topic_come_first_and_of_the_same_kind_where_nobody_said(story, world):
    words = "巷口的路灯又不亮了"
    asked = story.leave("巷口的路灯不亮了，娃娃放学摸黑", kind="help")
    kind, topic = story.leave(words, kind="help"), story.leave(words, kind="complaint")
    for other in ("桥头的班车不停", "水渠堵了没人管"):
        story.leave(other)

    def first():
        return near.similar(fresh(asked), world.officer)[0].item

    assert first() == kind
    for voice, about in ((asked, "city"), (kind, "transport"), (topic, "city")):
        actions.take_up(voice.code, by=world.officer, seen=1, topic=about)
    assert first() == topic
