"""The guard in a process of its own: one for a whole batch of photos."""

import errno
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from .. import apart

PATIENCE = 60  # seconds for a batch; the guard's own limits on CPU and memory come first


def shrink(folder: Path, uploads: Sequence[UploadedFile]) -> list[dict[str, Any]]:
    """Write the uploads into `folder` and draw each anew beside it, as `<n>-large.jpg` and `<n>-small.jpg`.

    What the guard said of each; of those it never came to, that they are broken. OSError: the disk is full.
    """
    if not uploads:
        return []
    pairs: list[str] = []
    for number, upload in enumerate(uploads):
        raw = folder / f"{number}.raw"
        with raw.open("wb") as target:
            for chunk in upload.chunks():
                target.write(chunk)
        pairs += [str(raw), str(folder / str(number))]
    lines = _answer([str(settings.PHOTO_MOST_PIXELS), *pairs]).splitlines()
    said = [json.loads(line) for line in lines[: len(uploads)]]
    if any(one["said"] == "no room" for one in said):
        raise OSError(errno.ENOSPC, "no room to draw photos anew", str(folder))
    return said + [{"said": "broken"}] * (len(uploads) - len(said))


def cover(folder: Path, content: IO[bytes], boxes: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Draw one of our own photos anew in `folder`, as `0-large.jpg` and `0-small.jpg`, black in the boxes
    ([left, top, width, height] in thousandths). What the guard said of it."""
    with (folder / "0.raw").open("wb") as target:
        shutil.copyfileobj(content, target)
    lines = _answer(
        ["--boxes", json.dumps([list(box) for box in boxes]), str(settings.PHOTO_MOST_PIXELS),
         str(folder / "0.raw"), str(folder / "0")]
    ).splitlines()  # fmt: skip
    said: dict[str, Any] = json.loads(lines[0]) if lines else {"said": "broken"}
    if said["said"] == "no room":
        raise OSError(errno.ENOSPC, "no room to draw a photo anew", str(folder))
    return said


def _answer(arguments: list[str]) -> str:
    try:
        ended = apart.run(f"{__package__}.guard", *arguments, patience=PATIENCE)
    except subprocess.TimeoutExpired as late:
        return _whole_lines(late.stdout or b"")
    return _whole_lines(ended.stdout)


def _whole_lines(said: bytes) -> str:
    return said[: said.rfind(b"\n") + 1].decode()
