"""Other numbers tried on a year at the desk: who gains, who loses; nothing is kept."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Role
from shangliang.flow.studios import actions as studios
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.points import tariff
from shangliang.ledgers.points.models import Entry
from stories.world_people import grant

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def receive(world, *members):
    studios.hold_reception(
        world.studio.code,
        by=world.officer,
        day=date(2026, 11, 20),
        residents=5,
        members=[member.key for member in members],
    )


def numbers(**other):
    """What the form sends: the numbers in force, some changed."""
    said = {"year": "2026", "try": "1"}
    for rule in tariff.called("simple").rules:
        said[f"p-{rule.name}"] = f"{rule.points / 100:g}"
        if rule.cap is not None:
            said[f"c-{rule.name}"] = f"{rule.cap / 100:g}"
    return said | {name.replace("_", "-", 1): value for name, value in other.items()}


def test_the_numbers_in_force_stand_in_the_form(world, at_desk):
    page = at_desk("officer").get("desk:tariff").text
    assert "简明积分标准" in page
    assert 'value="0.5"' in page
    assert 'value="20"' in page
    assert "多了" not in page


def test_who_gains_and_who_loses_by_name(world, at_desk):
    for _again in range(3):
        receive(world, world.member)
    receive(world, world.convener)
    acts, entries = Act.objects.count(), list(Entry.objects.order_by("pk").values())
    # one reception: 3 instead of 2; at most 4 a year instead of 20: 3 × 2 = 6 becomes 4, 2 becomes 3
    page = at_desk("officer").get("desk:tariff", **numbers(p_reception="3", c_reception="4")).text
    rows = page.partition("账有变化的委员")[2].partition("</table>")[0]
    told = [name in rows for name in (world.member.name, world.convener.name, world.member2.name)]
    assert told == [True, True, False]
    assert ">6.0<" in rows
    assert ">4.0<" in rows
    assert ">−2.0<" in rows
    assert ">+1.0<" in rows
    assert Act.objects.count() == acts
    assert list(Entry.objects.order_by("pk").values()) == entries


def test_the_same_numbers_change_nothing(world, at_desk):
    receive(world, world.member)
    page = at_desk("officer").get("desk:tariff", **numbers()).text
    assert "账有变化的委员" not in page
    assert "没变" in page


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"p_reception": "两分"}, "出错"),
        ({"p_reception": "1.005"}, "出错"),
        ({"p_reception": "1000"}, "出错"),
        ({"p_reception": "-1"}, "出错"),
        ({"c_reception": "-1"}, "出错"),
    ],
)
def test_what_is_no_number_is_said(world, at_desk, other, word):
    page = at_desk("officer").get("desk:tariff", **numbers(**other))
    assert page.status_code == 200
    assert word in page.text
    assert "多了" not in page.text


def test_a_year_out_of_reach_is_this_year(world, at_desk):
    for said in ("1999", "20260", "x", ""):
        assert "看看 2026 年的账" in at_desk("officer").get("desk:tariff", year=said).text


def test_fifty_ask_no_more_than_one(world, at_desk):
    officer, seen = at_desk("officer"), []
    for count in (1, 50):
        for n in range(count):
            grant(world, f"zz{count}{n}", f"新委员{count}{n}", Role.MEMBER)
            member = grant(world, f"zz{count}{n}", "", Role.STATIONED, studio=world.studio.code)
            receive(world, member)
            voices.record_told(
                world.studio, by=world.member, channel="visit", form_key=f"{count}{n}",
                words=f"第 {count} 排第 {n} 家门口没有灯。", consent=True, said_on=date(2026, 11, 22),
            )  # fmt: skip
        officer.get("desk:tariff", **numbers(p_reception="3"))
        with CaptureQueriesContext(connection) as asked:
            officer.get("desk:tariff", **numbers(p_reception="3"))
        seen.append(len(asked))
    assert seen[0] == seen[1]
