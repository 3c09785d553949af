"""The engine: a chart is a list of moves; moving checks the rule, then the state, then the version, and
journals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

from ..journal.acts import ActKind, declare
from ..journal.record import record
from ..people.actor import Actor
from .errors import NotNow, NotYours


class Thing(Protocol):
    """What a chart moves: it knows its thread and whose it is, and has a state and a version."""

    code: Any

    @property
    def subject(self) -> str: ...
    @property
    def committee_path(self) -> str: ...
    @property
    def studio_code(self) -> str: ...


T = TypeVar("T", bound=Any)
Rule = Callable[[Actor, Any], bool]

CHANGED = _("您打开这一页以后，别人刚处理过这一件。您写的都还在，看一眼新内容，再决定交不交。")
NOT_YOURS = _("「%(move)s」这一步不归您办。")
NOT_NOW = _("这件事现在是「%(state)s」，不能「%(move)s」。您写的都还在。")


@dataclass(frozen=True)
class Move:
    """One row of a chart. `start` empty: it makes the thing; `end` None: the state stays, the version
    still rises."""

    name: str
    act: str
    label: Any
    start: frozenset[str]
    end: str | None
    by: Rule
    words: Any = ""  # what the journal's reader sees; the label where empty


class Chart:
    """The moves of one kind of thing. Two charts may move one thing by different `state` and `version`
    fields."""

    def __init__(
        self,
        name: str,
        states: Iterable[tuple[str, Any]],
        *moves: Move,
        state: str = "state",
        version: str = "version",
        about: str = "",
    ) -> None:
        self.name, self.states, self.state, self.version = name, dict(states), state, version
        self.moves, self.about = moves, about  # what a table of moves can't say; printed below it
        self._named: dict[str, list[Move]] = {}
        for move in moves:
            self._named.setdefault(move.name, []).append(move)
        declare(*{m.act: ActKind(m.act, m.words or m.label) for m in moves}.values())
        CHARTS[name] = self

    def start(self, name: str, thing: T, *, by: Actor, **facts: Any) -> T:
        """Make the thing: check the rule, insert it in its first state, journal. NotYours if the rule says
        no."""
        move = self._move(name, "", by, thing)
        setattr(thing, self.state, move.end)
        setattr(thing, self.version, 1)
        thing.save(force_insert=True)
        self._journal(move, thing, by, facts)
        return thing

    def check_new(self, name: str, thing: Any, *, by: Actor) -> None:
        """Ask the rule of a move that makes the thing, before anything of it is worked out. NotYours."""
        self._move(name, "", by, thing)

    def check(self, name: str, thing: Any, *, by: Actor, seen: int | None) -> Move:
        """Ask rule, state and version without moving: NotYours, NotNow. `seen` None: no page was drawn
        (the clock)."""
        now = getattr(thing, self.state)
        move = self._move(name, now, by, thing)
        if now not in move.start:
            raise NotNow(NOT_NOW % {"state": self.states.get(now, now), "move": move.label})
        if seen is not None and seen != getattr(thing, self.version):
            raise NotNow(CHANGED)
        return move

    def move(self, name: str, thing: T, *, by: Actor, seen: int | None, **facts: Any) -> T:
        """Carry out a move: checks, new state, version up by one, everything else on the thing saved, one
        act.

        NotYours, NotNow; NotNow too when another transaction moved the thing since it was read."""
        move = self.check(name, thing, by=by, seen=seen)
        if move.end is not None:
            setattr(thing, self.state, move.end)
        self._save(thing)
        self._journal(move, thing, by, facts)
        return thing

    def _save(self, thing: Any) -> None:
        version = getattr(thing, self.version)
        model = type(thing)
        guard = model._base_manager.filter(pk=thing.pk, **{self.version: version})
        if not guard.update(**{self.version: version + 1}):
            raise NotNow(CHANGED)
        setattr(thing, self.version, version + 1)
        thing.save(force_update=True)

    def may(self, name: str, actor: Actor, thing: Any) -> bool:
        """Whether this actor could make this move now (visibility is the query's word, not ours)."""
        now = getattr(thing, self.state)
        return any(now in move.start and move.by(actor, thing) for move in self._named[name])

    def open_to(self, actor: Actor, thing: Any) -> list[Move]:
        """The moves this actor could make now, in the chart's order: the buttons of a page."""
        now, found, seen = getattr(thing, self.state), [], set()
        for move in self.moves:
            if move.name not in seen and now in move.start and move.by(actor, thing):
                seen.add(move.name)
                found.append(move)
        return found

    def _move(self, name: str, now: str, by: Actor, thing: Any) -> Move:
        """The row of this name that starts here, or, to refuse with its words, the first of the name."""
        rows = self._named[name]
        row = next((r for r in rows if now in r.start), rows[0])
        if not row.by(by, thing):
            raise NotYours(NOT_YOURS % {"move": row.label})
        return row

    def _journal(self, move: Move, thing: Any, by: Actor, facts: dict[str, Any]) -> None:
        record(
            move.act,
            subject=thing.subject,
            thread=getattr(thing, "thread", ""),
            committee=thing.committee_path,
            studio=thing.studio_code,
            by=by.key,
            facts={name: value for name, value in facts.items() if value is not None},
        )

    def ends(self, move: Move, start: str) -> str:
        """The state in which a move ends, as it is drawn: what a table keeps as "" is "private"."""
        return start if move.end is None else move.end or "private"

    def mermaid(self) -> str:
        """The chart as a Mermaid state diagram, as it stands in docs/charts/."""
        lines = ["stateDiagram-v2"]
        lines += [f"    {value}: {value} {label}" for value, label in self.states.items()]
        for move in self.moves:
            for start in sorted(move.start) or ["[*]"]:
                lines.append(f"    {start} --> {self.ends(move, start)}: {move.name} {move.label}")
        return "\n".join(lines) + "\n"


CHARTS: dict[str, Chart] = {}
