"""A studio's activity, from the plan to the public page; who joins, who comes, what is counted."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK, STRANGER
from shangliang.base.people.models import Post
from shangliang.flow.activities import actions, codes, queries, said
from shangliang.flow.activities.actions import Record
from shangliang.flow.activities.kinds import book, kinds
from shangliang.flow.activities.models import Activity, Measured, Participation
from shangliang.flow.studios.models import Studio
from stories.pages import photo

from .story import afterwards, announced, held, on_the_day, planned, planned_for


def told(row):
    return [act.name for act in Act.objects.filter(subject=row.subject).order_by("pk")]


def facts(row, name):
    return Act.objects.filter(subject=row.subject, name=name).order_by("pk").last().facts


def part(row, actor):
    return Participation.objects.get(activity=row, person=actor.key)


def test_every_kind_measures_what_the_book_names(world):
    assert len(kinds()) >= 24
    for kind in kinds().values():
        assert all(measure.name and measure.english for measure in kind.measures)
        assert not kind.counts or kind.counts in book().counts
    assert {key for key, kind in kinds().items() if kind.private} == {"dispute", "help_over_time"}


def test_from_the_plan_to_the_public_page(world):
    row = held(world, how={"photos": [photo()], "consent": "每一位当场问过"}, partners="县医院")
    assert facts(row, "activity_recorded")["free_clinic_visits"] == 34
    text = said.text(row, queries.measures([row])[row.pk], ["段委员"], 2)
    assert "会同县医院" in text
    assert "义诊34人次" in text
    with pytest.raises(NotYours):
        actions.publish(row.code, by=world.convener, seen=None, text=text, photos=True)
    actions.draft(row.code, by=world.convener, seen=None, text=text)
    row = actions.publish(row.code, by=world.officer, seen=None, text=text, photos=True, agreed=True)
    assert row.state == "published"
    assert queries.may_see_photos([STRANGER], row.code)
    assert row in queries.published(queries.public())
    row = actions.take_down(row.code, by=world.officer, seen=None)
    assert not queries.may_see_photos([STRANGER], row.code)
    assert actions.close(row.code, by=world.convener, seen=None).state == "closed"
    assert told(row)[-4:] == [
        "activity_drafted", "activity_published", "activity_taken_down", "activity_closed"
    ]  # fmt: skip


def test_uncovered_photos_are_shown_only_with_consent_stated(world):
    row = held(world, how={"photos": [photo()]})
    text = "周末义诊，看了三十四人次，县医院的委员都来了。"
    with pytest.raises(ValidationError, match="征得同意"):
        actions.publish(row.code, by=world.officer, seen=None, text=text, photos=True, agreed=True)
    actions.publish(row.code, by=world.officer, seen=None, text=text, photos=False)
    assert not queries.may_see_photos([STRANGER], row.code)
    assert queries.may_see_photos([world.member], row.code)
    assert not queries.may_see_photos([world.handler, world.other_member], row.code)


def test_announced_some_days_ahead_unless_it_is_recorded_afterwards(world):
    row = planned(world, days=1)
    with pytest.raises(ValidationError, match="提前 2 天"):
        actions.announce(row.code, by=world.convener, seen=row.version)
    flood = afterwards(world)
    assert (flood.state, flood.announced_on) == ("held", None)
    assert facts(flood, "activity_recorded") == {
        "kind": "moving_to_safety", "day": clock.local_day(flood.starts_at).isoformat(), "helpers": 0,
        "residents_moved_to_safety": 56, "members": [world.member.key], "lead": [world.convener.key],
        "afterwards": True,
    }  # fmt: skip
    with pytest.raises(Unseen):
        queries.activity(flood.code, STRANGER)  # until it is published


def test_a_planned_one_is_known_to_who_holds_it_alone(world):
    row = planned(world)
    for name in ("convener", "deputy", "officer", "leader", "auditor"):
        assert queries.activity(row.code, getattr(world, name)) == row
    for name in ("member", "other_convener", "handler", "neighbour_officer", "city_officer", "operator"):
        with pytest.raises(Unseen):
            queries.activity(row.code, getattr(world, name))
    actions.announce(row.code, by=world.convener, seen=row.version)
    assert queries.activity(row.code, STRANGER) == row


def test_mediation_and_help_stay_among_those_who_were_there(world):
    row = held(world, "dispute", measures={}, how={"outcome": "settled", "minutes": "两家都签了字"})
    for actor in (STRANGER, world.other_member, world.handler):
        with pytest.raises(Unseen):
            queries.activity(row.code, actor)
    assert queries.activity(row.code, world.member).outcome == "settled"
    with pytest.raises(NotNow, match="永不公开"):
        actions.publish(
            row.code, by=world.officer, seen=None, text="调解成了一起邻里纠纷，两家都满意。", photos=False
        )
    with pytest.raises(NotNow, match="永不公开"):
        actions.draft(row.code, by=world.officer, seen=None, text="调解成了一起邻里纠纷，两家都满意。")
    assert "签了字" not in str(list(Activity.objects.filter(pk=row.pk).values()))


def test_who_was_only_invited_reads_no_minutes(world):
    row = held(world, "dispute", measures={}, how={"outcome": "settled", "minutes": "两家都签了字"})
    for state in ("invited", "leave", "waiting", "absent", "signed"):
        Participation.objects.filter(activity=row, person=world.member.key).update(state=state)
        assert queries.activity(row.code, world.member) == row
        assert not queries.sees_record(world.member, row)
        assert not queries.may_see_photos([world.member], row.code)
    assert queries.sees_record(world.convener, row)
    assert queries.sees_record(world.auditor, row)


def test_no_studio_becomes_known_by_what_it_announces(world):
    row = announced(world)
    Studio.objects.filter(pk=row.studio_id).update(online="offline")
    for actor in (STRANGER, world.far_convener, world.handler):
        with pytest.raises(Unseen):
            queries.activity(row.code, actor)
    assert not queries.public().exists()
    assert queries.activity(row.code, world.other_member) == row
    assert queries.activity(row.code, world.officer) == row
    Studio.objects.filter(pk=row.studio_id).update(was_online=True)
    assert queries.activity(row.code, STRANGER) == row


def test_days_that_nobody_means_are_named_at_their_field(world):
    year_one = planned(world).starts_at.replace(year=1)
    for name, at in (("starts_at", year_one), ("ends_at", clock.now() + timedelta(days=800))):
        with pytest.raises(ValidationError) as wrong:
            planned(world, **{name: at})
        assert list(wrong.value.message_dict) == [name]


def test_a_series_of_another_committee_is_refused_at_its_field(world):
    far = actions.begin_series(world.neighbour, by=world.neighbour_officer, name="云岭义诊", form="series")
    with pytest.raises(ValidationError) as wrong:
        planned(world, series=far.code)
    assert list(wrong.value.message_dict) == ["series"]


def test_places_run_out_and_the_first_who_waits_moves_up(world):
    row = announced(world, places=1)
    assert actions.sign_up(row.code, by=world.member).state == "signed"
    assert actions.sign_up(row.code, by=world.member2).state == "waiting"
    assert actions.sign_up(row.code, by=world.deputy).state == "waiting"
    assert actions.sign_up(row.code, by=world.member2).state == "waiting"  # twice is once
    with pytest.raises(ValidationError, match="来不了"):
        actions.ask_leave(row.code, by=world.member, reason=" ")
    actions.ask_leave(row.code, by=world.member, reason="孩子发烧")
    assert [part(row, one).state for one in (world.member, world.member2, world.deputy)] == [
        "leave", "signed", "waiting"
    ]  # fmt: skip
    assert actions.sign_up(row.code, by=world.member).state == "waiting"  # back, behind the others
    assert "发烧" not in str(list(Participation.objects.values()))


def test_more_places_go_to_those_who_wait_until_it_begins(world):
    row = announced(world, places=1)
    for actor in (world.member, world.member2, world.deputy, world.convener):
        actions.sign_up(row.code, by=actor)
    actions.change(row.code, by=world.convener, seen=None, said=planned_for(places=3))
    assert [part(row, one).state for one in (world.member2, world.deputy, world.convener)] == [
        "signed", "signed", "waiting"
    ]  # fmt: skip
    Activity.objects.filter(pk=row.pk).update(places=4)  # a place that nobody was moved up to
    assert actions.sign_up(row.code, by=world.other_member).state == "waiting"  # behind who waits
    with on_the_day(row):
        with pytest.raises(NotNow, match="开始"):
            actions.ask_leave(row.code, by=world.member, reason="临时有事")
        with pytest.raises(NotNow, match="开始"):
            actions.sign_up(row.code, by=world.other_convener)
        actions.change(
            row.code,
            by=world.convener,
            seen=None,
            said=planned_for(places=9, starts_at=row.starts_at, ends_at=row.ends_at),
        )
        assert part(row, world.convener).state == "waiting"


def test_leave_is_no_absence(world):
    row = announced(world)
    for actor in (world.member, world.member2, world.deputy):
        actions.sign_up(row.code, by=actor)
    actions.ask_leave(row.code, by=world.member2, reason="出差")
    with clock.at(row.ends_at):
        how = Record(measures={"free_clinic_visits": 3}, came=[world.member.key])
        actions.record_held(row.code, by=world.convener, seen=None, said=how)
    assert [part(row, one).state for one in (world.member, world.member2, world.deputy)] == [
        "came", "leave", "absent"
    ]  # fmt: skip
    assert facts(row, "activity_recorded")["absent"] == [world.deputy.key]


def test_members_of_other_studios_and_counties_join_once_invited(world):
    row = announced(world)
    with pytest.raises(NotYours):
        actions.sign_up(row.code, by=world.far_convener)
    far = queries.members_of(committee=world.neighbour.path)
    assert actions.invite(row.code, by=world.convener, people=far) == len(far) > 0
    assert actions.invite(row.code, by=world.convener, people=far) == 0
    assert actions.sign_up(row.code, by=world.far_convener).state == "signed"
    farmers = queries.members_of(studio=world.other.code)
    assert world.other_member.key in farmers
    with pytest.raises(ValidationError, match="委员"):
        actions.invite(row.code, by=world.convener, people=[world.handler.key])
    with pytest.raises(NotYours):
        actions.invite(row.code, by=world.other_convener, people=farmers)


def test_what_is_to_be_studied_comes_first(world):
    actions.set_rules(
        world.county, by=world.officer, used=list(kinds()), study=["free_clinic"], notice_days=2
    )
    world.studio.committee.refresh_from_db()
    with pytest.raises(ValidationError, match="学什么"):
        planned(world)
    row = announced(world, study="《基层卫生健康便民惠民服务举措》")
    actions.sign_up(row.code, by=world.member)
    with on_the_day(row):
        token = codes.shown(row.code)
        with pytest.raises(ValidationError, match="要先学"):
            actions.arrive(row.code, by=world.member, token=token, at=clock.now())
        actions.study(row.code, by=world.member)
        actions.arrive(row.code, by=world.member, token=token, at=clock.now())
        assert actions.tick(row.code, by=world.convener, people=[world.member2.key, world.member.key]) == 1
    assert afterwards(world, "free_clinic", measures={"free_clinic_visits": 2}).study == ""


def test_a_committee_picks_its_kinds(world):
    used = [key for key in kinds() if key != "talk_rap"]
    with pytest.raises(NotYours):
        actions.set_rules(world.county, by=world.convener, used=used, study=[], notice_days=2)
    actions.set_rules(world.county, by=world.officer, used=used, study=[], notice_days=0)
    world.studio.committee.refresh_from_db()
    with pytest.raises(ValidationError, match="选一个类别"):
        planned(world, "talk_rap")
    assert announced(world, days=0.01).state == "announced"


def test_measures_are_asked_for_and_empty_is_not_zero(world):
    row = announced(world, "medicine_trip")
    with clock.at(row.ends_at):
        for measures, ask in (
            ({}, "服务群众"), ({"residents_served": -1}, "整数"), ({"patients_treated": 3}, "不量这一项"),
        ):  # fmt: skip
            how = Record(measures=measures, came=[world.member.key])
            with pytest.raises(ValidationError, match=ask):
                actions.record_held(row.code, by=world.convener, seen=None, said=how)
        how = Record(measures={"residents_served": 0, "medicine_value": None}, came=[world.member.key])
        actions.record_held(row.code, by=world.convener, seen=None, said=how)
    assert list(Measured.objects.values_list("key", "value")) == [("residents_served", 0)]


def test_a_mended_record_moves_the_figures_by_the_difference(world):
    row = held(world, "dispute", measures={}, how={"outcome": "not"})
    how = Record(measures={}, outcome="settled")
    actions.mend(row.code, by=world.convener, seen=None, said=how)
    assert facts(row, "activity_mended") == {"kind": "dispute", "outcome": "settled", "was": "not"}
    row = held(world)
    actions.mend(row.code, by=world.convener, seen=None, said=Record(measures={"free_clinic_visits": 30}))
    assert facts(row, "activity_mended") == {"kind": "free_clinic", "free_clinic_visits": -4}


def test_helpers_are_counted_and_their_names_kept_close(world):
    row = held(world, how={"helpers": "毛医生\n 尤护士 \n"})
    assert (row.helpers_count, facts(row, "activity_recorded")["helpers"]) == (2, 2)
    assert "毛医生" not in str(list(Activity.objects.filter(pk=row.pk).values()))
    assert str(queries.activity(row.code, world.officer).helpers) == "毛医生\n尤护士"


def test_seven_trips_of_a_series_add_up(world):
    series = actions.begin_series(world.county, by=world.convener, name="送医送药进山", form="series")
    with pytest.raises(ValidationError, match="已经有"):
        actions.begin_series(world.county, by=world.officer, name="送医送药进山", form="series")
    trips = (310, 208, 255, 190, 264, 230, 240)
    for number in trips:
        held(
            world,
            "medicine_trip",
            measures={"residents_served": number, "medicine_value": 7742},
            series=series.code,
        )
    rows = list(queries.members_of_series(series, world.officer))
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6, 7]
    assert queries.sums(series) == {"residents_served": 1697, "medicine_value": 54194}


def test_a_campaign_holds_activities_of_many_kinds(world):
    walk = actions.begin_series(world.county, by=world.officer, name="基层大走访", form="campaign")
    held(world, "grassroots_visit", measures={"residents_visited": 120}, campaign=walk.code)
    held(world, measures={"free_clinic_visits": 40}, campaign=walk.code)
    afterwards(world, campaign=walk.code)
    assert queries.sums(walk) == {
        "residents_visited": 120, "free_clinic_visits": 40, "residents_moved_to_safety": 56,
    }  # fmt: skip


def test_cancelled_with_a_reason(world):
    row = announced(world)
    actions.sign_up(row.code, by=world.member)
    with pytest.raises(ValidationError, match="为什么"):
        actions.cancel(row.code, by=world.convener, seen=None, words="")
    row = actions.cancel(row.code, by=world.convener, seen=None, words="广场那天要修路，改在下月")
    assert queries.activity(row.code, STRANGER).cancelled_why
    with pytest.raises(NotNow):
        actions.sign_up(row.code, by=world.member2)


def test_a_stale_page_changes_nothing(world):
    row = planned(world)
    actions.change(row.code, by=world.deputy, seen=row.version, said=planned_for(title="改到西街社区的义诊"))
    with pytest.raises(NotNow, match="刚处理过"):
        actions.announce(row.code, by=world.convener, seen=row.version)


def test_who_was_there_is_put_right_also_when_it_is_published(world):
    row = held(world, came=("member",), lead=("convener",))
    text = "周末义诊，看了三十四人次，县医院的委员都来了。"
    row = actions.publish(row.code, by=world.officer, seen=None, text=text, photos=False)
    wrong = {"person": world.member.key, "words": "那天没有来，勾错了"}
    with pytest.raises(NotYours):
        actions.strike(row.code, by=world.member2, **wrong)
    with pytest.raises(ValidationError, match="为什么"):
        actions.strike(row.code, by=world.convener, **wrong | {"words": "错"})
    assert queries.sees_record(world.member, row)
    actions.strike(row.code, by=world.convener, **wrong)
    assert not queries.sees_record(world.member, row)
    assert part(row, world.member).correction == wrong["words"]
    assert "勾错" not in str(list(Participation.objects.values()))
    with pytest.raises(NotNow, match="划掉了"):
        actions.strike(row.code, by=world.convener, **wrong)
    with pytest.raises(NotNow, match="至少要有一位"):
        actions.strike(row.code, by=world.convener, **wrong | {"person": world.convener.key})
    there = {"person": world.member2.key, "words": "当天在分诊台，漏勾了"}
    with pytest.raises(ValidationError, match="委员"):
        actions.add(row.code, by=world.convener, **there | {"person": world.handler.key})
    actions.add(row.code, by=world.convener, **there, lead=True)
    actions.add(row.code, by=world.convener, **wrong)  # he was there after all
    with pytest.raises(NotNow, match="到了"):
        actions.add(row.code, by=world.convener, **there)
    assert facts(row, "participation_added")["members"] == [world.member.key]
    assert [part(row, one).state for one in (world.member, world.member2)] == ["came", "came"]


def test_nobody_is_added_before_there_is_a_record_and_a_wrong_tick_is_struck(world):
    row = announced(world)
    there = {"person": world.member.key, "words": "扫了别人的码"}
    with pytest.raises(NotNow, match="照名单签到"):
        actions.add(row.code, by=world.convener, **there)
    with on_the_day(row):
        actions.tick(row.code, by=world.convener, people=[world.member.key])
        actions.strike(row.code, by=world.convener, **there)
        with pytest.raises(NotNow, match="划掉了"):
            actions.arrive(row.code, by=world.member, token=codes.shown(row.code), at=clock.now())
        actions.add(row.code, by=world.convener, **there | {"words": "扫的是他自己的"})
    assert part(row, world.member).state == "came"
    assert "members" not in facts(row, "participation_added")  # the record names them


def test_an_erased_account_leaves_no_reason_behind(world):
    row = announced(world)
    actions.sign_up(row.code, by=world.member)
    actions.ask_leave(row.code, by=world.member, reason="住院了")
    account = world.accounts["member"]
    for post in Post.objects.filter(holder=account):
        people.end_post(post, by=CLOCK.key, on=post.since)
    people.erase_account(account, by=CLOCK)
    people.finish_erasures()
    left = Participation.objects.get(activity=row)
    assert "删除" in str(left.reason)
    assert left.state == "leave"
