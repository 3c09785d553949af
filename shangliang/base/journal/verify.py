"""Is the journal what it was? Walks all of it in blocks, and names the first broken place.

What it proves and what it cannot see stands in `docs/security.md`. It needs no lock: seals, nodes and acts
never change, and each question is put so that a seal set meanwhile makes no false alarm.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from . import queries
from .checkpoints import Checkpoint, Unsigned, checkpoints, public_keys
from .merkle import WIDE, Frontier, fold, leaf_hash
from .models import Act, Node, Seal, Unsealed
from .notes import Key
from .seal import canonical

AT_ONCE = 8 * WIDE  # seals read at once


class Row(NamedTuple):
    """A seal, read cheaply. SQLite lets anything into a column: what can't be read is None."""

    number: int
    act_id: int
    leaf: bytes | memoryview | str
    at: datetime | None


Leaves = dict[int, tuple[bytes, datetime | None]]  # by act: its leaf reckoned anew, its time

# What can be broken, as `Report.broken` says it.
WORDS = {
    "act_altered": "an act is no longer what was sealed",
    "act_removed": "a sealed act is gone",
    "act_unsealed": "an act has no seal and does not wait for one: it was slipped in, or its seal removed",
    "act_or_seal_altered": "an act and its seal disagree, and nothing else tells which of them was altered",
    "seal_added": "a seal stands outside the row of numbers",
    "seal_altered": "a seal is no longer what was written",
    "seal_removed": "a number is missing among the seals",
    "seal_repeated": "a number or an act is sealed twice",
    "seals_reordered": "seals have changed places",
    "seals_replaced": "seals were replaced or have changed places, together with their acts",
    "seals_or_node_altered": "seals and their node disagree, and nothing else tells which were altered",
    "node_added": "a node stands where no full row of seals is, or stands twice",
    "node_altered": "a node is not the root of what lies under it",
    "node_removed": "a node is missing",
    "tail_removed": "a checkpoint knew more seals than there are",
    "checkpoint_differs": "the database agrees with itself, not with a checkpoint: history was reckoned anew",
    "checkpoint_disordered": "the file of checkpoints goes backwards",
    "checkpoint_removed": "a checkpoint is missing in the file: the next one names another before it",
    "checkpoint_unsigned": "a checkpoint was not signed by a known key: it was forged or altered",
    "queue_without_act": "an act that waited for its seal is gone",
    "queue_of_sealed": "an act that is sealed stands in the queue again",
}


@dataclass(frozen=True)
class Report:
    """`broken` is "" or a key of WORDS; `checkpoint` the largest size told outside that agrees."""

    ok: bool
    acts: int
    sealed: int
    unsealed: int
    root: str
    checkpoint: int
    broken: str = ""
    where: str = ""


