"""What a stranger's picture must pass before we keep anything of it. Stands alone, knows no Django.

    python -m shangliang.base.files.guard [--boxes BOXES] MOST_PIXELS IN OUT [IN OUT …]

Runs in a child process, one for a whole batch, so that a decoder's crash or hunger ends the child and nothing
else. The header is read before any pixel. What is kept is drawn anew, as OUT-large.jpg and OUT-small.jpg: no
EXIF, no place, no tail, so a file that is a picture and something else at once ends here. Prints one line of
JSON for each picture: {"said": "ok" or why not, "width": …, "height": …, …}. BOXES, a list in JSON of
[left, top, width, height] in thousandths of the picture, are black in what is drawn: burnt in before anything
is written, so nothing of what lies under them is in the files.
"""

import errno
import json
import resource
import sys
from collections.abc import Sequence
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageDraw, UnidentifiedImageError

LARGE, SMALL, QUALITY = 1600, 400, 82
MEMORY = 900 << 20  # of address space, libraries in; what is resident stays far below
SECONDS = 10  # of CPU for each picture; the largest that is taken needs about two
# Only JPEG can be decoded at a fraction of its size. The others stand whole in memory, some several times
# over, so less of them is taken. Measured: with these the child stays under 256 MB.
MOST_PIXELS = {"WEBP": 12_000_000, "HEIF": 24_000_000}
MOST_PNG = 160_000_000  # bytes: four for each pixel, one for a grey or a palette's
MOST_COEFFICIENTS = 80_000_000  # of a progressive JPEG: all are kept until its last pass, two bytes each
TURNS = {  # EXIF's orientation → how to set it upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
BLOCK, SPREAD = 16, 2  # pixels of a JPEG whose colours are kept at half its size
Box = list[int]  # left, top, width, height; thousandths of the upright picture


def shrink(source: str, target: str, most_pixels: int, boxes: Sequence[Box] = ()) -> dict[str, Any]:
    """Draw the picture anew at two sizes, black in the boxes, or say in a word why not: kind, pixels,
    whole, frames, broken, no room."""
    try:
        with Image.open(source, formats=["JPEG", "PNG", "WEBP", "HEIF"]) as picture:
            about = {"format": picture.format, "pixels": picture.width * picture.height}
            if refusal := _refused(picture, most_pixels):
                return {"said": refusal, **about}
            large = _drawn_anew(picture)
        _cover(large, boxes)
        large.save(f"{target}-large.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True)
        width, height = large.size
        large.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
        large.save(f"{target}-small.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True)
    except UnidentifiedImageError:
        return {"said": "kind"}
    except OSError as fault:  # no room to write is no fault of the picture; Pillow's own have no number
        return {"said": "no room" if fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS} else "broken"}
    except Exception:  # a decoder may raise anything; to the person it is one thing
        return {"said": "broken"}
    return {"said": "ok", "width": width, "height": height}


def _refused(picture: Image.Image, most_pixels: int) -> str:
    pixels = picture.width * picture.height
    if pixels > most_pixels:
        return "pixels"
    if getattr(picture, "n_frames", 1) > 1 and picture.format != "HEIF":
        return "frames"
    if pixels > MOST_PIXELS.get(picture.format or "", most_pixels):
        return "whole"
    if picture.format == "PNG" and pixels * (1 if picture.mode in {"1", "L", "P"} else 4) > MOST_PNG:
        return "whole"
    if picture.format == "JPEG" and "progressive" in picture.info:
        layers = [across * down for _, across, down, _ in picture.layer]  # type: ignore[attr-defined]
        if pixels * sum(layers) / max(layers) > MOST_COEFFICIENTS:
            return "whole"
    return ""


def _drawn_anew(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (LARGE, LARGE))  # JPEG only: decodes at 1/2, 1/4 or 1/8
    upright = picture.getexif().get(ExifTags.Base.Orientation, 1)
    clean = _on_white(picture)
    clean.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    return clean.transpose(TURNS[upright]) if upright in TURNS else clean


def _cover(picture: Image.Image, boxes: Sequence[Box]) -> None:
    """Outwards to whole blocks and a little more: a JPEG has spread the colours of what is under a box over
    its blocks, and its decoder over the pixels beside them."""
    pen = ImageDraw.Draw(picture)

    def near(part: int, size: int) -> int:
        return part * size // 1000 // BLOCK * BLOCK - SPREAD

    def far(part: int, size: int) -> int:
        return -(-part * size // 1000 // BLOCK) * BLOCK + SPREAD - 1

    for left, top, width, height in boxes:
        start = near(left, picture.width), near(top, picture.height)
        end = far(left + width, picture.width), far(top + height, picture.height)
        pen.rectangle((*start, *end), fill="black")


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture on white, at a fraction of its size, in strips: Pillow's own ways copy it whole."""
    clear = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    part = max(1, min(max(picture.size) // LARGE, *picture.size))
    small = Image.new("RGB", (-(-picture.width // part), -(-picture.height // part)), "white")
    for top in range(0, picture.height, 64 * part):
        strip = picture.crop((0, top, picture.width, min(top + 64 * part, picture.height)))
        strip = strip.convert("RGBA" if clear else "RGB").reduce(part)
        small.paste(strip, (0, top // part), strip if clear else None)
    return small


def main() -> None:
    given, boxes = sys.argv[1:], []
    if given[0] == "--boxes":
        boxes, given = json.loads(given[1]), given[2:]
    most_pixels, pairs = int(given[0]), given[1:]
    seconds = SECONDS * (len(pairs) // 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # our own number, our own words: Pillow only warns, and late
    for source, target in zip(pairs[::2], pairs[1::2], strict=True):
        print(json.dumps(shrink(source, target, most_pixels, boxes)), flush=True)


if __name__ == "__main__":
    main()
