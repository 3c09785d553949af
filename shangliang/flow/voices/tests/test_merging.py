"""Two voices that say the same are dealt with together, once the author of the one said yes; undone byte for
byte."""

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import retention
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.models import (
    Answer,
    Assignment,
    Deadline,
    Line,
    Merging,
    Progress,
    Remark,
    Verdict,
    Voice,
)
from shangliang.flow.voices.queries import desk, tied, urged

from .conftest import MONDAY

RUNGS = ("voice_reminded", "voice_urged", "voice_listed")


@pytest.fixture
def host(story):
    return story.to("taken_up", words="学校门口那排灯也黑着，跟村口是一回事。")


def propose(world, voice, host, by=None):
    voice = queries.rows().get(pk=voice.pk)
    return actions.propose_merge(
        voice.code, by=by or world.officer, seen=voice.version, into=host.number, words="同一排灯。"
    )


def columns(voice):
    """Every column of the voice and of all that belongs to it, as it lies in the tables; but its version,
    which only ever rises: a page drawn in between must be told that it is old."""
    [row] = Voice.objects.filter(pk=voice.pk).values()
    del row["version"]
    parts = (Line, Answer, Progress, Verdict, Assignment, Remark, Deadline)
    return row, [list(model.objects.filter(voice=voice).order_by("pk").values()) for model in parts]


def test_nothing_is_merged_before_the_author_says_yes(story, world, host, later):
    voice = story.to("taken_up")
    before = columns(voice)
    propose(world, voice, host)
    assert columns(voice) == before
    with later(20):  # they never answer
        assert columns(voice) == before
        assert list(queries.overdue_on(world.county.path, clock.today())) == [host, voice]
    assert tied.asked_to_merge(queries.rows().get(pk=voice.pk)).into == host


def test_undone_it_is_what_it_was_byte_for_byte(story, world, host, later):
    voice = story.to("taken_up", phone="13812345678", place="村口", public=True)
    actions.say(voice.code, by=story.by(voice), seen=None, words="一共六盏")
    with later(1):
        voice = queries.rows().get(pk=voice.pk)
        actions.extend(voice.code, by=world.officer, seen=voice.version, days=3, words="灯杆要订做。")
    before = columns(voice)
    with later(2):
        merged = story.merge(queries.rows().get(pk=voice.pk), host)
        assert (merged.state, merged.due_by, merged.merged_into) == ("merged", None, host)
        assert columns(voice) != before
    with later(40):  # the host is long answered and judged by then
        actions.answer(host.code, by=world.convener, seen=None, words="都换了。")
        fresh = queries.rows().get(pk=host.pk)
        actions.confirm(host.code, by=story.by(host), seen=fresh.version)
        actions.unmerge(voice.code, by=world.officer, seen=merged.version)
        assert columns(voice) == before
        assert Deadline.objects.get(voice=voice, kind="answer").due < clock.today()  # and so it is late
        assert voice in queries.overdue_on(world.county.path, clock.today())


@pytest.mark.parametrize("waits", [False, True], ids=["", "an answer waits"])
@pytest.mark.parametrize(
    ("days", "rung"), [((), ""), ((15,), "reminded"), ((15, 17), "urged"), ((15, 17, 21), "listed")]
)
def test_undone_a_late_one_stands_where_it_stood(story, world, later, client, days, rung, waits):
    """Answered by 7 December; merged on the 15th, undone on the 23rd."""
    voice = story.to("taken_up")
    for day in days:
        with later(day):
            actions.climb()

    def listed():
        return voice in urged.named(), world.studio.name in client.get("/overdue/").text

    with later(22):
        host = story.to("taken_up", words="学校门口那排灯也黑着，跟村口是一回事。")
        if waits:
            actions.answer(
                voice.code, by=world.convener, seen=None, words="灯杆订了，下月装。", sensitive=True
            )
        before, was = columns(voice), listed()
        assert was == (rung == "listed", rung == "listed")
        assert (before[0]["rung"], before[0]["proposed_by"]) == (rung, world.convener.key if waits else "")
        merged = story.merge(queries.rows().get(pk=voice.pk), host)
        assert listed() == (False, False), "nobody is named for what has no clock"
        assert desk.waiting_look(merged) is None
        with pytest.raises(NotNow):
            actions.let_through(voice.code, by=world.officer, seen=None)
    with later(30):
        assert actions.climb() == 0
        back = actions.unmerge(voice.code, by=story.by(voice), seen=merged.version)
        assert columns(voice) == before
        assert listed() == was
        assert bool(desk.waiting_look(back)) is waits
        climbed = [act.name for act in Act.objects.filter(thread=voice.thread, name__in=RUNGS)]
        assert len(climbed) == len(days), "what was climbed is not climbed again"
        if waits:
            answered = actions.let_through(voice.code, by=world.officer, seen=back.version)
            assert (answered.state, listed()) == ("answered", (False, False))


