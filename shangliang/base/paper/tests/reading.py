"""What a PDF says: its words, and the codes on it as a phone reads them."""

import ctypes
import io
import itertools
from dataclasses import dataclass
from typing import Any

import docx
import pypdfium2
import segno
import zxingcpp

MM = 72 / 25.4  # points


@dataclass(frozen=True)
class Code:
    text: str
    level: str  # L, M, Q or H
    side: float  # millimetres, without the quiet zone


def pages(pdf: bytes) -> list[str]:
    """The words of each page, without the breaks that only make an address fit."""
    document = pypdfium2.PdfDocument(pdf)
    found = [document[n].get_textpage().get_text_range() for n in range(len(document))]
    return [page.replace("\u200b", "").replace("\r\n", "\n") for page in found]


def text(pdf: bytes) -> str:
    """All its words, without spaces and line breaks: they stand elsewhere on another machine."""
    return "".join("".join(pages(pdf)).split())


def codes(pdf: bytes, dpi: int = 150) -> list[Code]:
    """Every QR code on every page, read from its picture."""
    document, found = pypdfium2.PdfDocument(pdf), []
    for n in range(len(document)):
        picture = document[n].render(scale=dpi / 72).to_pil()
        for one in zxingcpp.read_barcodes(picture):
            side = one.position.top_right.x - one.position.top_left.x
            found.append(Code(one.text, one.ec_level, side / dpi * 25.4))
    return found


def quiet(pdf: bytes, dpi: int = 300) -> bool:
    """Whether each code on every page has white all around it, four modules wide, as a phone needs."""
    document, found = pypdfium2.PdfDocument(pdf), []
    for n in range(len(document)):
        picture = document[n].render(scale=dpi / 72, grayscale=True).to_pil()
        for one in zxingcpp.read_barcodes(picture):
            modules = segno.make(one.text, error="q", boost_error=False, micro=False).symbol_size(border=0)[0]
            at, far = one.position.top_left, one.position.bottom_right
            wide = 3.5 * (far.x - at.x) / modules  # half a module for the edges' own greys
            box = (at.x - wide, at.y - wide, far.x + wide, far.y + wide)
            ring = picture.crop(tuple(map(round, box)))
            inner = round(wide) - 2
            ring.paste(255, (inner, inner, ring.width - inner, ring.height - inner))
            found.append(min(ring.tobytes()) > 200)
    return bool(found) and all(found)


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    return [tuple(round(side / 72 * 25.4) for side in document[n].get_size()) for n in range(len(document))]


@dataclass(frozen=True)
class Grid:
    """How the full lines of a page stand: millimetres from its edges, points between lines and characters."""

    left: float
    right: float
    lines: int
    characters: int  # of the longest line
    pitch: float
    advance: float
    first: float  # the middle of the first line, from the upper edge
    last: float  # of the last line, from the lower edge


HAN = range(0x3400, 0xA000)
MIDDLE = 0.38  # of a character, above its baseline: where the middle of a Chinese character is


def grid(pdf: bytes, page: int, size: float = 15.79) -> Grid:
    """The grid of a page's body: characters of `size` points, Han and full-width marks, by their origins."""
    document = pypdfium2.PdfDocument(pdf)
    one = document[page]
    words = one.get_textpage()
    rows: dict[float, list[float]] = {}
    for n in range(words.count_chars()):
        if abs(pypdfium2.raw.FPDFText_GetFontSize(words.raw, n) - size) > 0.1:
            continue
        if pypdfium2.raw.FPDFText_GetUnicode(words.raw, n) not in HAN:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pypdfium2.raw.FPDFText_GetCharOrigin(words.raw, n, x, y)
        rows.setdefault(round(y.value, 2), []).append(x.value)
    heights = sorted(rows, reverse=True)
    full = max(rows.values(), key=len)
    wide, high = one.get_size()
    steps = sorted(b - a for a, b in itertools.pairwise(sorted(full)))
    gaps = sorted(a - b for a, b in itertools.pairwise(heights))
    return Grid(
        left=min(full) / MM,
        right=(wide - max(full) - size) / MM,
        lines=len(heights),
        characters=len(full),
        pitch=gaps[len(gaps) // 2],
        advance=steps[len(steps) // 2],
        first=(high - heights[0] - MIDDLE * size) / MM,
        last=(heights[-1] + MIDDLE * size) / MM,
    )


def inked(pdf: bytes, characters: str) -> bool:
    """Whether each of these stands on the paper with ink of its own: no blank, no two drawn alike (a box)."""
    document, seen = pypdfium2.PdfDocument(pdf), dict[str, bytes]()
    for one in document:
        words, picture = one.get_textpage(), one.render(scale=4, grayscale=True).to_pil()
        high = one.get_height()
        for n in range(words.count_chars()):
            said = chr(pypdfium2.raw.FPDFText_GetUnicode(words.raw, n))
            if said in characters:
                left, bottom, right, top = words.get_charbox(n)
                box = (left * 4, (high - top) * 4, right * 4, (high - bottom) * 4)
                drawn = picture.crop(tuple(map(round, box))).resize((32, 32))
                if min(drawn.tobytes()) < 128:
                    seen[said] = drawn.tobytes()
    return set(seen) == set(characters) and len(set(seen.values())) == len(seen)


def word(file: bytes) -> Any:
    """A Word file, opened by the library that reads them."""
    return docx.Document(io.BytesIO(file))
