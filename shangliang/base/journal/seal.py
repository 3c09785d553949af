"""Sealing, a moment behind: only the worker calls it, so that no writer waits for another.

An auto id is neither gap-free nor in the order of commits; a seal's number is both. A late committer appears
in the queue when it commits, and gets the next number then.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedRandom
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from shangliang.base import clock

from . import merkle, queries
from .models import Act, Node, Seal, Unsealed

LOCK = (
    0x5348_414E_474C  # any fixed number: one sealer at a time on PostgreSQL; SQLite's IMMEDIATE is the lock
)


CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(act: Act) -> bytes:
    """The bytes that a leaf is made of: JSON, sorted keys, no blanks, UTF-8, UTC with microseconds."""
    said = {
        "id": act.id,
        "name": act.name,
        "subject": act.subject,
        "thread": act.thread,
        "committee": act.committee,
        "studio": act.studio,
        "by": act.by,
        "at": act.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "facts": act.facts,
    }
    return CANONICAL.encode(said).encode()


def seal(limit: int = 500) -> int:
    """Seal up to `limit` waiting acts and say how many. 0: nothing waits.

    A queue entry without its act, or whose act is sealed already, was forged: it stays for `verify` to name.
    """
    if not Unsealed.objects.exists():
        return 0  # before a transaction: on SQLite one would take the write lock for nothing
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        waiting = list(Unsealed.objects.order_by("act_id").values_list("act_id", flat=True)[:limit])
        sealed = set(Seal.objects.filter(act_id__in=waiting).values_list("act_id", flat=True))
        acts = [act for pk, act in sorted(Act.objects.in_bulk(waiting).items()) if pk not in sealed]
        size = queries.size()
        Seal.objects.bulk_create(
            Seal(number=number, act_id=act.id, at=act.at, leaf=merkle.leaf_hash(canonical(act)))
            for number, act in enumerate(acts, size)
        )
        _grow(size, size + len(acts))
        Unsealed.objects.filter(act_id__in=[act.id for act in acts]).delete()
        return len(acts)


def _grow(old: int, size: int) -> None:
    """Write the nodes that became full when the tree grew from `old` to `size` leaves."""
    level, start, stop = 1, old // merkle.WIDE, size // merkle.WIDE
    while start < stop:
        Node.objects.bulk_create(
            Node(level=level, index=index, hash=_node(level, index)) for index in range(start, stop)
        )
        level, start, stop = level + 1, start // merkle.WIDE, stop // merkle.WIDE


def _node(level: int, index: int) -> bytes:
    below = (index * merkle.WIDE, (index + 1) * merkle.WIDE)
    return merkle.fold(merkle.leaves(*below) if level == 1 else merkle.nodes(level - 1, *below))


@dataclass(frozen=True)
class Checkpoint:
    """What the tree was at a moment, told outside the database."""

    size: int
    root: bytes
    time: datetime

    def line(self) -> bytes:
        said = {"size": self.size, "root": self.root.hex(), "time": self.time.astimezone(UTC).isoformat()}
        return json.dumps(said).encode() + b"\n"


def checkpoint() -> Checkpoint | None:
    """Append the tree's size and root to `settings.CHECKPOINTS`, down to the disk; None if it has not grown.

    The file must lie where the database's owner can't rewrite it (append-only, or copied elsewhere): only so
    can `verify` see a removed tail or a history reckoned anew.
    """
    path = Path(settings.CHECKPOINTS)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size, last = queries.size(), _last(file)
        if size <= (last.size if last else 0):
            return None
        made = Checkpoint(size, merkle.root(size), clock.now())
        file.seek(0, os.SEEK_END)
        file.write(made.line())
        file.flush()
        os.fsync(file.fileno())
    return made


def checkpoints() -> Iterator[Checkpoint]:
    """The checkpoints told so far, oldest first; a line torn by a crash is left out."""
    path = Path(settings.CHECKPOINTS)
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if found := _read(line):
                yield found


def _last(file: BufferedRandom) -> Checkpoint | None:
    """The last checkpoint; ends a torn line, so that the next one stands by itself."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 4096))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.write(b"\n")
    found = [one for line in tail.splitlines() if (one := _read(line))]
    return found[-1] if found else None


def _read(line: bytes) -> Checkpoint | None:
    try:
        said = json.loads(line)
        return Checkpoint(
            int(said["size"]), bytes.fromhex(said["root"]), datetime.fromisoformat(said["time"])
        )
    except (ValueError, KeyError, TypeError):
        return None
