"""What may be shown to everybody."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np

from .kinds import Flags, Whole
from .maps import FEW_VOTES, Map
from .naming import join
from .settings import LEAST_CELL, LEAST_GROUP

FORMAT = 1


def published(found: Map, *, least_group: int = LEAST_GROUP, least_cell: int = LEAST_CELL) -> dict[str, Any]:
    """No person, no position, no group under `least_group` people, no count of a group's votes on a statement
    under `least_cell`; with the hash of the votes it came from. Plain values. ValueError for a floor under 5;
    RuntimeError if votes came since (the hash would be another's).

    Groups under `least_group` join the nearest; if fewer than two remain there are no groups yet. Where fewer
    than `least_cell` of a group voted on a statement, its counts and all that rests on them are None, and so
    are the statement's counts of everybody, from which they could be had by taking away. The same holds
    `with_everyone` where fewer of those left out voted: beside the counts without them, theirs would be told.
    Two snapshots around one vote still tell that vote: publish in batches."""
    if least_group < LEAST_GROUP or least_cell < LEAST_CELL:
        raise ValueError(f"a published floor is at least {LEAST_GROUP}: it may only be raised")
    source = found.source()
    whole = found.everyone
    answer = _one(found, np.zeros(len(found.statements), bool), least_group, least_cell)
    answer |= {"format": FORMAT, "input": source}
    answer["left_out"] = {
        "participants": _reasons(found),
        "statements": {str(name): why for name, why in found.left_out.statements.items()},
    }
    answer["with_everyone"] = None
    if whole is not None:
        theirs = (whole.votes - found.votes).sum(axis=0)
        answer["with_everyone"] = _one(whole, (theirs > 0) & (theirs < least_cell), least_group, least_cell)
    return answer


def _one(found: Map, blank: Flags, least_group: int, least_cell: int) -> dict[str, Any]:
    """blank: statements whose counts are not told in any case."""
    found = _merged(found, least_group)
    few = (found.group_votes.sum(axis=1) < least_cell) | blank  # (groups, statements)
    scant = few.any(axis=0) | blank | (found.votes.sum(axis=0) < least_cell)
    together, at = found.consensus, {name: n for n, name in enumerate(found.statements)}
    return {
        "settings": asdict(found.settings) | {"least_group": least_group, "least_cell": least_cell},
        "participants": _counted(found),
        "in_groups": sum(found.sizes),
        "k": found.k,
        "groups": [{"name": n, "people": size} for n, size in zip(found.names, found.sizes, strict=True)],
        "statements": _statements(found, few, scant),
        "consensus": {
            side: [asdict(each) for each in spoken if not scant[at[each.statement]]]
            for side, spoken in (("agree", together.agree), ("disagree", together.disagree))
        },
        "group_aware": [[n, value] for n, value in found.group_aware if not few[:, at[n]].any()],
        "representative": [
            {"group": name, "statements": [asdict(h) for h in held if not few[g, at[h.statement]]]}
            for g, (name, held) in enumerate(found.representative.items())
        ],
    }


def _statements(found: Map, few: Flags, scant: Flags) -> list[dict[str, Any]]:
    """Of those that count: how everybody and how each group voted."""
    return [
        {
            "statement": name,
            "votes": None if scant[n] else _count(found.votes[:, n]),
            "groups": [None if few[g, n] else _count(found.group_votes[g, :, n]) for g in range(found.k)],
        }
        for n, name in enumerate(found.statements)
        if found.shown[n]
    ]


def _count(votes: Whole) -> dict[str, int]:
    disagree, passed, agree = votes.tolist()
    return {"agree": agree, "disagree": disagree, "pass": passed}


def _counted(found: Map) -> int:
    gone = [why for why in found.left_out.participants.values() if why != FEW_VOTES]
    return len(found.participants) - len(gone)


def _reasons(found: Map) -> dict[str, int]:
    """How many were left out for each reason."""
    reasons = list(found.left_out.participants.values())
    return {why: reasons.count(why) for why in sorted(set(reasons))}


def _merged(found: Map, least: int) -> Map:
    """With groups under `least` people joined to the nearest."""
    into = join(found.centres, np.array(found.sizes, np.int64), least)
    kept = sorted(set(into))
    if len(kept) < 2:
        return replace(
            found, names=(), groups=np.full_like(found.groups, -1), group_votes=found.group_votes[:0]
        )
    turned = np.array([kept.index(place) for place in into])
    votes = np.zeros((len(kept), *found.group_votes.shape[1:]), np.int64)
    np.add.at(votes, turned, found.group_votes)
    groups = np.where(found.groups < 0, -1, turned[found.groups])
    return replace(found, names=tuple(found.names[n] for n in kept), groups=groups, group_votes=votes)
