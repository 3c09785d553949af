"""Voices that may say the same, for a person to judge: nothing is merged by it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from shangliang.base import search
from shangliang.base.people.actor import Actor

from .. import queries, rules
from ..models import Settling, Voice
from ..queries import near, tied
from ..states import CHART
from .pane import stands

EXCERPT = 64  # characters


@dataclass(frozen=True)
class Alike:
    """A voice with the piece of it where the shared words stand, marked, and those words. `hosts`: the author
    may be asked to have the voice dealt with together with this one."""

    voice: Voice
    stands: str
    excerpt: Markup
    words: list[str]
    hosts: bool = False


@dataclass(frozen=True)
class Pair:
    """Two voices of one phone, each with the words they share marked."""

    row: Settling
    earlier: Markup
    later: Markup


def pairs(rows: Iterable[Settling]) -> list[Pair]:
    """Settlings with the words of both; their keys are fetched together."""
    found = list(rows)
    queries.whole([voice for row in found for voice in (row.earlier, row.voice)])
    return [_pair(row) for row in found]


def _pair(row: Settling) -> Pair:
    shared = search.shared_words(row.earlier.words, row.voice.words)
    return Pair(row, whole(row.earlier.words, shared), whole(row.voice.words, shared))


def whole(text: str, words: Sequence[str]) -> Markup:
    """All of a text, every shared word in a `<mark>`."""
    if not words:
        return escape(text)
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    pieces, last = [], 0
    for hit in pattern.finditer(text):
        pieces += [escape(text[last : hit.start()]), Markup("<mark>{}</mark>").format(hit.group())]
        last = hit.end()
    return Markup("").join([*pieces, escape(text[last:])])


def to(voice: Voice, actor: Actor) -> list[Alike]:
    """The three most alike among those that the actor reads whole."""
    proposes = CHART.may("propose_merge", actor, voice) and voice.erased_on is None
    return [
        Alike(
            match.item,
            stands(match.item),
            marked(match.item.words, match.telling),
            match.telling[:4],
            proposes and tied.may_merge_into(voice, match.item) and rules.hosts(actor, match.item),
        )
        for match in near.similar(voice, actor)
        if match.telling
    ]


def marked(text: str, words: Sequence[str]) -> Markup:
    """A piece of the text around its first shared word, every shared word in a `<mark>`."""
    plain = " ".join(text.split())
    if not words:
        return escape(plain[:EXCERPT])
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    found = pattern.search(plain)
    start = max(0, found.start() - EXCERPT // 4) if found else 0
    piece, pieces, last = plain[start : start + EXCERPT], [escape("…" if start else "")], 0
    for hit in pattern.finditer(piece):
        pieces += [escape(piece[last : hit.start()]), Markup("<mark>{}</mark>").format(hit.group())]
        last = hit.end()
    pieces += [escape(piece[last:]), escape("…" if start + EXCERPT < len(plain) else "")]
    return Markup("").join(pieces)
