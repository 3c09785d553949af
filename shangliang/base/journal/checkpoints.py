"""Checkpoints: how long the journal was at a moment, and its root, signed and told outside the database.

The file of checkpoints is JSON lines, so that one torn by a crash is seen to be none; each holds a signed
note in the format of c2sp.org/tlog-checkpoint. Beside it lies the file of public keys, one a line, the newest
last. The private key is read by the worker alone.
"""

import hashlib
import json
import logging
import os
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BufferedRandom
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from shangliang.base import clock

from . import merkle, notes, queries
from .outside import appending

PUBLIC = b"public key of the demonstration's journal, never for real people"
log = logging.getLogger(__name__)
TAIL = 16_384  # bytes: room for some forty checkpoints


class Unsigned(Exception):  # noqa: N818
    """A whole line of the file that no known key has signed, or that is no checkpoint of its signer."""


@dataclass(frozen=True)
class Checkpoint:
    """`after` is the size of the checkpoint before it (0: the file's first), so that a gap is seen."""

    size: int
    root: bytes
    time: datetime
    after: int
    note: str

    def line(self) -> bytes:
        return json.dumps({"note": self.note}, ensure_ascii=False).encode() + b"\n"


def checkpoint() -> Checkpoint | None:
    """Append the tree's size and root, signed, to `settings.CHECKPOINTS`, down to the disk; None if it has
    not grown. A journal that contradicts the last checkpoint is not signed; that is said to the log.

    The file must lie where the database's owner can't rewrite it (append-only, or copied elsewhere): only so
    can `verify` see a removed tail.
    """
    private = private_key()
    key = notes.key_of(private, settings.JOURNAL_NAME)
    with appending(Path(settings.CHECKPOINTS)) as file:
        size, last = queries.size(), _last(file)
        after = last.size if last else 0
        if last and not _goes_on(last, size):
            log.error(
                "The journal contradicts its last checkpoint: nothing is signed. Run `manage.py verify`."
            )
            return None
        if size == after:
            return None
        _publish(key)
        made = _signed(size, after, key, private)
        file.write(made.line())
    return made


def _goes_on(last: Checkpoint, size: int) -> bool:
    """Whether what was told last is still the journal's beginning."""
    try:
        return size >= last.size and merkle.root(last.size) == last.root
    except LookupError:
        return False


def _signed(size: int, after: int, key: notes.Key, private: Ed25519PrivateKey) -> Checkpoint:
    root, time = merkle.root(size), clock.now().astimezone(UTC)
    lines = (key.name, size, b64encode(root).decode(), f"time {time.isoformat()}", f"after {after}")
    text = "".join(f"{line}\n" for line in lines)
    return Checkpoint(size, root, time, after, notes.sign(text, key, private))


def checkpoints(keys: Iterable[notes.Key]) -> Iterator[Checkpoint]:
    """The checkpoints told so far, oldest first; a line torn by a crash is left out. Unsigned: a whole one
    that none of these keys has signed."""
    path, known = Path(settings.CHECKPOINTS), list(keys)
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            note = _note(line)
            if note is None:
                continue
            try:
                text, key = notes.opened(note, known)
                found = _read(note)
            except (ValueError, IndexError) as fault:
                raise Unsigned(f"line {number}") from fault
            if key.name != text.split("\n", 1)[0]:
                raise Unsigned(f"line {number}")
            yield found


def newest(most: int = 1) -> list[Checkpoint]:
    """The last checkpoints, the newest first, from the end of the file. Readers check the signatures."""
    try:
        with Path(settings.CHECKPOINTS).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
            return _whole(file.read())[::-1][:most]
    except FileNotFoundError:
        return []


def told() -> int:
    """How many acts the newest checkpoint knows of: what is proved to the public."""
    return next((one.size for one in newest()), 0)


def _last(file: BufferedRandom) -> Checkpoint | None:
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
    return next(iter(_whole(file.read())[::-1]), None)


def _whole(tail: bytes) -> list[Checkpoint]:
    found = []
    for line in tail.splitlines():
        try:
            found.append(_read(_note(line) or ""))
        except (ValueError, IndexError):
            continue
    return found


def _note(line: bytes) -> str | None:
    """The note of a line; None for a line torn by a crash."""
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return str(said.get("note", "")) if isinstance(said, dict) else ""


def _read(note: str) -> Checkpoint:
    """ValueError or IndexError for what is no checkpoint of ours."""
    text = note.rpartition("\n\n")[0].split("\n")
    time, after = text[3].removeprefix("time "), text[4].removeprefix("after ")
    return Checkpoint(int(text[1]), b64decode(text[2]), datetime.fromisoformat(time), int(after), note)


# Keys


def private_key() -> Ed25519PrivateKey:
    """What the worker signs with. ImproperlyConfigured, with what to do, if production has none."""
    return _load(settings.JOURNAL_KEY_FILE)


@cache
def _load(path: Path | None) -> Ed25519PrivateKey:
    if path is None:  # the demonstration's, and tests': everybody may know it
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(PUBLIC).digest())
    try:
        found = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as fault:
        raise ImproperlyConfigured(
            f"The journal's key can't be read from {path}: {fault}. `manage.py journal_key` makes one."
        ) from fault
    if not isinstance(found, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"The key in {path} is not Ed25519. `manage.py journal_key` makes one.")
    return found


def keys_path() -> Path:
    return Path(settings.CHECKPOINTS).with_name("journal-keys.txt")


def public_keys(path: Path | None = None) -> list[notes.Key]:
    """The published keys, the newest last; those of the past stay, for what they signed."""
    try:
        lines = (path or keys_path()).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [key for line in lines if (key := _key(line))]


def _key(line: str) -> notes.Key | None:
    """None for a line that a crash tore; it is published again."""
    try:
        return notes.read_key(line)
    except ValueError:
        return None


def _publish(key: notes.Key) -> None:
    if key in public_keys():
        return
    with appending(keys_path()) as file:
        file.write(f"{key.line()}\n".encode())
