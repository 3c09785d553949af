"""Where a photo is covered: boxes drawn with a pointer, or cells of a grid ticked."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST = 60  # boxes on one photo
LONG, SHORT = 12, 9  # cells along the longer and the shorter side
Box = tuple[int, int, int, int]  # left, top, width, height; thousandths of the picture


def grid(width: int, height: int) -> tuple[int, int]:
    """Columns and rows of the grid over a picture of this size."""
    return (LONG, SHORT) if width >= height else (SHORT, LONG)


def box(said: str) -> Box:
    """A box from "left,top,width,height". ValidationError for one that is none, or lies outside."""
    parts = said.split(",")
    if len(parts) != 4 or not all(part.isascii() and part.isdecimal() and len(part) < 5 for part in parts):
        raise ValidationError(_("有一块没有画好，删掉它再画一次。"))
    left, top, width, height = (int(part) for part in parts)
    if not (width and height and left + width <= 1000 and top + height <= 1000):
        raise ValidationError(_("有一块没有画好，删掉它再画一次。"))
    return left, top, width, height


def cells(said: Iterable[str], columns: int, rows: int) -> list[Box]:
    """The boxes of ticked cells ("row-column", from 1): neighbours in a row are one box, and so are equal
    stretches of rows below each other. ValidationError for a cell that is not on the grid."""
    ticked: set[tuple[int, int]] = set()
    for one in said:
        across, _dash, down = one.partition("-")
        known = one.isascii() and across.isdecimal() and down.isdecimal() and len(one) <= 5
        if not known or not (1 <= int(across) <= rows and 1 <= int(down) <= columns):
            raise ValidationError(_("有一块没有画好，删掉它再画一次。"))
        ticked.add((int(across), int(down)))
    stretches = [
        (row, column, end)
        for row, column in sorted(ticked)
        if (row, column - 1) not in ticked
        for end in [next(n for n in range(column, columns + 2) if (row, n) not in ticked)]
    ]
    found: dict[tuple[int, int, int], int] = {}  # (first row, first column, end) → last row
    for row, column, end in stretches:
        above = next(
            (key for key, last in found.items() if key[1:] == (column, end) and last == row - 1), None
        )
        found[above or (row, column, end)] = row
    return [_of(top, left, end, last, columns, rows) for (top, left, end), last in found.items()]


def _of(first: int, column: int, end: int, last: int, columns: int, rows: int) -> Box:
    """Outwards to whole thousandths, so that no line of the picture stays between two cells."""
    left, top = (column - 1) * 1000 // columns, (first - 1) * 1000 // rows
    return left, top, -(-(end - 1) * 1000 // columns) - left, -(-last * 1000 // rows) - top
