"""The table of sharing.py, row by row, over the National Day: rest days 1 to 7 October 2026, Saturday the
10th made up. Left on Monday 28 September, assigned on the 30th: answers by the 16th, opinions by the 13th."""

import re
from datetime import date
from typing import Any

import pytest

from shangliang.base import clock
from shangliang.flow.voices import actions, ladder, sharing
from shangliang.flow.voices.models import Assignment, Deadline, Voice

from .conftest import Story, moment

PRINTED = re.findall(r"^\| (?!what|-)(.+?) \|", sharing.__doc__, re.MULTILINE)
BOTH = ("farms", "roads")


def day(pair):
    return date(2026, *pair) if pair else None


def steps(world, story):
    by = {"seen": None}

    def roads():
        from .test_sharing import _roads

        return _roads(world)

    return {
        "opinion": lambda c: actions.give_opinion(c, by=world.handler2, words="田边的杆归我们移。", **by),
        "opinion of roads": lambda c: actions.give_opinion(c, by=roads(), words="路归镇里管。", **by),
        "back": lambda c: actions.return_part(c, by=world.handler2, words="不归农业管。", **by),
        "off": lambda c: actions.call_off(c, by=world.officer, department=world.farms, words="不等。", **by),
        "in": lambda c: actions.call_in(c, by=world.officer, department=world.schools, **by),
        "more": lambda c: actions.extend_part(c, by=world.handler2, days=2, words="要到田里量。", **by),
        "far more": lambda c: actions.extend_part(c, by=world.handler2, days=9, words="要到田里量。", **by),
        "host more": lambda c: actions.extend(c, by=world.handler, days=5, words="灯杆要订做。", **by),
        "host back": lambda c: actions.send_back(c, by=world.handler, words="不归我们管。", **by),
        "anew": lambda c: actions.assign(
            c, by=world.officer, department=world.schools, beside=[world.roads], **by
        ),
        "answer": lambda c: actions.answer(c, by=world.handler, words="灯都换了。", **by),
        "merge": lambda c: story.merge(
            story.to("taken_up", words="学校门口也黑着。"), Voice.objects.get(code=c)
        ),
        "withdraw": lambda c: actions.withdraw(c, by=story.by(Voice.objects.get(code=c)), **by),
        "erase": lambda c: actions.erase(c, by=story.by(Voice.objects.get(code=c))),
        "announced": lambda c: _announced(c),
    }


def _announced(code):
    """As though the clocks had been set before the holiday was announced: a day early, and unsure."""
    voice = Voice.objects.get(code=code)
    Deadline.objects.filter(voice=voice).update(due=date(2026, 10, 9), provisional=True)
    Assignment.objects.filter(voice=voice, task="beside").update(due=date(2026, 10, 9))
    actions.reckon_again()


# printed row → [(asked beside, [(day, what)…], answer by, {who owes: by when}, whose turn)]
TABLE: dict[str, list[tuple[Any, ...]]] = {
    "assigned to one alone": [((), [], (10, 16), {}, "lamps")],
    "others asked beside it": [(BOTH, [], (10, 16), {"farms": (10, 13), "roads": (10, 13)}, "farms")],
    "an opinion is given": [
        (BOTH, [((10, 9), "opinion")], (10, 16), {"roads": (10, 13)}, "roads"),
        (BOTH, [((10, 15), "opinion"), ((10, 15), "opinion of roads")], (10, 16), {}, "lamps"),
    ],
    "one of them sends it back": [(BOTH, [((10, 9), "back")], (10, 16), {"roads": (10, 13)}, "roads")],
    "one of them is called off": [(BOTH, [((10, 9), "off")], (10, 16), {"roads": (10, 13)}, "roads")],
    "one more is asked later": [
        (("farms",), [((10, 8), "in")], (10, 16), {"farms": (10, 13), "schools": (10, 14)}, "farms"),
        (("farms",), [((10, 12), "in")], (10, 16), {"farms": (10, 13), "schools": (10, 16)}, "farms"),
        ((), [((10, 19), "in")], (10, 16), {"schools": (10, 20)}, "schools"),
    ],
    "one has more days, once, before its day": [
        (BOTH, [((10, 13), "more")], (10, 16), {"farms": (10, 15), "roads": (10, 13)}, "roads"),
        (("farms",), [((10, 13), "far more")], (10, 16), {"farms": (10, 16)}, "farms"),
    ],
    "the host has more days": [
        (("farms",), [((10, 9), "host more")], (10, 23), {"farms": (10, 13)}, "farms"),
    ],
    "the host sends it back": [(BOTH, [((10, 12), "host back")], (10, 16), {}, "studio")],
    "assigned anew": [
        (BOTH, [((10, 12), "host back"), ((10, 12), "anew")], (10, 16), {"roads": (10, 16)}, "roads"),
    ],
    "the host answers without waiting": [(BOTH, [((10, 9), "answer")], (10, 16), {}, None)],
    "another voice is merged into it": [
        (("farms",), [((10, 9), "merge")], (10, 16), {"farms": (10, 13)}, "farms"),
    ],
    "withdrawn, erased": [
        (BOTH, [((10, 9), "withdraw")], (10, 16), {}, None),
        (BOTH, [((10, 9), "erase")], (10, 16), {}, None),
    ],
    "make-up days are announced": [
        (("farms",), [((9, 30), "announced")], (10, 16), {"farms": (10, 13)}, "farms"),
    ],
}  # fmt: skip
ROWS = [(name, n) for name, rows in TABLE.items() for n in range(len(rows))]


def test_every_printed_row_is_held_here():
    assert list(TABLE) == PRINTED


@pytest.mark.parametrize("hour", [9, 23], ids=["in the morning", "late in the evening"])
@pytest.mark.parametrize(("name", "n"), ROWS)
def test_the_days_of_each_row(world, name, n, hour):
    beside, happened, answer, owed, turn = TABLE[name][n]
    story = Story(world)
    with clock.at(moment(date(2026, 9, 28), hour)):
        voice = story.to("taken_up")
    do = steps(world, story)
    with clock.at(moment(date(2026, 9, 30), hour)):
        rest = [getattr(world, one) for one in beside]
        actions.assign(voice.code, by=world.officer, seen=None, department=world.lamps, beside=rest)
    for when, what in happened:
        with clock.at(moment(day(when), hour, 40)):
            do[what](voice.code)
    voice = Voice.objects.get(pk=voice.pk)
    running = Deadline.objects.filter(voice=voice, ended_on=None, kind="opinion")
    due = {getattr(world, one): day(by) for one, by in owed.items()}
    assert {one.assignment.department: one.due for one in running} == due
    assert {one.department: one.due for one in voice.beside if one.owes} == due
    assert voice.answer_by == day(answer)
    if turn is None:
        assert voice.due_by is None
        return
    place = world.studio if turn == "studio" else getattr(world, turn)
    assert ladder.holder(voice) == f"{'studio' if turn == 'studio' else 'department'}:{place.code}"
    assert voice.due_by == due.get(place, day(answer))
