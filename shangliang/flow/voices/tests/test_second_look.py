"""An answer waits for another person of the committee, who lets it through or sends it back."""

from datetime import timedelta

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.files import queries as files
from shangliang.base.files.models import File
from shangliang.base.journal import queries as journal
from shangliang.base.places import actions as places
from shangliang.flow.voices import actions, queries, registry, standing, told
from shangliang.flow.voices.models import Answer, SecondLook
from shangliang.flow.voices.queries import desk
from stories.pages import photo

WORDS = "和社区一起上门谈了，两家说好十点以后不打牌。"


@pytest.fixture
def waits(story, world):
    """A voice whose answer the convener wrote and wants looked over."""
    voice = story.to("taken_up")
    return actions.answer(voice.code, by=world.convener, seen=2, words=WORDS, sensitive=True)


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def test_it_waits_and_the_author_reads_that_it_is_being_looked_over(story, world, waits):
    assert (waits.state, waits.proposed_by) == ("taken_up", world.convener.key)
    assert not Answer.objects.exists()
    turn = standing.turn(fresh(waits))
    assert "复核" in turn.sentence
    whats = [one.what for one in told.timeline(fresh(waits), mine=True)]
    assert whats[-1] == "答复写好了，正在复核"
    assert WORDS not in " ".join(one.sentence for one in told.timeline(fresh(waits), mine=True))
    assert not [one for one in told.timeline(fresh(waits), mine=False) if "复核" in one.what]


def test_nobody_looks_at_their_own(world, waits):
    with pytest.raises(NotYours):
        actions.let_through(waits.code, by=world.convener, seen=waits.version)
    with pytest.raises(NotYours):
        actions.hold_back(waits.code, by=world.convener, seen=waits.version, words="我自己退")
    for other in (world.member, world.leader, world.auditor, world.city_officer, world.other_convener):
        with pytest.raises((NotYours, Unseen)):
            actions.let_through(waits.code, by=other, seen=waits.version)


def test_let_through_it_goes_out_as_it_was_written(world, waits):
    done = actions.let_through(waits.code, by=world.officer, seen=waits.version)
    given = Answer.objects.get()
    assert (done.state, done.proposed_by, given.words, given.by) == (
        "answered", "", WORDS, world.convener.key,
    )  # fmt: skip
    act = journal.acts([waits.thread]).last()
    assert (act.name, act.by, act.facts["written_by"]) == (
        "voice_answered", world.officer.key, world.convener.key,
    )  # fmt: skip
    assert act.facts["on_time"] is True


def test_what_was_not_sent_stays_with_the_level_that_wrote_it(story, world, later):
    voice = story.to("taken_up")
    waits = actions.answer(
        voice.code, by=world.convener, seen=2, words=WORDS, sensitive=True, uploads=[photo()]
    )
    look = SecondLook.objects.get()
    assert desk.may_open_waiting(look.code, [world.officer])
    with later(days=0, hour=11):
        up = actions.send_up(waits.code, by=world.officer, seen=waits.version, words="是市里的路。")
    with later(days=0, hour=12):
        assert desk.last_look(up) is None
        assert not desk.may_open_waiting(look.code, [world.city_officer])
        actions.answer(up.code, by=world.city_officer, seen=up.version, words="市里下周来修。")
    given = Answer.objects.get()
    assert given.words == "市里下周来修。"
    assert not files.of([given.subject])[given.subject]


def test_the_clock_runs_on_while_it_waits(world, waits, later):
    assert waits.due_by == waits.answer_by
    with later(days=(waits.answer_by - clock.today()).days + 1):
        actions.let_through(waits.code, by=world.officer, seen=waits.version)
        assert journal.acts([waits.thread]).last().facts["on_time"] is False


