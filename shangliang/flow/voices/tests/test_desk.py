"""What the desk keeps beside a voice: keepers and handing over, notes, common answers, filters of one's
own."""

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people.models import Post, Role
from shangliang.base.people.personal import copies
from shangliang.base.people.queries import actor_of
from shangliang.flow.voices import actions, queries, variables
from shangliang.flow.voices.models import Note, Voice
from shangliang.flow.voices.queries import desk
from stories.world_people import grant

WORDS = "{编号}：{工作室}已报修，{委员会}{日期}告知。"


@pytest.fixture
def second(world):
    """Another officer of the county."""
    grant(world, "second", "李干事", Role.OFFICER)
    return actor_of(world.accounts["second"])


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def keeper(voice):
    return {row.keeper for row in voice.keepings.all()}


# ── Who looks after it ──
def test_whoever_takes_it_up_looks_after_it_until_a_colleague_is_handed_it(story, world, second):
    voice = story.to("taken_up")
    assert keeper(voice) == {world.convener.key}
    due, clocks = voice.due_by, list(voice.deadlines.values())
    moved = actions.hand_over(voice.code, by=world.convener, seen=2, to=second.key, words="请机关出面")
    assert keeper(moved) == {second.key}
    assert (moved.due_by, list(moved.deadlines.values())) == (due, clocks)
    assert desk.notes(fresh(voice), second)[0].words == "请机关出面"
    mine = Voice.objects.filter(desk.handed_to(second))
    assert list(mine) == [voice]
    assert not Voice.objects.filter(desk.handed_to(world.convener)).exists()
    act = Act.objects.filter(name="voice_handed_over").get()
    assert act.facts == {"to": second.key}


def test_it_is_handed_only_to_who_decides_about_it(story, world):
    voice = story.to("taken_up")
    for other in (world.member, world.leader, world.handler, world.other_convener, world.neighbour_officer):
        with pytest.raises(ValidationError, match="管得着"):
            actions.hand_over(voice.code, by=world.officer, seen=2, to=other.key)
    with pytest.raises(NotYours):
        actions.hand_over(voice.code, by=world.member, seen=2, to=world.officer.key)


def test_whose_post_ended_looks_after_nothing(story, world, second):
    voice = story.to("taken_up")
    voice = actions.hand_over(voice.code, by=world.officer, seen=2, to=second.key)
    nobodys = lambda: voice in Voice.objects.filter(desk.nobodys(world.officer))  # noqa: E731
    assert not nobodys()
    post = Post.objects.get(holder__key=second.key)
    people.take_back(post.pk, by=world.officer)
    assert nobodys()
    (nobody,) = [load for load in desk.loads(world.officer)[0] if not load.key]
    assert nobody.waiting == 1


def test_each_desk_has_its_own_keeper(story, world):
    voice = story.to("sent_up")
    city = actions.hand_over(voice.code, by=world.city_officer, seen=3, to=world.city_officer.key)
    assert keeper(city) == {world.convener.key, world.city_officer.key}
    with pytest.raises(ValidationError):
        actions.hand_over(voice.code, by=world.city_officer, seen=4, to=world.officer.key)


def test_what_waits_for_whom_adds_up_and_stands_by_name(story, world, second, later):
    for n in range(3):
        story.to("taken_up", words=f"第 {n} 盏灯不亮，晚上看不清路。")
    late = story.to("taken_up")
    actions.hand_over(late.code, by=world.officer, seen=2, to=second.key)
    story.to("received")
    with later(days=40):
        officers, studios = desk.loads(world.officer)
        by_name = {load.name: load for load in officers}
        assert [load.name for load in officers[:-1]] == sorted(
            (load.name for load in officers[:-1]), key=lambda name: list(by_name).index(name)
        )
        assert (by_name["段委员"].waiting, by_name["段委员"].late, by_name["段委员"].taken) == (3, 3, 0)
        assert by_name["李干事"].late == 1
        assert officers[-1].waiting == 1
        assert sum(load.waiting for load in officers) == sum(load.waiting for load in studios) == 5
    assert {load.name: load.taken for load in desk.loads(world.officer)[0]}["段委员"] == 3


# ── Notes ──
def test_notes_are_read_by_those_who_decide_and_by_nobody_else(story, world):
    voice = story.to("assigned")
    actions.note(voice.code, by=world.officer, words="上回来过，腿脚不便")
    voice = fresh(voice)
    read = [who for who in vars(world) if getattr(getattr(world, who), "kind", "") == "person"
            and desk.notes(voice, getattr(world, who))]  # fmt: skip
    assert set(read) == {"officer", "convener", "deputy", "auditor"}
    for who in (world.handler, world.member, world.leader, world.auditor):
        with pytest.raises(NotYours):
            actions.note(voice.code, by=who, words="不该由我写")
    with pytest.raises(Unseen):
        actions.note(voice.code, by=world.neighbour_officer, words="看不到")


