"""Totals that committees report, and the records they link to them."""

import pytest
from django.core.exceptions import ValidationError

from shangliang.base.charts.errors import NotYours
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import CLOCK
from shangliang.ledgers.figures import actions, boards, queries
from shangliang.ledgers.figures.models import Evidence, ReportedTotal

SAID = {"unit": "problem", "period": "2025", "source": "2025 年工作总结"}


@pytest.fixture
def total(world, monday):
    return actions.report_total(world.county, "problems_solved", 6, by=world.officer, **SAID)


def test_a_total_keeps_its_source_and_period(total, world):
    figure = queries.figure("problems_solved", world.county)
    assert [t.value for t in figure.reported] == [6]
    assert (figure.counted, figure.unit, figure.period, figure.source) == (
        None,
        "problem",
        "2025",
        SAID["source"],
    )
    act = Act.objects.get(name="total_reported")
    assert act.committee == world.county.path
    assert act.facts["value"] == 6


def test_totals_are_never_added_up_the_tree(total, world):
    assert queries.figure("problems_solved", world.city).reported == ()


def test_only_the_committees_own_officer_reports(world, monday):
    for actor in (world.leader, world.city_officer, world.neighbour_officer, world.member, world.auditor):
        with pytest.raises(NotYours):
            actions.report_total(world.county, "problems_solved", 6, by=actor, **SAID)
    assert actions.report_total(world.county, "problems_solved", 6, by=CLOCK, **SAID)


@pytest.mark.parametrize("lacking", ["period", "source"])
def test_a_total_without_source_or_period_is_refused(world, monday, lacking):
    with pytest.raises(ValidationError):
        actions.report_total(world.county, "problems_solved", 6, by=world.officer, **SAID | {lacking: " "})


def test_an_unknown_metric_is_refused(world, monday):
    with pytest.raises(ValidationError, match="没有"):
        actions.report_total(world.county, "smiles", 6, by=world.officer, **SAID)


def test_a_corrected_total_gives_its_place_to_the_new_one(total, world):
    actions.report_total(world.county, "problems_solved", 5, by=world.officer, replaces=total.code, **SAID)
    assert [t.value for t in queries.reported(world.county)] == [5]
    assert ReportedTotal.objects.count() == 2


def test_evidence_counts_only_what_the_committee_linked_itself(total, told, world):
    mine, theirs = told.confirm(), told.confirm(world.far_studio, world.neighbour_officer)
    actions.link_evidence(total, mine.subject, by=world.officer)
    actions.link_evidence(total, mine.subject, by=world.officer)  # a second time changes nothing
    with pytest.raises(ValidationError, match="本级政协自己的记录"):
        actions.link_evidence(total, theirs.subject, by=world.officer)
    with pytest.raises(ValidationError, match="本级政协自己的记录"):
        actions.link_evidence(total, "voice:0000000000", by=world.officer)
    with pytest.raises(NotYours):
        actions.link_evidence(total, theirs.subject, by=world.neighbour_officer)
    assert queries.reported(world.county).get().linked == 1
    assert Act.objects.filter(name="evidence_linked").count() == 1


def test_no_more_is_linked_than_the_total_says(told, world):
    one = actions.report_total(world.county, "problems_solved", 1, by=world.officer, **SAID)
    actions.link_evidence(one, told.confirm().subject, by=world.officer)
    with pytest.raises(ValidationError, match="已经附满"):
        actions.link_evidence(one, told.confirm().subject, by=world.officer)


def test_money_is_not_shown_by_single_records(told, world):
    money = actions.report_total(
        world.county, "public_money", 200000, by=world.officer, **SAID | {"unit": "yuan"}
    )
    with pytest.raises(ValidationError, match="附不了"):
        actions.link_evidence(money, told.confirm().subject, by=world.officer)


def test_a_reader_sees_the_linked_records_they_may_see(total, told, world):
    from shangliang.base.people.actor import STRANGER

    actions.link_evidence(total, told.confirm().subject, by=world.officer)
    totals = list(queries.reported(world.county))
    [seen] = boards.shown(totals, world.officer)
    assert (len(seen.seen), seen.unseen, seen.linked) == (1, 0, 1)
    [unseen] = boards.shown(totals, STRANGER)
    assert (len(unseen.seen), unseen.unseen, unseen.linked) == (0, 1, 1)


def test_posting_figures_anew_leaves_reported_totals_and_evidence(total, told, world):
    actions.link_evidence(total, told.confirm().subject, by=world.officer)
    actions.repost()
    assert ReportedTotal.objects.count() == 1
    assert Evidence.objects.count() == 1
