"""The table of what becomes of the clocks, as it is printed below the voice's chart, row by row: on feasts,
make-up days, in the evening."""

import re
from datetime import date, timedelta

import pytest

from shangliang.base import clock
from shangliang.base.charts.chart import CHARTS
from shangliang.flow.voices import actions, deadlines, queries
from shangliang.flow.voices.models import Deadline, FollowUp, Later

from .conftest import Story, moment
from .test_chart import ELSEWHERE, PARTS, make

ROWS = {
    move: (accept, answer)
    for moves, accept, answer, _figures in re.findall(
        r"^\| (`.+`) \| (\S+) \| (\S+) \| (.+) \|$", deadlines.__doc__, re.MULTILINE
    )
    for move in re.findall(r"`(\w+)`", moves)
}
FROM = {  # where the move is tried; the others in `taken_up`
    "take_up": "received", "withdraw": "received", "refuse": "received", "reconsider": "refused",
    "send_back": "assigned", "send_down": "sent_up", "return_down": "sent_up", "give_back": "in_consultation",
    "reopen": "answered", "relapse": "closed", "reopen_after_all": "closed", "unmerge": "merged",
    "call_in": "assigned",
    **dict.fromkeys(PARTS, "assigned"),
}  # fmt: skip
LEFT = [
    moment(date(2026, 11, 23)),  # an ordinary Monday
    moment(date(2026, 11, 23), 23, 59),  # late in the evening
    moment(date(2026, 11, 21)),  # a Saturday
    moment(date(2026, 9, 18)),  # 20 September is made up, then a feast, then a week off
    moment(date(2026, 9, 30), 21),  # the evening before the week off
]


def test_the_table_speaks_of_every_move_that_may_touch_a_clock():
    quiet = {
        "leave", "record", "say", "reply", "report_progress", "report_done", "confirm", "judge_partly",
        "judge_not", "change_verdict", "move_promise", "follow_up", "remind", "urge", "list",
        "propose", "hold_back", "retract", "let_through", "hand_over", "change_studio",
        "set_topic",  # with tests of their own
    }  # fmt: skip
    assert set(ROWS) >= ELSEWHERE  # tried in stories/test_levels.py
    assert set(ROWS) == {move.name for move in CHARTS["voice"].moves} - quiet


@pytest.fixture(autouse=True)
def no_files(monkeypatch):
    from shangliang.base.files import actions as files

    monkeypatch.setattr(files, "keep", lambda uploads, **of: list(uploads))


@pytest.mark.parametrize("left", LEFT, ids=str)
@pytest.mark.parametrize("move", [move for move in ROWS if move not in ELSEWHERE])
def test_what_becomes_of_the_clocks(world, move, left):
    with clock.at(left):
        story = Story(world)
        voice = story.to(FROM.get(move, "taken_up"))
        if move in ("propose_merge", "agree_merge", "decline_merge"):
            world.host = story.to("taken_up", words="学校门口的灯也黑着。")
        if move == "return_down":
            voice = make("send_up", voice, world)
        if move in PARTS:
            voice = actions.call_in(voice.code, by=world.officer, seen=None, department=world.farms)
        if move == "relapse":
            FollowUp.objects.create(voice=voice, asked_on=clock.today())
    before = running(voice)
    with clock.at(left + timedelta(days=1, hours=3)):
        if move in ("agree_merge", "decline_merge"):
            voice = make("propose_merge", voice, world)
        if move == "relapse":
            actions.follow_up(voice.code, by=story.by(voice), seen=voice.version, said=Later.NOT)
        else:
            make(move, voice, world)
        today = clock.today()
    accept, answer = ROWS[move]
    voice = queries.rows().get(pk=voice.pk)
    if accept != "–" and before["accept"]:
        assert end_of(before["accept"]) == (accept, today)
    told(voice, answer, before, today)


def running(voice):
    """The clocks of the present round, running or stopped, as they stand."""
    kinds = {"accept": None, "answer": None}
    for one in voice.deadlines.order_by("pk"):
        kinds[one.kind] = one
    return kinds


def told(voice, word, before, today):
    old, new = before["answer"], running(voice)["answer"]
    if word == "same":
        assert (new.pk, new.started, new.days, new.due, new.ended_on) == (
            old.pk, old.started, old.days, old.due, None,
        )  # fmt: skip
        assert voice.answer_by == old.due
    elif word == "moved":
        assert (new.pk, new.due) == (old.pk, clock.due_after(old.due, 5).day)
        assert voice.answer_by == new.due
    elif word == "anew":
        assert new.pk != old.pk
        assert (new.started, new.due) == (today, clock.due_after(today, 10).day)
        assert voice.due_by == voice.answer_by == new.due
    else:
        assert end_of(old) == ({"stopped": "merged"}.get(word, word), today)
        assert voice.due_by is None


def end_of(row):
    fresh = Deadline.objects.get(pk=row.pk)
    return fresh.end, fresh.ended_on
