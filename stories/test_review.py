"""The review's chart, on a voice and on a post: each edge is taken, each other way refused."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.review import actions
from shangliang.base.review.states import CHART

from .who_may import things
from .world_topics import author

SAYS = {
    "show": {},
    "withhold": {"reason": "personal", "detail": "「李某某」"},
    "appeal": {"words": "没有写谁的名字"},
    "uphold": {},
    "dismiss": {"answer": "门牌号还在里面"},
    "mend": {"words": "楼上夜里太吵"},
}


def thing(world, kind, review):
    """A voice, or a post the same code's holder wrote; `world.author` is who wrote it."""
    one = world.voice = things.voice(world, "received", review, public=review != "private")
    world.author = author(one)
    return one if kind == "voice" else things.post(world, "post of a code", review)


@pytest.mark.parametrize("state", ["waiting", "shown", "withheld", "appealed"])
@pytest.mark.parametrize("move", list(SAYS))
@pytest.mark.parametrize("kind", ["voice", "post"])
def test_every_edge_and_every_other_way(world, kind, move, state):
    one = thing(world, kind, state)
    by = world.author if move in ("mend", "appeal") else world.officer
    [row] = [m for m in CHART.moves if m.name == move]
    act = getattr(actions, move)
    if state in row.start:
        act(one, by=by, seen=one.review_version, **SAYS[move])
        assert one.review == row.end
    else:
        with pytest.raises(NotNow):
            act(one, by=by, seen=one.review_version, **SAYS[move])


@pytest.mark.parametrize("kind", ["voice", "post"])
@pytest.mark.parametrize("decision", ["uphold", "dismiss"])
def test_somebody_else_decides_an_appeal_within_five_working_days(world, kind, decision):
    with clock.at(datetime(2026, 11, 26, 9, tzinfo=UTC)):  # a Thursday
        one = thing(world, kind, "waiting")
        actions.withhold(one, by=world.officer, seen=1, **SAYS["withhold"])
        actions.appeal(one, by=world.author, seen=2, words="没有写谁的名字")
    assert one.appeal_due == date(2026, 12, 3)
    with pytest.raises(NotYours):
        getattr(actions, decision)(one, by=world.officer, seen=3, **SAYS[decision])
    getattr(actions, decision)(one, by=world.convener, seen=3, **SAYS[decision])
    assert type(one).objects.get(pk=one.pk).appeal == "没有写谁的名字"
    assert one.review == ("shown" if decision == "uphold" else "withheld")


def test_one_appeal_for_each_withholding(world):
    one = thing(world, "voice", "waiting")
    actions.withhold(one, by=world.officer, seen=1, **SAYS["withhold"])
    actions.appeal(one, by=world.author, seen=2, words="没有写谁的名字")
    actions.dismiss(one, by=world.convener, seen=3, answer="门牌号还在里面")
    assert one.appeal_answer == "门牌号还在里面"
    with pytest.raises(NotYours):
        actions.appeal(one, by=world.author, seen=4, words="再说一次")
    actions.mend(one, by=world.author, seen=4, words="楼上夜里太吵")
    actions.withhold(one, by=world.convener, seen=5, **SAYS["withhold"])
    assert not one.appeal_answer
    actions.appeal(one, by=world.author, seen=6, words="改过了，没有名字")
    with pytest.raises(NotYours):  # now it was the convener's word
        actions.uphold(one, by=world.convener, seen=7)
    actions.uphold(one, by=world.officer, seen=7)
    assert one.review == "shown"


@pytest.mark.parametrize(
    ("phrases", "texts"),
    [
        (["李四"], ["找██，三号楼██说不管", "换锁"]),
        (["李四", "三号楼李四"], ["找██，█████说不管", "换锁"]),
        (["换锁", " 不管 ", ""], ["找李四，三号楼李四说██", "██"]),
    ],
)
def test_what_is_covered_is_covered_wherever_it_stands(phrases, texts):
    assert actions.cover(["找李四，三号楼李四说不管", "换锁"], phrases) == texts


def test_a_phrase_that_stands_nowhere_is_told(world):
    with pytest.raises(ValidationError, match="「李五」"):
        actions.cover(["找李四"], ["李四", "李五"])


@pytest.mark.parametrize("move", ["show", "withhold"])
def test_nobody_reviews_their_own(world, move):
    one = thing(world, "post", "waiting")
    with pytest.raises(NotYours):
        getattr(actions, move)(one, by=world.author, seen=one.review_version, **SAYS[move])


def test_a_second_look_at_an_old_page_is_not_taken(world):
    one = thing(world, "voice", "waiting")
    with pytest.raises(NotNow):
        actions.show(one, by=world.officer, seen=one.review_version + 1)