def test_what_the_author_changed_meanwhile_stays_changed(story, world, host):
    voice = story.to("taken_up", phone="13812345678", public=True)
    merged = story.merge(voice, host)
    actions.correct_phone(voice.code, by=story.by(voice), phone="")
    actions.make_private(voice.code, by=story.by(voice), seen=1)
    back = actions.unmerge(voice.code, by=story.by(voice), seen=merged.version)
    assert (back.state, back.phone, back.public) == ("taken_up", "", False)


def test_the_author_says_no_and_another_may_be_proposed(story, world, host):
    voice = story.to("taken_up")
    asked = propose(world, voice, host)
    no = actions.decline_merge(voice.code, by=story.by(voice), seen=asked.version)
    assert (no.state, no.due_by) == ("taken_up", voice.due_by)
    with pytest.raises(NotNow, match="没有要您同意的事"):
        actions.agree_merge(voice.code, by=story.by(voice), seen=no.version)
    second = story.to("taken_up", words="学校后墙的灯也坏了。")
    propose(world, voice, second)
    propose(world, voice, host)  # the officer thought better of it: the question before falls away
    assert [row.said for row in Merging.objects.filter(voice=voice).order_by("pk")] == [
        "declined", "dropped", "",
    ]  # fmt: skip


def test_only_the_author_agrees_and_only_the_hosts_propose(story, world, host):
    voice = story.to("taken_up")
    for person in (world.member, world.leader, world.auditor):
        with pytest.raises(NotYours):
            propose(world, voice, host, by=person)
    with pytest.raises(Unseen):
        propose(world, voice, host, by=world.neighbour_officer)
    asked = propose(world, voice, host)
    for person in (world.officer, world.convener):
        with pytest.raises(NotYours):
            actions.agree_merge(voice.code, by=person, seen=asked.version)


def test_what_cannot_host(story, world):
    voice = story.to("taken_up")
    far = story.leave(studio=world.far_studio, words="邻县桥上有个洞。")
    others = [story.to(state, words=f"另一件：{state}。") for state in ("received", "answered", "refused")]
    for other in (voice, far, *others):
        with pytest.raises(ValidationError, match="编号"):
            propose(world, voice, other)


def test_no_chains(story, world, host):
    voice = story.to("taken_up")
    story.merge(voice, host)
    third = story.to("taken_up", words="第三排灯。")
    with pytest.raises(NotNow, match="先把它们拆开"):
        propose(world, host, third)
    with pytest.raises(ValidationError):
        propose(world, third, voice)  # what is merged hosts nobody


def test_a_yes_that_comes_too_late_changes_nothing(story, world, host):
    voice = story.to("taken_up")
    asked = propose(world, voice, host)
    actions.answer(host.code, by=world.convener, seen=host.version, words="都换了。")
    assert tied.asked_to_merge(queries.rows().get(pk=voice.pk)) is None
    with pytest.raises(NotNow, match="已经有了结果"):
        actions.agree_merge(voice.code, by=story.by(voice), seen=asked.version)


def test_a_merged_voice_has_no_clock_and_no_say_in_what_was_on_time(story, world, host, later):
    voice = story.to("taken_up")
    story.merge(voice, host)
    assert voice not in queries.queue(world.officer)
    with later(20):
        assert list(queries.overdue_on(world.county.path, clock.today())) == [host]
        fell = queries.deadlines_fallen(world.county.path, MONDAY, clock.today())
        assert [row.voice for row in fell] == [host]


def test_a_day_that_had_passed_is_not_mended_by_merging(story, world, later):
    voice = story.to("taken_up")
    with later(20):
        host = story.to("taken_up", words="学校门口的灯也黑着。")
        story.merge(queries.rows().get(pk=voice.pk), host)
        [row] = queries.deadlines_fallen(world.county.path, MONDAY, clock.today())
        assert (row.voice, row.on_time) == (voice, False)


def test_when_the_host_is_erased_the_other_goes_on_by_itself(story, world, host):
    voice = story.to("taken_up")
    due = voice.due_by
    story.merge(voice, host)
    actions.erase(host.code, by=story.by(host))
    back = queries.rows().get(pk=voice.pk)
    assert (back.state, back.due_by) == ("taken_up", due)
    assert [act.name for act in Act.objects.filter(thread=voice.thread).order_by("pk")][
        -1
    ] == "voice_unmerged"


def test_the_phone_goes_half_a_year_after_the_host_was_judged(story, world, host, later):
    voice = story.to("taken_up", phone="13812345678")
    story.merge(voice, host)
    actions.answer(host.code, by=world.convener, seen=host.version, words="都换了。")
    actions.confirm(host.code, by=story.by(host), seen=queries.rows().get(pk=host.pk).version)
    with later(179):
        retention.clear()
        assert queries.rows().get(pk=voice.pk).phone
    with later(182):
        retention.clear()
        assert not queries.rows().get(pk=voice.pk).phone


def test_a_host_reads_nothing_of_the_other(story, host):
    voice = story.to("taken_up")
    story.merge(voice, host)
    with pytest.raises(Unseen):
        queries.get(voice.code, story.by(host))
    with pytest.raises(Unseen):
        queries.get(host.code, story.by(voice))
