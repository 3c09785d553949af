"""The review's chart, on a voice and on a post: each edge is taken, each other way refused."""

import pytest

from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.review import actions
from shangliang.base.review.states import CHART

from .who_may import things
from .world_topics import author

SAYS = {
    "show": {},
    "withhold": {"reason": "personal", "detail": "「李某某」"},
    "mend": {"words": "楼上夜里太吵"},
}


def thing(world, kind, review):
    """A voice, or a post the same code's holder wrote; `world.author` is who wrote it."""
    one = world.voice = things.voice(world, "received", review, public=review != "private")
    world.author = author(one)
    return one if kind == "voice" else things.post(world, "post of a code", review)


@pytest.mark.parametrize("state", ["waiting", "shown", "withheld"])
@pytest.mark.parametrize("move", list(SAYS))
@pytest.mark.parametrize("kind", ["voice", "post"])
def test_every_edge_and_every_other_way(world, kind, move, state):
    one = thing(world, kind, state)
    by = world.author if move == "mend" else world.officer
    [row] = [m for m in CHART.moves if m.name == move]
    act = getattr(actions, move)
    if state in row.start:
        act(one, by=by, seen=one.review_version, **SAYS[move])
        assert one.review == row.end
    else:
        with pytest.raises(NotNow):
            act(one, by=by, seen=one.review_version, **SAYS[move])


@pytest.mark.parametrize("move", ["show", "withhold"])
def test_nobody_reviews_their_own(world, move):
    one = thing(world, "post", "waiting")
    with pytest.raises(NotYours):
        getattr(actions, move)(one, by=world.author, seen=one.review_version, **SAYS[move])


def test_a_second_look_at_an_old_page_is_not_taken(world):
    one = thing(world, "voice", "waiting")
    with pytest.raises(NotNow):
        actions.show(one, by=world.officer, seen=one.review_version + 1)
