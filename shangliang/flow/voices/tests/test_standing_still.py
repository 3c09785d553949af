"""The days stand still while the author is asked: what becomes of an open question with each move, by
merging, for whoever is asked beside the host, and on every page.

Left on Monday 23 November 2026, to be answered by Monday 7 December."""

from datetime import date, timedelta

import pytest

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.flow.voices import actions, deadlines, ladder, queries, standing
from shangliang.flow.voices.models import Deadline, State, Voice
from shangliang.flow.voices.office import pane
from shangliang.flow.voices.queries import urged

from .conftest import moment
from .test_chart import PARTS, make
from .test_clock_table import FROM, ROWS

MONDAY_2 = date(2026, 12, 7)
# Which of the table's moves leave a state in which a question may be open. Those between three levels, and
# between the departments of another level, stand in stories/test_levels.py.
MOVES = (
    "take_up", "refuse", "assign", "send_back", "send_up", "send_down", "call_in", "call_off", "give_opinion",
    "return_part", "extend_part", "extend", "raise", "propose_merge", "decline_merge", "agree_merge",
    "withdraw", "answer",
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_files(monkeypatch):
    from shangliang.base.files import actions as files

    monkeypatch.setattr(files, "keep", lambda uploads, **of: list(uploads))


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def ask(voice, by, words="是哪几盏灯？"):
    return actions.reply(voice.code, by=by, seen=None, words=words, asks=True)


def say(story, voice):
    return actions.say(voice.code, by=story.by(voice), seen=None, words="南头两盏。")


def more(days, day=MONDAY_2):
    return clock.due_after(day, days).day


@pytest.mark.parametrize("move", MOVES)
def test_what_becomes_of_an_open_question(story, world, later, move):
    state = FROM.get(move, "taken_up")
    voice = story.to(state)
    if move in PARTS:
        voice = actions.call_in(voice.code, by=world.officer, seen=None, department=world.farms)
    if "merge" in move:
        world.host = story.to("taken_up", words="学校门口的灯也黑着。")
    if move in ("agree_merge", "decline_merge"):
        voice = make("propose_merge", voice, world)
    holder = {"assigned": world.handler, "sent_up": world.city_officer}.get(state, world.convener)
    voice = ask(voice, holder)
    until, latest = voice.waits_until, voice.answer_by
    assert (until, latest) == (date(2026, 11, 30), more(6))
    with later(1):
        make(move, voice, world)
        voice, what = fresh(voice), ROWS[move][1] if move != "answer" else "met"
        if move == "take_up":  # it is no more waited for: Monday and Tuesday stood still
            assert (voice.waits_until, voice.answer_by) == (None, more(2))
        elif what in ("same", "moved", "stopped"):
            assert (voice.waits_until, voice.answer_by) == (
                until,
                more(5, latest) if what == "moved" else latest,
            )
            assert deadlines.waits(voice) is (what != "stopped")
        else:
            assert what in ("dropped", "met")
            assert voice.waits_until is None
    assert voice.stood


def test_unanswered_the_days_run_on_by_themselves(story, world, later):
    voice = ask(story.to("taken_up"), world.convener)
    with later(7):  # the last of the five
        assert deadlines.stands_still(voice)
    with later(8):
        assert not deadlines.stands_still(voice)
        assert standing.turn(voice).label == "等城关委员工作室"
        assert actions.climb() == 0
    assert fresh(voice).answer_by == more(6)
    with later(15):  # the author is late, and what they say moves nothing
        assert say(story, voice).answer_by == more(6)
    with later(23):  # the day, the 15th, has gone by
        assert actions.climb() == 1


def test_nobody_is_urged_while_it_stands(story, world, later):
    voice = story.to("assigned")
    with later(14):  # Monday the 7th, the last day
        ask(voice, world.handler)
    with later(17):  # three days past what was the day
        assert (urged.to_climb(9), ladder.days_late(fresh(voice))) == ([], 0)
        assert {"remind", "urge"} <= ladder.not_now(fresh(voice))
        assert list(queries.overdue_on(world.county.path, clock.today())) == []
        say(story, voice)
        assert fresh(voice).answer_by == date(2026, 12, 11)  # the one day that was left
    with later(21):
        assert urged.to_climb(9) == [voice.code]


def test_only_who_would_answer_stops_the_days_and_the_others_only_talk(story, world):
    assigned, above, taken = story.to("assigned"), story.to("sent_up"), story.to("taken_up")
    for voice, by in (
        (assigned, world.officer), (assigned, world.convener), (above, world.officer), (taken, world.member),
    ):  # fmt: skip
        assert ask(voice, by).waits_until is None
    for voice, by in ((assigned, world.handler), (above, world.city_officer), (taken, world.convener)):
        assert ask(voice, by).waits_until == date(2026, 11, 30)
    said = Act.objects.filter(name="voice_replied", subject=taken.subject).order_by("pk").last()
    assert said.facts == {"waits_until": "2026-11-30", "answer_by": more(6).isoformat()}


def test_what_is_said_while_it_is_merged_counts_for_its_own_clock(story, world, later):
    voice = ask(story.to("taken_up"), world.convener)
    with later(1):
        story.merge(voice, story.to("taken_up", words="学校门口那排灯也黑着。"))
    with later(2):
        assert say(story, voice).waits_until is None
    with later(3):
        apart = actions.unmerge(voice.code, by=story.by(voice), seen=None)
    assert (apart.answer_by, apart.due_by) == (more(3), more(3))  # Monday to Wednesday
    [running] = voice.deadlines.filter(kind="answer")
    assert (running.ended_on, running.end, running.due, running.stands_from) == (None, "", more(3), None)


def test_apart_again_the_question_is_open_as_it_was(story, world, later):
    voice = ask(story.to("taken_up"), world.convener)
    with later(1):
        host = story.to("taken_up", words="学校门口那排灯也黑着。")
        story.merge(voice, host)
        assert not deadlines.waits(fresh(voice))
        assert standing.turn(fresh(voice)).label == "一起办"
    with later(2):  # the other is withdrawn, and nobody asked for it
        actions.withdraw(host.code, by=story.by(host), seen=None)
        assert deadlines.stands_still(fresh(voice))
    with later(3):
        assert say(story, voice).answer_by == more(4)


def test_opinions_run_on_and_none_is_owed_past_the_answer(story, world, later):
    voice = actions.call_in(story.to("assigned").code, by=world.officer, seen=None, department=world.farms)
    with later(4):
        voice = ask(voice, world.handler)
        assert (voice.due_by, voice.awaits) == (date(2026, 11, 30), world.farms)
        assert deadlines.waits(voice)
        assert not deadlines.stands_still(voice)  # the turn is theirs
    with later(8):
        assert urged.to_climb(9) == [voice.code]
        assert ladder.kind(fresh(voice)) == "opinion"
    with later(11):  # Friday the 4th: four days are left once the author has answered
        voice = actions.call_in(voice.code, by=world.officer, seen=None, department=world.roads)
        assert voice.answer_by == more(6)
        assert [one.due for one in voice.beside] == [date(2026, 11, 30), date(2026, 12, 11)]
        answered = say(story, voice)
    assert answered.answer_by == more(6)  # they answered on the last of the days


def test_an_opinion_asked_for_meanwhile_is_due_by_the_day_that_may_come(story, world, later):
    voice = story.to("assigned")
    with later(10):
        ask(voice, world.handler)
    with later(11):
        voice = actions.call_in(voice.code, by=world.officer, seen=None, department=world.roads)
        assert deadlines.soonest_answer(voice) == more(2)
        answered = say(story, voice)
    assert answered.answer_by == more(2)
    assert [one.due for one in answered.beside] == [more(2)]


def test_the_table_is_asked_as_each_voice_is(story, world, later):
    story.to("taken_up"), story.to("answered"), story.to("received")
    ask(story.to("received"), world.officer)
    ask(story.to("taken_up"), world.convener)
    ask(story.to("sent_up"), world.city_officer)
    ask(story.to("assigned"), world.handler)
    shared = actions.call_in(story.to("assigned").code, by=world.officer, seen=None, department=world.farms)
    ask(shared, world.handler)
    taken = story.to("taken_up")
    story.merge(ask(taken, world.convener), story.to("taken_up", words="学校门口那排灯也黑着。"))
    with later(4):
        ask(story.to("received"), world.officer)
    late = Voice.objects.order_by("pk").first()
    for days, expected in ((0, 5), (4, 5), (7, 5), (8, 1), (14, 0)):
        with later(days):
            each = {voice.pk for voice in queries.rows() if deadlines.stands_still(voice)}
            assert set(Voice.objects.filter(deadlines.standing()).values_list("pk", flat=True)) == each
            rest = Voice.objects.filter(~deadlines.standing())
            assert rest.count() == Voice.objects.count() - len(each)
            assert len(each) == expected
    assert late.pk not in each


def test_make_up_days_announced_meanwhile_move_the_wait_too(story, world):
    with clock.at(moment(date(2026, 12, 28))):
        voice = story.to("taken_up")
    with clock.at(moment(date(2026, 12, 30))):
        voice = ask(voice, world.convener)
    right, days = (voice.waits_until, voice.answer_by), voice.deadlines.get(kind="answer").days
    early = {"answer_by": voice.answer_by - timedelta(1), "waits_until": voice.waits_until - timedelta(1)}
    Voice.objects.filter(pk=voice.pk).update(**early)
    Deadline.objects.filter(voice=voice, kind="answer").update(due=early["answer_by"], provisional=True)
    assert actions.reckon_again() == 1
    moved = fresh(voice)
    assert (moved.waits_until, moved.answer_by) == right
    assert voice.deadlines.get(kind="answer").days == days


def test_erased_nobody_waits_for_a_word(story, world):
    voice = ask(story.to("taken_up"), world.convener)
    actions.erase(voice.code, by=story.by(voice))
    assert (fresh(voice).waits_until, deadlines.waits(fresh(voice))) == (None, False)


# ── What everybody reads ─────────────────────────────────────────────────────────────────────────────────
def test_the_author_reads_since_when_and_until_when(story, world, later):
    received, held = ask(story.to("received"), world.officer), ask(story.to("taken_up"), world.convener)
    with later(1):
        first, then = standing.turn(fresh(received)), standing.turn(fresh(held))
        for turn in (first, then):
            assert (turn.you, turn.label, turn.sentence) == (True, "现在等您", "问了您一句，等您回话")
            assert "从11月23日起" in turn.detail
        assert "受理和答复的日子都停着" in first.detail
        assert "只停这一次" in then.detail
        say(story, received)
        again = ask(fresh(received), world.officer)
        assert "受理的日子停着" in standing.turn(fresh(again)).detail  # the answer's have stood in this round


@pytest.mark.parametrize(("state", "who"), [("taken_up", "convener"), ("assigned", "handler")])
def test_whoever_holds_it_reads_since_when_and_is_pressed_to_nothing(story, world, later, state, who):
    voice, reader = story.to(state), getattr(world, who)
    assert "asks" in _form(voice, reader).fields
    ask(voice, reader)
    with later(1):
        drawn = pane.of(fresh(voice), reader, address="/x/", listed="")
        assert (drawn.stands, drawn.still) == ("等留言人回话，日子停着", date(2026, 11, 23))
        assert (drawn.due, drawn.ruler, drawn.first) == (None, None, "")
        assert "asks" not in _form(fresh(voice), reader).fields
        say(story, voice)
        drawn, form = pane.of(fresh(voice), reader, address="/x/", listed=""), _form(fresh(voice), reader)
        assert drawn.still is None
        assert drawn.due is not None
        assert "asks" not in form.fields
        assert "停过一次" in form.fields["words"].help_text


def test_the_box_is_for_whoever_would_answer(story, world):
    voice = story.to("assigned")
    assert voice.state == State.ASSIGNED
    assert "asks" not in _form(voice, world.officer).fields
    assert "asks" in _form(voice, world.handler).fields


def _form(voice, by):
    offers = pane.of(voice, by, address="/x/", listed="").offers
    return next(offer for offer in offers if offer.name == "reply").form
