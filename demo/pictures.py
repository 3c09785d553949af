"""Sample photos, drawn: plain shapes that nobody could take for a real place."""

from functools import cache
from io import BytesIO
from pathlib import Path

import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

SIZE = (1200, 900)
SCENES = yaml.safe_load((Path(__file__).parent / "pictures.yaml").read_text("utf-8"))


def picture(name: str) -> SimpleUploadedFile:
    """A drawn scene as an upload."""
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
