"""Which packages hold something of a person, and how each lets go of it: made known in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Trace(NamedTuple):
    """Where in the journal it is told that a person was erased."""

    subject: str
    thread: str
    committee: str
    studio: str


@dataclass
class Left:
    """What is left to do once the rows let go: acts to write, files whose bytes lie outside the database."""

    traces: list[Trace] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


Forget = Callable[[str], Left]
Own = Callable[[str], dict[str, Iterable[Any]]]
Remove = Callable[[str], None]
Quoted = Callable[[str], None]
_holders: dict[str, Forget] = {}
_quoting: dict[str, Quoted] = {}
_removers: dict[str, Remove] = {}
_owns: dict[str, Own] = {}


def register(name: str, forget: Forget, own: Own, remove: Remove | None = None) -> None:
    """`forget(person)` empties every column of that pseudonym, within a transaction, and may be called again;
    `own(person)` gives the same rows, by model; `remove(code)` deletes a file's bytes, and it is no error if
    they are gone."""
    _holders[name], _owns[name] = forget, own
    if remove:
        _removers[name] = remove


def quotes(name: str, forget: Quoted) -> None:
    """`forget(person)` takes this person's words out of what others wrote with them: called while the words
    themselves still stand, to be looked for."""
    _quoting[name] = forget


def forget(person: str) -> Left:
    """All packages let go of a person: first where their words are repeated, then the words."""
    left = Left()
    for one in _quoting.values():
        one(person)
    for holder in _holders.values():
        held = holder(person)
        left.traces += held.traces
        left.files += held.files
    return left


def own(person: str) -> dict[str, Iterable[Any]]:
    """Model ("voices.Voice") → rows of this person."""
    found: dict[str, Iterable[Any]] = {}
    for rows in _owns.values():
        found |= rows(person)
    return found


def remove(code: str) -> None:
    """A file's bytes go, wherever they lie."""
    for remover in _removers.values():
        remover(code)
