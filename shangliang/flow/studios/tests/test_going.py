"""A studio goes online with what its journal shows, level by level; is looked at each year; and stops with a
word for everybody who had to do with it."""

import secrets
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.models import Act
from shangliang.base.people.queries import actor_of
from shangliang.flow.studios import actions, levels, queries
from shangliang.flow.studios.models import Application, Studio
from stories.world_studios import opened

TODAY = clock.start_of(date(2026, 11, 23)) + timedelta(hours=10)


@pytest.fixture
def studio(world):
    """Open, not online; one reception of seven residents, and two."""
    one = opened(world, "河口委员工作室", convener="member2", seat="member")
    world.host = actor_of(world.accounts["member2"])
    with clock.at(TODAY):
        for n, day in ((7, date(2026, 11, 2)), (2, date(2025, 1, 5))):
            actions.hold_reception(
                one.code, by=world.officer, day=day, residents=n, members=[world.member.key]
            )
        yield one


def applied(studio, world, **more):
    said = {"why": "想在网上收话", "best": "路灯亮了"} | more
    return actions.apply(studio.code, by=world.host, seen=None, **said)


def team(studio):
    return {post.holder.key: "" for post in queries.members_of(studio)}


def test_an_application_takes_its_numbers_from_the_journal_and_they_open(world, studio):
    applied(studio, world)
    [made] = Application.objects.filter(studio=studio)
    numbers = {count.key: n for count, n in queries.counted(made)}
    assert (numbers["receptions"], numbers["residents"], numbers["voices"]) == (1, 7, 0)
    act = Act.objects.filter(name="studio_applied").last()
    assert (act.facts["receptions"], act.facts["since"]) == (1, "2025-11-23")
    behind = queries.acts_behind(studio, queries.COUNTS["receptions"], made.since, made.until)
    assert [one.day for one in behind] == [date(2026, 11, 2)]


def test_the_convener_chooses_the_span(world, studio):
    applied(studio, world, since=date(2025, 1, 1), until=date(2025, 12, 31))
    made = queries.last_application(studio)
    assert dict(made.counts)["residents"] == 2
    with pytest.raises(NotNow):
        applied(studio, world)


@pytest.mark.parametrize(
    ("since", "until"), [(date(2026, 5, 1), date(2026, 4, 1)), (date(2026, 5, 1), date(2027, 1, 1))]
)
def test_a_span_that_is_none(world, studio, since, until):
    with pytest.raises(ValidationError, match="时段写反了"):
        applied(studio, world, since=since, until=until)


def test_three_yeses_each_with_a_reason_and_who_said_it(world, studio):
    applied(studio, world)
    for by, state in ((world.leader, "city"), (world.city_officer, "province"),
                      (world.province_officer, "online")):  # fmt: skip
        moved = actions.approve(studio.code, by=by, seen=None, reason="材料齐")
        assert moved.online == state
    said = queries.last_application(studio).decisions.order_by("pk")
    assert [(one.level, one.passed, one.by) for one in said] == [
        ("county", True, world.leader.key),
        ("city", True, world.city_officer.key),
        ("province", True, world.province_officer.key),
    ]
    assert (moved.online_since, moved.recheck_due) == (date(2026, 11, 23), date(2027, 11, 23))
    assert queries.door(studio.code) == studio


def test_a_level_that_does_not_work_here_yet_is_left_out(world, studio):
    world.city.records_since = None
    world.city.save()
    applied(studio, world)
    assert actions.approve(studio.code, by=world.leader, seen=None, reason="够了").online == "province"


@pytest.mark.parametrize(
    ("own", "online", "after"),
    [("county", "applied", "city"), ("city", "applied", "province"), ("province", "applied", "online")],
)
def test_a_citys_own_studio_begins_with_the_city(world, own, online, after):
    line = {"county": [world.province, world.city, world.county], "city": [world.province, world.city],
            "province": [world.province]}[own]  # fmt: skip
    assert levels.following(line, online) == after


def test_the_city_sees_only_what_came_up_to_it(world, studio):
    assert studio not in queries.visible_to(world.city_officer)
    applied(studio, world)
    assert not queries.waiting_for_approval(world.city_officer)
    actions.approve(studio.code, by=world.leader, seen=None, reason="够了")
    assert list(queries.waiting_for_approval(world.city_officer)) == [studio]
    assert not queries.waiting_for_approval(world.province_officer)
    actions.approve(studio.code, by=world.city_officer, seen=None, reason="够了")
    assert not queries.waiting_for_approval(world.city_officer)
    assert studio in queries.visible_to(world.city_officer)


def test_a_no_says_what_to_mend_and_the_way_begins_anew(world, studio):
    applied(studio, world)
    actions.approve(studio.code, by=world.leader, seen=None, reason="够了")
    with pytest.raises(ValidationError, match="要补什么"):
        actions.refuse(studio.code, by=world.city_officer, seen=None, reason="接待少", mend=" ")
    refused = actions.refuse(
        studio.code, by=world.city_officer, seen=None, reason="接待少", mend="再接待三次"
    )
    assert (refused.online, refused.online_reason) == ("offline", "接待少。要补的：再接待三次")
    assert applied(studio, world).online == "applied"
    assert Application.objects.filter(studio=studio).count() == 2


