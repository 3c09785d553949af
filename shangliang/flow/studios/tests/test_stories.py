"""How a studio is planned, staffed, opened, found, and closed; how its receptions are counted."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places
from shangliang.base.places.models import LiaisonGroup, Sector
from shangliang.flow.studios import actions, queries
from shangliang.flow.studios.models import Slot, Studio
from shangliang.flow.studios.timetable import turns
from stories.world_studios import opened, passes_above, planned

TODAY = clock.start_of(date(2026, 11, 23)) + timedelta(hours=10)  # a Monday


def names(rows):
    return [one.name for one in rows]


def test_from_planned_to_online(world):
    studio = planned(world, "茶产业委员工作室", kind="industry")
    with pytest.raises(ValidationError, match="任命召集人、写地址、写开门时间"):
        actions.open_studio(studio.code, by=world.officer, seen=1)
    actions.edit(studio.code, by=world.officer, seen=1, address="茶园路 3 号", hours="周四上午")
    person = world.accounts["member2"]
    post = actions.appoint(
        studio.code, person, Role.CONVENER, by=world.officer, reason="种茶三十年", until=date(2031, 12, 31)
    )
    act = Act.objects.filter(name="convener_appointed", subject=f"person:{person.key}").last()
    assert act.facts["until"] == "2031-12-31"
    assert queries.reasons(studio) == {post.pk: "种茶三十年"}
    actions.open_studio(studio.code, by=world.officer, seen=2)
    with pytest.raises(Unseen):
        queries.door(studio.code)
    host = actor_of(person)
    actions.apply(studio.code, by=host, seen=1, why="茶农住得散", best="教会十户修枝")
    said = {"reason": "没人值班", "mend": "先排好值班"}
    refused = actions.refuse(studio.code, by=world.leader, seen=2, **said)
    assert (refused.online, refused.online_reason) == ("offline", "没人值班。要补的：先排好值班")
    actions.apply(studio.code, by=host, seen=3, why="排好了", best="教会十户修枝")
    passed = actions.approve(studio.code, by=world.leader, seen=4, reason="够了")
    assert passed.online == "city"
    passes_above(world, studio)
    assert queries.door(studio.code) == studio
    assert names(queries.search_place("茶园")[0]) == ["茶产业委员工作室"]


def test_a_reason_is_not_left_out(world):
    studio = queries.door(world.studio.code)
    with pytest.raises(ValidationError, match="理由"):
        actions.suspend(studio.code, by=world.officer, seen=studio.version, reason="  ")
    with pytest.raises(ValidationError, match="一件也不能丢"):
        actions.close(
            studio.code, by=world.officer, seen=studio.version, reason="并室", voices_go_to="", people_go={}
        )


def test_a_suspended_studio_has_a_page_and_no_door(world):
    studio = queries.door(world.studio.code)
    actions.suspend(studio.code, by=world.officer, seen=studio.version, reason="修房子")
    assert queries.studio(studio.code, world.neighbour_officer).state_reason == "修房子"
    with pytest.raises(Unseen):
        queries.door(studio.code)
    with pytest.raises(ValidationError, match="开着才行"):
        actions.hold_reception(
            studio.code, by=world.convener, day=clock.today(), residents=1, members=[world.member.key]
        )


def test_closing_ends_its_posts_and_its_page(world):
    studio = queries.door(world.studio.code)
    seen = studio.version
    closed = actions.close(
        studio.code,
        by=world.officer,
        seen=seen,
        reason="两室合一",
        voices_go_to="许委员接着办",
        people_go={post.holder.key: "" for post in queries.members_of(studio)},
        successor=world.other.code,
    )
    assert (closed.state, closed.online, closed.successor) == ("closed", "offline", world.other.code)
    assert all(post.until == clock.today() for post in queries.members_of(studio))
    assert Act.objects.filter(name="member_left", studio=studio.code).count() == 1
    assert Act.objects.filter(name="studio_taken_offline", studio=studio.code).count() == 1
    assert queries.search_place("草坪") == ([], None)


def test_what_was_offline_is_found_no_more(world):
    studio = world.studio
    actions.take_offline(studio.code, by=world.officer, seen=5, reason="没人值班")
    assert queries.search_place("草坪") == ([], None)
    assert names(queries.directory(world.county.path)) == ["农业界委员工作室"]
    assert studio in queries.visible_to(world.member)
    assert studio not in queries.visible_to(world.handler)


def test_found_by_two_characters_by_initials_and_step_by_step(world):
    assert names(queries.search_place("老县")[0]) == ["老县镇委员工作室"]
    assert names(queries.search_place("清溪")[0]) == ["农业界委员工作室", "城关委员工作室"]
    assert names(queries.search_place("nyj")[0]) == ["农业界委员工作室"]
    search.rebuild("studio")
    assert names(queries.search_place("草坪")[0]) == ["城关委员工作室"]
    assert queries.counts_by_path([world.city.path, world.county.path, world.neighbour.path]) == {
        world.city.path: 3,
        world.county.path: 2,
        world.neighbour.path: 1,
    }
    first = queries.directory(size=2)
    assert len(first) == 3
    assert names(queries.directory(after=first[1].code)) == ["老县镇委员工作室"]
    assert queries.kinds_under(world.city.path) == [("区域", 2), ("界别", 1)]


def test_a_new_convener_relieves_the_one_before(world):
    person = world.accounts["member2"]
    actions.appoint(world.studio.code, person, Role.CONVENER, by=world.officer, reason="轮换")
    with clock.at(clock.now() + timedelta(days=1)):
        held = [post.holder.name for post in queries.members_of(world.studio) if post.role == Role.CONVENER]
    assert held == ["何委员"]
    with pytest.raises(ValidationError, match="已经是"):
        actions.appoint(world.studio.code, person, Role.CONVENER, by=world.officer, reason="再来一次")


def test_only_members_within_reach_sit_in_a_studio(world):
    with pytest.raises(ValidationError, match="不是清溪县政协的委员"):
        actions.station(world.studio.code, world.accounts["far_convener"], by=world.officer)
    from stories.world_people import grant

    grant(world, "city_member", "冉委员", Role.MEMBER, committee=world.city)
    actions.station(world.studio.code, world.accounts["city_member"], by=world.officer)
    with pytest.raises(ValidationError, match="已经是"):
        actions.station(world.studio.code, world.accounts["city_member"], by=world.officer)
    with pytest.raises(NotYours):
        actions.station(world.studio.code, world.accounts["member2"], by=world.convener)
    actions.release(world.studio.code, world.member.key, Role.STATIONED, by=world.officer)
    assert Act.objects.filter(name="member_left").count() == 1


def test_two_of_one_name_need_the_sign_in_name(world):
    from stories.world_people import grant

    grant(world, "member3", "何委员", Role.MEMBER)
    with pytest.raises(ValidationError, match="登录名"):
        actions.find_member("何委员", world.county)
    assert actions.find_member("member3", world.county) == world.accounts["member3"]


def test_the_minimum_is_a_months_and_the_committees(world):
    studio = queries.door(world.studio.code)
    with clock.at(TODAY):
        assert queries.minimum_shortfall(studio) == 2
        for day in (date(2026, 11, 2), date(2026, 10, 31)):
            actions.hold_reception(
                studio.code,
                by=world.member,
                day=day,
                residents=8,
                members=[world.member.key, world.deputy.key],
            )
        assert queries.minimum_shortfall(studio) == 1
        assert queries.minimum_shortfall(studio, date(2026, 10, 5)) == 1
        assert queries.minimum_shortfall(studio, date(2026, 9, 5)) == 2
        studio.committee.preferences = {"receptions_a_month": 1}
        assert queries.minimum_shortfall(studio) == 0
    act = Act.objects.filter(name="reception_held").first()
    assert act.facts["residents"] == 8
    assert sorted(act.facts["members"]) == sorted([world.member.key, world.deputy.key])
    assert act.subject.startswith("reception:")


@pytest.mark.parametrize("who", ["other_convener", "leader", "auditor", "handler", "neighbour_officer"])
def test_who_may_not_write_down_a_reception(world, who):
    with pytest.raises(NotYours):
        actions.hold_reception(
            world.studio.code,
            by=getattr(world, who),
            day=clock.today(),
            residents=1,
            members=[world.member.key],
        )


def test_nobody_from_elsewhere_stands_in_the_record(world):
    with pytest.raises(ValidationError, match="到场的委员"):
        actions.hold_reception(
            world.studio.code,
            by=world.convener,
            day=clock.today(),
            residents=1,
            members=[world.other_member.key],
        )


def test_the_next_days_leave_out_public_holidays():
    weekly = Slot(pk=1, weekday=3, start=time(9), end=time(11, 30))
    monthly = Slot(pk=2, monthday=31, start=time(14), end=time(16))
    days = [turn.day for turn in turns([weekly, monthly], date(2026, 9, 28), most=3)]
    assert days == [date(2026, 10, 8), date(2026, 10, 15), date(2026, 10, 22)]  # 1 October is a holiday
    assert turns([monthly], date(2026, 9, 1), most=1)[0].day == date(2026, 10, 31)
    assert turns([weekly], date(2026, 10, 8))[0].hours == "9:00—11:30"


def test_the_conveners_keep_the_page_but_not_the_plate(world):
    seen = queries.door(world.studio.code).version
    with pytest.raises(NotYours, match="由政协干部改"):
        actions.edit(world.studio.code, by=world.convener, seen=seen, name="我家工作室")
    actions.edit(world.studio.code, by=world.deputy, seen=seen, motto="一条一条跟到底", town="城关镇")
    assert Act.objects.filter(name="studio_edited").last().facts["changed"] == ["motto"]
    with pytest.raises(TypeError):
        actions.edit(world.studio.code, by=world.officer, seen=seen + 1, state="closed")


def test_two_studios_of_one_name(world):
    with pytest.raises(ValidationError, match="同名"):
        planned(world, "城关委员工作室")
    with pytest.raises(NotYours):
        actions.plan(world.county, by=world.convener, name="", kind="area")


def test_coverage_names_who_is_in_none(world):
    found = queries.coverage(world.county.path)
    assert (found.members, found.stationed, found.without) == (6, 2, 1)
    assert [person.name for person in queries.in_no_studio(world.county.path)] == ["何委员"]
    actions.station(world.studio.code, world.accounts["member2"], by=world.officer)
    assert queries.coverage(world.county.path).without == 0


def test_a_seat_in_another_countys_studio_counts(world):
    """Members serve near home, in any studio."""
    from stories.world_people import grant

    grant(world, "near", "冉委员", Role.MEMBER, committee=world.city)
    assert "冉委员" in [person.name for person in queries.in_no_studio(world.city.path)]
    actions.station(world.studio.code, world.accounts["near"], by=world.officer)
    assert "冉委员" not in [person.name for person in queries.in_no_studio(world.city.path)]


def test_sectors_and_towns_that_no_open_studio_reaches(world):
    for name in ("教育界", "医药界"):
        places.add(Sector, world.county, name)
    for name in ("城关镇联络组", "青山镇联络组"):
        places.add(LiaisonGroup, world.county, name)
    assert [gap.name for gap in queries.sectors_without(world.county)] == ["医药界", "教育界"]
    assert [gap.name for gap in queries.towns_without(world.county)] == ["青山镇"]
    studio = queries.door(world.studio.code)
    actions.suspend(studio.code, by=world.officer, seen=studio.version, reason="修房子")
    assert [gap.name for gap in queries.towns_without(world.county)] == ["城关镇", "青山镇"]


def test_a_town_is_compared_by_its_whole_name(world):
    for name in ("河镇联络组", "清河镇联络组", "草坪村联络组"):
        places.add(LiaisonGroup, world.county, name)
    studio = queries.door(world.studio.code)
    actions.edit(studio.code, by=world.officer, seen=studio.version, area="清河镇（东街、西街）、草坪村")
    assert [gap.name for gap in queries.towns_without(world.county)] == ["河镇"]


def test_a_sector_studio_says_of_which_sector(world):
    with pytest.raises(ValidationError, match="是哪个界别") as refused:
        planned(world, "教育界委员工作室", kind="sector")
    assert list(refused.value.message_dict) == ["sector"]
    studio = queries.door(world.other.code)
    with pytest.raises(ValidationError, match="是哪个界别"):
        actions.edit(studio.code, by=world.officer, seen=studio.version, sector=None)
    area = queries.door(world.studio.code)
    with pytest.raises(ValidationError, match="是哪个界别"):
        actions.edit(area.code, by=world.officer, seen=area.version, kind="sector")
    far = planned(world, "界别工作室", kind="sector", committee=world.neighbour, officer="neighbour_officer")
    assert far.sector is None  # no sector stands there to be chosen


def test_one_planned_before_it_was_asked_is_named_and_cannot_open_without(world):
    old = planned(world, "教育界委员工作室", kind="sector", sector=places.add(Sector, world.county, "教育界"))
    Studio.objects.filter(pk=old.pk).update(sector=None)
    assert [one.name for one in queries.of_unnamed_sector(world.county)] == ["教育界委员工作室"]
    with pytest.raises(ValidationError, match="写明是哪个界别"):
        actions.open_studio(old.code, by=world.officer, seen=None)
    Studio.objects.filter(pk=world.other.pk).update(sector=None)
    studio = queries.door(world.other.code)
    actions.edit(studio.code, by=world.other_convener, seen=studio.version, motto="地里的事")  # not theirs


def test_who_sees_what(world):
    hidden = opened(world, "没上线的工作室", convener="member2")
    seers = {"officer", "leader", "auditor", "member", "convener", "other_convener", "other_member"}
    for who in (*seers, "handler", "operator", "neighbour_officer", "city_officer", "province_officer"):
        rows = queries.visible_to(getattr(world, who))
        assert (hidden in rows) == (who in seers), who
        assert world.studio in rows
    assert hidden in queries.at_desk(world.auditor)
    assert hidden not in queries.at_desk(world.convener)
    assert world.studio in queries.at_desk(world.convener)


def test_an_old_record_keeps_its_day(world):
    with clock.at(datetime(2026, 11, 23, 4, tzinfo=clock.SHANGHAI)):
        made = opened(world, "早上开的工作室", convener="member2")
    act = Act.objects.filter(name="studio_opened", subject=f"studio:{made.code}").get()
    assert clock.local_day(act.at) == date(2026, 11, 23)
    assert Studio.objects.get(pk=made.pk).state == "open"