def test_sent_back_with_words_written_anew_with_its_papers(world, story):
    voice = story.to("taken_up")
    waits = actions.answer(
        voice.code, by=world.convener, seen=2, words=WORDS, sensitive=True, uploads=[photo()]
    )
    back = actions.hold_back(waits.code, by=world.officer, seen=waits.version, words="别写楼层")
    assert (back.state, back.proposed_by, desk.last_look(back).back) == ("taken_up", "", "别写楼层")
    again = actions.answer(
        back.code, by=world.convener, seen=back.version, words="谈好了，十点以后安静。", sensitive=True
    )
    done = actions.let_through(again.code, by=world.deputy, seen=again.version)
    given = Answer.objects.get()
    assert len(files.of([given.subject])[given.subject]) == 1
    assert done.state == "answered"


def test_another_answer_has_to_wait_and_the_writer_may_take_it_back(world, waits):
    with pytest.raises(NotNow, match="等复核"):
        actions.answer(waits.code, by=world.officer, seen=waits.version, words="我另写一份")
    with pytest.raises(NotYours):
        actions.retract(waits.code, by=world.officer, seen=waits.version)
    mine = actions.retract(waits.code, by=world.convener, seen=waits.version)
    with pytest.raises(NotNow, match="没有在等"):
        actions.let_through(waits.code, by=world.officer, seen=mine.version)
    assert actions.answer(waits.code, by=world.convener, seen=mine.version, words=WORDS).state == "answered"


def test_one_changed_since_it_was_read_is_not_let_through(world, waits):
    seen = waits.version
    mine = actions.retract(waits.code, by=world.convener, seen=seen)
    actions.answer(waits.code, by=world.convener, seen=mine.version, words="换了一种说法。", sensitive=True)
    with pytest.raises(NotNow):
        actions.let_through(waits.code, by=world.officer, seen=seen)
    assert not Answer.objects.exists()


def test_out_of_the_hands_that_answer_it_falls_away(world, waits):
    moved = actions.assign(waits.code, by=world.officer, seen=waits.version, department=world.lamps)
    assert moved.proposed_by == ""
    with pytest.raises(NotNow):
        actions.let_through(waits.code, by=world.officer, seen=moved.version)


def test_a_committee_may_set_that_some_kinds_always_wait(story, world):
    places.prefer(world.county, "second_look", ["complaint"])
    plain, complaint = (
        story.to("taken_up", kind="help"),
        story.to("taken_up", kind="complaint", words="楼上吵。"),
    )
    assert actions.answer(plain.code, by=world.officer, seen=2, words=WORDS).state == "answered"
    held = actions.answer(complaint.code, by=world.officer, seen=2, words=WORDS)
    assert (held.state, held.proposed_by) == ("taken_up", world.officer.key)


def test_a_departments_answer_is_the_departments(story, world):
    places.prefer(world.county, "second_look", ["complaint"])
    voice = story.to("assigned", kind="complaint")
    assert actions.answer(voice.code, by=world.handler, seen=3, words=WORDS).state == "answered"


def test_above_another_officer_of_the_committee_above_looks(story, world):
    voice = story.to("sent_up")
    held = actions.answer(voice.code, by=world.city_officer, seen=3, words=WORDS, sensitive=True)
    with pytest.raises(NotYours):
        actions.let_through(held.code, by=world.officer, seen=held.version)


def test_its_papers_open_to_whom_it_waits_for_and_go_with_the_author(story, world):
    voice = story.to("taken_up")
    actions.answer(voice.code, by=world.convener, seen=2, words=WORDS, sensitive=True, uploads=[photo()])
    code = SecondLook.objects.get().code
    opens = lambda who: registry._may_open("answer", [who], code)  # noqa: E731
    assert [opens(who) for who in (world.officer, world.deputy, world.auditor)] == [True] * 3
    others = (world.member, world.leader, world.handler, world.city_officer, story.by(voice))
    assert [opens(who) for who in others] == [False] * 5
    actions.erase(voice.code, by=world.officer, way="in_person")
    assert not SecondLook.objects.exists()
    assert not File.objects.exists()


def test_a_resident_who_waits_longer_than_the_clock_reads_that_too(world, waits):
    with clock.at(clock.now() + timedelta(days=60)):
        assert "已经" in standing.turn(fresh(waits)).detail
