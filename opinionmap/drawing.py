"""The map as a picture (SVG): where groups lie, how many people stand where, which statements part them.

No single person is drawn: a square shows people only where at least five of one group stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from .kinds import Floats
from .maps import Map
from .settings import LEAST_CELL
from .standing import AGREE
from .words import ALIKE, GROUP, NO_GROUPS, Said

WIDTH, HEIGHT, EDGE = 720, 480, 40
FEWEST, MOST = 8, 24  # squares across: fewer people, larger squares
COLOURS = ("#1f5fa8", "#b3541e", "#2e7d4f", "#7a4a9e", "#8a6d00", "#555555")
TITLE = Said("民意图谱", "Opinion map")
ABOUT = Said(
    "方块：这里至少有 5 人，越深人越多。圈：一个群体的大致范围。+ − 编号：这个群体特别赞成、反对的陈述。",
    "Squares: at least 5 people, the darker the more. Ovals: about where a group lies. + − numbers: "
    "statements that the group agrees or disagrees with more than others.",
)


def svg(found: Map, language: str) -> str:
    """A whole SVG document; the same map gives the same text."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'aria-labelledby="map-title map-about" font-family="sans-serif">'
    )
    body = _groups(found, language) if found.k else _nothing(language)
    return "\n".join(
        [
            head,
            f'<title id="map-title">{TITLE(language)}</title>',
            f'<desc id="map-about">{ABOUT(language)}</desc>',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            *body,
            "</svg>\n",
        ]
    )


def _nothing(language: str) -> Iterator[str]:
    words = NO_GROUPS(language, why=ALIKE(language))
    yield f'<text x="{WIDTH // 2}" y="{HEIGHT // 2}" text-anchor="middle" font-size="20">{words}</text>'


class _Frame:
    """From places to pixels; the middle 98 % of people lie within the picture."""

    def __init__(self, places: Floats) -> None:
        self.low, high = np.quantile(places, (0.01, 0.99), axis=0)
        self.span = np.maximum(high - self.low, 1e-9)

    def pixels(self, places: Floats) -> Floats:
        within = np.clip((places - self.low) / self.span, 0, 1)
        turned = np.stack([within[:, 0], 1 - within[:, 1]], axis=1)
        return np.asarray(turned * (WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE) + EDGE)


def _groups(found: Map, language: str) -> Iterator[str]:
    frame = _Frame(found.positions[found.groups >= 0])
    total = sum(found.sizes)
    across = min(max(int(total**0.5 / 2), FEWEST), MOST)
    labels = []
    for place, name in enumerate(found.names):
        colour = COLOURS[place % len(COLOURS)]
        points = frame.pixels(found.positions[found.groups == place])
        yield from _squares(points, colour, across)
        yield _oval(points, colour)
        size = found.sizes[place]
        words = GROUP(language, name=name, people=size, share=size / total)
        held = "  ".join(
            f"{'+' if each.side == AGREE else '−'}{each.statement}" for each in found.representative[name]
        )
        labels.append((points.mean(axis=0), escape(words), escape(held), colour))
    for (x, y), words, held, colour in labels:  # over everything else
        yield _text(x, max(y - 6, 20), 17, colour, words)
        yield _text(x, max(y + 14, 40), 13, colour, held)


def _text(x: float, y: float, size: int, colour: str, words: str) -> str:
    x = min(max(x, 150.0), WIDTH - 150.0)
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-size="{size}" font-weight="bold" '
        f'fill="{colour}" stroke="#ffffff" stroke-width="4" paint-order="stroke">{words}</text>'
    )


def _squares(points: Floats, colour: str, across: int) -> Iterator[str]:
    side = (WIDTH - 2 * EDGE) / across
    squares, counts = np.unique(((points - EDGE) // side).astype(int), axis=0, return_counts=True)
    most = counts.max(initial=1)
    for (column, line), count in zip(squares.tolist(), counts.tolist(), strict=True):
        if count >= LEAST_CELL:
            yield (
                f'<rect x="{EDGE + column * side:.1f}" y="{EDGE + line * side:.1f}" width="{side:.1f}" '
                f'height="{side:.1f}" fill="{colour}" fill-opacity="{0.15 + 0.6 * count / most:.2f}"/>'
            )


def _oval(points: Floats, colour: str) -> str:
    """One and a half standard deviations around the middle."""
    x, y = points.mean(axis=0)
    across, down = 1.5 * points.std(axis=0)
    return (
        f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{max(across, 8):.1f}" ry="{max(down, 8):.1f}" fill="none" '
        f'stroke="{colour}" stroke-width="2" stroke-dasharray="6 4"/>'
    )
