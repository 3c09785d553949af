"""Many voices at once: all of them or none, each by its own act."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.places import actions as places
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Answer, Batch, Note, Voice
from shangliang.flow.voices.queries import desk

WORDS = "{编号}：{工作室}已经报修，{日期}以后亮灯。"


@pytest.fixture
def twelve(story):
    return [story.to("taken_up", words=f"第 {n} 盏路灯不亮，夜里看不见。") for n in range(12)]


def codes(voices):
    return [voice.code for voice in voices]


def prepared(voices, by, deed="answer", words=WORDS, **more):
    return actions.prepare_batch(codes(voices), by=by, deed=deed, words=words, **more)


def states():
    return sorted(Voice.objects.values_list("state", flat=True))


def test_each_gets_its_own_words_and_its_own_act(world, twelve):
    batch = prepared(twelve, world.officer)
    assert states() == ["taken_up"] * 12  # looking does nothing
    actions.carry_out(batch.code, by=world.officer, seen=1)
    assert states() == ["answered"] * 12
    for voice in twelve:
        assert voice.number in Answer.objects.get(voice=voice).words
        assert (
            Act.objects.filter(thread=voice.thread, name="voice_answered", by=world.officer.key).count() == 1
        )
    told = Act.objects.get(name="batch_carried_out")
    assert told.facts == {"deed": "answer", "count": 12}


def test_one_that_changed_meanwhile_stops_them_all_and_is_named(world, twelve):
    batch = prepared(twelve, world.officer)
    other = twelve[7]
    actions.extend(other.code, by=world.convener, seen=2, days=2, words="灯杆要订做")
    acts = Act.objects.count()
    with pytest.raises(actions.NotAll) as stopped:
        actions.carry_out(batch.code, by=world.officer, seen=1)
    assert [line.code for line in stopped.value.lines] == [other.code]
    assert states() == ["taken_up"] * 12
    assert (Act.objects.count(), Answer.objects.count()) == (acts, 0)
    again = actions.look_again(batch.code, by=world.officer, seen=1)
    assert (again.words, len(again.rows)) == (WORDS, 12)
    actions.carry_out(batch.code, by=world.officer, seen=2)
    assert states() == ["answered"] * 12


def test_a_fault_in_the_last_takes_back_the_first(world, twelve, monkeypatch):
    batch = prepared(twelve, world.officer)
    from shangliang.flow.voices.actions import handling

    plain, last = handling.answer, twelve[-1].code

    def answer(code, **said):
        if code == last:
            raise NotNow("别人刚处理过")
        return plain(code, **said)

    monkeypatch.setattr(handling, "answer", answer)
    with pytest.raises(actions.NotAll):
        actions.carry_out(batch.code, by=world.officer, seen=1)
    assert states() == ["taken_up"] * 12
    assert not Answer.objects.exists()


def test_it_is_carried_out_once_and_by_whoever_made_it(world, twelve):
    batch = prepared(twelve, world.officer)
    with pytest.raises(Unseen):
        actions.carry_out(batch.code, by=world.convener, seen=1)
    actions.carry_out(batch.code, by=world.officer, seen=1)
    with pytest.raises(NotNow, match="已经办过"):
        actions.carry_out(batch.code, by=world.officer, seen=2)
    assert Answer.objects.count() == 12


def test_those_that_cannot_are_left_out_and_told_why(story, world, twelve):
    places.prefer(world.county, "second_look", ["complaint"])
    answered = story.to("answered", words="答过的一件。")
    received = story.to("received", words="还没受理的一件。")
    assigned = story.to("assigned", words="在单位那里的一件。")
    complaint = story.to("taken_up", kind="complaint", words="楼上夜里吵。")
    waits = actions.answer(twelve[0].code, by=world.convener, seen=2, words="等人看一眼。", sensitive=True)
    batch = prepared([*twelve, answered, received, assigned, complaint], world.officer)
    why = dict(batch.left_out)
    assert set(why) == {one.code for one in (answered, received, assigned, complaint, waits)}
    assert why[answered.code] == "已经答复过了"
    assert why[received.code] == "还没受理"
    assert "承办单位在办" in why[assigned.code]
    assert "复核" in why[complaint.code]
    assert "复核" in why[waits.code]
    assert len(batch.rows) == 11


def test_anothers_voices_are_left_out_and_nothing_of_them_is_told(story, world, twelve):
    far = story.leave(studio=world.far_studio, words="桥上有个洞。")
    batch = prepared([twelve[0], far], world.officer)
    assert codes([far]) == [code for code, _why in batch.left_out]
    with pytest.raises(ValidationError, match="一件也不能"):
        prepared(twelve, world.neighbour_officer)
    with pytest.raises(NotYours):
        prepared(twelve, world.handler)


def test_a_word_in_braces_that_is_no_variable_is_refused_by_name(world, twelve):
    with pytest.raises(ValidationError, match=r"\{姓名\}"):
        prepared(twelve, world.officer, words="{姓名} 您好，已经报修。")
    assert not Batch.objects.exists()


def test_accepted_assigned_and_handed_over_in_the_same_frame(story, world):
    fresh = [story.leave(words=f"第 {n} 处水管漏水。") for n in range(3)]
    one = prepared(fresh, world.officer, "take_up", "")
    actions.carry_out(one.code, by=world.officer, seen=1)
    assert states() == ["taken_up"] * 3
    two = prepared(fresh, world.officer, "hand_over", "我休假一周", to=world.convener.key)
    actions.carry_out(two.code, by=world.officer, seen=1)
    assert Voice.objects.filter(desk.handed_to(world.convener)).count() == 3
    assert [note.words for note in Note.objects.all()] == ["我休假一周"] * 3
    three = prepared(fresh, world.officer, "assign", "", to=world.lamps.code)
    actions.carry_out(three.code, by=world.officer, seen=1)
    assert states() == ["assigned"] * 3


def test_said_otherwise_it_is_looked_through_anew(world, twelve):
    batch = prepared(twelve[:6], world.officer)
    actions.answer(twelve[0].code, by=world.convener, seen=2, words="已经单独答复。")
    again = actions.rewrite_batch(batch.code, by=world.officer, seen=1, words="{编号} 这周修好。")
    assert (len(again.rows), len(again.left_out)) == (5, 1)
    with pytest.raises(NotNow):  # a page of before
        actions.carry_out(batch.code, by=world.officer, seen=1)


def test_as_many_queries_to_look_through_twelve_as_one(world, twelve):
    def asked(voices):
        with CaptureQueriesContext(connection) as queries:
            prepared(voices, world.officer, "hand_over", "", to=world.convener.key)
        return len(queries)

    asked(twelve)
    assert asked(twelve) == asked(twelve[:1])


def test_at_most_five_hundred(world, twelve):
    with pytest.raises(ValidationError, match="最多 500 件"):
        actions.prepare_batch(["x"] * 501, by=world.officer, deed="answer", words=WORDS)
