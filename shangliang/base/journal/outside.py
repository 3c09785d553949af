"""What is written outside the database, down to the disk: a power cut keeps it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedRandom
from pathlib import Path


@contextmanager
def appending(path: Path) -> Iterator[BufferedRandom]:
    """A file of lines to read and to append to, one writer at a time; on the disk when the block ends. A last
    line that a crash tore is ended first, so that nothing is glued to it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if end := file.seek(0, os.SEEK_END):
            file.seek(end - 1)
            if file.read(1) != b"\n":
                file.write(b"\n")
        yield file
        file.flush()
        os.fsync(file.fileno())


def flush(place: Path) -> None:
    """A file's bytes, or a folder's names."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
