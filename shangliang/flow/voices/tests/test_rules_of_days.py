"""The table of deadlines.py, row by row, over the National Day: rest days 1 to 7 October 2026, Saturday the
10th made up. Left on Monday 28 September: to be accepted by the 8th, answered by the 16th."""

from datetime import date

import pytest

from shangliang.base import clock
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Deadline, Voice

from .conftest import Story, moment

MONDAY = (9, 28)
REFUSAL = {"why": "elsewhere", "owner": "县水利局", "contact": "000-0000009", "words": "河道归水利局管。"}


def day(pair):
    return date(2026, *pair) if pair else None


def steps(world, story):
    """What happens, by name: each to the voice with this code."""
    by = {"seen": None}

    def author(code):
        return story.by(Voice.objects.get(code=code))

    return {
        "take_up": lambda c: actions.take_up(c, by=world.convener, **by),
        "ask": lambda c: actions.reply(c, by=world.convener, words="是哪几盏灯？", asks=True, **by),
        "talk": lambda c: actions.reply(c, by=world.convener, words="是哪几盏灯？", **by),
        "ask_there": lambda c: actions.reply(c, by=world.handler, words="是哪几盏灯？", asks=True, **by),
        "ask_there_too": lambda c: actions.reply(c, by=world.handler2, words="是哪几盏灯？", asks=True, **by),
        "ask_above": lambda c: actions.reply(c, by=world.city_officer, words="是哪几盏灯？", asks=True, **by),
        "say": lambda c: actions.say(c, by=author(c), words="南头两盏。", **by),
        "refuse": lambda c: actions.refuse(c, by=world.officer, **REFUSAL, **by),
        "reconsider": lambda c: actions.reconsider(c, by=world.officer, words="再看归我们。", **by),
        "assign": lambda c: actions.assign(c, by=world.officer, department=world.lamps, **by),
        "reassign": lambda c: actions.assign(c, by=world.officer, department=world.farms, **by),
        "send_back": lambda c: actions.send_back(c, by=world.handler, words="不归我们管。", **by),
        "send_up": lambda c: actions.send_up(c, by=world.officer, words="是市里的路。", **by),
        "send_down": lambda c: actions.send_down(c, by=world.city_officer, words="县里能办。", **by),
        "send_on": lambda c: actions.send_up(c, by=world.city_officer, words="是省里的路。", **by),
        "return_down": lambda c: actions.return_down(c, by=world.province_officer, words="市里能办。", **by),
        "extend": lambda c: actions.extend(c, by=world.convener, days=10, words="灯杆要订做。", **by),
        "extend_there": lambda c: actions.extend(c, by=world.handler, days=10, words="灯杆要订做。", **by),
        "raise": lambda c: actions.raise_(
            c, by=world.officer, topic_title="路灯谁来管", topic_thread="SL-TOPIC0000001", **by
        ),
        "give_back": lambda c: actions.give_back(c, by=world.officer, reason="先单独办。"),
        "answer": lambda c: actions.answer(c, by=world.convener, words="换了 6 盏灯。", **by),
        "promise": lambda c: actions.answer(
            c, by=world.convener, words="灯杆订了。", promised_for=date(2026, 10, 20), **by
        ),
        "move": lambda c: actions.move_promise(
            c, by=world.convener, promised_for=date(2026, 10, 27), words="灯杆没到货。", **by
        ),
        "done": lambda c: actions.report_done(
            c, by=world.convener, words="装好了。", uploads=["a photo"], **by
        ),
        "reopen": lambda c: actions.reopen(c, by=author(c), verdict="not", missing="还黑着", **by),
        "judge": lambda c: actions.confirm(c, by=author(c), **by),
        "reopen_after_all": lambda c: actions.reopen_after_all(c, by=author(c), verdict="not", **by),
        "erase": lambda c: actions.erase(c, by=author(c)),
    }


