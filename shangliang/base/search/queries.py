"""Questions: what has these words, how many, and what says the same."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from math import log
from operator import attrgetter
from typing import Generic, NamedTuple, TypeVar

from django.db.models import Model, QuerySet

from . import index
from .tokens import Term, asked, grams, joined, keyed, plain, scope_tokens, term, words

M = TypeVar("M", bound=Model)

NEWEST = 1 << 62  # above every entry, and the most that SQLite takes for a number
MOST = 500  # a page says "500+" beyond
CANDIDATES = 300  # weighed by what the index holds of them
OPENED = 20  # of these, read and weighed by their words: each of them is decrypted
LOOKED_AT = 400  # characters by which candidates are sought: what a text is about stands near its beginning
RARE_PAIRS, RARE_CHARACTERS = 6, 4
SAME_TOPIC = 1.6
EVERYWHERE = log(4)  # what a character weighs that stands in a quarter of the texts: it tells nothing alone
K1, B = 1.2, 0.75  # BM25's usual ones


class Match(NamedTuple, Generic[M]):
    """A text that may say the same, and the words that both share, the most telling first; and the single
    characters beside them, where the segmenter cut the same thing differently (路灯, 灯不亮)."""

    item: M
    words: list[str]
    characters: Sequence[str] = ()

    @property
    def telling(self) -> list[str]:
        """What to show as shared: words, or else characters, two at least, as one may stand in anything."""
        return self.words or (list(self.characters) if len(self.characters) > 1 else [])


class Shared(NamedTuple):
    """How much a text shares with another, and what of it tells."""

    weight: float
    words: list[str]
    characters: list[str]


def newest(
    kind: str, text: str, rows: QuerySet[M], scope: str = "", before: int | None = None, size: int = 20
) -> tuple[list[M], int | None]:
    """The newest of `rows` that have all that is asked, and the `before` of the next page (None on the last).

    `rows` decides what may be seen. `scope` is a committee's code or path and only makes it cheap: with a
    wrong one hits are lost, never shown. Nothing asked, nothing found; no text is ever an error.
    """
    terms, page = asked(text), list[M]()
    if not terms:
        return [], None
    where, older, chunk = _where(kind, scope), min(before or NEWEST, NEWEST), size * 2
    while True:
        near = index.stretch(terms, where, older, chunk)
        seen = rows.in_bulk([item for _, item in near])
        for entry, item in near:
            if item in seen:
                page.append(seen[item])
                if len(page) == size:
                    return page, entry
        if len(near) < chunk:
            return page, None
        older, chunk = near[-1][0], min(chunk * 4, 900)


def count(kind: str, text: str, rows: QuerySet[M], scope: str = "") -> int:
    """How many of `rows` have all that is asked; 501 stands for "more than 500"."""
    terms, where, older, total = asked(text), _where(kind, scope), NEWEST, 0
    while terms and total <= MOST:
        near = index.stretch(terms, where, older, MOST + 1)
        total += rows.filter(pk__in=[item for _, item in near]).count()
        if len(near) <= MOST:
            break
        older = near[-1][0]
    return min(total, MOST + 1)


def similar(
    text: str,
    kind: str,
    scope: str,
    rows: QuerySet[M],
    exclude: int | None = None,
    topic: object = None,
    size: int = 3,
    *,
    said: Callable[[M], str] = attrgetter("words"),
    about: Callable[[M], object] = attrgetter("topic"),
    columns: Sequence[str] = (),
) -> list[Match[M]]:
    """The few of `rows` that most likely say the same as `text`, best first.

    `exclude` is the pk of the text itself, `scope` its county. For a person to judge: no number separates
    right from wrong, so nothing may be blocked or merged by this. `said` reads a row's text, `about` its
    topic (only when `topic` is given). `columns` are those that `said` and `about` read: hundreds are weighed
    by them alone, and the few are then read whole.
    """
    where = _where(kind, scope)
    terms = _telling(text, where, known=0 if exclude is None else 1)
    question = {word: joined(word) for word in words(text)}
    forms = {form: gram for held in question.values() for gram in held for form in (gram, keyed(gram))}
    found = index.any_of(terms, where, CANDIDATES, frozenset(forms))
    weight, order = _nearest(question, {item: held for item, held in found if item != exclude}, forms)
    narrow = rows.select_related(None).prefetch_related(None).only(*columns) if columns else rows
    pool = _in_order(narrow, order[:OPENED])
    if len(pool) < size:  # most of them are not for this reader
        pool += _in_order(narrow, order[OPENED:])
    topical = [topic is not None and about(row) == topic for row in pool]
    shared = _weigh(weight, [plain(said(row)) for row in pool])
    best = _order(shared, topical)[:size]
    whole = (
        _in_order(rows, [pool[place].pk for place in best]) if columns else [pool[place] for place in best]
    )
    shared_by = {pool[place].pk: shared[place] for place in best}
    return [Match(row, shared_by[row.pk].words, shared_by[row.pk].characters) for row in whole]


def ranked(text: str, texts: list[str]) -> list[int]:
    """The places of those of `texts` that share anything with `text`, the most alike first."""
    return _order(_shared(text, texts), [False] * len(texts))


def shared_words(text: str, other: str) -> list[str]:
    """The words by which two texts say the same, to be shown; none when they share nothing that tells."""
    found = _shared(text, [other])
    return found[0].words if found else []


def _shared(text: str, texts: list[str]) -> list[Shared]:
    plains = list(map(plain, texts))
    question = words(text)
    return _weigh(
        _rarity(Counter(word for said in plains for word in question if word in said), len(plains)), plains
    )


def _nearest(
    question: Mapping[str, Sequence[str]], near: Mapping[int, Collection[str]], forms: Mapping[str, str]
) -> tuple[dict[str, float], list[int]]:
    """What each word of the question (with the pairs that it is joined of) weighs among what is near, and the
    near items, those first that share most by what the index holds: a word stands where all its pairs do, in
    one of their `forms` (token → pair)."""
    at: dict[str, set[int]] = defaultdict(set)  # pair → the places of those that have it
    for place, held in enumerate(near.values()):
        for token in held:
            at[forms[token]].add(place)
    nowhere = set[int]()
    stands = {
        word: set.intersection(*(at.get(gram, nowhere) for gram in own))
        for word, own in question.items() if own
    }  # fmt: skip
    # By the first that has it, as they were always weighed: of equal words the first is shown first.
    seen = sorted((word for word in stands if stands[word]), key=lambda word: min(stands[word]))
    weight = _rarity({word: len(stands[word]) for word in seen}, len(near))
    scores = [0.0] * len(near)
    for word, places in stands.items():
        for place in places:  # in the order of the words: sums of floats depend on it
            scores[place] += weight[word]
    # Sorting is stable: of equals the newest stays first, as the index gave them.
    scored = sorted(zip(near, scores, strict=True), key=lambda row: row[1], reverse=True)
    return weight, [item for item, score in scored if score]


def _rarity(spread: Mapping[str, int], total: int) -> dict[str, float]:
    """BM25's weight of words that stand in so many of `total` texts."""
    return {word: log(1 + (total - n + 0.5) / (n + 0.5)) for word, n in spread.items()}


