"""What acts bring a member: by whom, how much, up to the year's cap, the same after posting anew."""

from datetime import UTC, date, datetime

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.acts import declared
from shangliang.base.people.actor import STRANGER
from shangliang.flow.consultations import actions as consultations
from shangliang.flow.studios import actions as studios
from shangliang.flow.voices import actions as voices
from shangliang.ledgers.points import actions, queries, tariff
from shangliang.ledgers.points.models import Entry
from stories import world_topics

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)
YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def receive(world, *members, day=date(2026, 11, 20)):
    return studios.hold_reception(
        world.studio.code, by=world.officer, day=day, residents=5, members=[m.key for m in members]
    )


def balance(member, actor=None):
    return queries.statement(member.key, *YEAR, actor=actor or member).balance


def rows():
    return list(Entry.objects.order_by("code").values_list("code", "member", "act_id", "rule", "points"))


def test_each_member_present_at_a_reception_gets_two_points(world):
    receive(world, world.member, world.convener)
    assert (balance(world.member), balance(world.convener)) == (200, 200)
    assert balance(world.member2) == 0


def test_the_years_cap_cuts_and_says_so(world):
    for _again in range(11):
        receive(world, world.member)
    found = queries.statement(world.member.key, *YEAR, actor=world.member)
    assert (found.balance, found.cut) == (2000, 200)
    assert [line.points for line in found.lines] == [200] * 10 + [0]
    assert found.lines[-1].balance == 2000


def test_a_new_year_starts_a_new_cap_and_brings_the_balance_forward(world):
    for _again in range(11):
        receive(world, world.member)
    with clock.at(datetime(2027, 1, 5, 2, tzinfo=UTC)):
        receive(world, world.member, day=date(2027, 1, 5))
        found = queries.statement(world.member.key, date(2027, 1, 1), date(2027, 12, 31), actor=world.member)
    assert (found.opening, found.earned, found.balance) == (2000, 200, 2200)


def test_before_the_first_tariff_nothing_is_earned(world):
    with clock.at(datetime(2025, 12, 31, 2, tzinfo=UTC)):
        receive(world, world.member, day=date(2025, 12, 31))
    assert not Entry.objects.exists()


def test_writing_down_a_word_on_a_visit_counts_for_the_member_not_for_the_officer(world):
    said = {"words": "东街的井盖松了，夜里响。", "consent": True, "said_on": date(2026, 11, 22)}
    voices.record_told(world.studio, by=world.member, channel="visit", form_key="a", **said)
    voices.record_told(world.studio, by=world.member, channel="phone", form_key="b", again=True, **said)
    voices.record_told(world.studio, by=world.officer, channel="visit", form_key="c", **said)
    assert balance(world.member) == 50
    assert Entry.objects.count() == 1


def test_a_members_topic_counts_once_it_is_opened(world):
    topic = consultations.raise_as_member(
        world.county, by=world.member2, title="小菜园缺水怎么办", question="搬迁户的小菜园谁来供水。"
    )
    assert not Entry.objects.exists()
    world_topics.start(world, topic)
    assert balance(world.member2) == 300


def test_the_first_post_shown_counts_once_a_consultation(world):
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "登记要快。")
    world_topics.said(world, topic, world.member, "公示也要快。")
    world_topics.said(world, topic, world_topics.guest(topic), "我家三块田都踩了。")
    assert [(e.member, e.points) for e in Entry.objects.filter(rule="post")] == [(world.member.key, 100)]


def test_an_adopted_recommendation_is_shared_equally_among_its_members(world):
    topic = world_topics.opened(world)
    for member in (world.member, world.member2, world.deputy):
        world_topics.said(world, topic, member, "", f"{member.name}的建议")
    [row] = world_topics.sent(world, topic, consultations.Draft("登记受损田块", world.farms.code, (1, 2, 3)))
    world_topics.answered(world, row)
    shares = Entry.objects.filter(rule="recommendation").values_list("points", flat=True)
    assert list(shares) == [100, 100, 100]
    assert tariff.called("simple").rule("recommendation").share(True, 7, 0) == 42  # the rest goes to nobody
    assert Entry.objects.filter(rule="meeting").count() == 2


def test_a_refused_recommendation_brings_nothing(world):
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "", "补偿")
    [row] = world_topics.sent(world, topic)
    world_topics.answered(world, row, "not")
    assert not Entry.objects.filter(rule="recommendation").exists()


def test_entries_posted_anew_equal_the_old_ones(world):
    for _again in range(3):
        receive(world, world.member, world.convener)
    topic = world_topics.opened(world)
    world_topics.said(world, topic, world.member, "登记要快。", "登记受损田块")
    world_topics.answered(world, world_topics.sent(world, topic)[0])
    before = rows()
    assert actions.repost() == len(before)
    assert rows() == before


def test_who_reads_a_statement(world):
    receive(world, world.member)
    for actor in (world.member, world.officer, world.leader, world.auditor):
        assert balance(world.member, actor) == 200
    line = queries.statement(world.member.key, *YEAR, actor=world.member).lines[0]
    strangers = (
        world.member2, world.convener, world.handler, world.neighbour_officer, world.city_officer,
        world.operator, STRANGER,
    )  # fmt: skip
    for actor in strangers:
        with pytest.raises(Unseen):
            balance(world.member, actor)
        with pytest.raises(Unseen):
            queries.entry(line.entry.code, actor=actor)
    assert queries.entry(line.entry.code, actor=world.officer).points == 200


def test_an_officer_has_no_statement(world):
    with pytest.raises(Unseen):
        balance(world.officer)


def test_every_kind_of_act_has_a_decision():
    for one in tariff.tariffs():
        if one.since is None:  # for trying out: in force nowhere
            continue
        brings = {rule.act for rule in one.rules}
        assert not brings & one.none - {"voice_recorded", "review_shown"}
        assert set(declared()) <= brings | one.none