# (left, [(day, what)…], accept by, answer by, the day that runs then)
TABLE = {
    "left": (MONDAY, [], (10, 8), (10, 16), (10, 8)),
    "left in the holiday": ((10, 1), [], (10, 10), (10, 20), (10, 10)),
    "left on the made-up Saturday": ((10, 10), [], (10, 14), (10, 23), (10, 14)),
    "taken up": (MONDAY, [((9, 30), "take_up")], (10, 8), (10, 16), (10, 16)),
    "asked, and answered the day after": (
        MONDAY, [((9, 29), "ask"), ((9, 30), "say")], (10, 10), (10, 20), (10, 10),
    ),
    "asked, and answered in the holiday": (
        MONDAY, [((9, 30), "ask"), ((10, 3), "say")], (10, 9), (10, 19), (10, 9),
    ),
    "asked in the holiday, and answered there": (
        MONDAY, [((10, 3), "ask"), ((10, 5), "say")], (10, 8), (10, 16), (10, 8),
    ),
    "asked, and never answered": (MONDAY, [((9, 29), "ask")], (10, 15), (10, 26), (10, 15)),
    "asked, and answered after the days had gone on": (
        MONDAY, [((9, 29), "ask"), ((10, 14), "say")], (10, 15), (10, 26), (10, 15),
    ),
    "asked twice, each answered": (
        MONDAY, [((9, 29), "ask"), ((9, 30), "say"), ((10, 8), "ask"), ((10, 8), "say")],
        (10, 12), (10, 20), (10, 12),
    ),
    "a word that asks nothing": (MONDAY, [((9, 29), "talk")], (10, 8), (10, 16), (10, 8)),
    "asked once it is late": (MONDAY, [((10, 9), "ask")], (10, 8), (10, 16), (10, 8)),
    "asked, and taken up before they answered": (
        MONDAY, [((9, 29), "ask"), ((9, 30), "take_up"), ((10, 9), "say")], (10, 10), (10, 20), (10, 20),
    ),
    "asked, taken up, and asked again": (
        MONDAY, [((9, 29), "ask"), ((9, 30), "take_up"), ((10, 9), "ask")], (10, 10), (10, 20), (10, 20),
    ),
    "asked after it was taken up": (
        MONDAY, [((9, 29), "take_up"), ((10, 9), "ask"), ((10, 12), "say")], (10, 8), (10, 21), (10, 21),
    ),
    "asked on the last day, and answered on it": (
        MONDAY, [((9, 29), "take_up"), ((10, 16), "ask"), ((10, 16), "say")], (10, 8), (10, 19), (10, 19),
    ),
    "asked after it was taken up, never answered": (
        MONDAY, [((9, 29), "take_up"), ((10, 9), "ask")], (10, 8), (10, 26), (10, 26),
    ),
    "asked a second time in the round": (
        MONDAY, [((9, 29), "take_up"), ((10, 9), "ask"), ((10, 12), "say"), ((10, 13), "ask")],
        (10, 8), (10, 21), (10, 21),
    ),
    "asked once the answer is late": (
        MONDAY, [((9, 29), "take_up"), ((10, 19), "ask")], (10, 8), (10, 16), (10, 16),
    ),
    "a word that asks nothing after it was taken up": (
        MONDAY, [((9, 29), "take_up"), ((9, 30), "talk"), ((10, 9), "say")], (10, 8), (10, 16), (10, 16),
    ),
    "asked by the department": (
        MONDAY, [((9, 30), "take_up"), ((10, 8), "assign"), ((10, 9), "ask_there"), ((10, 10), "say")],
        (10, 8), (10, 20), (10, 20),
    ),
    "asked by the studio while the department has it": (
        MONDAY, [((9, 30), "take_up"), ((10, 8), "assign"), ((10, 9), "ask")], (10, 8), (10, 16), (10, 16),
    ),
    "asked, and the question goes along from hand to hand": (
        MONDAY,
        [
            ((9, 30), "take_up"), ((10, 8), "assign"), ((10, 9), "ask_there"), ((10, 12), "send_back"),
            ((10, 13), "reassign"), ((10, 13), "say"),
        ],
        (10, 8), (10, 22), (10, 22),
    ),
    "asked by each department in turn": (
        MONDAY,
        [
            ((9, 30), "take_up"), ((10, 8), "assign"), ((10, 9), "ask_there"), ((10, 9), "say"),
            ((10, 12), "send_back"), ((10, 13), "reassign"), ((10, 13), "ask_there_too"),
        ],
        (10, 8), (10, 19), (10, 19),
    ),
    "asked above, and sent down before they answered": (
        MONDAY,
        [
            ((9, 30), "take_up"), ((10, 8), "send_up"), ((10, 9), "ask_above"), ((10, 12), "send_down"),
            ((10, 12), "say"),
        ],
        (10, 8), (10, 21), (10, 21),
    ),
    "asked, and extended before they answered": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "ask"), ((10, 10), "extend"), ((10, 12), "say")],
        (10, 8), (11, 4), (11, 4),
    ),
    "asked, and answered by the office all the same": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "ask"), ((10, 12), "answer")], (10, 8), (10, 21), None,
    ),
    "asked once in each round": (
        MONDAY,
        [
            ((9, 30), "take_up"), ((10, 8), "ask"), ((10, 8), "say"), ((10, 9), "answer"),
            ((10, 12), "reopen"), ((10, 13), "ask"), ((10, 13), "say"),
        ],
        (10, 8), (10, 27), (10, 27),
    ),
    "asked, raised, given back, and asked again": (
        MONDAY,
        [
            ((9, 30), "take_up"), ((10, 8), "ask"), ((10, 9), "raise"), ((10, 12), "give_back"),
            ((10, 13), "ask"),
        ],
        (10, 8), (10, 26), (10, 26),
    ),
    "refused": (MONDAY, [((10, 8), "refuse")], (10, 8), (10, 16), None),
    "refused, and taken up after all": (
        MONDAY, [((10, 8), "refuse"), ((10, 9), "reconsider")], (10, 8), (10, 22), (10, 22),
    ),
    "assigned": (MONDAY, [((9, 30), "take_up"), ((10, 9), "assign")], (10, 8), (10, 16), (10, 16)),
    "assigned, sent back, assigned to another": (
        MONDAY,
        [((9, 30), "take_up"), ((10, 9), "assign"), ((10, 12), "send_back"), ((10, 13), "reassign")],
        (10, 8), (10, 16), (10, 16),
    ),
    "assigned late": (MONDAY, [((9, 30), "take_up"), ((10, 20), "assign")], (10, 8), (10, 16), (10, 16)),
    "sent up": (MONDAY, [((9, 30), "take_up"), ((10, 9), "send_up")], (10, 8), (10, 16), (10, 16)),
    "sent up and down": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "send_up"), ((10, 12), "send_down")],
        (10, 8), (10, 16), (10, 16),
    ),
    "sent up another level": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "send_up"), ((10, 12), "send_on")],
        (10, 8), (10, 16), (10, 16),
    ),
    "sent up two levels and returned one by one": (
        MONDAY,
        [
            ((9, 30), "take_up"), ((10, 9), "send_up"), ((10, 12), "send_on"), ((10, 13), "return_down"),
            ((10, 14), "send_down"),
        ],
        (10, 8), (10, 16), (10, 16),
    ),
    "extended": (MONDAY, [((9, 30), "take_up"), ((10, 9), "extend")], (10, 8), (10, 30), (10, 30)),
    "extended by the department": (
        MONDAY, [((9, 30), "take_up"), ((10, 8), "assign"), ((10, 16), "extend_there")],
        (10, 8), (10, 30), (10, 30),
    ),
    "raised": (MONDAY, [((9, 30), "take_up"), ((10, 9), "raise")], (10, 8), None, None),
    "raised and given back": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "raise"), ((10, 12), "give_back")],
        (10, 8), (10, 26), (10, 26),
    ),
    "answered": (MONDAY, [((9, 30), "take_up"), ((10, 9), "answer")], (10, 8), (10, 16), None),
    "answered, with a day promised": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "promise")], (10, 8), (10, 16), (10, 20),
    ),
    "the day promised is moved": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "promise"), ((10, 20), "move")], (10, 8), (10, 16), (10, 27),
    ),
    "promised, and said to be done late": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "promise"), ((10, 26), "done")], (10, 8), (10, 16), None,
    ),
    "promised, and to be done again": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "promise"), ((10, 21), "reopen")],
        (10, 8), (11, 4), (11, 4),
    ),
    "to be done again": (
        MONDAY, [((9, 30), "take_up"), ((10, 9), "answer"), ((10, 12), "reopen")],
        (10, 8), (10, 26), (10, 26),
    ),
    "judged, and to be done again after all": (
        MONDAY,
        [((9, 30), "take_up"), ((10, 9), "answer"), ((10, 10), "judge"), ((10, 12), "reopen_after_all")],
        (10, 8), (10, 26), (10, 26),
    ),
    "erased": (MONDAY, [((9, 30), "take_up"), ((10, 9), "erase")], (10, 8), (10, 16), None),
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_files(monkeypatch):
    from shangliang.base.files import actions as files

    monkeypatch.setattr(files, "keep", lambda uploads, **of: list(uploads))


