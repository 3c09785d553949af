"""Which kinds of things can be found, and how each package says its rows again for `repost search`."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """What is indexed of one thing; `path` is its committee's path (or any part of it)."""

    item: int
    text: str
    path: str
    private: bool = False


class Kind(NamedTuple):
    """A kind of thing; `names`: its texts are names, also found by pinyin's initials (路灯所 → lds)."""

    name: str
    rows: Callable[[], Iterable[Row | tuple[int, str, str]]]
    names: bool


_kinds: dict[str, Kind] = {}


def register(
    name: str, rows: Callable[[], Iterable[Row | tuple[int, str, str]]], *, names: bool = False
) -> None:
    """Make a kind known, in the package's `AppConfig.ready`. `rows` yields all its rows, oldest first."""
    _kinds[name] = Kind(name, rows, names)


def registered() -> list[Kind]:
    """All of them, by name."""
    return sorted(_kinds.values())


def of(name: str) -> Kind | None:
    """The kind of that name, if a package has made it known."""
    return _kinds.get(name)
