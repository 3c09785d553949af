"""What an editor changed between two texts, clause by clause; and between the versions of a thing."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, Protocol, TypeVar

CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]?")


class Kept(Protocol):
    """A version: its number, and its texts in their order."""

    number: int

    @property
    def texts(self) -> tuple[str, ...]: ...


V = TypeVar("V", bound=Kept)


class Piece(NamedTuple):
    """`how`: same, gone or new."""

    how: str
    words: str


def between(before: str, after: str) -> list[Piece]:
    """The later text as pieces, with what is gone in its place. Whole clauses, since single characters that
    happen to be alike tell nobody anything."""
    old, new = CLAUSE.findall(before), CLAUSE.findall(after)
    found: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, fresh = "".join(old[a:b]), "".join(new[c:d])
        if tag == "equal":
            found.append(Piece("same", fresh))
            continue
        if gone:
            found.append(Piece("gone", gone))
        if fresh:
            found.append(Piece("new", fresh))
    return [piece for piece in found if piece.words]


def versions(rows: Sequence[V], asked: str) -> list[tuple[V, list[list[Piece]]]]:
    """Each version, oldest first, and what changed in each part from the one before: of the one whose number
    is asked for, else of the last."""
    chosen = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 5 else len(rows)
    found = []
    for before, one in zip([None, *rows], rows, strict=False):
        pairs = zip(before.texts, one.texts, strict=True) if before and one.number == chosen else ()
        found.append((one, [between(old, new) for old, new in pairs if old != new]))
    return found
