"""A department to which a report was passed replies itself, by a day, and reads no more than was issued."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.places import actions as places
from shangliang.flow.reports import actions, queries
from shangliang.flow.reports.models import Referral

from .story import issued

WORDS = "四条巷子的路灯列入今年第四季度维修。"


def passed(world, **said):
    row, _bulletin = issued(world, **said)
    return actions.refer(
        row.code, by=world.officer, seen=None, department=world.lamps.code, words="请研究办理"
    )


def replied(world, one, by="handler", seen=None, words=WORDS):
    return actions.reply(one.code, by=getattr(world, by), seen=seen, words=words)


def test_the_department_replies_itself_once_and_by_its_day(world):
    places.prefer(world.county, "report_reply_days", 3)
    one = passed(world)
    assert one.due == clock.due_after(clock.today(), 3).day
    assert list(queries.referred(world.handler, "to_do")) == [one]
    replied(world, one, seen=one.version)
    one.refresh_from_db()
    assert (one.reply, one.own, one.replied_on) == (WORDS, True, clock.today())
    act = Act.objects.get(name="opinion_report_replied")
    assert (act.by, act.facts["own"], act.facts["on_time"]) == (world.handler.key, True, True)
    assert list(queries.referred(world.handler, "to_do")) == []
    assert list(queries.referred(world.handler, "done")) == [one]
    with pytest.raises(NotNow, match="已经回复过"):
        replied(world, one)
    said = {"words": "另记一遍", "on": clock.today()}
    with pytest.raises(NotNow, match="已经记过"):
        actions.note_reply(one.report.code, by=world.officer, seen=None, referral=one.code, **said)


def test_the_office_may_still_write_it_down_and_the_old_form_is_stale(world):
    one = passed(world)
    actions.note_reply(
        one.report.code, by=world.officer, seen=None, referral=one.code, words=WORDS, on=clock.today()
    )
    found = Referral.objects.get()
    assert (found.own, found.version) == (False, 2)
    other = passed(world, title="关于河滩停车的建议")
    with pytest.raises(NotNow):
        replied(world, other, seen=other.version - 1)
    with pytest.raises(ValidationError) as fault:
        replied(world, other, words=" ")
    assert "words" in fault.value.message_dict
    assert not Referral.objects.get(pk=other.pk).reply


def test_a_late_reply_is_late_and_welcome(world):
    one = passed(world)
    with clock.at(clock.start_of(one.due) + timedelta(days=2)):
        replied(world, one)
    assert Act.objects.get(name="opinion_report_replied").facts["on_time"] is False


def test_nobody_else_replies_and_the_report_itself_stays_unseen(world):
    one = passed(world)
    for name in ("handler2", "officer", "member", "neighbour_officer"):
        with pytest.raises((Unseen, NotYours)):
            replied(world, one, by=name)
    with pytest.raises(Unseen):
        queries.report(one.report.code, world.handler)
    assert list(queries.referred(world.handler2, "to_do")) == []
    with pytest.raises(NotYours):
        actions.adopt(
            one.report.code, by=world.convener, seen=None, level="city", combined=False, where="某刊",
            on=clock.today(),
        )  # fmt: skip


def test_the_nearest_day_stands_first_and_what_has_none_keeps_its_place(world):
    rows = [passed(world, title=f"关于第{n}件事情的建议") for n in range(3)]
    Referral.objects.filter(pk=rows[0].pk).update(due=clock.today() + timedelta(days=9))
    Referral.objects.filter(pk=rows[2].pk).update(due=None)  # passed on before there was a clock
    assert [row.pk for row in queries.referred(world.handler, "to_do")] == [
        rows[2].pk,
        rows[0].pk,
        rows[1].pk,
    ]
