"""What is published beside checkpoints, as bytes and lines: tiles of the tree, receipts, consistency.

Formats: c2sp.org/tlog-tiles and c2sp.org/tlog-proof. They hold hashes and numbers. A leaf is hashed together
with its act's own salt, so that nobody can find an act by trying out what it may have said.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass

from . import merkle
from .checkpoints import Checkpoint
from .merkle import WIDE

PLACE = re.compile(r"((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)
LEVELS = 6  # beyond any journal's height


@dataclass(frozen=True)
class Receipt:
    """The proof that an act with this leaf is the `number`-th (from 0) of those that a checkpoint knows."""

    number: int
    leaf: bytes
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def text(self) -> str:
        """As a file: `extra` is the leaf."""
        head = f"c2sp.org/tlog-proof@v1\nextra {_word(self.leaf)}\nindex {self.number}\n"
        return f"{head}{_lines(self.path)}\n{self.checkpoint.note}"


def receipt(number: int, checkpoint: Checkpoint) -> Receipt | None:
    """None if the checkpoint does not know of that many acts."""
    if not 0 <= number < checkpoint.size:
        return None
    [leaf] = merkle.leaves(number, number + 1)
    return Receipt(number, leaf, tuple(merkle.inclusion(number, checkpoint.size)), checkpoint)


def consistency(old: int, size: int) -> str:
    """The proof that the journal of `old` acts begins that of `size`; ValueError if it can't."""
    return f"old {old}\nsize {size}\n{_lines(merkle.consistency(old, size))}"


def tile(level: int, place: str, size: int) -> bytes | None:
    """The hashes of a tile, one after the other; None where a tree of `size` leaves has no such tile.

    `place` is its index in groups of three digits ("x001/234"), with ".p/88" if it holds only 88 hashes."""
    said = PLACE.fullmatch(place)
    if not said or level >= LEVELS:
        return None
    index = int(said[1].replace("/x", "").replace("/", "").removeprefix("x"))
    if said[1] != tile_place(index):
        return None
    width = int(said[2] or WIDE)
    start, stop = index * WIDE, index * WIDE + width
    if (said[2] and width >= WIDE) or stop > size // WIDE**level:
        return None
    hashes = merkle.nodes(level, start, stop) if level else merkle.leaves(start, stop)
    return b"".join(hashes)


def tile_place(index: int) -> str:
    digits = str(index)
    groups = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [groups[i : i + 3] for i in range(0, len(groups), 3)]
    return "".join(f"x{part}/" for part in parts[:-1]) + parts[-1]


def _lines(hashes: Iterable[bytes]) -> str:
    return "".join(f"{_word(one)}\n" for one in hashes)


def _word(hashed: bytes) -> str:
    return b64encode(hashed).decode()
