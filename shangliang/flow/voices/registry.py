"""Makes voices known to the files' door and to the search."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from shangliang.base.search import kinds


def register() -> None:
    from shangliang.base.files import queries as files

    from . import queries

    for kind in ("voice", "line", "answer", "progress"):
        files.door(kind, partial(_may_open, kind))
    kinds.register(
        "voice",
        lambda: (
            kinds.Row(v.pk, queries.searched(v), v.committee.path, True)
            for v in queries.rows().order_by("pk").iterator()
        ),
    )
    kinds.register(
        "shown_voice",
        lambda: (
            kinds.Row(v.pk, v.wording, v.committee.path) for v in queries.shown().order_by("pk").iterator()
        ),
    )


def _may_open(kind: str, actors: Any, code: str) -> bool:
    from . import queries

    several: list[Any] = list(actors) if isinstance(actors, Iterable) else [actors]
    return queries.may_open(kind, code, several)
