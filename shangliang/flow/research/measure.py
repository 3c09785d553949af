"""How long a report and its parts may be, and how its advice falls into pieces."""

import re

TITLE = (4, 60)
FINDINGS = (20, 20_000)  # characters: at least, once it is handed in; at most
PIECE = (6, 300)
PIECES = 20
TEAM = 30
VISITS = 40
NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、)）])\s*"
)


def pieces(advice: str) -> list[str]:
    """The pieces of advice: a line each, without the numbering that people write before it."""
    lines = (NUMBERING.sub("", line).strip() for line in advice.splitlines())
    return [line for line in lines if line]
