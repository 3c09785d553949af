"""Groups that were put there are found, at every size, number and filling; most of the package's time is
here."""

import numpy as np
import pytest

from opinionmap import Conversation
from opinionmap.cells import cells
from opinionmap.grouping import Starts, nearest, settle

from .made import index, planted


def least_index(people, statements, groups, filled, sizes=None):
    arrays, of = planted(people, statements, groups, filled, sizes=sizes)
    found = Conversation.from_arrays(*arrays).map()
    placed = found.groups >= 0
    assert found.k == groups
    assert placed.mean() > 0.9
    reached = index(found.groups[placed].tolist(), of[np.array(found.participants)][placed].tolist())
    print(f"{people} × {statements}, {groups} groups, {filled:.0%}: index {reached:.3f}")
    return reached


@pytest.mark.parametrize(
    ("people", "statements", "groups", "filled", "least"),
    [
        (30, 40, 2, 0.9, 1.0),
        (60, 60, 3, 0.5, 0.95),
        (300, 100, 2, 0.15, 0.93),
        (300, 100, 3, 0.9, 1.0),
        (1_000, 150, 3, 0.15, 0.9),
        (3_000, 100, 2, 0.15, 0.9),
        (3_000, 400, 2, 0.05, 0.95),
        (12_000, 100, 3, 0.3, 0.95),
        (100_000, 80, 2, 0.3, 0.97),
    ],
)
def test_planted_groups_are_found(people, statements, groups, filled, least):
    assert least_index(people, statements, groups, filled) >= least


@pytest.mark.parametrize(("groups", "least"), [(4, 0.85), (5, 0.8)])
def test_four_and_five_groups_in_two_axes(groups, least):
    """Two axes hold three groups apart for sure; more only where they lie well in the plane."""
    people, chance = 2_000, np.random.default_rng(3)
    of = np.arange(people) % groups
    angle = 2 * np.pi * np.arange(groups) / groups
    loadings = chance.standard_normal((2, 120))
    rates = 1 / (1 + np.exp(-2.5 * (np.stack([np.cos(angle), np.sin(angle)], axis=1) @ loadings)))
    seen = chance.random((people, 120)) < 0.5
    votes = np.where(chance.random((people, 120)) < rates[of], 1, -1)
    rows, columns = np.nonzero(seen)
    found = Conversation.from_arrays(rows, columns, votes[rows, columns]).map()
    assert found.k == groups
    assert index(found.groups.tolist(), of.tolist()) >= least


def test_a_small_group_beside_a_large_one():
    assert least_index(500, 80, 2, 0.5, sizes=(460, 40)) >= 0.99


def test_the_grid_moves_few_people():
    """Against k-means over every single person, at three times the size up to which each is their own
    cell."""
    arrays, _ = planted(3_000, 100, 3, 0.1, seed=5)
    found = Conversation.from_arrays(*arrays).map()
    places = found.positions[found.groups >= 0]
    single = cells(places[:1])
    single = type(single)(places, np.ones(len(places)))
    alone = nearest(places, settle(single, Starts(single).of(found.k)))
    assert index(found.groups[found.groups >= 0].tolist(), alone.tolist()) >= 0.95
