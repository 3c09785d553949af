"""示例省的履职活动：每个状态至少一场，七次送医送药成一个系列。Activities in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from shangliang.flow.activities import actions
from shangliang.flow.activities.actions import Plan, Record
from shangliang.flow.studios.models import Studio

from .days import HERE
from .pictures import picture
from .told import Step, Told


def steps(told: Told, rows: dict[str, Any]) -> list[Step]:
    """Series first, then each activity's steps at their moments."""
    at = told.days.moment
    found: list[Step] = [
        (at(row["wd"], row["at"]), partial(_series, told, label, row))
        for label, row in rows["series"].items()
    ]
    for label, row in (rows["activities"] | _trips(rows["trips"])).items():
        found += [
            (at(step["wd"], step["at"]), partial(DO[step["do"]], told, label, row, step))
            for step in row["steps"]
        ]
    return found


def _trips(row: dict[str, Any]) -> dict[str, Any]:
    """The seven trips, written out; the last is published."""
    found = {}
    numbers = zip(row["villages"], row["wd"], row["served"], row["value"], strict=True)
    for number, (village, day, served, value) in enumerate(numbers, 1):
        how = {"measures": {"residents_served": served, "medicine_value": value}, "lead": [row["by"]]}
        one = {"by": row["by"], "studio": row["studio"], "kind": "medicine_trip", "place": village}
        one |= {"title": row["title"] % village, "series": "trips", "held": day, "hours": ["8:30", "16:00"]}
        one["steps"] = [
            {"wd": day + 4, "at": "9:00", "do": "plan"},
            {"wd": day + 4, "at": "9:10", "do": "announce"},
            {"wd": day, "at": "17:00", "do": "record", "came": ["bai"], **how},
        ]
        if number == len(row["wd"]):
            text = f"城关委员工作室的委员到{village}送医送药，看病发药二百四十人次。这一趟是今年第七次进山。"
            one["steps"].append(
                {"wd": day - 1, "at": "10:00", "do": "publish", "by": "officer", "text": text}
            )
        found[f"trip_{number}"] = one
    return found


def _key(label: str) -> str:
    return f"activity_{label}"


def _series(told: Told, label: str, row: dict[str, Any]) -> None:
    made = actions.begin_series(
        told.committees["990101"], by=told.actors[row["by"]], name=row["name"], form=row["form"]
    )
    told.codes[f"series_{label}"] = made.code


def _keys(told: Told, names: list[str]) -> list[str]:
    return [told.actors[name].key for name in names]


def _by(told: Told, row: dict[str, Any], step: dict[str, Any]) -> Any:
    return told.actors[step.get("by", row["by"])]


def _host(told: Told, row: dict[str, Any]) -> Any:
    if "committee" in row:
        return told.committees[row["committee"]]
    return Studio.objects.select_related("committee").get(code=told.studios[row["studio"]])


def _plan_of(told: Told, row: dict[str, Any]) -> Plan:
    day = told.days.day(row["held"])
    start, end = (
        datetime.combine(day, datetime.strptime(hour, "%H:%M").time(), HERE) for hour in row["hours"]
    )
    more: dict[str, Any] = {
        name: row[name] for name in ("about", "places", "study", "partners") if name in row
    }
    more |= {name: told.codes[f"series_{row[name]}"] for name in ("series", "campaign") if name in row}
    return Plan(row["kind"], row["title"], row["place"], start, end, **more)


def _record_of(told: Told, step: dict[str, Any]) -> Record:
    more = {name: step[name] for name in ("helpers", "minutes", "outcome", "consent") if name in step}
    did = {told.actors[name].key: words for name, words in step.get("did", {}).items()}
    return Record(
        step["measures"], came=_keys(told, step.get("came", [])), lead=_keys(told, step.get("lead", [])),
        did=did, photos=[picture(step["picture"])] if "picture" in step else [], **more,
    )  # fmt: skip


def _plan(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    voice = told.codes[row["voice"]] if "voice" in row else ""
    made = actions.plan(_host(told, row), by=_by(told, row, step), said=_plan_of(told, row), voice=voice)
    told.codes[_key(label)] = made.code


def _afterwards(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    made = actions.record_afterwards(
        _host(told, row), by=_by(told, row, step), plan=_plan_of(told, row), said=_record_of(told, step),
        reason=step["words"],
    )  # fmt: skip
    told.codes[_key(label)] = made.code


def _record(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    said = _record_of(told, step)
    actions.record_held(told.codes[_key(label)], by=_by(told, row, step), seen=None, said=said)


def _publish(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.publish(
        told.codes[_key(label)], by=_by(told, row, step), seen=None, text=step["text"],
        photos=step.get("photos", False), agreed=step.get("agreed", False),
    )  # fmt: skip


def _people(do: Callable[..., Any]) -> Callable[..., None]:
    def carried_out(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
        do(told.codes[_key(label)], by=_by(told, row, step), people=_keys(told, step["people"]))

    return carried_out


def _own(do: Callable[..., Any], name: str = "") -> Callable[..., None]:
    """A member's own step; `name`: what they say."""

    def carried_out(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
        do(told.codes[_key(label)], by=_by(told, row, step), **({name: step["words"]} if name else {}))

    return carried_out


def _moved(do: Callable[..., Any]) -> Callable[..., None]:
    def carried_out(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
        words = {"words": step["words"]} if "words" in step else {}
        do(told.codes[_key(label)], by=_by(told, row, step), seen=None, **words)

    return carried_out


def _correct(do: Callable[..., Any]) -> Callable[..., None]:
    def carried_out(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
        [person] = _keys(told, [step["person"]])
        do(told.codes[_key(label)], by=_by(told, row, step), person=person, words=step["words"])

    return carried_out


DO: dict[str, Callable[..., None]] = {
    "plan": _plan, "record_afterwards": _afterwards, "record": _record, "publish": _publish,
    "invite": _people(actions.invite), "tick": _people(actions.tick), "sign_up": _own(actions.sign_up),
    "strike": _correct(actions.strike), "add": _correct(actions.add),
    "study": _own(actions.study), "ask_leave": _own(actions.ask_leave, "reason"),
    "announce": _moved(actions.announce), "cancel": _moved(actions.cancel), "close": _moved(actions.close),
}  # fmt: skip
