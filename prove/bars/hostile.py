"""Hostile uploads: none is kept as it came, none makes the reader large or slow."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from prove import corpus, grounds
from prove.figure import Figure

MEGABYTE = 1024  # ru_maxrss counts kilobytes
SMALLEST = 40
MOST = 256
# A child's figure holds its parent's memory at the fork, so each is begun by a small one, which writes down
# what it took.
WEIGHED = (
    "import resource, subprocess, sys; ended = subprocess.run(sys.argv[2:], check=False).returncode;"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss;"
    "open(sys.argv[1], 'a').write(f'{used}\\n'); sys.exit(ended)"
)


def figures(seed: int, short: bool) -> Iterator[Figure]:
    with grounds.database(), _weighing() as peaks:
        pictures, tables = _pictures(), _tables()
        tried = len(pictures) + len(tables)
        raw = sum(kept for kept, _seconds in pictures + tables)
        slowest = max(seconds for _kept, seconds in pictures + tables)
        peak = max(peaks())
        unguarded, greedy = _unguarded(), _greedy()
    off, hungry = "the guard keeps what it was given", "72 megapixels of four bytes past the guard"
    yield Figure("hostile files tried", tried, SMALLEST, off, unguarded > 0, seed, "at least")
    yield Figure("hostile files kept as they came", raw, 0, off, unguarded > 0, seed)
    yield Figure(
        "peak of the child that reads them, MB", round(peak), MOST, hungry, greedy > MOST, seed, "at most"
    )
    yield Figure(
        "slowest hostile file, s of CPU", round(slowest, 1), 5, hungry, greedy > MOST, seed, "at most"
    )


@contextmanager
def _weighing() -> Iterator[Callable[[], list[float]]]:
    """Within it, every module that is run apart is weighed: how many megabytes each took."""
    from shangliang.base import apart

    with TemporaryDirectory() as folder:
        book = Path(folder) / "peaks"

        def run(
            module: str, *arguments: str, patience: float, said: bytes | None = None
        ) -> subprocess.CompletedProcess[bytes]:
            return subprocess.run(
                [sys.executable, "-c", WEIGHED, str(book), sys.executable, "-m", module, *arguments],
                cwd=apart.ROOT, env={"LC_ALL": "C.UTF-8"}, input=said, capture_output=True,
                timeout=patience, check=False,
            )  # fmt: skip

        with patch.object(apart, "run", run):
            yield lambda: [int(line) / MEGABYTE for line in book.read_text().split()]


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _pictures() -> list[tuple[bool, float]]:
    """(kept as it came, seconds of CPU) of each."""
    found = []
    for name, content in corpus.pictures():
        began = _spent()
        kept = _kept(name, content)
        found.append((kept is not None and _is_raw(kept, content), _spent() - began))
    return found


def _kept(name: str, content: bytes) -> list[bytes] | None:
    """What lies in the storage of an upload afterwards; None when it was refused."""
    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile

    from shangliang.base.files import actions, storage

    with suppress(ValidationError):
        [ready] = actions.prepare([SimpleUploadedFile(name, content)])
        sizes = ("large", "small") if ready.form == "photo" else ("paper",)
        return [storage.read(ready.code, size).read() for size in sizes]
    return None


def _is_raw(kept: list[bytes], content: bytes) -> bool:
    """Whether anything of the upload but its picture is left: the bytes, the mark, a tag, a tail."""
    import io

    from PIL import Image

    for one in kept:
        if one == content or corpus.MARK in one or not one.endswith(b"\xff\xd9"):
            return True
        with Image.open(io.BytesIO(one)) as picture:
            told = {*picture.info} - {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "dpi",
                "progressive",
                "progression",
            }
            if picture.format != "JPEG" or len(picture.getexif()) or told:
                return True
    return False


def _tables() -> list[tuple[bool, float]]:
    """(taken, seconds of CPU) of each imported table, through both imports that there are."""
    from django.core.exceptions import ValidationError
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.db import transaction

    from shangliang.base.places import actions as places
    from shangliang.flow.studios import actions as studios
    from shangliang.site.desk.forms.rosters import Members
    from stories import world as small

    found = []
    with transaction.atomic(), transaction.atomic(using="keyring"):
        world: Any = small.build()
        for name, content in corpus.tables(world.studio.name):
            form = Members({}, {"file": SimpleUploadedFile(name, content)})
            began, taken = _spent(), False
            with suppress(ValidationError), transaction.atomic():
                if form.is_valid():
                    roster = studios.read_roster(
                        world.county, by=world.officer, name=form.named, table=form.table
                    )
                    taken = studios.take_roster(roster.code, by=world.officer, seen=None).state == "taken"
            with suppress(ValidationError), transaction.atomic():
                taken |= bool(places.import_csv(content.decode("utf-8", "replace").splitlines(), by="clock"))
            found.append((taken, _spent() - began))
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    return found


def _unguarded() -> int:
    """Planted: how many are kept as they came when the guard only copies."""
    from shangliang.base.files import child, papers

    def copied(folder: Any, uploads: Any) -> list[dict[str, Any]]:
        for number, upload in enumerate(uploads):
            upload.seek(0)
            for size in ("large", "small"):
                (folder / f"{number}-{size}.jpg").write_bytes(upload.read() or b"")
                upload.seek(0)
        return [{"said": "ok", "width": 9, "height": 9} for _ in uploads]

    with ExitStack() as planted:
        planted.enter_context(patch.object(child, "shrink", copied))
        planted.enter_context(patch.object(papers, "fault", lambda content: ""))
        marked = {"tail.jpg", "script.svg", "gps.jpg", "script.pdf"}
        kept = [_kept(name, content) for name, content in corpus.pictures() if name in marked]
    return sum(one is not None and any(corpus.MARK in part for part in one) for one in kept)


def _greedy() -> float:
    """Planted: megabytes of a child that reads 60 megapixels of four bytes and was given no number."""
    ask = (
        "import sys; from shangliang.base.files import guard; guard._refused = lambda *_: '';"
        "guard.Image.MAX_IMAGE_PIXELS = None; guard.shrink(sys.argv[1], sys.argv[2], 0)"
    )
    with TemporaryDirectory() as folder:
        (Path(folder) / "large").write_bytes(corpus.colourful(12_000, 6_000))
        book = Path(folder) / "peak"
        reads = [sys.executable, "-c", ask, f"{folder}/large", f"{folder}/out"]
        subprocess.run([sys.executable, "-c", WEIGHED, str(book), *reads], check=True)
        return int(book.read_text()) / MEGABYTE
