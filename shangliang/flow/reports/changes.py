"""What an editor changed between two texts, clause by clause."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

CLAUSE = re.compile(r"[^，。；：！？\n]*[，。；：！？\n]?")


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
