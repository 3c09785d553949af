"""Every formula, worked by hand."""

import math

import numpy as np
import pytest

from opinionmap import Conversation, Settings, standing
from opinionmap.cells import Cells
from opinionmap.covariance import means
from opinionmap.grouping import fits, settle
from opinionmap.projection import extremity, positions

SMALL = Settings(least_people=2, least_votes=1, least_group=1)


def counts(*groups):
    """(groups, 3, statements) from (disagree, pass, agree) of each statement."""
    return np.array(groups).transpose(0, 2, 1)


def test_shares():
    assert standing.share(np.array([8, 0]), np.array([10, 0])) == pytest.approx([9 / 12, 1 / 2])


def test_a_share_against_one_half():
    # 2 sqrt(16) ((12 + 1) / 16 - 1/2) = 8 * 0.3125
    assert standing.share_test(np.array([12]), np.array([15])) == pytest.approx([2.5])


def test_two_shares_against_each_other():
    # (8+1)/(9+1) = 0.9 against (1+1)/(9+1) = 0.2; pooled 11/20; z = 0.7 / sqrt(.55 * .45 * .2)
    z = standing.shares_test(np.array([8]), np.array([9]), np.array([1]), np.array([9]))
    assert z == pytest.approx([0.7 / math.sqrt(0.55 * 0.45 * 0.2)])


def test_two_shares_that_are_all():
    assert standing.shares_test(np.array([9]), np.array([9]), np.array([4]), np.array([4])) == [0.0]


def test_group_aware_consensus():
    # 9/12 in one group, 3/12 in the other
    votes = counts([(1, 1, 8)], [(8, 0, 2)])
    assert standing.group_aware(votes) == pytest.approx([0.75 * 0.25])


def test_priority():
    # A 6, P 2, S 10: (1 - 3/12) (0.5 + 1) (7/12) = 0.65625; times 1 + 8/4 = 3; squared
    votes = counts([(1, 1, 3), (0, 0, 0)], [(1, 1, 3), (0, 0, 0)])
    found = standing.priority(votes, np.array([0.5, 0.0]), np.array([False, False]))
    assert found[0] == pytest.approx((0.65625 * 3) ** 2)
    # nobody voted: (1 - 1/2) * 1 * 1/2 = 1/4; times 9; squared
    assert found[1] == pytest.approx(5.0625)


def test_priority_of_a_meta_statement():
    assert standing.priority(counts([(1, 1, 3)]), np.array([0.5]), np.array([True])) == [49]


def test_consensus_counts_passes_and_ends_at_five():
    # agreed by 30 of 30 ... 24 of 30; the last by 16 of 30, which chance might do:
    # z = 2 sqrt(31) (17/31 - 1/2) = 0.54
    agreed = [30, 29, 28, 27, 26, 24, 16]
    votes = np.array([[0, 30 - each, each] for each in agreed]).T
    found = standing.consensus(votes, list("abcdefg"), np.ones(7, bool))
    assert [each.statement for each in found.agree] == list("abcde")
    assert found.disagree == ()
    assert found.agree[1].share == pytest.approx(30 / 32)
    assert found.agree[1].test == pytest.approx(2 * math.sqrt(31) * (30 / 31 - 0.5))
    assert (found.agree[1].agreed, found.agree[1].voted) == (29, 30)


def test_consensus_leaves_hidden_ones_out_and_ties_go_by_id():
    votes = np.array([[20, 0, 0]] * 3).T
    found = standing.consensus(votes, [4, 7, 9], np.array([True, False, True]))
    assert [each.statement for each in found.disagree] == [4, 9]


def test_what_tells_a_group_apart():
    ours = [(2, 0, 18), (18, 0, 2), (10, 0, 10), (0, 0, 0)]
    theirs = [(18, 0, 2), (2, 0, 18), (10, 0, 10), (5, 5, 5)]
    held = standing.representative(counts(ours, theirs), 0, [1, 2, 3, 4], np.ones(4, bool))
    assert [(each.statement, each.side) for each in held] == [(1, "agree"), (2, "disagree")]
    first = held[0]
    assert (first.agreed, first.voted) == (18, 20)
    assert first.share == pytest.approx(19 / 22)
    assert first.ratio == pytest.approx((19 / 22) / (3 / 22))
    assert first.test == pytest.approx(2 * math.sqrt(21) * (19 / 21 - 0.5))
    pooled = 22 / 42
    assert first.ratio_test == pytest.approx((19 - 3) / 21 / math.sqrt(pooled * (1 - pooled) * 2 / 21))


def test_at_most_five_the_strongest_and_agreed_ones_first():
    ours = [(20, 0, 0)] * 4 + [(0, 0, 20)] * 3
    theirs = [(0, 0, 20)] * 4 + [(20, 0, 0)] * 3
    held = standing.representative(counts(ours, theirs), 0, list(range(7)), np.ones(7, bool))
    # all equally strong: the best agreed one first, then by id
    assert [(each.statement, each.side) for each in held] == [
        (4, "agree"),
        *((n, "disagree") for n in range(4)),
    ]


def test_where_nothing_tells_a_group_apart_the_nearest_is_taken():
    votes = counts([(3, 0, 2), (3, 0, 1)], [(3, 0, 3), (2, 0, 2)])
    held = standing.representative(votes, 0, ["a", "b"], np.ones(2, bool))
    assert [(each.statement, each.side) for each in held] == [("b", "disagree")]


