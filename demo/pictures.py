"""Sample photos, drawn: plain shapes that nobody could take for a real place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from shangliang.base import yamls
from shangliang.base.files.actions import Ready, carry, prepare

SIZE = (1200, 900)
_coming: dict[str, list[tuple[Future[list[Ready]], int]]] = defaultdict(list)
SCENES = yamls.read((Path(__file__).parent / "pictures.yaml").read_text("utf-8"))


def named(said: Any) -> Iterator[str]:
    """The scenes that a file of records names, each as often as it does."""
    if isinstance(said, dict):
        photos = said.get("photos")
        yield from photos if isinstance(photos, list) else ()
        yield from [said["picture"]] if "picture" in said else []
    for each in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from named(each)


def ahead(names: Iterable[str]) -> None:
    """Have these made small beside everything else that is loaded, many in one process: one by one they take
    a fifth of the whole time."""
    _coming.clear()
    waiting, one_by_one, most = list(names), ThreadPoolExecutor(1), settings.PHOTOS_MOST
    for start in range(0, len(waiting), most):
        some = waiting[start : start + most]
        batch = one_by_one.submit(prepare, [_upload(name) for name in some])
        for place, name in enumerate(some):
            _coming[name].append((batch, place))
    one_by_one.shutdown(wait=False)


def picture(name: str) -> SimpleUploadedFile:
    """A drawn scene as an upload; ready to be kept if it was asked for `ahead`."""
    upload = _upload(name)
    if _coming[name]:
        batch, place = _coming[name].pop(0)
        carry(upload, batch.result()[place])
    return upload


def _upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"样图-{name}.jpg", _drawn(name), "image/jpeg")


@cache
def _drawn(name: str) -> bytes:
    scene = SCENES[name]
    image = Image.new("RGB", SIZE, scene["sky"])
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 520, *SIZE), fill=scene["ground"])
    for kind, box, colour in scene["shapes"]:
        (pen.rectangle if kind == "rectangle" else pen.ellipse)(tuple(box), fill=colour)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
