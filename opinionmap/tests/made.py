"""Invented conversations, and the index by which groups are compared."""

from collections import Counter
from math import comb

import numpy as np


def planted(people, statements, groups, filled, *, seed=1, sizes=None):
    """Arrays of a conversation in which each group agrees with each statement at its own rate: (participants,
    statements, votes), and each participant's group."""
    chance = np.random.default_rng(seed)
    rates = np.where(chance.random((groups, statements)) < 0.5, 0.12, 0.88)
    of = np.arange(people) % groups if sizes is None else np.repeat(np.arange(groups), sizes)
    rows, columns, votes = [], [], []
    for start in range(0, people, 4096):
        part = of[start : start + 4096]
        shape = (len(part), statements)
        seen = chance.random(shape, dtype=np.float32) < filled
        agree = chance.random(shape, dtype=np.float32) < rates[part]
        passed = chance.random(shape, dtype=np.float32) < 0.1
        vote = np.where(passed, 0, np.where(agree, 1, -1))
        row, column = np.nonzero(seen)
        rows.append(row + start)
        columns.append(column)
        votes.append(vote[row, column])
    return (np.concatenate(rows), np.concatenate(columns), np.concatenate(votes)), of


def as_rows(arrays):
    return list(zip(*(each.tolist() for each in arrays), strict=True))


def index(one, other):
    """The adjusted Rand index of two partitions of the same things (Hubert and Arabie 1985): 1 for the same
    groups, about 0 for chance."""
    together = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    first, second = (sum(comb(n, 2) for n in Counter(each).values()) for each in (one, other))
    by_chance = first * second / comb(len(one), 2)
    most = (first + second) / 2
    return 1.0 if most == by_chance else (together - by_chance) / (most - by_chance)


def alike(one, other):
    """The index of two `group_of` on people whom both place."""
    both = [who for who, group in one.items() if group is not None and other.get(who) is not None]
    return index([one[who] for who in both], [other[who] for who in both])


def same_bits(one, other):
    """Whether two maps are the same to the bit, in all that is reckoned."""
    arrays = (
        "shown",
        "means",
        "axes",
        "shares",
        "positions",
        "groups",
        "centres",
        "group_votes",
        "votes",
        "extremity",
    )
    plain = ("participants", "statements", "names", "best", "fit", "state", "left_out")
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in arrays) and all(
        getattr(one, name) == getattr(other, name) for name in plain
    )
