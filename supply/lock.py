"""The lock files: each line a version with hashes, and nothing about where it was fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ROOT / "requirements" / "runtime.txt"
PIN = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9.-]*)(\[[a-z,]+\])?==(?P<version>[^ ;]+)(?: ; (?P<where>[^\\]+?))? ?\\?"
)
HASH = re.compile(r"    --hash=sha256:(?P<digest>[0-9a-f]{64})(?: \\)?")


@dataclass(frozen=True)
class Pin:
    """A library at one version; `where`: the machines that need it, empty for all."""

    name: str
    version: str
    where: str
    hashes: tuple[str, ...]


def pins(text: str) -> list[Pin]:
    """The pins of a lock file's text; ValueError at the first line that is neither pin nor hash, and at a pin
    without a hash."""
    found: list[tuple[str, str, str, list[str]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if pin := PIN.fullmatch(line):
            found.append((pin["name"], pin["version"], pin["where"] or "", []))
        elif (digest := HASH.fullmatch(line)) and found:
            found[-1][3].append(digest["digest"])
        else:
            raise ValueError(f"line {number} is neither a pinned version nor a hash: {line.strip()}")
    if bare := [name for name, _, _, hashes in found if not hashes]:
        raise ValueError(f"no hash stands with {', '.join(bare)}")
    return [Pin(name, version, where, tuple(hashes)) for name, version, where, hashes in found]


def direct() -> Iterator[str]:
    """The names that we ask for ourselves."""
    for line in RUNTIME.with_suffix(".in").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("-"):
            yield re.split(r"[\[<>=~!; ]", line.strip(), maxsplit=1)[0].lower()
