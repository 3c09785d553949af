"""Each of the three contacts with the filers has its own day; who lets it pass is listed and can be urged."""

from datetime import date, timedelta

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.models import Act
from shangliang.base.places import actions as places
from shangliang.flow.proposals import actions, queries
from shangliang.flow.proposals.models import Handling

from .story import ANSWER, CROSS, assigned, fresh, part, rated

MONDAY = date(2026, 11, 30)


def on(day):
    return clock.at(clock.start_of(day) + timedelta(hours=10))


def begun(world, **days):
    for phase, number in {"before": 2, "during": 5, "after": 3, **days}.items():
        places.prefer(world.county, f"proposal_contact_{phase}_days", number)
    with on(MONDAY):
        return part(assigned(world), world.lamps)


def contact(world, one, day):
    actions.contact(one.code, by=world.handler, seen=None, way="phone", on=day)
    return again(one)


def again(one):
    return Handling.objects.get(pk=one.pk)


def due(one):
    return one.contact_due, one.contact_by


def urged(world, one):
    return actions.urge(
        one.code, by=world.officer, seen=None, words="请尽快和提案人联系。", due=clock.today()
    )


def test_the_clock_of_each_starts_when_the_one_before_is_done(world):
    one = begun(world)
    assert due(one) == ("before", date(2026, 12, 2))
    with on(date(2026, 12, 1)):
        one = contact(world, one, clock.today())
        assert due(one) == ("during", date(2026, 12, 7))
        one = contact(world, one, clock.today())
        assert due(one) == ("", None)
        actions.draft_answer(one.code, by=world.handler, seen=None, **ANSWER)
        actions.pass_(one.code, by=world.officer, seen=None)
        assert due(again(one)) == ("after", date(2026, 12, 4))
    with on(date(2026, 12, 7)):
        assert due(contact(world, one, date(2026, 12, 3))) == ("", None)
        late = Act.objects.filter(name="handling_contacted").order_by("pk")
        assert [act.facts.get("on_time") for act in late] == [True, True, True]  # by the day it was done


def test_late_ones_are_listed_at_the_desk_and_may_be_urged(world):
    one = begun(world)
    with on(date(2026, 12, 2)):
        assert list(queries.unspoken(world.officer)) == []
        with pytest.raises(NotNow, match="没有过期"):
            urged(world, one)
    with on(date(2026, 12, 3)):
        assert list(queries.unspoken(world.officer)) == [one]
        assert list(queries.unspoken(world.neighbour_officer)) == []
        assert list(queries.overdue(world.officer)) == []  # its answer is not late
        urged(world, one)
        one = contact(world, one, clock.today())
        assert list(queries.unspoken(world.officer)) == []
        assert Act.objects.filter(name="handling_contacted").get().facts["on_time"] is False
        actions.draft_answer(one.code, by=world.handler, seen=None, **ANSWER)
        actions.pass_(one.code, by=world.officer, seen=None)
    with on(date(2026, 12, 9)):  # the answer is out, and nobody has called
        assert list(queries.unspoken(world.officer)) == [one]
        urged(world, again(one))
        rated(world, one.proposal, "member")
        assert fresh(one.proposal).state == "closed"
        assert list(queries.unspoken(world.officer)) == []  # rated by all: nobody waits for a call
        with pytest.raises(NotNow, match="没有过期"):
            urged(world, one)


def test_a_departments_list_goes_by_whichever_day_is_nearer(world):
    one = begun(world)
    with on(MONDAY):
        other = part(assigned(world, by="member2", title="关于巷道排水沟清淤的提案"), world.lamps)
        other = contact(world, contact(world, other, clock.today()), clock.today())
        found = list(queries.handled_by(world.handler, "to_do"))
        assert [(row.pk, row.day) for row in found] == [(one.pk, one.contact_by), (other.pk, other.due)]
        actions.draft_answer(other.code, by=world.handler, seen=None, **ANSWER)
        actions.pass_(other.code, by=world.officer, seen=None)
        assert [row.pk for row in queries.handled_by(world.handler, "to_do")] == [one.pk, other.pk]
        assert list(queries.handled_by(world.handler, "done")) == []
        contact(world, other, clock.today())
        assert list(queries.handled_by(world.handler, "to_do")) == [one]
        assert list(queries.handled_by(world.handler, "done")) == [other]


def test_handled_again_is_spoken_about_again(world):
    one = begun(world)
    with on(MONDAY):
        contact(world, one, clock.today())
        actions.draft_answer(one.code, by=world.handler, seen=None, **ANSWER)
        actions.pass_(one.code, by=world.officer, seen=None)
    with on(date(2026, 12, 14)):
        rated(world, one.proposal, "member", CROSS)
        assert due(again(one)) == ("before", date(2026, 12, 16))


def test_who_is_beside_the_host_and_who_sent_it_back_owe_no_call(world):
    with on(MONDAY):
        row = assigned(world, co=[world.farms])
        assert due(part(row, world.farms)) == ("", None)
        one = part(row, world.lamps)
        actions.send_back(one.code, by=world.handler, seen=None, words="归农业农村局管。")
        assert due(again(one)) == ("", None)
