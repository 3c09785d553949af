"""Sixty further voices that fill the queue. A fixed seed draws them; each goes through the actions like
any other."""

from __future__ import annotations

import random
from typing import Any

from . import voices
from .told import Step, Told

NUMBER = 60
DEPARTMENTS = {"lamps": "handler", "farms": "farms", "roads": "roads", "schools": "schools"}
HOSTS = {"chengguan": "convener", "farming": "member", "schooling": "lv"}


def steps(told: Told, said: dict[str, Any]) -> list[Step]:
    draw = random.Random(990101)
    rows = {f"crowd_{n:02d}": _row(draw, said, n) for n in range(NUMBER)}
    return voices.steps(told, rows)


def _row(draw: random.Random, said: dict[str, Any], number: int) -> dict[str, Any]:
    wording, place = draw.choice(said["wordings"]), draw.choice(said["places"])
    studio = draw.choice(list(HOSTS))
    row = {**wording, "words": wording["words"].format(place=place), "place": place, "studio": studio}
    way = said["ways"][number % len(said["ways"])]
    if wording["kind"] == "thanks" and way == "refused":
        way = "answered"
    return {**row, "steps": _way(draw, said, way, HOSTS[studio], wording)}


def _way(
    draw: random.Random, said: dict[str, Any], way: str, host: str, wording: dict[str, Any]
) -> list[dict[str, Any]]:
    """The steps of one way, a few working days apart and within the clocks."""
    left = (
        draw.randint(1, 3)
        if way == "waiting"
        else draw.randint(3, 9)
        if way in _RUNNING
        else draw.randint(8, 44)
    )
    at = f"{draw.randint(7, 21)}:{draw.randint(10, 59)}"
    took = max(left - draw.randint(1, 2), 1)
    steps: list[dict[str, Any]] = [{"wd": left, "at": at, "do": "leave"}]
    if way == "waiting":
        return steps
    if way == "refused":
        return [
            *steps,
            {"wd": took, "at": "9:30", "do": "refuse", "by": "officer", **draw.choice(said["refusals"])},
        ]
    steps.append({"wd": took, "at": "9:00", "do": "take_up", "by": host})
    if wording["public"] and draw.random() < 0.8:
        steps.append({"wd": took, "at": "9:01", "do": "show", "by": "officer"})
    if draw.random() < 0.3:
        steps.append(
            {"wd": took, "at": "9:02", "do": "reply", "by": host, "words": draw.choice(said["replies"])}
        )
    if way == "taken_up":
        return steps
    holder = host
    if way == "assigned" or draw.random() < 0.5:
        department = wording.get("department", "lamps")
        holder = DEPARTMENTS[department]
        steps.append({"wd": took, "at": "10:00", "do": "assign", "by": host, "department": department})
    if way == "assigned":
        return steps
    answered = max(left - draw.randint(4, 7), 1)
    steps.append({"wd": answered, "at": "16:00", "do": "answer", "by": holder, "words": wording["answer"]})
    return steps + _verdict(draw, way, max(answered - draw.randint(1, 4), 0))


_RUNNING = {"taken_up", "assigned"}


def _verdict(draw: random.Random, way: str, day: int) -> list[dict[str, Any]]:
    marks = {"attitude": draw.randint(1, 4), "result": draw.randint(1, 4)}
    if day == 0 or way == "answered":
        return []
    if way == "solved":
        return [{"wd": day, "at": "20:00", "do": "confirm", **marks}]
    move = "judge_partly" if way == "partly" else "judge_not"
    return [{"wd": day, "at": "20:00", "do": move, **marks, "missing": "还差一点，等着看。"}]
