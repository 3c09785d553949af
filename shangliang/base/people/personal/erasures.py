"""The list of who was erased, beside the checkpoints and outside the databases: a restored backup is older
than the wish, and reads here whom to erase again. It holds pseudonyms, which mean nothing by themselves."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from ...journal.outside import appending


class Listed(NamedTuple):
    """One line: whose pseudonym, how it was asked for (`Erasure.Way`), when."""

    person: str
    way: str
    asked: datetime

    def line(self) -> bytes:
        said = {"person": self.person, "way": self.way, "asked": self.asked.isoformat()}
        return json.dumps(said).encode() + b"\n"


def write(rows: Iterable[Listed]) -> None:
    """Append those who do not stand in it yet, down to the disk."""
    with appending(Path(settings.ERASURES)) as file:
        file.seek(0)
        known = {one.person for one in _lines(file)}
        file.write(b"".join(row.line() for row in rows if row.person not in known))


def read(path: Path | None = None) -> list[Listed]:
    """Everybody in the list, in the order in which they asked; none if there is no such file."""
    path = path or Path(settings.ERASURES)
    if not path.exists():
        return []
    with path.open("rb") as file:
        return list(_lines(file))


def _lines(file: Iterable[bytes]) -> Iterator[Listed]:
    for line in file:
        try:
            said = json.loads(line)
            yield Listed(said["person"], said["way"], datetime.fromisoformat(said["asked"]))
        except (ValueError, KeyError):
            continue  # torn by a crash: it is written again, as its erasure is not done