def _in_order(rows: QuerySet[M], items: Sequence[int]) -> list[M]:
    seen = rows.in_bulk(items) if items else {}
    return [seen[item] for item in items if item in seen]


def _order(scored: list[Shared], topical: list[bool]) -> list[int]:
    weights = [
        (one.weight * (SAME_TOPIC if same else 1), -place)
        for place, (one, same) in enumerate(zip(scored, topical, strict=True))
        if one.weight
    ]
    return [-place for _, place in sorted(weights, reverse=True)]


def _telling(text: str, where: str, *, known: int) -> list[Term]:
    """The rarest pairs and the rarest characters of a text that occur in the scope at all."""
    found = grams(text[:LOOKED_AT])
    often = dict(zip(found, index.how_many(list(map(term, found)), where), strict=True))
    telling = sorted((token for token in found if often[token] > known), key=often.__getitem__)
    pairs = [token for token in telling if len(token) > 1][:RARE_PAIRS]
    characters = [token for token in telling if len(token) == 1][:RARE_CHARACTERS]
    return list(map(term, [*pairs, *characters]))


def _weigh(weight: Mapping[str, float], texts: list[str]) -> list[Shared]:
    """BM25 of each text for words of such weights, and the telling ones it shares.

    A word counts wherever its characters stand: the segmenter cuts 路灯 here and 灯不亮 there.
    """
    average = sum(map(len, texts)) / (len(texts) or 1) or 1
    rare_characters = [word for word, rare in weight.items() if len(word) == 1 and rare > EVERYWHERE]
    rare_characters.sort(key=weight.__getitem__, reverse=True)
    found: list[Shared] = []
    for text in texts:
        slack = K1 * (1 - B + B * len(text) / average)
        parts = {
            word: rare * n * (K1 + 1) / (n + slack)
            for word, rare in weight.items()
            if (n := text.count(word))
        }
        said = _to_show(parts)
        alone = [one for one in rare_characters if one in parts and not any(one in word for word in said)]
        found.append(Shared(sum(parts.values()), said, alone))
    return found


def _to_show(parts: dict[str, float]) -> list[str]:
    """Words of two or more characters by falling weight, without those inside a longer one."""
    long = [word for word in parts if len(word) > 1]
    whole = [word for word in long if not any(word != other and word in other for other in long)]
    return sorted(whole, key=parts.__getitem__, reverse=True)


def _where(kind: str, scope: str) -> str:
    return scope_tokens(kind, scope)[-1]
