"""What nobody would write: wrong types, sizes, encodings, for every field and every parameter."""

import random
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

from . import rounds

VALUES: tuple[Any, ...] = (
    "x", "", " ", "0", "-1", "1e9", "99999999999999999999999", "1.5", "NaN", "null", "true", "[]", "{}",
    "１２", "٣", "\x00", "a\x00b", "\U0001f600", "\u202e", "\ufffe", "\r\n", "2026-02-30", "0000-00-00",
    "0001-01-01", "0001-01-01T00:00", "9999-12-31", "10000-01-01", "24:61", "%00", "%", "' OR 1=1 --", "*",
    '"', "\\", "a" * 5000,
    "汉" * 2500, "__class__", "code__startswith", "../../etc/passwd", ["1", "2", "\x00"], "990101",
    "received", "9223372036854775808",
)  # fmt: skip
NAMES = (
    "q", "tab", "before", "after", "in", "under", "later", "today", "period", "metric", "total", "kind",
    "replaces", "voice", "member", "year", "move", "studio", "channel", "lang", "elder", "place", "listed",
    "next",
)  # fmt: skip


def some(seed: object, number: int) -> list[Any]:
    return random.Random(str(seed)).sample(VALUES, min(number, len(VALUES)))


def questions(one: SimpleNamespace, seed: object, each: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address of a committee with odd parameters, so many times; and with odd codes in its path."""
    drawn = random.Random(str(seed))
    for where in dict.fromkeys(where.partition("?")[0] for where, _heads in rounds.all_of(one)):
        for _time in range(each):
            yield where, {name: drawn.choice(VALUES) for name in drawn.sample(NAMES, 6)}
        parts = where.strip("/").split("/")
        if len(parts) > 1:
            parts[drawn.randrange(1, len(parts))] = drawn.choice(
                ("%00", "%F0%9F%98%80", "9" * 300, "..%2f", "%E6%B1%89")
            )
            yield f"/{'/'.join(parts)}/", {}
