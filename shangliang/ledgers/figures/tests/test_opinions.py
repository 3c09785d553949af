"""The way of opinion reports in figures: each number opens to its rows."""

from shangliang.base import clock
from shangliang.flow.reports import actions
from shangliang.flow.reports.tests.story import at_office, endorsed, issued, sent, signed
from shangliang.ledgers.figures import boards, queries
from shangliang.ledgers.figures.metrics.of_reports import FUNNEL
from shangliang.ledgers.figures.period import Period

from .conftest import count

PERIOD = Period(None)


def number(world, name):
    return queries.figure(name, world.county).counted


def adopted(world, row, level, **said):
    said = {"combined": False, "where": "市政协专报第3期", "on": clock.today()} | said
    return actions.adopt(row.code, by=world.officer, seen=None, level=level, **said)


def test_the_funnel_from_what_comes_in_to_what_is_replied(world, monday):
    sent(world)
    back = sent(world)
    back = actions.return_(back.code, by=world.convener, seen=None, words="请写明是哪几条巷子")
    actions.send(back.code, by=world.member, seen=None)  # again: the same report counts once
    at_office(world)
    row, _bulletin = issued(world)
    adopted(world, row, "city")
    adopted(world, row, "city", combined=True)  # the same level again
    adopted(world, row, "province")
    endorsed(world, row)
    to = actions.refer(row.code, by=world.officer, seen=None, department=world.lamps.code, words="请研究")
    actions.note_reply(
        row.code, by=world.officer, seen=None, referral=to.code, words="已列入", on=clock.today()
    )
    count()
    assert [number(world, name) for name in FUNNEL] == [4, 1, 1, 2, 1, 1]
    opened = boards.opened("opinion_items_adopted", world.county, PERIOD, actor=world.officer, after="")
    assert [row.told.title for row in opened.records.rows] == [str(row.title)] * 2
    stranger = boards.opened("opinion_items_adopted", world.county, PERIOD, actor=world.handler, after="")
    assert (len(stranger.records.rows), stranger.records.left_out) == (0, 2)


def test_bulletins_by_whom_they_go_to(world, monday):
    codes = [signed(world, title=f"关于第{n}条巷子路灯的情况").code for n in range(3)]
    said = {"by": world.officer}
    actions.issue(world.county, reports=codes[:2], to_own=True, to_upper=True, **said)
    actions.issue(world.county, reports=codes[2:], to_own=True, to_upper=False, **said)
    count()
    assert number(world, "bulletins_to_city_committee") == 1
    assert number(world, "bulletin_items_to_city_committee") == 2
    assert number(world, "bulletins_to_party_and_government") == 2
    assert number(world, "bulletin_items_to_party_and_government") == 3
