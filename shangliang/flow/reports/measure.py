"""How long a report is, and how its three parts share it. Characters are counted without blanks."""

from dataclasses import dataclass

MOST = 1500  # title, situation, analysis and advice together (research: 广州's rule)
TITLE = (4, 50)
REST = "……"
PARTS = ("situation", "analysis", "advice")


def length(*texts: str) -> int:
    """Characters of these texts, blanks and line breaks left out."""
    return sum(len("".join(text.split())) for text in texts)


@dataclass(frozen=True)
class Shares:
    """Characters of title and parts; `shares`: whole per cent of the three parts, which make 100."""

    title: int
    parts: tuple[int, int, int]

    @property
    def all(self) -> int:
        return self.title + sum(self.parts)

    @property
    def left(self) -> int:
        return MOST - self.all

    @property
    def shares(self) -> tuple[int, int, int]:
        whole = sum(self.parts)
        if not whole:
            return (0, 0, 0)
        first, second = (200 * n + whole for n in self.parts[:2])
        one, two = first // (2 * whole), second // (2 * whole)
        return (one, two, 100 - one - two)


def fitted(title: str, *parts: str) -> tuple[str, ...]:
    """The parts of something longer, cut to what a report may have: each gives way by the same share, and
    what is cut off ends in ……"""
    room, whole = MOST - length(title), length(*parts)
    if whole <= room:
        return parts
    return tuple(_cut(part, length(part) * room // whole) for part in parts)


def _cut(text: str, most: int) -> str:
    end, left = 0, most - len(REST)
    while left > 0:
        left -= not text[end].isspace()
        end += 1
    return text[:end].rstrip() + REST if end else ""


def shares(title: str, situation: str, analysis: str, advice: str) -> Shares:
    return Shares(length(title), (length(situation), length(analysis), length(advice)))
