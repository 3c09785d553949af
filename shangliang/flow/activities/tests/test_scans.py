"""Check-in by the rotating code: at once, late, after the record."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.flow.activities import actions, codes
from shangliang.flow.activities.actions import Record

from .story import announced, held, on_the_day
from .test_activities import facts, part, told


def test_two_scans_one_attendance(world):
    row = announced(world)
    actions.sign_up(row.code, by=world.member)
    with on_the_day(row):
        token, now = codes.shown(row.code), clock.now()
        actions.arrive(row.code, by=world.member, token=token, at=now)
        actions.arrive(row.code, by=world.member, token=token, at=now)
        actions.arrive(row.code, by=world.member2, token=token, at=now)  # who did not sign up
    assert told(row).count("participation_came") == 2
    assert part(row, world.member).by_code


def test_a_code_is_good_for_a_minute_and_for_its_own_activity(world):
    row, other = announced(world), announced(world)
    with on_the_day(row):
        now = clock.now()
        for token, at in (
            (codes.shown(row.code, now - timedelta(seconds=150)), now),
            (codes.shown(other.code), now),
            ("0" * 16, now),
            ("二维码", now),
            (codes.shown(row.code, now + timedelta(minutes=5)), now + timedelta(minutes=5)),
        ):
            with pytest.raises(ValidationError, match="过时"):
                actions.arrive(row.code, by=world.member, token=token, at=at)
        actions.arrive(
            row.code, by=world.member, token=codes.shown(row.code, now - timedelta(seconds=45)), at=now
        )
    with pytest.raises(NotNow, match="两小时"):
        actions.arrive(row.code, by=world.member2, token=codes.shown(row.code), at=clock.now())


def test_a_late_scan_counts_once_the_organisers_tick_it(world):
    row = announced(world)
    actions.sign_up(row.code, by=world.member)
    seen = row.starts_at + timedelta(minutes=5)
    token = codes.shown(row.code, seen)
    with clock.at(seen + timedelta(minutes=9)):
        assert actions.arrive(row.code, by=world.deputy, token=token, at=seen).state == "came"
    with clock.at(seen + timedelta(minutes=11)):
        late = actions.arrive(row.code, by=world.member, token=token, at=seen)
        assert (late.state, late.late) == ("signed", True)
        actions.arrive(row.code, by=world.member2, token=token, at=seen)  # on no list until now
    with clock.at(row.ends_at + timedelta(hours=1)):
        how = Record(measures={"free_clinic_visits": 3}, came=[world.convener.key, world.member2.key])
        actions.record_held(row.code, by=world.convener, seen=None, said=how)
    assert part(row, world.member).state == "absent"
    assert (part(row, world.member2).state, part(row, world.member2).late) == ("came", True)
    assert world.member.key not in facts(row, "activity_recorded")["members"]


def test_after_the_record_who_was_there_is_ticked_not_scanned(world):
    row = held(world, came=())
    seen = row.starts_at + timedelta(minutes=5)
    token = codes.shown(row.code, seen)
    with clock.at(seen + timedelta(hours=23)):
        with pytest.raises(NotNow, match="请城关委员工作室在名单上补勾"):
            actions.arrive(row.code, by=world.member, token=token, at=seen)
        with pytest.raises(NotYours):
            actions.tick(row.code, by=world.member, people=[world.member.key])
        assert actions.tick(row.code, by=world.convener, people=[world.member.key]) == 1
    assert facts(row, "participation_came")["members"] == [world.member.key]
    other = announced(world)
    seen = other.starts_at
    with clock.at(seen + timedelta(hours=25)), pytest.raises(NotNow, match="过了一天"):
        actions.arrive(other.code, by=world.member, token=codes.shown(other.code, seen), at=seen)
