"""From run to run: axes keep their direction, groups their names, and the number of groups waits."""

import json
from typing import Any

import numpy as np
import pytest

from opinionmap import Conversation, Settings, State, naming
from opinionmap.naming import Groups, groups, join
from opinionmap.state import smoothed

from .made import planted

EASY = Settings(least_people=4, least_group=1)


def crowd(*places, each=20):
    """People around places in the plane."""
    chance = np.random.default_rng(1)
    spread = np.concatenate([chance.normal(place, 0.1, (each, 2)) for place in places])
    return np.rint(spread * 2**24) / 2**24


def state(found: Groups, **other):
    kept: dict[str, Any] = {
        "axes": {},
        "centres": tuple(map(tuple, found.centres.tolist())),
        "names": found.names,
        "best": found.best,
        "rounds": found.rounds,
    }
    return State(**kept | other)


def test_a_state_is_small_text_and_comes_back_to_the_bit():
    arrays, _ = planted(300, 20, 2, 0.6)
    kept = Conversation.from_arrays(*arrays).map().state
    text = json.dumps(kept.as_json())
    assert State.from_json(json.loads(text)) == kept
    assert len(text) < 60 * 20 + 400


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"version": 2},
        {"version": 1},
        {"version": 1, "axes": {"a": [1]}, "centres": [], "names": [], "best": 0, "rounds": 0},
        {"version": 1, "axes": [], "centres": [], "names": [], "best": 0, "rounds": 0},
        {"version": 1, "axes": {}, "centres": [[0, 0]], "names": [], "best": 0, "rounds": 0},
        {"version": 1, "axes": {}, "centres": [[0, 0]] * 2, "names": [1, 1], "best": 0, "rounds": 0},
    ],
)
def test_what_is_no_state(wrong):
    with pytest.raises(ValueError, match="state"):
        State.from_json(wrong)


def test_another_number_waits_for_four_rounds():
    before = State({}, ((0, 0), (1, 1)), (0, 1), 2, 9)
    assert smoothed(None, 3, needed=4) == (3, 1)
    assert smoothed(before, 2, needed=4) == (2, 10)
    for rounds in (1, 2, 3):
        k, count = smoothed(before, 3, needed=4)
        assert (k, count) == (2, rounds)
        before = State({}, before.centres, before.names, 3, count)
    assert smoothed(before, 3, needed=4) == (3, 4)
    assert smoothed(before, 4, needed=4) == (2, 1)  # another one asks: it begins anew


def test_axes_keep_their_direction_and_place():
    names = ("a", "b")
    before = State({"a": (0.6, 0.8), "b": (0.8, -0.6)}, (), (), 0, 0)
    turned = before.along(np.array([[-0.8, 0.6], [-0.6, -0.8]]), names)
    assert turned.tolist() == [[0.6, 0.8], [0.8, -0.6]]
    assert before.along(np.array([[0.6, 0.8], [0.8, -0.6]]), names).tolist() == [[0.6, 0.8], [0.8, -0.6]]


def test_a_new_statement_has_no_say_in_the_direction():
    before = State({"a": (1.0, 0.0)}, (), (), 0, 0)
    assert before.along(np.array([[-0.8, 0.6], [0.6, 0.8]]), ("a", "new")).tolist() == [
        [0.8, -0.6],
        [0.6, 0.8],
    ]


def test_groups_keep_their_names_when_sizes_change():
    first = groups(crowd((0, 0), (5, 0), each=20), EASY, None)
    more = np.concatenate([crowd((0, 0), (5, 0)), crowd((5, 0), each=60)])
    second = groups(more, EASY, state(first))
    assert [first.of[0], first.of[-1]] == [second.of[0], second.of[-1]]
    assert second.names == first.names


def test_at_first_the_largest_is_0():
    found = groups(np.concatenate([crowd((0, 0), each=10), crowd((5, 0), each=30)]), EASY, None)
    assert found.shown == (0, 1)
    assert np.bincount(found.of).tolist() == [30, 10]


def test_a_third_group_is_named_after_nobody():
    """Two groups, the second of which parts: the larger part keeps the name, the other gets a new one."""
    before = state(groups(crowd((0, 0), (5, 0)), EASY, None), best=3, rounds=3)
    parted = np.concatenate([crowd((0, 0)), crowd((5, 3), each=30), crowd((5, -3), each=12)])
    found = groups(parted, EASY, before)
    assert len(found.shown) == 3
    by_name = [found.shown[place] for place in found.of[[0, 20, 61]]]
    assert by_name[:2] == list(before.names[::1] if before.centres[0][0] < 1 else before.names[::-1])
    assert by_name[2] not in before.names


def test_a_number_that_no_longer_fits_is_given_up():
    """Four groups were shown; six people are left, all in two places."""
    before = State({}, ((0, 0), (1, 0), (0, 1), (1, 1)), (0, 1, 2, 3), 4, 8)
    found = groups(crowd((0, 0), (1, 1), each=3), EASY, before)
    assert len(found.shown) < 4


def test_small_ones_join_the_nearest_until_none_is_left():
    centres = np.array([[0.0, 0], [10, 0], [11, 0], [30, 0]])
    assert join(centres, np.array([20, 3, 30, 4]), 5) == [0, 2, 2, 2]
    assert join(centres, np.array([20, 9, 30, 8]), 5) == [0, 1, 2, 3]
    assert join(centres[:2], np.array([3, 3]), 50) == [0, 0]
    assert join(centres[:3], np.array([3, 3, 3]), 6) == [1, 1, 1]


def test_nobody_is_left_when_the_cells_were_too_kind(monkeypatch):
    """By the cells there are five in a group, by the people themselves four: no groups, rather than a small
    one."""
    places = np.concatenate([crowd((0, 0), each=30), crowd((9, 0), each=5)])
    assert len(groups(places, Settings(), None).shown) == 2
    found = naming.grouping.nearest

    def moved(all_places, centres):
        return np.where(np.arange(len(all_places)) == 34, 0, found(all_places, centres))

    monkeypatch.setattr(naming, "_enough", lambda *_: True)
    monkeypatch.setattr(naming.grouping, "nearest", moved)
    assert groups(places, Settings(least_group=6), None).shown == ()


def test_a_warm_map_is_the_cold_one_where_nothing_moved():
    arrays, _ = planted(200, 30, 3, 0.5)
    talk = Conversation.from_arrays(*arrays)
    cold = talk.map()
    warm = talk.map(cold.state)
    assert (warm.positions == cold.positions).all()
    assert (warm.groups == cold.groups).all()
    assert warm.names == cold.names
    assert (cold.state.rounds, warm.state.rounds) == (1, 2)


def test_names_need_not_be_in_a_row():
    arrays, _ = planted(200, 30, 2, 0.5)
    talk = Conversation.from_arrays(*arrays)
    cold = talk.map()
    kept = cold.state.as_json() | {"names": [7, 3]}
    warm = talk.map(State.from_json(kept))
    assert warm.names == (3, 7)
    assert sorted(set(warm.group_of.values())) == [3, 7]