def test_a_note_is_in_no_search_makes_no_page_stale_and_is_in_the_copy_its_subject_takes(story, world):
    voice = story.to("taken_up")
    actions.note(voice.code, by=world.convener, words="瀼渡口那家，晚上才在")
    assert fresh(voice).version == voice.version
    assert search.newest("voice", "瀼渡", Voice.objects.all())[0] == []
    assert "瀼渡" not in str(Act.objects.filter(name="voice_noted").values())
    assert copies.of(voice.person)["voices.Note"] == [
        {"at": Note.objects.get().at.isoformat(), "words": "瀼渡口那家，晚上才在"}
    ]
    raw = Note.objects.values_list("words", flat=True).get()
    assert "瀼渡".encode() not in bytes(raw)


def test_a_note_goes_with_its_person_and_can_be_struck(story, world):
    voice, other = story.to("taken_up"), story.to("taken_up", words="水渠边的灯不亮。")
    note = actions.note(voice.code, by=world.convener, words="写错了人")
    with pytest.raises(NotYours):
        actions.strike_note(note.code, by=world.deputy)
    actions.strike_note(note.code, by=world.officer)
    assert not Note.objects.exists()
    actions.note(other.code, by=world.convener, words="腿脚不便")
    actions.erase(other.code, by=world.officer, way="in_person")
    assert str(Note.objects.get().words) == "已按本人要求删除"
    assert desk.notes(fresh(other), world.officer) == []


# ── Common answers ──
def test_an_unknown_variable_is_named_and_nothing_kept(world):
    with pytest.raises(ValidationError, match=r"\{天气\}"):
        actions.make_template(world.county, by=world.officer, title="报修", words="{编号} {天气} 晴")
    assert not desk.templates(world.officer).exists()


def test_it_is_filled_for_each_voice(story, world):
    voice = story.to("taken_up")
    filled = variables.filled(WORDS, voice)
    assert voice.number in filled
    assert "清溪县政协" in filled
    assert "{" not in filled
    up = story.to("sent_up", words="省道上的灯也不亮。")
    assert "示例市政协" in variables.filled("{委员会}", up)


def test_what_it_said_before_is_kept_and_an_old_page_changes_nothing(world):
    row = actions.make_template(world.county, by=world.officer, title="报修", words=WORDS)
    changed = actions.change_template(row.code, by=world.officer, seen=1, title="报修", words="已报修 {编号}")
    assert changed.version == 2
    assert [(one.number, one.words) for one in desk.editions(changed)] == [(1, WORDS)]
    with pytest.raises(NotNow):
        actions.change_template(row.code, by=world.officer, seen=1, title="报修", words="又改了一遍")
    with pytest.raises(ValidationError, match="已经有"):
        actions.make_template(world.county, by=world.officer, title="报修", words="另一条叫这个的")
    actions.drop_template(row.code, by=world.officer, seen=2)
    assert not desk.templates(world.convener).exists()
    actions.make_template(world.county, by=world.officer, title="报修", words="名字又能用了")


# ── Filters of one's own ──
def test_at_most_twenty_filters_under_names_of_ones_own(world):
    for n in range(desk.FILTERS):
        actions.save_filter(by=world.officer, name=f"第 {n} 个", query="tab=late")
    with pytest.raises(ValidationError, match="最多存 20 个"):
        actions.save_filter(by=world.officer, name="再一个", query="tab=all")
    actions.save_filter(by=world.officer, name="第 3 个", query="tab=all")  # the same name: the new one
    assert desk.saved_filters(world.officer).count() == desk.FILTERS
    first = desk.saved_filters(world.officer)[0]
    with pytest.raises(ValidationError, match="已经有"):
        actions.rename_filter(first.code, by=world.officer, name="第 1 个")
    with pytest.raises(Unseen):
        actions.delete_filter(first.code, by=world.convener)
    actions.delete_filter(first.code, by=world.officer)
    assert (
        actions.save_filter(by=world.convener, name="第 1 个", query="tab=late").holder == world.convener.key
    )


def test_the_week_begins_on_monday(monday, later):
    assert desk.monday() == monday
    with later(days=6):
        assert desk.monday() == monday
    with later(days=7):
        assert desk.monday() == clock.today()
