"""Sealing, a moment behind: only the worker calls it, so that no writer waits for another.

An auto id is neither gap-free nor in the order of commits; a seal's number is both. A late committer appears
in the queue when it commits, and gets the next number then.
"""

import json
from datetime import UTC

from django.db import connection, transaction

from . import merkle, queries
from .models import Act, Node, Seal, Unsealed

LOCK = (
    0x5348_414E_474C  # any fixed number: one sealer at a time on PostgreSQL; SQLite's IMMEDIATE is the lock
)


CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(act: Act) -> bytes:
    """The bytes that a leaf is made of: JSON, sorted keys, no blanks, UTF-8, UTC with microseconds.

    The salt is among them, so that a published leaf tells nothing to whoever guesses the rest; the first acts
    ever written had none."""
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
    if act.salt:
        said["salt"] = act.salt
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
