"""What a proposal brings its signers by an office's own table."""

from datetime import UTC, date, datetime

import pytest

from shangliang.base import clock
from shangliang.flow.proposals.tests import story
from shangliang.ledgers.points import queries
from shangliang.ledgers.points.actions import choose_tariff, repost
from shangliang.ledgers.points.models import Entry


@pytest.fixture(autouse=True)
def monday():
    with clock.at(datetime(2026, 11, 23, 2, 26, tzinfo=UTC)):
        yield


def lines(member):
    year = date(2026, 1, 1), date(2026, 12, 31)
    found = queries.statement(member.key, *year, actor=member).lines
    return [(line.rule.name, line.points) for line in found]


def test_tongchengs_half_for_the_leader_and_the_rest_for_the_others(world):
    choose_tariff(world.county, by=world.officer, since=date(2026, 11, 23), preset="tongcheng-2019")
    story.filed(world, story.joint(world, "member2", "deputy"))
    # 10 for handing it in, 15 for its being filed: half for the leader, the other half for two
    assert lines(world.member) == [("proposal", 500), ("proposal_filed", 750)]
    assert lines(world.member2) == lines(world.deputy) == [("proposal", 250), ("proposal_filed", 375)]
    before = list(Entry.objects.order_by("code").values_list("code", "points", "tariff"))
    repost()
    assert list(Entry.objects.order_by("code").values_list("code", "points", "tariff")) == before
