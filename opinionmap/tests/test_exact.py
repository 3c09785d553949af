"""The same votes give the same bits, in whatever order and in however many helpings they came."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opinionmap import Conversation, Settings, TooLarge, ballots, components, covariance, projection

from .made import as_rows, planted, same_bits

EASY = Settings(least_people=4, least_votes=2, least_group=1)
VOTES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9), st.integers(-1, 1)), max_size=120)


@pytest.fixture
def coarse(monkeypatch):
    """The way of many participants, with few."""
    monkeypatch.setattr(covariance, "FEW", 0)


def last_of_each(rows):
    return [(who, what, vote) for (who, what), vote in {(w, s): v for w, s, v in rows}.items()]


@given(VOTES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_never_matters(rows, chance):
    rows = last_of_each(rows)
    one = Conversation(rows, settings=EASY)
    chance.shuffle(rows)
    other = Conversation(rows, settings=EASY)
    assert same_bits(one.map(), other.map())
    assert one.input_hash() == other.input_hash()


@given(VOTES, VOTES)
@settings(max_examples=60, deadline=None)
def test_in_two_helpings(first, second):
    one = Conversation([*first, *second], settings=EASY)
    other = Conversation(first, settings=EASY)
    other.map()
    other.add(second)
    assert same_bits(one.map(), other.map())
    assert one.input_hash() == other.input_hash()


@given(VOTES)
@settings(max_examples=60, deadline=None)
def test_arrays_and_rows_are_the_same(rows):
    columns = [np.array([row[n] for row in rows], dtype=int) for n in range(3)]
    one, other = Conversation(rows, settings=EASY), Conversation.from_arrays(*columns, settings=EASY)
    assert same_bits(one.map(), other.map())
    assert one.ballots.given.sum() == other.ballots.given.sum() == one.ballots.counts.sum()


@given(VOTES)
@settings(max_examples=40, deadline=None)
def test_all_votes_turned_round_mirror_the_map(rows):
    one = Conversation(rows, settings=EASY).map()
    other = Conversation([(who, what, -vote) for who, what, vote in rows], settings=EASY).map()
    assert (one.means == -other.means).all()
    assert [x.statement for x in one.consensus.agree] == [x.statement for x in other.consensus.disagree]
    assert np.allclose(one.shares, other.shares)


def test_many_updates_with_many_participants(coarse):
    """New people, new statements, changed votes, in helpings small enough to be mended: never a bit apart
    from all at once."""
    arrays, _ = planted(900, 30, 3, 0.4)
    rows = as_rows(arrays)
    random.Random(4).shuffle(rows)
    talk, chance = Conversation(rows[:8000]), random.Random(5)
    talk.map()
    begun = rows[:8000]
    for step, start in enumerate(range(8000, 8400, 40)):
        more = [
            *rows[start : start + 40],
            (f"new {step}", chance.randrange(30), 1),
            (step, f"new {step % 3}", 0),
        ]
        more += [(chance.randrange(900), chance.randrange(30), chance.randint(-1, 1)) for _ in range(5)]
        begun += more
        talk.add(more)
        found = talk.map()
    assert same_bits(found, Conversation(begun).map())
    talk.add(rows)  # too many to be mended
    assert same_bits(talk.map(), Conversation([*begun, *rows]).map())


def test_an_update_does_not_begin_anew(coarse, monkeypatch):
    arrays, _ = planted(600, 20, 2, 0.5)
    talk = Conversation.from_arrays(*arrays)
    talk.map()
    anew = covariance.coarse
    called = []
    monkeypatch.setattr(covariance, "coarse", lambda *given: called.append(1) or anew(*given))
    talk.add([(3, 4, 1), (3, 5, -1), (8, 4, 0)])
    talk.add([(3, 4, 0)])
    found = talk.map()
    assert called == []
    assert same_bits(found, Conversation([*as_rows(arrays), (3, 4, 0), (3, 5, -1), (8, 4, 0)]).map())
    called.clear()
    monkeypatch.setattr(covariance, "MANY", -1)
    talk.map()
    assert called == [1]


def test_blocks_whose_sums_could_be_rounded_are_halved():
    """Every second vote against a mean that was rounded far away: squares pass 2^24 in a block of 256."""
    codes = np.full((512, 8), 3, np.uint8)
    codes[::2] = 1
    rounded = np.full(8, -255.0)
    found = covariance.coarse(codes, rounded, 256.0, None)
    vote = codes.astype(np.int64) - 2
    centred = vote * 256 + 255
    assert (found == centred.T @ centred).all()
    assert (centred**2).sum(axis=0).max() / 2 > 2**24


@pytest.mark.parametrize("way", ["coarse", "fine"])
@pytest.mark.parametrize("some_out", [False, True])
def test_sums_are_exact_whole_numbers(way, some_out):
    chance = np.random.default_rng(2)
    codes = chance.integers(0, 4, (700, 16)).astype(np.uint8)
    out = chance.random(700) < 0.2 if some_out else None
    kept = codes if out is None else codes[~out]
    scale = {"coarse": 256, "fine": 2**18}[way]
    rounded = np.rint(covariance.means(ballots.counts(np.ascontiguousarray(kept), 16)) * scale)
    found = getattr(covariance, way)(codes, rounded, float(scale), out)
    centred = np.where(kept > 0, (kept.astype(np.int64) - 2) * scale - rounded.astype(np.int64), 0)
    assert (found == centred.T @ centred).all()


def test_a_position_does_not_hang_on_the_rows_beside_it():
    chance = np.random.default_rng(3)
    codes = chance.integers(0, 4, (500, 40)).astype(np.uint8)
    axes = np.linalg.qr(chance.standard_normal((40, 2)))[0].T
    means, kept = chance.random(40) - 0.5, np.ones(40)
    together, given = projection.scores(codes, means, axes, kept)
    alone = np.vstack([projection.scores(codes[n : n + 1], means, axes, kept)[0] for n in range(500)])
    assert (together == alone).all()
    assert (given == (codes > 0).sum(axis=1)).all()
    vote = np.where(codes > 0, codes.astype(float) - 2 - means, 0)
    assert np.abs(together - vote @ axes.T).max() < 1e-6


def test_the_coarse_grid_turns_the_axes_by_next_to_nothing(monkeypatch):
    arrays, _ = planted(2_000, 60, 3, 0.3)
    fine = Conversation.from_arrays(*arrays).map()
    monkeypatch.setattr(covariance, "FEW", 0)
    rough = Conversation.from_arrays(*arrays).map()
    for one, other in zip(fine.axes, rough.axes, strict=True):
        assert abs(one @ other) > 1 - 1e-6


@pytest.mark.parametrize("size", [3, 100, 300])
def test_components_of_any_matrix(size):
    chance = np.random.default_rng(size)
    half = chance.standard_normal((size, size)) * np.linspace(1, 3, size) ** 3
    sums = half @ half.T
    axes, shares = components.components(sums)
    values = np.linalg.eigvalsh(sums)[::-1]
    assert shares == pytest.approx(values[:2] / values.sum())
    assert np.abs(sums @ axes[0] - values[0] * axes[0]).max() < 1e-8 * values[0]


def test_components_where_no_direction_stands_out():
    """All directions alike: whatever comes out, it is a pair of unit vectors at right angles."""
    axes, shares = components.components(np.diag(1 + np.linspace(0, 1e-7, 200)))
    assert np.abs(axes @ axes.T - np.eye(2)).max() < 1e-9
    assert shares == pytest.approx([1 / 200] * 2, rel=1e-6)


def test_the_last_vote_of_a_pair_counts():
    rows = [("a", 1, 1), ("a", 1, -1), ("b", 1, 1), ("a", 1, 0)]
    talk = Conversation(rows)
    assert talk.ballots.counts[:, 0].tolist() == [0, 1, 1]
    arrays = Conversation.from_arrays(["a", "a", "b", "a"], [1, 1, 1, 1], [1, -1, 1, 0])
    assert arrays.ballots.counts[:, 0].tolist() == [0, 1, 1]
    assert arrays.ballots.given.tolist() == [1, 1]


def test_with_times_the_latest_counts():
    talk = Conversation()
    talk.add([], times=[])
    talk.add([("a", 1, 1), ("a", 1, -1)], times=[9.0, 3.0])
    assert talk.ballots.counts[:, 0].tolist() == [0, 0, 1]
    assert (talk.ballots.first[0], talk.ballots.last[0]) == (3.0, 9.0)


def test_ids_far_apart_and_of_both_kinds():
    arrays = Conversation.from_arrays([5, 10**15, -3], [7, 7, 2], [1, -1, 0])
    assert arrays.map().participants == (-3, 5, 10**15)
    rows = Conversation([("b", 1, 1), (9, 1, 1), ("a", 1, 1), (10, 1, 1)])
    assert rows.map().participants == (9, 10, "a", "b")


def test_ids_near_each_other_with_gaps():
    found = Conversation.from_arrays([7, 3, 7], [0, 0, 5], [1, -1, 0]).map()
    assert (found.participants, found.statements) == ((3, 7), (0, 5))
    assert found.votes.tolist() == [[1, 0], [0, 1], [1, 0]]


@pytest.mark.parametrize("wrong", [2, -2])
def test_a_vote_that_is_none(wrong):
    with pytest.raises(ValueError, match="a vote is"):
        Conversation([(1, 1, 1), (1, 2, wrong)])
    with pytest.raises(ValueError, match="a vote is"):
        Conversation.from_arrays([1], [1], [wrong])


def test_a_vote_that_is_no_whole_number():
    with pytest.raises(ValueError, match="a vote is"):
        Conversation([(1, 1, 0.5)])


def test_arrays_and_times_of_different_lengths():
    with pytest.raises(ValueError, match="one length"):
        Conversation.from_arrays([1, 2], [1], [1])
    with pytest.raises(ValueError, match="as many times"):
        Conversation().add([(1, 1, 1)], times=[])


def test_no_more_than_can_be_exact(monkeypatch):
    monkeypatch.setattr(ballots, "MOST_PARTICIPANTS", 3)
    monkeypatch.setattr(ballots, "MOST_STATEMENTS", 2)
    for rows in ([(n, 1, 1) for n in range(4)], [(1, n, 1) for n in range(3)]):
        with pytest.raises(TooLarge, match="more than"):
            Conversation(rows)
        with pytest.raises(TooLarge, match="more than"):
            Conversation.from_arrays(*zip(*rows, strict=True))
    with pytest.raises(TooLarge, match="4 is more than 3"):
        Conversation.from_arrays(["a", "b", "c", "d"], [1] * 4, [1] * 4)


def test_a_long_stream_is_taken_in_parts():
    rows = ((n % 300, n % 251, n % 3 - 1) for n in range(70_000))
    assert Conversation(rows).ballots.counts.sum() == len({(n % 300, n % 251) for n in range(70_000)})
