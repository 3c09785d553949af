"""示例省的社情民意信息：从草稿到刊发、采用、批示、回复，和没有走到底的。Opinion reports on their ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from shangliang.base import clock
from shangliang.flow.reports import actions
from shangliang.flow.reports.actions import Draft
from shangliang.flow.reports.models import OpinionReport, Referral

from .pictures import picture
from .told import Step, Told

PARTS = ("title", "situation", "analysis", "advice")


def steps(told: Told, rows: dict[str, Any]) -> list[Step]:
    """Each report's steps at their moments, and the bulletins that carry some of them."""
    at = told.days.moment
    found: list[Step] = [
        (at(step["wd"], step["at"]), partial(DO.get(step["do"], _said), told, label, row, step))
        for label, row in rows["reports"].items()
        for step in row["steps"]
    ]
    return found + [(at(one["wd"], one["at"]), partial(_issue, told, one)) for one in rows["bulletins"]]


def _key(label: str) -> str:
    return f"report_{label}"


def _by(told: Told, row: dict[str, Any], step: dict[str, Any]) -> dict[str, Any]:
    return {"by": told.actors[step.get("by", row["by"])], "seen": None}


def _text(row: dict[str, Any], **instead: str) -> Draft:
    return Draft(**({name: row[name] for name in PARTS} | instead), urgent=row.get("urgent", False))


def _draft(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    made = actions.draft(
        told.studios[row["studio"]], by=told.actors[row["by"]], said=_text(row),
        voice=told.codes[row["voice"]] if "voice" in row else "",
        follows=told.codes[_key(row["follows"])] if "follows" in row else "",
    )  # fmt: skip
    told.codes[_key(label)] = made.code


def _edit(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    said = _text(row, **{name: step[name] for name in PARTS if name in step})
    actions.edit(told.codes[_key(label)], said=said, **_by(told, row, step))


def _adopt(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.adopt(
        told.codes[_key(label)], level=step["level"], combined=step.get("combined", False),
        where=step["where"], on=clock.today(), **_by(told, row, step),
    )  # fmt: skip


def _endorse(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    said = {name: step[name] for name in ("level", "who", "words")}
    scan = [picture("board")]
    actions.endorse(told.codes[_key(label)], on=clock.today(), scan=scan, **said, **_by(told, row, step))


def _refer(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    to = told.departments[step["department"]].code
    actions.refer(told.codes[_key(label)], department=to, words=step["words"], **_by(told, row, step))


def _reply(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    code = told.codes[_key(label)]
    asked = Referral.objects.get(report=OpinionReport.objects.get(code=code))
    said = {"words": step["words"], "on": clock.today()}
    actions.note_reply(code, referral=asked.code, **said, **_by(told, row, step))


def _said(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    """A move that says nothing, or a reason."""
    do: Callable[..., Any] = actions.return_ if step["do"] == "return" else getattr(actions, step["do"])
    words = {"words": step["words"]} if "words" in step else {}
    do(told.codes[_key(label)], **words, **_by(told, row, step))


def _issue(told: Told, one: dict[str, Any]) -> None:
    actions.issue(
        told.committees["990101"], by=told.actors[one["by"]],
        reports=[told.codes[_key(label)] for label in one["reports"]],
        to_own=one["own"], to_upper=one["upper"],
    )  # fmt: skip


DO: dict[str, Callable[..., None]] = {
    "draft": _draft, "edit": _edit, "adopt": _adopt, "endorse": _endorse, "refer": _refer,
    "note_reply": _reply,
}  # fmt: skip
