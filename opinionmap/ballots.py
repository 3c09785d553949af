"""Votes, packed: one byte for each participant and statement."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from .kinds import Codes, Floats, Id, Whole, by_id

MOST_PARTICIPANTS = 100_000  # as published; covariance.py's sums stay exact up to here
MOST_STATEMENTS = 4_096  # projection.py's sums stay exact up to here
AT_ONCE = 1 << 18  # votes taken in together, so that little memory is held in passing
LANES = np.uint64(0x0101010101010101)
NEVER = np.inf


class TooLarge(ValueError):  # noqa: N818  what is the case, not what went wrong
    """More participants or statements than can be reckoned exactly."""


class Ballots:
    """The packed votes of one conversation, the counts that follow from them, and when each ballot was cast.

    codes: (participants, width) bytes, 0 not seen, 1 disagree, 2 pass, 3 agree; width is the number of
    statements, made a multiple of 8. counts: (3, statements) disagree, pass, agree. given: votes of each
    participant. first, last: the time of the first and last vote of each (inf, -inf: no time is known).
    Participants and statements stand as they came; `people` and `topics` say in what order their ids stand.
    """

    def __init__(self) -> None:
        self.participants: list[Id] = []
        self.statements: list[Id] = []
        self._row_of: dict[Id, int] = {}
        self._column_of: dict[Id, int] = {}
        self._store: Codes = np.zeros((0, 0), np.uint8)
        self.counts: Whole = np.zeros((3, 0), np.int64)
        self.given: Whole = np.zeros(0, np.int64)
        self.first: Floats = np.zeros(0)
        self.last: Floats = np.zeros(0)
        self._people: tuple[Whole, tuple[Id, ...]] | None = None
        self._topics: tuple[Whole, tuple[Id, ...]] | None = None

    @property
    def codes(self) -> Codes:
        """As many rows as participants; the columns behind the statements are 0."""
        return self._store[: len(self.participants)]

    def people(self) -> tuple[Whole, tuple[Id, ...]]:
        """Rows in the order of the participants' ids, and these ids."""
        if self._people is None:
            self._people = _sorted(self.participants)
        return self._people

    def topics(self) -> tuple[Whole, tuple[Id, ...]]:
        """Columns in the order of the statements' ids, and these ids."""
        if self._topics is None:
            self._topics = _sorted(self.statements)
        return self._topics

    def row(self, participant: Id) -> int | None:
        """Where they stand; None if they never voted."""
        self._fresh([], self.participants, self._row_of, MOST_PARTICIPANTS)
        return self._row_of.get(participant)

    def places(self, people: list[Id], topics: list[Id]) -> tuple[Whole, Whole]:
        """Rows and columns of votes; who and what is new gets one. TooLarge, and nothing new, beyond 100,000
        participants or 4,096 statements."""
        fresh_people = self._fresh(people, self.participants, self._row_of, MOST_PARTICIPANTS)
        fresh_topics = self._fresh(topics, self.statements, self._column_of, MOST_STATEMENTS)
        for fresh, known, place_of in (
            (fresh_people, self.participants, self._row_of),
            (fresh_topics, self.statements, self._column_of),
        ):
            place_of.update(zip(fresh, range(len(known), len(known) + len(fresh)), strict=True))
            known += fresh
        if fresh_people or fresh_topics:
            self._people, self._topics = (None if fresh_people else self._people), None
            self._grow()
        rows = np.fromiter((self._row_of[name] for name in people), np.int64, len(people))
        return rows, np.fromiter((self._column_of[name] for name in topics), np.int64, len(topics))

    @staticmethod
    def _fresh(asked: list[Id], known: list[Id], place_of: dict[Id, int], most: int) -> list[Id]:
        if len(place_of) != len(known):  # after `load`
            place_of.update(zip(known, range(len(known)), strict=True))
        fresh = [name for name in dict.fromkeys(asked) if name not in place_of]
        _no_more(len(known) + len(fresh), most)
        return fresh

    def _grow(self) -> None:
        people, topics = len(self.participants), len(self.statements)
        rows, width = self._store.shape
        if people > rows or topics > width:
            rows = max(people, rows * 5 // 4 if people > rows else rows)
            store = np.zeros((rows, max(width, -(-topics // 8) * 8)), np.uint8)
            store[: self._store.shape[0], :width] = self._store
            self._store = store
        more = people - len(self.given)
        self.given = np.concatenate([self.given, np.zeros(more, np.int64)])
        self.first = np.concatenate([self.first, np.full(more, NEVER)])
        self.last = np.concatenate([self.last, np.full(more, -NEVER)])
        self.counts = np.pad(self.counts, ((0, 0), (0, topics - self.counts.shape[1])))

    def put(self, rows: Whole, columns: Whole, votes: Whole, times: Floats | None = None) -> None:
        """Take in votes (-1, 0, 1), the last of a pair counts: by time where there are times, else by order.
        A vote from before one that was taken in earlier still replaces it: give late votes in order."""
        if times is not None:
            order = np.argsort(times, kind="stable")
            rows, columns, votes, times = rows[order], columns[order], votes[order], times[order]
            np.minimum.at(self.first, rows, times)
            np.maximum.at(self.last, rows, times)
        cells = rows * len(self.statements) + columns
        # Where a place is assigned to twice, numpy promises nothing about which value stays: so it is not.
        _, last = np.unique(cells[::-1], return_index=True)
        keep = len(cells) - 1 - last
        rows, columns, fresh = rows[keep], columns[keep], (votes[keep] + 2).astype(np.uint8)
        old = self.codes[rows, columns]
        for code in (1, 2, 3):
            self.counts[code - 1] += np.bincount(columns[fresh == code], minlength=len(self.statements))
            self.counts[code - 1] -= np.bincount(columns[old == code], minlength=len(self.statements))
        self.given += np.bincount(rows[old == 0], minlength=len(self.participants))
        self.codes[rows, columns] = fresh

    def load(
        self, participants: npt.NDArray[Any], statements: npt.NDArray[Any], votes: npt.NDArray[Any]
    ) -> None:
        """Take in whole arrays at once, into empty ballots. Ids are whole numbers or texts."""
        people, rows = _places_of(participants, MOST_PARTICIPANTS)
        topics, columns = _places_of(statements, MOST_STATEMENTS)
        self.participants, self.statements = people, topics
        self._people, self._topics = _in_order(people), _in_order(topics)
        self._grow()
        width, flat = self._store.shape[1], self._store.reshape(-1)
        for start in range(0, len(votes), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            cells = rows(part)
            self.given += np.bincount(cells, minlength=len(people))
            cells *= width
            cells += columns(part)
            flat[cells] = votes[part].astype(np.int8) + np.int8(2)
        self.counts = counts(self.codes, len(topics))
        if self.counts.sum() != len(votes):
            self._settle(rows(slice(None)), columns(slice(None)), votes)
            self.counts = counts(self.codes, len(topics))

    def _settle(self, rows: Whole, columns: Whole, votes: npt.NDArray[Any]) -> None:
        """Put the last vote of each pair where it belongs, of the participants who voted twice on
        something."""
        once = np.count_nonzero(self.codes, axis=1)
        twice = np.flatnonzero((once != self.given)[rows])
        cells = rows[twice] * len(self.statements) + columns[twice]
        _, last = np.unique(cells[::-1], return_index=True)
        keep = twice[len(twice) - 1 - last]
        self.codes[rows[keep], columns[keep]] = (votes[keep] + 2).astype(np.uint8)
        self.given = once.astype(np.int64)

    def digest(self) -> Any:
        """A SHA-256, begun with every id and every vote in the order of the ids: the same votes give the same
        digest, in whatever order they came."""
        sha = hashlib.sha256(b"opinionmap 1\n")
        people, participants = self.people()
        topics, statements = self.topics()
        for names in (participants, statements):
            sha.update("".join(f"{name!r}\n" for name in names).encode())
        for start in range(0, len(people), 4096):
            sha.update(self.codes[people[start : start + 4096]][:, topics].tobytes())
        return sha


def counts(codes: Codes, statements: int) -> Whole:
    """Disagree, pass and agree of each statement: (3, statements). Eight statements are added in one word, as
    often as a byte can hold."""
    total = np.zeros((3, codes.shape[1]), np.int64)
    words = codes.view(np.uint64)
    for start in range(0, len(words), 255):
        part = words[start : start + 255]
        low, high = part & LANES, (part >> np.uint64(1)) & LANES
        for place, bits in enumerate((low, high, low & high)):
            total[place] += bits.sum(axis=0, dtype=np.uint64).view(np.uint8)
    low, high, both = total[:, :statements]
    return np.stack([low - both, high - both, both])


def _sorted(names: Sequence[Id]) -> tuple[Whole, tuple[Id, ...]]:
    places = sorted(range(len(names)), key=lambda place: by_id(names[place]))
    return np.array(places, np.int64), tuple(names[place] for place in places)


def _in_order(names: Sequence[Id]) -> tuple[Whole, tuple[Id, ...]]:
    return np.arange(len(names)), tuple(names)


class _Places:
    """Where each of many ids stands, reckoned slice by slice."""

    def __init__(self, names: npt.NDArray[Any], least: int, table: Whole | None) -> None:
        self.names, self.least, self.table = names, least, table

    def __call__(self, part: slice) -> Whole:
        near: Whole = np.subtract(self.names[part], self.least, dtype=np.int64)
        return near if self.table is None else self.table[near]


def _places_of(names: npt.NDArray[Any], most: int) -> tuple[list[Id], _Places]:
    """The ids that occur, in order, and where each stands. Numbers close together need no sorting."""
    if names.dtype.kind in "iu" and len(names):
        least, greatest = int(names.min()), int(names.max())
        if greatest - least < 4 * len(names) + 1000:
            there = np.zeros(greatest - least + 1, bool)
            for start in range(0, len(names), AT_ONCE):
                there[np.subtract(names[start : start + AT_ONCE], least, dtype=np.int64)] = True
            found = np.flatnonzero(there)
            _no_more(len(found), most)
            table = None if there.all() else np.cumsum(there) - 1
            ids: list[Id] = list((found + least).tolist())
            return ids, _Places(names, least, table)
    known, places = np.unique(names, return_inverse=True)  # in order
    _no_more(len(known), most)
    return known.tolist(), _Places(places, 0, None)


def _no_more(found: int, most: int) -> None:
    if found > most:
        raise TooLarge(f"{found} is more than {most}")


def stream(votes: Iterable[tuple[Id, Id, int]], at_once: int = 1 << 16) -> Iterator[list[tuple[Id, Id, int]]]:
    """An iterable in lists of bounded length."""
    held: list[tuple[Id, Id, int]] = []
    for vote in votes:
        held.append(vote)
        if len(held) == at_once:
            yield held
            held = []
    if held:
        yield held
