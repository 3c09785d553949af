from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from shangliang.base.journal.models import Act
from shangliang.base.places import actions, queries
from shangliang.base.places.models import Committee, Department

SHAANXI = Path(actions.__file__).parent / "data" / "shaanxi_divisions.csv"


@pytest.fixture
def shaanxi(db):
    return actions.import_csv(SHAANXI.read_text("utf-8").splitlines(), by="clock")


def test_the_118_committees_of_shaanxi_enter_with_an_act_each(shaanxi):
    assert len(shaanxi) == 118
    assert Act.objects.filter(name="committee_entered").count() == 118
    assert Committee.objects.get(code="610482").path == "610000/610400/610482/"


def test_importing_twice_changes_nothing(shaanxi):
    assert actions.import_csv(SHAANXI.read_text("utf-8").splitlines(), by="clock") == []


def test_mine_and_below_is_a_range_of_paths(shaanxi):
    city = queries.committee("610400")
    under = Committee.objects.filter(**queries.below(city.path, "path"))
    assert under.count() == 1 + queries.children(city).count()
    assert all(c.path.startswith(city.path) for c in under)


def test_a_fault_is_told_by_its_line_and_nothing_is_taken(db):
    lines = ["code,name,level,parent_code", "990000,示例省,province,", "99010,示例市,city,990000"]
    with pytest.raises(ValidationError, match="第 3 行.*六位数字"):
        actions.import_csv(lines, by="clock")
    assert not Committee.objects.exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [("990101,清溪县,county,990000", "层级"), ("990101,清溪县,county,990100", "上级 990100 还没有登记")],
)
def test_a_county_hangs_under_a_city_that_is_there(db, line, words):
    with pytest.raises(ValidationError, match=words):
        actions.import_csv(["code,name,level,parent_code", "990000,示例省,province,", line], by="clock")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("990100,示例市", "第 3 行：要正好四格"),
        ("990100,示例市,city,990000,x", "第 3 行：要正好四格"),
        ("990100,a\0b,city,990000", "第 3 行.*地名"),
        (f"990100,{'市' * 41},city,990000", "第 3 行.*地名"),
        (f'990100,"{"市" * 200_000}', "读不下去"),
    ],
)
def test_a_line_that_is_none_is_refused(db, line, words):
    with pytest.raises(ValidationError, match=words):
        actions.import_csv(["code,name,level,parent_code", "990000,示例省,province,", line], by="clock")


def test_other_columns_are_refused_by_name(db):
    with pytest.raises(ValidationError, match="code,name,level,parent_code"):
        actions.import_csv(["name,code", "示例省,990000"], by="clock")


def test_a_closed_committee_leaves_its_code_free_but_stays_readable(world):
    actions.close_committee(world.neighbour, on=date(2026, 1, 1))
    with pytest.raises(Http404):
        queries.committee("990102")
    assert Committee.objects.filter(code="990102").exists()


def test_settings_have_presets_and_a_committee_may_differ(world):
    assert world.county.set("accept_days") == 3
    world.county.preferences = {"accept_days": 2}
    assert world.county.set("accept_days") == 2
    with pytest.raises(KeyError):
        world.county.set("no such setting")


def test_only_invented_places_are_samples(world, shaanxi):
    assert world.county.sample
    assert not queries.committee("610482").sample


def test_whether_records_are_kept_is_asked_of_the_tree(world, shaanxi):
    assert queries.keeps_records(world.province)
    assert not queries.keeps_records(queries.committee("610000"))


def test_departments_are_the_committees_own(world):
    assert set(queries.departments(world.neighbour)) == {world.far}
    assert actions.add(Department, world.county, "城管局") == world.lamps  # the same name gives the same one
