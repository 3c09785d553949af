"""The tree over the seals: RFC 6962 hashing, RFC 9162 proofs. Any auditor can check them without us.

The verifiers are pure; `root`, `inclusion` and `consistency` read seals and nodes, at most 256 rows a level.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from .models import Node, Seal

WIDE = 256  # leaves under a node of level 1; nodes under a node of the next level
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def fold(hashes: Iterable[bytes]) -> bytes:
    """The root over these leaves or equal subtrees: pair after pair, an odd last one goes up as it is."""
    row = list(hashes)
    if not row:
        return EMPTY
    while len(row) > 1:
        odd = row[-1:] if len(row) % 2 else []
        row = [join(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)] + odd
    return row[0]


class Frontier:
    """The right edge of a growing tree: roots of full subtrees, the largest first. Always small."""

    def __init__(self, edge: Sequence[tuple[int, bytes]] = ()) -> None:
        self._edge = list(edge)

    def copy(self) -> "Frontier":
        return Frontier(self._edge)

    def push(self, subtree: bytes, height: int = 0) -> None:
        """Append a full subtree of 2**height leaves; what stands already must be a multiple of that."""
        while self._edge and self._edge[-1][0] == height:
            subtree = join(self._edge.pop()[1], subtree)
            height += 1
        self._edge.append((height, subtree))

    def root(self) -> bytes:
        edge = [subtree for _, subtree in self._edge]
        if not edge:
            return EMPTY
        found = edge.pop()
        while edge:
            found = join(edge.pop(), found)
        return found


# Read from the tables


def leaves(start: int, stop: int) -> list[bytes]:
    rows = Seal.objects.filter(number__gte=start, number__lt=stop).order_by("number")
    return _whole(rows.values_list("leaf", flat=True).iterator(), stop - start)


def nodes(level: int, start: int, stop: int) -> list[bytes]:
    rows = Node.objects.filter(level=level, index__gte=start, index__lt=stop).order_by("index")
    return _whole(rows.values_list("hash", flat=True).iterator(), stop - start)


def _whole(found: Iterator[bytes | memoryview], number: int) -> list[bytes]:
    hashes = [bytes(one) for one in found]
    if len(hashes) != number:
        raise LookupError("Seals or nodes are missing: run verify.")
    return hashes


def full(height: int, index: int) -> bytes:
    """The root of the index-th full subtree of 2**height leaves."""
    level, rest = divmod(height, 8)
    start, stop = index << rest, (index + 1) << rest
    return fold(nodes(level, start, stop) if level else leaves(start, stop))


def span(start: int, stop: int) -> bytes:
    """The root over leaves start…stop-1, as the tree of RFC 6962 splits them."""
    size = stop - start
    if size & (size - 1) == 0:
        return full(size.bit_length() - 1, start // size)
    split = start + _left(size)
    return join(span(start, split), span(split, stop))


def root(size: int) -> bytes:
    return span(0, size) if size else EMPTY


def inclusion(number: int, size: int) -> list[bytes]:
    """The proof that leaf `number` stands in the tree of `size` leaves."""
    if not 0 <= number < size:
        raise ValueError(f"There is no leaf {number} in a tree of {size}.")
    return _inclusion(number, 0, size)


def _inclusion(number: int, start: int, stop: int) -> list[bytes]:
    if stop - start == 1:
        return []
    split = start + _left(stop - start)
    if number < split:
        return [*_inclusion(number, start, split), span(split, stop)]
    return [*_inclusion(number, split, stop), span(start, split)]


def consistency(old: int, size: int) -> list[bytes]:
    """The proof that the tree of `old` leaves is the beginning of the tree of `size` leaves."""
    if not 0 < old <= size:
        raise ValueError(f"A tree of {old} leaves can't be the beginning of one of {size}.")
    return _consistency(old, 0, size, whole=True)


def _consistency(old: int, start: int, stop: int, *, whole: bool) -> list[bytes]:
    if old == stop:
        return [] if whole else [span(start, stop)]
    split = start + _left(stop - start)
    if old <= split:
        return [*_consistency(old, start, split, whole=whole), span(split, stop)]
    return [*_consistency(old, split, stop, whole=False), span(start, split)]


def _left(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


# Checked by anybody, from the proof alone


def verify_inclusion(number: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162, 2.1.3.2: is `leaf` the leaf `number` of the tree of `size` leaves with this root?"""
    if not 0 <= number < size:
        return False
    fn, sn, found = number, size - 1, leaf
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = join(step, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = join(found, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == root


def verify_consistency(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162, 2.1.4.2: does the tree of `old` leaves begin the tree of `size` leaves?"""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    steps = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        return False
    fn, sn = old - 1, size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    was = now = steps[0]
    for step in steps[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            was, now = join(step, was), join(step, now)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            now = join(now, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and was == old_root and now == root