def test_the_best_agreed_one_is_there_though_it_tells_nothing_apart():
    votes = counts([(0, 0, 20), (0, 0, 18)], [(0, 0, 20), (0, 0, 20)])
    held = standing.representative(votes, 0, ["a", "b"], np.ones(2, bool))
    assert [(each.statement, each.side) for each in held] == [("a", "agree")]


def test_the_best_agreed_one_gives_way_to_a_better_one():
    # a: agreed as by the others (ratio below 1), so b, agreed more surely, replaces it; c is no better than b
    votes = counts([(3, 0, 12), (0, 0, 20), (2, 0, 15)], [(0, 0, 20), (5, 0, 15), (4, 0, 16)])
    held = standing.representative(votes, 0, ["a", "b", "c"], np.ones(3, bool))
    assert held[0].statement == "b"


def test_a_group_that_never_voted_holds_nothing():
    assert standing.representative(counts([(0, 0, 0)], [(0, 0, 9)]), 0, ["a"], np.ones(1, bool)) == ()


def test_means():
    assert means(np.array([[1, 0], [1, 0], [2, 0]])) == pytest.approx([0.25, 0])


def test_extremity():
    # sqrt(4) * |1 - 0.5| * hypot(0.6, 0.8)
    assert extremity(np.array([0.5]), np.array([[0.6], [0.8]]), 4) == pytest.approx([1.0])


def test_positions_are_pushed_out_for_few_votes():
    assert positions(np.array([[1.0, -2.0]]), np.array([4]), 16).tolist() == [[2.0, -4.0]]


VOTES = {"ann": (1, 1), "bob": (1, 1), "cat": (-1, -1), "dan": (-1, -1)}


def test_a_whole_map_by_hand():
    """Two statements on which all vote alike: one axis (1, 1) / sqrt 2, which holds all; means 0. Each stands
    at sqrt(2 / 2) * (±1 ± 1) / sqrt 2."""
    talk = Conversation([(who, n, v[n]) for who, v in VOTES.items() for n in (0, 1)], settings=SMALL)
    found = talk.map()
    assert found.axes == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 0]]), abs=1e-8)
    assert found.shares.tolist() == [pytest.approx(1.0), 0.0]
    assert found.positions[:, 0] == pytest.approx([2**0.5, 2**0.5, -(2**0.5), -(2**0.5)], abs=1e-7)
    assert found.positions[:, 1] == pytest.approx([0, 0, 0, 0])
    assert found.extremity == pytest.approx([1.0, 1.0], abs=1e-7)


def test_rejected_statements_as_zero_or_dropped():
    """A third statement, rejected, on which only ann voted. As zero it counts as voted on by all: 3
    statements, 3 votes, so no stretch; dropped: 2 statements, 2 votes. Then eve, who voted on one kept
    statement only, is stretched by sqrt(3 / 2) with it and by sqrt(2 / 1) without."""
    rows = [(who, n, v[n]) for who, v in VOTES.items() for n in (0, 1)]
    rows += [("ann", 2, 1), ("eve", 0, 1), ("fay", 0, -1)]
    stretched = {}
    for rejected in ("zero", "drop"):
        settings = Settings(least_people=2, least_votes=1, least_group=1, rejected=rejected)
        found = Conversation(rows, moderated={2: -1}, settings=settings).map()
        assert found.means.tolist() == [0, 0, 0]
        assert found.axes[:, 2].tolist() == [0, 0]
        assert found.extremity[2] == 0
        stretched[rejected] = found.positions[4, 0] / found.axes[0, 0]
    assert stretched["zero"] == pytest.approx((3 / 2) ** 0.5, abs=1e-6)
    assert stretched["drop"] == pytest.approx(2**0.5, abs=1e-6)


def test_the_silhouette_by_hand():
    # places 0, 1 | 10: for 0: a 1, b 10; for 1: a 1, b 9; alone: 0
    points = Cells(np.array([[0.0, 0], [1, 0], [10, 0]]), np.ones(3))
    assert fits(points, [np.array([0, 0, 1])]) == pytest.approx([(0.9 + 8 / 9 + 0) / 3])
    # the same with two people at 10: each has a 0
    points = Cells(points.points, np.array([1.0, 1, 2]))
    assert fits(points, [np.array([0, 0, 1])]) == pytest.approx([(0.9 + 8 / 9 + 2 * 1) / 4])


def test_all_in_one_place_fit_nothing():
    points = Cells(np.zeros((2, 2)), np.array([2.0, 2.0]))
    assert fits(points, [np.array([0, 1])]) == [0.0]


def test_k_means_by_hand():
    points = Cells(np.array([[0.0, 0], [2, 0], [10, 0], [13, 0]]), np.array([1.0, 1, 2, 1]))
    start = np.array([[[0.0, 0], [2.0, 0]]])
    assert settle(points, start) == pytest.approx(np.array([[1, 0], [11, 0]]))


def test_a_centre_that_loses_everybody_stays():
    points = Cells(np.array([[0.0, 0], [1, 0]]), np.ones(2))
    assert settle(points, np.array([[[0.5, 0], [99.0, 0]]])) == pytest.approx(np.array([[0.5, 0], [99, 0]]))
