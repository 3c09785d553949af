"""示例省的提案：每个状态至少一件，都是编的。Proposals on their ways, each step by whoever's it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from shangliang.base import clock
from shangliang.flow.proposals import actions, reasons
from shangliang.flow.proposals.actions import Draft, Looked, Said
from shangliang.flow.proposals.models import Handling, Signature

from .told import Step, Told

PARTS = ("title", "situation", "analysis", "advice")
CONTACT = {"contact": "周本立", "phone": "000-5550101"}
Row = dict[str, Any]


def steps(told: Told, rows: dict[str, Row]) -> list[Step]:
    """Each proposal's steps at their moments. A step is [working days back, time, what, more]."""
    at = told.days.moment
    return [
        (at(back, when), partial(DO[what], told, label, row, *more))
        for label, row in rows.items()
        for back, when, what, *more in row["steps"]
    ]


def _code(told: Told, label: str) -> str:
    return told.codes[f"proposal_{label}"]


def _by(told: Told, name: str) -> dict[str, Any]:
    return {"by": told.actors[name], "seen": None}


def _draft(told: Told, label: str, row: Row) -> None:
    said = Draft(
        **{name: row.get(name, "") for name in PARTS}, kind=row.get("kind", "individual"),
        body=row.get("body", ""), may_publish=row.get("may_publish", True),
    )  # fmt: skip
    to = told.committees[row.get("committee", "990101")]
    voice = told.codes[row["voice"]] if "voice" in row else ""
    made = actions.draft(to, by=told.actors[row["by"]], said=said, voice=voice)
    told.codes[f"proposal_{label}"] = made.code


def _invite(told: Told, label: str, row: Row, names: list[str], days: int) -> None:
    keys = [told.actors[name].key for name in names]
    until = clock.today() + timedelta(days=days)
    actions.invite(_code(told, label), members=keys, sign_by=until, **_by(told, row["by"]))


def _signature(told: Told, label: str, name: str) -> str:
    held = {"proposal__code": _code(told, label), "person": told.actors[name].key}
    return str(Signature.objects.get(**held).code)


def _sign(told: Told, label: str, row: Row, name: str) -> None:
    actions.sign(_signature(told, label, name), **_by(told, name))


def _decline(told: Told, label: str, row: Row, name: str) -> None:
    actions.decline(_signature(told, label, name), **_by(told, name))


def _call_off(told: Told, label: str, row: Row, name: str) -> None:
    actions.call_off(_signature(told, label, name), **_by(told, row["by"]))


def _own(told: Told, label: str, row: Row, move: str) -> None:
    """A plain step of whoever leads."""
    getattr(actions, move)(_code(told, label), **_by(told, row["by"]))


def _check(told: Told, label: str, row: Row, decision: str = "file", more: Row | None = None) -> None:
    said = dict(more or {})
    if "into" in said:
        said["into"] = _code(told, said["into"])
    looked = Looked(decision, topic=row["topic"], ticks=tuple(reasons.checklist()), **said)
    actions.check(_code(told, label), looked=looked, **_by(told, _office(row)[0]))


def _office(row: Row) -> tuple[str, str]:
    """Who looks first at its committee, and who decides."""
    return ("neighbour", "yunling_leader") if "committee" in row else ("officer", "leader")


def _decide(told: Told, label: str, row: Row, move: str, words: str = "") -> None:
    said = {"words": words} if words else {}
    getattr(actions, move)(_code(told, label), **said, **_by(told, _office(row)[1]))


def _desk(told: Told, label: str, row: Row, move: str) -> None:
    getattr(actions, move)(_code(told, label), **_by(told, _office(row)[0]))


def _return(told: Told, label: str, row: Row, words: str) -> None:
    actions.return_(_code(told, label), words=words, **_by(told, _office(row)[0]))


def _assign(told: Told, label: str, row: Row, host: str, *co: str) -> None:
    codes = [told.departments[one].code for one in co]
    by = _by(told, _office(row)[0])
    actions.assign(_code(told, label), host=told.departments[host].code, co=codes, **by)


def _part(told: Told, label: str, department: str) -> str:
    held = {"proposal__code": _code(told, label), "department": told.departments[department]}
    return str(Handling.objects.exclude(state="returned").get(**held).code)


HANDLER = {"lamps": "handler", "farms": "farms", "roads": "roads", "schools": "schools"}


def _handle(told: Told, label: str, row: Row, move: str, department: str, words: str = "") -> None:
    said = {"words": words} if words else {}
    getattr(actions, move)(_part(told, label, department), **said, **_by(told, HANDLER[department]))


def _contact(told: Told, label: str, row: Row, department: str, way: str) -> None:
    code, by = _part(told, label, department), _by(told, HANDLER[department])
    actions.contact(code, way=way, on=clock.today(), **by)


def _answer(told: Told, label: str, row: Row, department: str, grade: str, text: str) -> None:
    code, by = _part(told, label, department), _by(told, HANDLER[department])
    said: dict[str, Any] = CONTACT | by
    actions.draft_answer(code, text=text, grade=grade, public=True, reason="", **said)


def _pass(told: Told, label: str, row: Row, department: str) -> None:
    actions.pass_(_part(told, label, department), **_by(told, "officer2"))


def _rate(
    told: Told, label: str, row: Row, name: str, score: int, words: str = "", again: bool = False
) -> None:
    good = score >= 75
    said = Said(
        "visited" if good else "not", "satisfied" if good else "unsatisfied", "visit" if good else "phone",
        "fully" if good else "not", "agree" if good else "disagree", score, words, again,
    )  # fmt: skip
    actions.rate(_signature(told, label, name), said=said, **_by(told, name))


def _review(told: Told, label: str, row: Row, department: str, marks: list[int]) -> None:
    code = _part(told, label, department)
    actions.review(code, marks=marks, **_by(told, HANDLER[department]))


DO: dict[str, Callable[..., None]] = {
    "draft": _draft, "invite": _invite, "sign": _sign, "decline": _decline, "call_off": _call_off,
    "own": _own, "check": _check, "decide": _decide, "desk": _desk, "return": _return, "assign": _assign,
    "handle": _handle, "contact": _contact, "answer": _answer, "pass": _pass, "rate": _rate,
    "review": _review,
}  # fmt: skip
