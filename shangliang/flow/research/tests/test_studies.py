"""A supervision by study: led by a special committee, closed only with evidence of what was put right."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.models import Act
from shangliang.flow.activities.tests import story as activities
from shangliang.flow.research import actions, queries

from .story import again, drafted, put_right, sent, study, submitted

pytestmark = pytest.mark.django_db


def test_a_special_committee_leads_it_and_studios_join(world):
    with pytest.raises(ValidationError, match="哪个专委会"):
        study(world, led_by="nobody")
    row = study(world)
    assert str(row.led_by) == "农业和农村委员会"
    assert queries.joined(row) == [world.studio]
    assert drafted(world, led_by=row.led_by.code).led_by is None  # a report is led by none


def test_conveners_of_studios_that_joined_read_it_once_it_is_handed_in(world):
    row = study(world)
    assert not queries.visible_to(world.deputy).exists()
    submitted(world, row, writers=(), went=())
    assert queries.research(row.code, world.deputy) == row
    assert row in queries.at_desk(world.deputy)
    assert not queries.visible_to(world.other_convener).exists()


def test_it_is_not_closed_without_something_put_right_and_evidence_for_each(world):
    row = sent(world, study(world))
    with pytest.raises(ValidationError, match="还没有记一项整改"):
        actions.close(row.code, by=world.officer, seen=None)
    bare = put_right(world, row, evidence=False, by="member", department=world.farms.code)
    put_right(world, row, words="河道清了两公里")
    with pytest.raises(ValidationError, match="有 1 项整改还没有凭据.*定了人"):
        actions.close(row.code, by=world.officer, seen=None)
    assert again(row).state == "sent"
    with pytest.raises(ValidationError, match="附上照片"):
        actions.show(row.code, by=world.officer, seen=None, correction=bare.code)
    held = activities.held(world)
    with clock.at(held.ends_at + timedelta(hours=2)):
        actions.show(row.code, by=world.member, seen=None, correction=bare.code, activity=held.code)
        row = actions.close(row.code, by=world.officer, seen=None)
        assert (row.state, row.closed_on) == ("closed", clock.today())
    assert Act.objects.get(subject=row.subject, name="research_closed").facts["put_right"] == 2
    with pytest.raises(NotNow):
        put_right(world, row)


def test_who_led_it_does_not_close_it_and_a_report_has_nothing_to_close(world):
    row = sent(world, study(world))
    put_right(world, row)
    with pytest.raises(NotYours):
        actions.close(row.code, by=world.member, seen=None)
    report = sent(world)
    for refused in (lambda: put_right(world, report), lambda: actions.close(report.code, by=world.officer,
                                                                            seen=None)):  # fmt: skip
        with pytest.raises(NotYours):
            refused()


def test_evidence_is_opened_by_who_reads_the_study(world):
    row = sent(world, study(world), writers=(), went=())
    made = put_right(world, row)
    for name in ("member", "deputy", "officer", "auditor"):
        assert queries.may_see_evidence([getattr(world, name)], made.code)
    for name in ("member2", "other_convener", "handler"):
        assert not queries.may_see_evidence([getattr(world, name)], made.code)


def test_studies_and_reports_have_numbers_of_their_own(world):
    assert [sent(world).number, sent(world, study(world)).number, sent(world).number] == [1, 1, 2]
