"""What nobody would write: wrong types, sizes, encodings, for every field and every parameter."""

import ast
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
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
HOUSE = Path(__file__).parents[2] / "shangliang"


@cache
def names() -> tuple[str, ...]:
    """Every parameter of an address that the house asks for by its name: `GET.get("q")`, `GET["q"]`,
    `GET.getlist("q")`, `"q" in GET`."""
    found = {"next", "lang", "elder"}
    for path in sorted(HOUSE.rglob("*.py")):
        if (
            "tests" in path.parts
            or "migrations" in path.parts
            or "GET" not in (said := path.read_text("utf-8"))
        ):
            continue
        for node in ast.walk(ast.parse(said)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
                asked: ast.expr = node.func.value
                key: ast.expr = node.args[0]
            elif isinstance(node, ast.Subscript):
                asked, key = node.value, node.slice
            elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In):
                asked, key = node.comparators[0], node.left
            else:
                continue
            if isinstance(asked, ast.Attribute) and asked.attr == "GET" and isinstance(key, ast.Constant):
                found.add(str(key.value))
    return tuple(sorted(found | set(FILTERS)))


# Asked by a form or by a name that is a variable.
FILTERS = (
    "q", "tab", "before", "after", "in", "under", "later", "today", "period", "metric", "total", "kind",
    "replaces", "voice", "member", "year", "move", "studio", "channel", "place", "listed",
)  # fmt: skip


def some(seed: object, number: int) -> list[Any]:
    return random.Random(str(seed)).sample(VALUES, min(number, len(VALUES)))


def questions(one: SimpleNamespace, seed: object, each: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every address of a committee with odd parameters, so many times; and with odd codes in its path."""
    drawn = random.Random(str(seed))
    for where in dict.fromkeys(where.partition("?")[0] for where, _heads in rounds.all_of(one)):
        for _time in range(each):
            yield where, {name: drawn.choice(VALUES) for name in drawn.sample(names(), 6)}
        parts = where.strip("/").split("/")
        if len(parts) > 1:
            parts[drawn.randrange(1, len(parts))] = drawn.choice(
                ("%00", "%F0%9F%98%80", "9" * 300, "..%2f", "%E6%B1%89")
            )
            yield f"/{'/'.join(parts)}/", {}
