"""Nobody waits for ever for a rating that can't come any more."""

from datetime import date, timedelta

import pytest

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people.models import Post
from shangliang.flow.proposals import actions

from .story import PLEASED, answered, assigned, filed, fresh, joint, rated


def erased(world, name):
    people.erase(getattr(world, name).key, way="account", by=world.operator)


def left(world, name):
    """Is no member any more."""
    for post in Post.objects.filter(holder=world.accounts[name], ended_at=None):
        people.end_post(post, by=world.officer.key, on=clock.today())


@pytest.mark.parametrize("goes", [erased, left])
def test_the_last_to_rate_is_gone(world, goes):
    row = answered(world, assigned(world, filed(world, joint(world, "member2"))))
    rated(world, row, "member")
    assert actions.wait_no_more() == 0  # the other one may still rate
    goes(world, "member2")
    with clock.at(clock.now() + timedelta(days=1)):
        assert actions.wait_no_more() == 1
        assert actions.wait_no_more() == 0
    assert fresh(row).state == "closed"
    act = Act.objects.get(name="proposal_closed")
    assert (act.by, act.facts["satisfied"]) == ("clock", True)


def test_what_nobody_rated_is_ended_and_counts_as_pleasing_nobody(world):
    row = answered(world)
    left(world, "member")
    with clock.at(clock.now() + timedelta(days=1)):
        assert actions.wait_no_more() == 1
    assert fresh(row).state == "closed"
    assert Act.objects.get(name="proposal_ended").by == "clock"
    assert not Act.objects.filter(name="proposal_closed").exists()


def test_one_that_is_not_answered_yet_and_one_that_was_rated_stand(world):
    open_ = assigned(world)
    done = rated(world, answered(world, assigned(world, title="关于另一件事的提案")), "member", PLEASED)
    left(world, "member")
    with clock.at(clock.start_of(date(2036, 1, 1))):
        assert actions.wait_no_more() == 0
    assert (fresh(open_).state, fresh(done).version) == ("assigned", done.version)


def test_many_are_looked_through_piece_by_piece(world, monkeypatch):
    monkeypatch.setattr("shangliang.flow.proposals.queries.listed.PIECE", 1)
    rows = [answered(world, assigned(world, title=f"关于第{n}件事情的提案")) for n in (1, 2)]
    left(world, "member")
    with clock.at(clock.now() + timedelta(days=1)):
        assert actions.wait_no_more() == 2
    assert {fresh(row).state for row in rows} == {"closed"}
