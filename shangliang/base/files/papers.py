"""What of a PDF can be told without opening it: whether it ends where it says, whether it does something.

A paper is kept as it came, because it is a document; so whatever runs, carries another file or is two things
at once is not taken. Names inside packed streams are not read: no page opens a paper, it only downloads."""

import re

ACTIVE = {"JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA", "ImportData"}
NAME = re.compile(rb"/([A-Za-z0-9#]{2,40})")
HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
END = re.compile(rb"%%EOF[\s\0]*\Z")
TAIL = 2048  # bytes at the end among which the last %%EOF stands


def fault(content: bytes) -> str:
    """Empty for a quiet paper. "broken": it does not end as a PDF does, or goes on behind its end. "active":
    it runs something or carries another file."""
    if not content.startswith(b"%PDF-") or not END.search(content[-TAIL:]):
        return "broken"
    names = {HEX.sub(lambda hit: bytes([int(hit[1], 16)]), name) for name in NAME.findall(content)}
    return "active" if names & {name.encode() for name in ACTIVE} else ""
