"""What is registered of a studio: its home, its zones, its liaison group, with whom it shares; and a
county's own checklists."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.models import Act
from shangliang.base.places import queries as places
from shangliang.flow.studios import actions, queries
from stories.world_studios import online, planned


def edit(world, by=None, **page):
    one = queries.door(world.studio.code)
    return actions.edit(one.code, by=by or world.officer, seen=one.version, **page)


def town(world, name="城关镇", zones=("城东片区", "城西片区"), by=None):
    return actions.enter_town(world.county, by=by or world.officer, name=name, zones=list(zones))


def test_a_home_stands_over_a_countys_studios_one_to_a_county(world, client):
    home = online(world, "清溪县委员之家", kind="home", convener="member2")
    with pytest.raises(ValidationError, match="已经有一个委员之家"):
        planned(world, "又一个之家", kind="home")
    assert [one.name for one in queries.under_home(home)] == ["城关委员工作室", "农业界委员工作室"]
    page = client.get(reverse("portal:studio", args=[home.code])).text
    assert "农业界委员工作室" in page
    assert "老县镇委员工作室" not in page
    below = client.get(reverse("portal:studio", args=[world.studio.code])).text
    assert reverse("portal:studio", args=[home.code]) in below


def test_towns_and_zones_are_entered_once_and_coverage_counts_them(world):
    group = town(world)
    assert town(world, zones=["城东片区", "城南片区"]) == group
    assert [zone.name for zone in places.zones(world.county)] == ["城东片区", "城南片区", "城西片区"]
    names = [act.name for act in Act.objects.order_by("pk")][-4:]
    assert names == ["town_entered", "zone_entered", "zone_entered", "zone_entered"]
    [east] = [zone for zone in places.zones(world.county) if zone.name == "城东片区"]
    edit(world, zones=[east.code])
    assert [gap.name for gap in queries.zones_without(world.county)] == ["城关镇城南片区", "城关镇城西片区"]
    with pytest.raises(NotYours):
        town(world, by=world.convener)
    with pytest.raises(ValidationError, match="写了两遍"):
        town(world, zones=["城北", "城北"])


def test_a_town_whose_group_is_one_with_a_studio_is_covered(world):
    group = town(world, name="青山镇", zones=())
    assert [gap.name for gap in queries.towns_without(world.county)] == ["青山镇"]
    edit(world, liaison_group=group)
    assert queries.towns_without(world.county) == []


def test_what_belongs_to_another_county_is_not_taken(world):
    far = actions.enter_town(world.neighbour, by=world.neighbour_officer, name="老县镇", zones=["河东"])
    with pytest.raises(ValidationError, match="本级政协自己的"):
        edit(world, liaison_group=far)
    [zone] = places.zones(world.neighbour)
    with pytest.raises(ValidationError, match="登记过的片区"):
        edit(world, zones=[zone.code])
    with pytest.raises(NotYours):
        edit(world, by=world.convener, zones=["x"])


def test_the_page_says_what_is_registered(world, client):
    group = town(world)
    edit(
        world, shared_with="社区党群服务中心", twin="https://qingxi.example/studio", liaison_group=group,
        zones=[zone.code for zone in places.zones(world.county)],
    )  # fmt: skip
    actions.make_model(
        world.studio.code, by=world.officer, seen=None, reason="件件有回音", until=date(2040, 1, 1)
    )
    page = client.get(reverse("portal:studio", args=[world.studio.code])).text
    said = ["社区党群服务中心", "https://qingxi.example/studio", "城关镇联络组", "城关镇城东片区"]
    assert [words for words in [*said, "示范点", "件件有回音"] if words not in page] == []


# ── A checklist of the county's own ──
def own(world, *, by=None, **more):
    said = {"name": "三亮", "items": ["亮牌子", " 亮人 ", ""], "based_on": "sample_hearing"} | more
    return actions.write_standards(world.county, by=by or world.officer, **said)


def test_a_county_writes_its_own_checklist_picks_it_and_marks_by_it(world):
    made = own(world)
    assert (made.edition, made.items, made.based_on) == (1, ["亮牌子", "亮人"], "sample_hearing")
    actions.choose_standards(world.county, by=world.officer, keys=[made.key])
    world.studio.committee.refresh_from_db()
    actions.mark(world.studio.code, by=world.convener, standard=made.key, item="亮人", standing="missing")
    [score] = queries.scores(world.studio)
    assert (score.list.name, score.list.place, [item for item, _mark in score.rows]) == (
        "三亮", "清溪县政协", ["亮牌子", "亮人"],
    )  # fmt: skip


def test_the_next_edition_keeps_the_marks_of_items_that_kept_their_words(world):
    made = own(world)
    actions.choose_standards(world.county, by=world.officer, keys=[made.key])
    world.studio.committee.refresh_from_db()
    actions.mark(world.studio.code, by=world.convener, standard=made.key, item="亮人", standing="missing")
    with pytest.raises(NotNow, match="别人刚改过"):
        own(world, key=made.key, items=["亮人"])
    own(world, key=made.key, items=["亮人", "亮时间"], seen=1)
    [score] = queries.scores(world.studio)
    assert score.list.edition == 2
    assert [(item, mark is not None) for item, mark in score.rows] == [("亮人", True), ("亮时间", False)]
    assert [one.edition for one in queries.own_editions(world.county, made.key)] == [2, 1]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"name": "一"}, "起个名字"),
        ({"items": []}, "一行一项"),
        ({"items": ["有码", "有码"]}, "一行一项"),
        ({"items": ["长" * 41]}, "不超过四十个字"),
        ({"key": "xixiang_haves"}, "没有「xixiang_haves」这套标准"),
    ],
)
def test_a_checklist_with_a_fault(world, more, words):
    with pytest.raises(ValidationError, match=words):
        own(world, **more)


def test_a_countys_own_is_no_other_countys(world):
    made = own(world)
    assert made.key not in queries.checklists_of(world.neighbour)
    with pytest.raises(ValidationError, match="没有「"):
        actions.choose_standards(world.neighbour, by=world.neighbour_officer, keys=[made.key])
    with pytest.raises(NotYours):
        own(world, by=world.convener)
