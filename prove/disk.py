"""A disk that loses power: SQLite writes to it through a VFS of our own, and what it was not told to sync may
be gone, whole or in part.

After a cut each write since a file's last sync is there or not, by itself and by halves of 512 bytes, as an
honest disk may leave it. Not modelled: disks that lie about a sync, and rotting bits. A VFS in Python has no
shared memory, so the database is locked exclusively and one process writes."""

import random
from dataclasses import dataclass, field
from typing import Any

import apsw

SECTOR = 512


@dataclass
class Held:
    """A file: as it is read now, as it is for certain, and what was done to it since."""

    now: bytearray = field(default_factory=bytearray)
    certain: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes] | int] = field(default_factory=list)  # a write, or a length to cut to

    def sync(self) -> None:
        for one in self.since:
            _do(self.certain, one)
        self.since.clear()

    def after_a_cut(self, draw: random.Random) -> bytes:
        left = bytearray(self.certain)
        for one in self.since:
            if isinstance(one, int):
                if draw.random() < 0.5:
                    _do(left, one)
                continue
            offset, content = one
            whole = draw.random()  # all of it, nothing, or some of its sectors
            for start in range(0, len(content), SECTOR):
                if whole < 0.4 or (whole < 0.6 and draw.random() < 0.5):
                    _do(left, (offset + start, content[start : start + SECTOR]))
        return bytes(left)


def _do(content: bytearray, one: tuple[int, bytes] | int) -> None:
    if isinstance(one, int):
        del content[one:]
        return
    offset, said = one
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(said)] = said


class Disk(apsw.VFS):
    """`files` by name. The `cut_at`-th change (write, truncation, sync) never happens, nor any after it."""

    def __init__(self, name: str, files: dict[str, bytes], cut_at: int) -> None:
        self.files = {key: Held(bytearray(said), bytearray(said)) for key, said in files.items()}
        self.cut_at, self.changes, self.cut = cut_at, 0, False
        self.vfs_name = name
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        self.alive()
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        flags[1] = flags[0]
        return _Open(self, self.files.setdefault(path, Held()))

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.change()
        self.files.pop(filename, None)

    def xAccess(self, pathname: str, flags: int) -> bool:
        return pathname in self.files

    def xFullPathname(self, name: str) -> str:
        return name

    def alive(self) -> None:
        if self.cut:
            raise apsw.IOError("there is no power")

    def change(self) -> None:
        self.alive()
        self.changes += 1
        if self.changes == self.cut_at:
            self.cut = True
            self.alive()


class _Open:
    def __init__(self, disk: Disk, held: Held) -> None:
        self.disk, self.held = disk, held

    def xRead(self, amount: int, offset: int) -> bytes:
        self.disk.alive()
        return bytes(self.held.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.change()
        self._note((offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:
        self.disk.change()
        self._note(newsize)

    def xSync(self, flags: int) -> None:
        self.disk.change()
        self.held.sync()

    def _note(self, one: tuple[int, bytes] | int) -> None:
        _do(self.held.now, one)
        self.held.since.append(one)

    def xFileSize(self) -> int:
        return len(self.held.now)

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE  # as SQLite takes every disk to be: no neighbour is torn

    def xSectorSize(self) -> int:
        return 4096

    def xLock(self, level: int) -> None: ...
    def xUnlock(self, level: int) -> None: ...
    def xCheckReservedLock(self) -> bool:
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xClose(self) -> None: ...
