"""How long a report is, and how its three parts share it. Characters are counted without blanks."""

from dataclasses import dataclass

MOST = 1500  # title, situation, analysis and advice together (research: 广州's rule)
TITLE = (4, 50)
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


def shares(title: str, situation: str, analysis: str, advice: str) -> Shares:
    return Shares(length(title), (length(situation), length(analysis), length(advice)))
