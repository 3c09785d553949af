"""What a PDF says: its words, and the codes on it as a phone reads them."""

from dataclasses import dataclass

import pypdfium2
import zxingcpp


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


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in millimetres."""
    document = pypdfium2.PdfDocument(pdf)
    return [tuple(round(side / 72 * 25.4) for side in document[n].get_size()) for n in range(len(document))]
