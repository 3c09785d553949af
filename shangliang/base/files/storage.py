"""Where the bytes lie: under random codes, in the default storage, which no web server serves."""

from __future__ import annotations  # Django's File takes its type only on paper

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.base import File as Content
from django.core.files.storage import FileSystemStorage, default_storage

from ..journal.outside import flush

FOLDER = "files"
ENDINGS = {"large": "-large.jpg", "small": "-small.jpg", "paper": ".pdf"}


class Lasting(FileSystemStorage):
    """Django's storage, down to the disk: the row that names a file is committed after it, so a power cut
    must not keep the row and lose the file."""

    def _save(self, name: str, content: Content[bytes]) -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]
        written = Path(self.path(kept))
        for one in (written, written.parent, written.parent.parent):
            flush(one)
        return kept


def place(code: str, size: str) -> str:
    """The name in the storage; the first two characters make a thousand folders."""
    return f"{FOLDER}/{code[:2]}/{code}{ENDINGS[size]}"


def write(code: str, size: str, content: Content[bytes]) -> None:
    """Keep the bytes of a file at one size."""
    default_storage.save(place(code, size), content)


def read(code: str, size: str) -> Content[bytes]:
    """Open them; FileNotFoundError if they are gone."""
    return default_storage.open(place(code, size))


def remove(code: str) -> None:
    """Remove all sizes of a file; what is not there is no error."""
    for size in ENDINGS:
        default_storage.delete(place(code, size))


def codes_written(*, before: datetime) -> Iterator[str]:
    """The codes of everything that was written before that moment, each once."""
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        names = default_storage.listdir(f"{FOLDER}/{folder}")[1]
        old = (
            name for name in names if default_storage.get_modified_time(f"{FOLDER}/{folder}/{name}") < before
        )
        yield from {name.partition(".")[0].partition("-")[0] for name in old}
