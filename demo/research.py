"""示例省的调研报告和监督式调研：从草稿到采纳、批示、办结，和没有走到底的。Research reports on their ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from shangliang.base import clock
from shangliang.base.places.models import SpecialCommittee
from shangliang.flow.research import actions, queries
from shangliang.flow.research.actions import Draft
from shangliang.flow.research.models import Research

from .pictures import picture
from .told import Step, Told


def steps(told: Told, rows: dict[str, Any]) -> list[Step]:
    """Each one's steps at their moments."""
    at = told.days.moment
    return [
        (at(step["wd"], step["at"]), partial(DO.get(step["do"], _said), told, label, row, step))
        for label, row in rows.items()
        for step in row["steps"]
    ]


def _key(label: str) -> str:
    return f"research_{label}"


def _by(told: Told, row: dict[str, Any], step: dict[str, Any]) -> dict[str, Any]:
    return {"by": told.actors[step.get("by", row["by"])], "seen": None}


def _text(told: Told, row: dict[str, Any], step: dict[str, Any]) -> Draft:
    said = {name: step.get(name, row.get(name, "")) for name in ("title", "findings", "advice")}
    more: dict[str, Any] = {"to": tuple(row["to"]), "departments": _codes(told, row)}
    if "led_by" in row:
        place = told.committees[row["committee"]]
        more["led_by"] = SpecialCommittee.objects.get(committee=place, name=row["led_by"]).code
        more["studios"] = tuple(told.studios[name] for name in row.get("studios", ()))
    return Draft(**said, **more)


def _codes(told: Told, row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(told.departments[name].code for name in row.get("departments", ()))


def _draft(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    made = actions.draft(
        told.committees[row["committee"]], by=told.actors[row["by"]],
        kind="study" if "led_by" in row else "report", said=_text(told, row, step),
    )  # fmt: skip
    told.codes[_key(label)] = made.code


def _redraft(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.redraft(told.codes[_key(label)], said=_text(told, row, step), **_by(told, row, step))


def _name(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    for writer in (True, False):
        for name in step.get("writers" if writer else "team", ()):
            member = told.actors[name].key
            actions.name(told.codes[_key(label)], member=member, writer=writer, **_by(told, row, step))


def _visit(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    if "activity" in step:
        said: dict[str, Any] = {"activity": told.codes[f"activity_{step['activity']}"]}
    else:
        said = {"on": told.days.day(step["went"]), "place": step["place"], "whom": step["whom"]}
    actions.add_visit(told.codes[_key(label)], **said, **_by(told, row, step))


def _accept(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    actions.accept(
        told.codes[_key(label)], to=row["to"], departments=_codes(told, row), **_by(told, row, step)
    )


def _outcome(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    code = told.codes[_key(label)]
    of = Research.objects.get(code=code)
    [to] = [one for one in queries.addressees(of) if one.whom == step["whom"]]
    pieces = [str(number) for number in step.get("pieces", ())]
    do: Callable[..., Any] = getattr(actions, step["do"])
    said = {"addressee": to.code, "pieces": pieces, "words": step["words"], "on": clock.today()}
    do(code, **said, **_by(told, row, step))


def _endorse(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    said = {name: step[name] for name in ("level", "who", "words")}
    scan = [picture("board")]
    actions.endorse(told.codes[_key(label)], on=clock.today(), scan=scan, **said, **_by(told, row, step))


def _put_right(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    made = actions.put_right(
        told.codes[_key(label)], words=step["words"], on=clock.today(),
        department=told.departments[step["department"]].code if "department" in step else "",
        evidence=[picture(step["picture"])] if "picture" in step else [], **_by(told, row, step),
    )  # fmt: skip
    told.codes[f"correction_{label}"] = made.code


def _show(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    """Evidence for the last thing that was put right."""
    actions.show(
        told.codes[_key(label)], correction=told.codes[f"correction_{label}"],
        evidence=[picture(step["picture"])], **_by(told, row, step),
    )  # fmt: skip


def _said(told: Told, label: str, row: dict[str, Any], step: dict[str, Any]) -> None:
    """A move that says nothing, or a reason."""
    do: Callable[..., Any] = actions.return_ if step["do"] == "return" else getattr(actions, step["do"])
    words = {"words": step["words"]} if "words" in step else {}
    do(told.codes[_key(label)], **words, **_by(told, row, step))


DO: dict[str, Callable[..., None]] = {
    "draft": _draft, "redraft": _redraft, "name": _name, "visit": _visit, "accept": _accept,
    "acknowledge": _outcome, "adopt": _outcome, "decline": _outcome, "endorse": _endorse,
    "put_right": _put_right, "show": _show,
}  # fmt: skip