class Broken(Exception):  # noqa: N818
    """The first broken place."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{WORDS[what]}: {where}")
        self.what, self.where = what, where


def verify(keys: Iterable[Key] | None = None) -> Report:
    """Walk the whole journal: acts, seals, nodes, checkpoints, queue. Memory does not grow with it.

    `keys` are those that may have signed checkpoints: the published ones, if not said otherwise."""
    walk = _Walk(public_keys() if keys is None else keys)
    broken = where = ""
    try:
        walk.through()
        _check_strays()
    except Broken as found:
        broken, where = found.what, found.where
    return Report(
        ok=not broken,
        acts=Act.objects.count(),
        sealed=walk.size,
        unsealed=Unsealed.objects.count(),
        root="" if broken else walk.tree.root().hex(),
        checkpoint=walk.agreed,
        broken=broken,
        where=where,
    )


class _Walk:
    """One pass over the seals by number: the tree's right edge, the open nodes, the next checkpoint."""

    def __init__(self, keys: Iterable[Key]) -> None:
        # Nodes before the size: a node that stands by now has its seals, whatever is sealed after this line.
        levels = Node.objects.values("level").annotate(top=Max("index"), number=Count("id")).order_by("level")
        self.levels = [(row["level"], row["top"], row["number"]) for row in levels]
        self.size = queries.size()
        self.tree = Frontier()
        self.done = 0  # leaves in the tree
        self.open: dict[int, list[bytes]] = {}  # by level: what lies under its node that is not full yet
        self._told = checkpoints(keys)
        self.agreed = 0
        self.next: Checkpoint | None = None

    def through(self) -> None:
        self.next = self._read()
        if low := Seal.objects.filter(number__lt=0).first():
            raise Broken("seal_added", f"seal {low.number}")
        for start in range(0, self.size, AT_ONCE):
            self._stretch(start, min(start + AT_ONCE, self.size))
        if self.next and self.next.size > queries.size():  # asked again: more may be sealed by now
            raise Broken("tail_removed", _told(self.size, self.next))
        for level, top, number in self.levels:
            if number != top + 1 or top >= self.size // WIDE**level:
                raise Broken("node_added", f"level {level}, up to {top}")

    def _stretch(self, start: int, stop: int) -> None:
        """Read some blocks of 256 at once; where the numbers have a gap, only up to it."""
        seals = Seal.objects.filter(number__gte=start, number__lt=stop).order_by("number")
        rows = _rows(seals)
        gap = next((n for n, row in enumerate(rows, start) if row.number != n), start + len(rows))
        if twice := gap - start < len(rows) and rows[gap - start].number < gap:
            gap -= 1
        rows = rows[: gap - start]
        leaves = _leaves([row.act_id for row in rows])
        nodes = _nodes(1, start // WIDE, stop // WIDE)
        for block in range(0, len(rows), WIDE):
            self._block(rows[block : block + WIDE], leaves, nodes.get((start + block) // WIDE))
        if gap < stop:
            raise Broken("seal_repeated" if twice else "seal_removed", f"seal {gap}")

    def _block(self, rows: Sequence[Row], found: Leaves, node: bytes | None) -> None:
        """Each seal against its act, then all of them against their node and the checkpoints among them."""
        start, stored = self.done, [_bytes(row.leaf) for row in rows]
        for i, row in enumerate(rows):
            leaf, at = found.get(row.act_id, (b"", None))
            if (leaf, at) == (stored[i], row.at):
                continue
            where = f"act {row.act_id}, seal {row.number}"
            self._grow(stored[:i])  # an earlier checkpoint may differ
            if not leaf:
                raise Broken("act_removed", where)
            if leaf == stored[i]:
                raise Broken("seal_altered", where)  # in its time, which the leaf doesn't cover
            fresh = [found.get(each.act_id, (stored[n],))[0] for n, each in enumerate(rows)]
            raise Broken(self._altered(stored, fresh, i, node), where)
        if len(rows) < WIDE:
            self._grow(stored)
            return
        block = fold(stored)
        right = node == block
        try:
            self._grow(stored, block)
        except Broken:
            if right or node is None:
                raise
            raise Broken("seals_replaced", _seals(start, self.done)) from None
        self._close(1, start // WIDE, block, node)

    def _altered(self, stored: list[bytes], fresh: list[bytes], i: int, node: bytes | None) -> str:
        """Was it the seal's leaf or its act? The other seals, the node and the next checkpoint may know."""
        if sorted(stored) == sorted(fresh):
            return "seals_reordered"
        if node == fold(stored) or self._reaches(stored[i:]):
            return "act_altered"
        if node == fold(fresh) or self._reaches(fresh[i:]):
            return "seal_altered"
        return "act_or_seal_altered"

    def _close(self, level: int, index: int, below: bytes, node: bytes | None) -> None:
        """A subtree is full: its node must say the same; then perhaps the one above is full too."""
        if node is None:
            raise Broken("node_removed", f"level {level}, node {index}")
        if node != below:
            start, stop = index * WIDE**level, (index + 1) * WIDE**level
            sure = self.agreed == stop or self._reaches([])
            what = "node_altered" if sure else "seals_or_node_altered" if sure is None else "seals_replaced"
            raise Broken(what, f"{_seals(start, stop)}, level {level}, node {index}")
        row = self.open.setdefault(level, [])
        row.append(below)
        if len(row) == WIDE:
            above = index // WIDE
            self.open[level] = []
            self._close(level + 1, above, fold(row), _nodes(level + 1, above, above + 1).get(above))

    def _grow(self, leaves: Sequence[bytes], block: bytes | None = None) -> None:
        """Append leaves (`block`: their root, if they are 256) and compare each checkpoint on the way."""
        stop = self.done + len(leaves)
        if block and not (self.next and self.next.size <= stop):
            self.tree.push(block, 8)
            self.done = stop
            return
        for leaf in leaves:
            self.tree.push(leaf)
            self.done += 1
            while self.next and self.next.size <= self.done:
                self._compare(self.next)

    def _compare(self, told: Checkpoint) -> None:
        if told.size <= self.agreed:
            raise Broken("checkpoint_disordered", f"size {told.size} after {self.agreed}")
        if told.after != self.agreed:
            raise Broken("checkpoint_removed", f"size {told.after}, before {told.size}")
        if told.root != self.tree.root():
            raise Broken("checkpoint_differs", _told(self.agreed, told))
        self.agreed, self.next = told.size, self._read()

    def _read(self) -> Checkpoint | None:
        try:
            return next(self._told, None)
        except Unsigned as fault:
            raise Broken("checkpoint_unsigned", str(fault)) from fault

    def _reaches(self, leaves: Sequence[bytes]) -> bool | None:
        """Would these leaves, then the seals after them, come to the next checkpoint? None: there is none."""
        if not self.next or self.next.size > self.size:
            return None
        tree, size = self.tree.copy(), self.next.size
        for leaf in leaves[: size - self.done]:
            tree.push(leaf)
        rest = Seal.objects.filter(number__gte=self.done + len(leaves), number__lt=size).order_by("number")
        for later in rest.values_list("leaf", flat=True).iterator():
            tree.push(_bytes(later))
        return tree.root() == self.next.root


def _check_strays() -> None:
    """What stands beside the row of seals. Each question is one statement, so it sees one moment."""
    sealed = Exists(Seal.objects.filter(act_id=OuterRef("pk")))
    waits = Exists(Unsealed.objects.filter(act_id=OuterRef("pk")))
    twice = (
        Seal.objects.values("act_id").annotate(times=Count("number")).filter(times__gt=1).order_by("act_id")
    )
    if act_id := twice.values_list("act_id", flat=True).first():
        raise Broken("seal_repeated", f"act {act_id}")
    _none("act_unsealed", Act.objects.filter(~sealed, ~waits))
    _none("queue_without_act", Unsealed.objects.exclude(Exists(Act.objects.filter(pk=OuterRef("act_id")))))
    _none("queue_of_sealed", Unsealed.objects.filter(Exists(Seal.objects.filter(act_id=OuterRef("act_id")))))


def _none(what: str, strays: QuerySet[Act] | QuerySet[Unsealed]) -> None:
    if stray := strays.order_by("pk").values_list("pk", flat=True).first():
        raise Broken(what, f"act {stray}")


def _rows(seals: QuerySet[Seal]) -> list[Row]:
    try:
        return [Row(*row) for row in seals.values_list("number", "act_id", "leaf", "at")]
    except (ValueError, TypeError):
        return [Row(*row, _time(row[0])) for row in seals.values_list("number", "act_id", "leaf")]


def _time(number: int) -> datetime | None:
    try:
        return Seal.objects.values_list("at", flat=True).get(number=number)
    except (ValueError, TypeError):
        return None


def _leaves(act_ids: Sequence[int]) -> Leaves:
    """Each act's leaf, reckoned anew, and its time."""
    try:
        return {pk: (_leaf(act), act.at) for pk, act in Act.objects.in_bulk(act_ids).items()}
    except (ValueError, TypeError):
        found: Leaves = {}
        for pk in act_ids:
            try:
                found.update({act.id: (_leaf(act), act.at) for act in Act.objects.filter(pk=pk)})
            except (ValueError, TypeError):
                found[pk] = (b"unreadable", None)
        return found


def _leaf(act: Act) -> bytes:
    return leaf_hash(canonical(act)) if act.at else b"unreadable"


def _nodes(level: int, start: int, stop: int) -> dict[int, bytes]:
    rows = Node.objects.filter(level=level, index__gte=start, index__lt=stop).values_list("index", "hash")
    return {index: _bytes(found) for index, found in rows}


def _bytes(cell: bytes | memoryview | str) -> bytes:
    return cell.encode() if isinstance(cell, str) else bytes(cell)


def _seals(start: int, stop: int) -> str:
    return f"seals {start}–{stop - 1}" if stop - start > 1 else f"seal {start}"


def _told(start: int, told: Checkpoint) -> str:
    return f"{_seals(start, told.size)}, told at {told.time:%Y-%m-%d %H:%M:%S}Z"
