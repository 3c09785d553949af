"""A conversation: votes come in, a map goes out, again and again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from .ballots import Ballots, stream
from .kinds import Id
from .maps import Map
from .reckoning import Moderation, Reckoning
from .settings import Settings
from .state import State


class Conversation:
    """Votes of participants on statements, packed (one byte for each pair), and what follows from them.

    votes: (participant, statement, vote) with vote -1 disagree, 0 pass, 1 agree; ids are whole numbers or
    texts; the last vote of a pair counts. moderated: statement -> -1 rejected, 0 not moderated, 1 accepted.
    meta: statements about people rather than the matter; they are in no list. ValueError for another vote,
    TooLarge (a ValueError) beyond 100,000 participants or 4,096 statements.

    Memory: participants * statements bytes, 16 * statements^2 more, about 200 bytes a participant, and at
    most some 60 MB in passing. Time: see README.md.
    """

    def __init__(
        self,
        votes: Iterable[tuple[Id, Id, int]] = (),
        *,
        moderated: Mapping[Id, int] | None = None,
        meta: Iterable[Id] = (),
        settings: Settings | None = None,
    ) -> None:
        self.ballots = Ballots()
        self.settings = settings or Settings()
        self.moderation = Moderation()
        self._out: dict[Id, str] = {}
        self._counting, self._everyone = Reckoning(), Reckoning()
        self._version = 0
        self.moderate(moderated or {}, meta)
        self.add(votes)

    @classmethod
    def from_arrays(
        cls,
        participants: npt.ArrayLike,
        statements: npt.ArrayLike,
        votes: npt.ArrayLike,
        **more: Any,
    ) -> Conversation:
        """The quick way in: three arrays of one length, a row a vote; later rows count. More as above."""
        people, topics, given = np.asarray(participants), np.asarray(statements), np.asarray(votes)
        if not people.shape == topics.shape == given.shape or given.ndim != 1:
            raise ValueError("participants, statements and votes are three arrays of one length")
        _only_votes(given)
        made = cls(**more)
        if len(given):
            made.ballots.load(people, topics, given)
        return made

    def add(self, votes: Iterable[tuple[Id, Id, int]], *, times: Iterable[float] | None = None) -> None:
        """Take in more votes. times: of each, in seconds from any moment; then the latest of a pair counts,
        and `patterns` can see bursts. ValueError for a vote that is none, and nothing is taken in of its part
        (65,536 votes; with times, of all)."""
        if times is not None:
            votes, times = list(votes), np.fromiter(times, np.float64)
            if len(votes) != len(times):
                raise ValueError("as many times as votes")
            self._add(votes, times)
            return
        for part in stream(votes):
            self._add(part, None)

    def _add(self, votes: list[tuple[Id, Id, int]], times: npt.NDArray[np.float64] | None) -> None:
        given = np.array([vote for _, _, vote in votes])
        if not len(given):
            return
        _only_votes(given)
        people, topics, _ = zip(*votes, strict=True)
        rows, columns = self.ballots.places(list(people), list(topics))
        for reckoning in (self._counting, self._everyone):
            reckoning.changes.touch(rows, self.ballots.codes)
        self.ballots.put(rows, columns, given.astype(np.int64), times)
        self._version += 1

    def moderate(self, moderated: Mapping[Id, int], meta: Iterable[Id] = ()) -> None:
        """What was decided of statements (-1, 0, 1), beside what was decided before; `meta` adds to the meta
        statements. ValueError for another number."""
        if wrong := {value for value in moderated.values() if value not in (-1, 0, 1)}:
            raise ValueError(f"moderated is -1, 0 or 1, not {sorted(wrong)[0]}")
        self.moderation.of.update(moderated)
        self.moderation.meta.update(meta)
        self._version += 1

    def leave_out(self, participants: Iterable[Id], reason: str) -> None:
        """Their votes count for nothing from now on; each map then says what it would be with them
        (`everyone`). ValueError without a reason."""
        if not reason.strip():
            raise ValueError("leaving out needs a reason")
        self._leave(self._out | dict.fromkeys(participants, reason))

    def take_back(self, participants: Iterable[Id]) -> None:
        """They count again."""
        back = set(participants)
        self._leave({name: why for name, why in self._out.items() if name not in back})

    def _leave(self, out: dict[Id, str]) -> None:
        if out.keys() != self._out.keys():
            self._counting.forget()
        self._out = out
        self._version += 1

    def map(self, before: State | None = None, *, groups: Mapping[Id, Id] | None = None) -> Map:
        """The map as it is now. Without `before` it depends on nothing but the votes (cold): so do it at
        closing. With the state of the last map, axes keep their direction, groups their names, and the number
        of groups changes only when another fits best four times in a row. groups: lists for these groups,
        instead of finding any. Never an exception: where there is too little, there are no groups yet."""
        version = self._version

        def source() -> str:
            if version != self._version:
                raise RuntimeError("votes or decisions came after this map: make it anew to publish it")
            return self.input_hash()

        known = (self.ballots, self.moderation, self.settings)
        found = self._counting.map(*known, self._out, before, groups, source)
        if not self._out:
            return found
        everyone = self._everyone.map(*known, {}, before, groups, source)
        return replace(found, everyone=everyone)

    def input_hash(self) -> str:
        """SHA-256 of all that a map depends on: votes, decisions on statements, who is left out, settings."""
        sha = self.ballots.digest()
        decided = [
            sorted(map(repr, self.moderation.of.items())),
            sorted(map(repr, self.moderation.meta)),
            sorted(map(repr, self._out.items())),
            repr(self.settings),
        ]
        sha.update(repr(decided).encode())
        return str(sha.hexdigest())


def _only_votes(votes: npt.NDArray[Any]) -> None:
    if len(votes) and (votes.dtype.kind not in "iu" or votes.min() < -1 or votes.max() > 1):
        raise ValueError("a vote is -1 (disagree), 0 (pass) or 1 (agree)")
