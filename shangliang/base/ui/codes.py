"""QR codes as one SVG path, dark on white with their own quiet zone."""

from functools import lru_cache

import segno

QUIET = 4  # modules of white around it, as the standard asks


@lru_cache(maxsize=256)
def qr_path(text: str) -> tuple[int, str]:
    """The side in modules (quiet zone included) and the path of a QR code at level Q."""
    code = segno.make(text, error="q", boost_error=False, micro=False)
    runs: list[str] = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            length = 1
            while x + length < len(row) and row[x + length] == row[x]:
                length += 1
            if row[x]:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length
    return len(code.matrix) + 2 * QUIET, "".join(runs)
