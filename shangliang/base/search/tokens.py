"""From a text to what the index holds, and from a question to what it asks.

Both go the same way, or nothing would be found: a change here needs `manage.py repost search`.

Pairs of characters, not words: a segmenter cuts the same word differently in two texts and loses one hit
in seven. A longer word is its pairs joined by AND, without positions: false joins are rare in short texts.
Single characters stand beside them: as the beginning of a pair, a common one would need a thousand lists.
"""

import re
import unicodedata
from base64 import b32encode
from functools import cache, lru_cache
from hashlib import blake2b
from typing import NamedTuple

import opencc
from django.conf import settings

HAN = "\u3400-\u9fff\ufa0e-\ufa29\U00020000-\U0003ffff々〇"
RUNS = re.compile(f"[{HAN}]+|[0-9a-z]+")
LONGEST = 64  # characters of a run without Han; no word is longer, and both databases have a limit
MOST_RUNS, MOST_TERMS = 8, 24  # of a question
MOST_TAILS = 20  # characters of a name
# Where pypinyin reads a name of a place otherwise than the people who live there.
READINGS = {"单县": "sx", "长武": "cw", "子长": "zc", "重庆": "cq"}


class Form(NamedTuple):
    """One way a term may stand in the index: the token itself, or the beginning of one."""

    token: str
    prefix: bool


Term = tuple[Form, ...]  # any one of these


def grams(text: str) -> list[str]:
    """The tokens of a text: every pair of characters and every single one; other runs whole."""
    found: dict[str, None] = {}
    for run in runs(text):
        found.update(dict.fromkeys([*_pairs(run), *run] if _han(run) else [run]))
    return list(found)


def joined(word: str) -> list[str]:
    """The tokens that all stand where this word does: its pairs; a single character; other runs whole."""
    return [part for run in runs(word) for part in ((_pairs(run) if _han(run) else []) or [run])]


def initials(text: str) -> list[str]:
    """Tokens `~wnlds`, `~nlds`, … for a name: each tail of the initials of its pinyin."""
    from pypinyin import Style, lazy_pinyin  # its dictionary takes a fifth of what Django takes to start

    found: dict[str, None] = {}
    for run in filter(_han, runs(text)):
        letters = "".join(lazy_pinyin(_read_here(run[:MOST_TAILS]), style=Style.FIRST_LETTER))
        found.update(dict.fromkeys(f"~{letters[n:]}" for n in range(len(letters))))
    return list(found)


def scope_tokens(kind: str, path: str) -> list[str]:
    """What kind it is, and where, in one token for each level: two would cost an AND over half the index."""
    return [f"_{kind}", *(f"_{kind}_{code}" for code in re.findall("[0-9a-z]+", path))]


def asked(text: str) -> list[Term]:
    """What to look for, at most 24 terms; only characters of words ever reach the database."""
    found: dict[Term, None] = {}
    for run in runs(text)[:MOST_RUNS]:
        if not _han(run):
            spelled = (Form(f"~{run}", prefix=True),) if len(run) > 1 and run.isalpha() else ()
            found[(Form(run, prefix=True), Form(keyed(run), prefix=False), *spelled)] = None
        else:
            found.update(dict.fromkeys(map(term, joined(run))))
    return list(found)[:MOST_TERMS]


def term(token: str) -> Term:
    """One or two characters, in clear or under the key."""
    return Form(token, prefix=False), Form(keyed(token), prefix=False)


@lru_cache(maxsize=65_536)
def keyed(token: str) -> str:
    """`=` and 40 bits under the index key: who reads the database sees equal tokens, not what they say."""
    return "=" + b32encode(blake2b(token.encode(), digest_size=5, key=_key()).digest()).decode().lower()


def words(text: str) -> list[str]:
    """The words of two or more characters of a text, and its single characters, each once."""
    import rjieba  # as above

    clean = plain(text)
    found = [word for word in rjieba.cut_for_search(clean) if len(word) > 1]
    return list(dict.fromkeys([*found, *filter(_han, clean)]))


def plain(text: str) -> str:
    """The runs of a text with a space between them: what `words` are looked for in."""
    return " ".join(runs(text))


def runs(text: str) -> list[str]:
    """The stretches of Han characters and of letters or digits: simplified, half-width, lower case."""
    clean = unicodedata.normalize("NFKC", text).lower().translate(_simple())
    return [run if _han(run) else run[:LONGEST] for run in RUNS.findall(clean)]


def _pairs(run: str) -> list[str]:
    return [run[n : n + 2] for n in range(len(run) - 1)]


def _han(run: str) -> bool:
    return run[0] > "\u3000"


def _read_here(run: str) -> str:
    for name, letters in READINGS.items():
        run = run.replace(name, letters)
    return run


@cache
def _simple() -> dict[int, str]:
    """Traditional → simplified, one by one: by OpenCC's phrases 乾 would differ from the one in 乾隆."""
    simplify = opencc.OpenCC("t2s").convert
    every = map(chr, [*range(0x3400, 0xA000), *range(0x20000, 0x32000)])
    return {ord(c): s for c in every if (s := simplify(c)) != c and len(s) == 1}


@cache
def _key() -> bytes:
    return blake2b(settings.INDEX_KEY.encode(), digest_size=32, person=b"search").digest()