@pytest.mark.parametrize("hour", [9, 23], ids=["in the morning", "late in the evening"])
@pytest.mark.parametrize("row", TABLE)
def test_the_days_of_each_row(world, row, hour):
    left, happened, accept, answer, runs = TABLE[row]
    story = Story(world)
    with clock.at(moment(day(left), hour, 40)):
        voice = story.leave()
    do = steps(world, story)
    for when, what in happened:
        with clock.at(moment(day(when), hour, 40)):
            do[what](voice.code)
    voice = Voice.objects.get(pk=voice.pk)
    assert (voice.accept_by, voice.answer_by, voice.due_by) == (day(accept), day(answer), day(runs))
    running = Deadline.objects.filter(voice=voice, ended_on=None)
    assert running.exists() is (runs is not None and voice.state != "answered"), "a promise is no clock"


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ((9, 30), (10, 13)),  # over the holiday, the made-up Saturday counted
        ((10, 9), (10, 15)),
        ((10, 16), (10, 23)),
    ],
)
def test_a_department_may_send_it_back_for_five_working_days(world, asked, until):
    story = Story(world)
    with clock.at(moment(day(MONDAY))):
        voice = story.to("taken_up")
    with clock.at(moment(day(asked), 22)):
        sent = actions.assign(voice.code, by=world.officer, seen=None, department=world.lamps)
    assert sent.send_back_by == day(until)
    with clock.at(moment(day(until), 23, 59)):
        actions.send_back(voice.code, by=world.handler, seen=None, words="不归我们管。")