# ── The yearly look ──
def test_a_year_on_the_net_is_listed_a_month_before_and_kept_with_a_reason(world):
    due = world.studio.recheck_due
    with clock.at(clock.start_of(due - timedelta(days=40))):
        assert not queries.rechecks_due(world.officer)
        with pytest.raises(NotNow, match="还没到年检的时候"):
            actions.recheck(world.studio.code, by=world.officer, seen=None, reason="都好")
    with clock.at(clock.start_of(due + timedelta(days=3))):
        assert world.studio in queries.rechecks_due(world.officer)
        assert not queries.rechecks_due(world.convener)
        kept = actions.recheck(world.studio.code, by=world.officer, seen=None, reason="件件有回音")
        assert kept.recheck_due == due.replace(year=due.year + 1) + timedelta(days=3)
        assert world.studio not in queries.rechecks_due(world.officer)


# ── For good ──
def test_nobody_is_forgotten_when_a_studio_closes(world):
    code, people = world.studio.code, team(world.studio)
    said = {"by": world.officer, "seen": None, "reason": "两室合一", "voices_go_to": "许委员接着办"}
    with pytest.raises(ValidationError, match="还没写.*去哪间"):
        actions.close(code, people_go=dict(list(people.items())[1:]), **said)
    with pytest.raises(ValidationError, match="别的工作室"):
        actions.close(code, people_go=people | {world.member.key: code}, **said)
    with pytest.raises(ValidationError, match="别的工作室"):
        actions.close(code, people_go=people | {world.member.key: world.far_studio.code}, **said)
    closed = actions.close(code, people_go=people | {world.member.key: world.other.code}, **said)
    act = Act.objects.filter(name="studio_closed").last()
    assert act.facts["seated"] == [world.member.key]
    assert set(act.facts["unseated"]) == {world.convener.key, world.deputy.key}
    assert "岳委员" in [post.holder.name for post in queries.members_of(world.other)]
    assert (closed.closed_on, closed.was_online, closed.recheck_due) == (clock.today(), True, None)


def test_who_booked_is_told_where_to_go(world):
    line = {"weekday": 3, "start": time(9), "end": time(10)}
    one = queries.door(world.studio.code)
    with clock.at(TODAY):
        actions.set_timetable(one.code, by=world.convener, seen=one.version, slots=[line])
        booked, _code = actions.book(
            one.code, day=date(2026, 11, 26), start=time(9), form_key=secrets.token_urlsafe(16),
            phone="13912345678",
        )  # fmt: skip
        actions.close(
            one.code, by=world.officer, seen=None, reason="两室合一", voices_go_to="农业界的接着办",
            people_go=team(one), successor=world.other.code,
        )  # fmt: skip
    booked.refresh_from_db()
    assert booked.state == "called_off"
    assert booked.reason == "两室合一（可以到农业界委员工作室去约）"
    assert booked.to_tell


def test_the_code_on_the_door_says_where_to_go_now(world, client):
    door = reverse("voices:door", args=[world.studio.code])
    actions.suspend(world.studio.code, by=world.officer, seen=None, reason="修房子")
    page = client.get(door)
    assert (page.status_code, "修房子" in page.text, "没办完的照样答复" in page.text) == (200, True, True)
    actions.close(
        world.studio.code, by=world.officer, seen=None, reason="两室合一", voices_go_to="农业界的接着办",
        people_go=team(world.studio), successor=world.other.code,
    )  # fmt: skip
    page = client.get(door).text
    assert "农业界委员工作室" in page
    assert reverse("voices:door", args=[world.other.code]) in page
    assert client.get(reverse("portal:studio", args=[world.studio.code])).status_code == 404


def test_a_studio_that_was_never_public_leaves_no_page_behind(world, client):
    hidden = opened(world, "没上过网的", convener="member2")
    actions.close(
        hidden.code, by=world.officer, seen=None, reason="不办了", voices_go_to="没有要交的",
        people_go=team(hidden),
    )  # fmt: skip
    assert client.get(reverse("voices:door", args=[hidden.code])).status_code == 404
    assert Studio.objects.get(pk=hidden.pk).was_online is False


# ── Model studios ──
def test_a_models_term_ends_by_itself(world):
    today = clock.today()
    one = actions.make_model(
        world.studio.code, by=world.officer, seen=None, reason="件件有回音", until=today + timedelta(days=5)
    )
    assert one.is_model(today)
    assert one.is_model(today + timedelta(days=5))
    assert not one.is_model(today + timedelta(days=6))
    with pytest.raises(ValidationError, match="以后的日子"):
        actions.make_model(world.studio.code, by=world.officer, seen=None, reason="再定", until=today)
    assert not actions.end_model(world.studio.code, by=world.officer, seen=None, reason="没人了").is_model(
        today
    )
    with pytest.raises(NotNow, match="不是示范点"):
        actions.end_model(world.studio.code, by=world.officer, seen=None, reason="没人了")


def test_the_office_is_told_of_a_recheck_in_its_month_once_a_year(world):
    due = world.studio.recheck_due
    with clock.at(clock.start_of(due - timedelta(days=31))):
        assert actions.tell_rechecks() == 0
    with clock.at(clock.start_of(due - timedelta(days=20))):
        near = queries.rechecks_near().count()
        assert (actions.tell_rechecks(), actions.tell_rechecks()) == (near, 0)
        act = Act.objects.get(name="studio_recheck_near", subject=world.studio.subject)
        assert (act.by, act.facts) == ("clock", {"due": due.isoformat()})
        actions.recheck(world.studio.code, by=world.officer, seen=None, reason="件件有回音")
    with clock.at(clock.start_of(due + timedelta(days=340))):
        actions.tell_rechecks()
    assert Act.objects.filter(name="studio_recheck_near", subject=world.studio.subject).count() == 2
