"""Several reports were combined into one that was adopted: each has it, with an act of its own."""

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.flow.reports import actions, outcomes, queries
from shangliang.flow.reports.models import Adoption, OpinionReport

from .story import issued, signed


def adopted(world, row, others=(), *, by="officer", seen=None, combined=True, level="city"):
    said = {"where": "市政协专报第3期", "on": clock.today(), "others": [one.code for one in others]}
    to = {"by": getattr(world, by), "seen": seen}
    return actions.adopt(row.code, level=level, combined=combined, **to, **said)


def by_member2(world, title):
    row = actions.draft(
        world.studio.code, by=world.member2, said=actions.Draft(title, *["写了十几个字的一部分"] * 3)
    )
    row = actions.send(row.code, by=world.member2, seen=row.version)
    row = actions.pass_on(row.code, by=world.convener, seen=row.version)
    row = actions.check(row.code, by=world.officer, seen=row.version)
    row = actions.sign(row.code, by=world.leader, seen=row.version)
    actions.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
    return OpinionReport.objects.get(pk=row.pk)


def test_each_that_went_into_it_has_the_same_adoption(world):
    row, _bulletin = issued(world)
    two, three = by_member2(world, "关于巷道排水的建议"), issued(world, title="关于河滩停车的建议")[0]
    adopted(world, row, [two, three])
    assert {(one.report, one.combined) for one in Adoption.objects.all()} == {
        (row, True), (two, True), (three, True)
    }  # fmt: skip
    assert len(set(Adoption.objects.values_list("reference", flat=True))) == 1
    acts = Act.objects.filter(name="opinion_report_adopted").order_by("pk")
    assert {(act.subject, act.facts["member"]) for act in acts} == {
        (one.subject, one.person) for one in (row, two, three)
    }
    [shown] = queries.with_outcomes(queries.written_by(world.member2).filter(pk=two.pk))
    assert "和另外 2 篇编在一起" in outcomes.best(shown)
    titles = [title for _code, title in queries.combined_with(shown, world.officer)[acts_reference()]]
    assert titles == [str(row.title), "关于河滩停车的建议"]
    assert queries.combined_with(shown, world.member2) == {}  # others' reports are not theirs to open


def acts_reference():
    return Adoption.objects.values_list("reference", flat=True)[0]


def test_one_that_stands_alone_names_no_others(world):
    row, _bulletin = issued(world)
    other = issued(world, title="关于河滩停车的建议")[0]
    with pytest.raises(ValidationError, match="单篇采用"):
        adopted(world, row, [other], combined=False)
    adopted(world, row)
    adopted(world, other, combined=False)
    shown = list(queries.with_outcomes(queries.written_by(world.member).filter(pk__in=[row.pk, other.pk])))
    assert not any("编在一起" in told for one in shown for told in outcomes.became(one))
    assert not any(queries.combined_with(one, world.officer) for one in shown)


def test_all_of_it_or_nothing(world):
    row, _bulletin = issued(world)
    other, unissued = issued(world, title="关于河滩停车的建议")[0], signed(world, title="关于别的事情的建议")
    with pytest.raises(ValidationError, match="刊发过"):
        adopted(world, row, [other, unissued])
    with pytest.raises(ValidationError, match="一次"):
        adopted(world, row, [other, other])
    with pytest.raises(ValidationError, match="一次"):
        adopted(world, row, [row])
    with pytest.raises(NotNow):
        adopted(world, row, [other], seen=row.version - 1)
    with pytest.raises(NotYours):
        adopted(world, row, [other], by="convener")
    with pytest.raises(Unseen):
        adopted(world, row, [other], by="neighbour_officer")
    assert not Adoption.objects.exists()
