"""The pages under /data/."""

import gzip

import pytest
import yaml
from django.conf import settings
from django.core.cache import caches

from shangliang.base.people.actor import CLOCK
from shangliang.base.places import actions as places
from shangliang.base.places import queries as place_queries
from shangliang.base.places.models import Committee
from shangliang.ledgers.figures import actions, drawing, maps, names

from .conftest import count

SPEECHES = yaml.safe_load((settings.ROOT / "demo/seven_speeches.yaml").read_text("utf-8"))


@pytest.fixture
def shaanxi(world, monday):
    """The real committees, and what seven offices reported."""
    places.import_csv(places.SHAANXI.read_text("utf-8").splitlines(), by="clock")
    for row in SPEECHES["figures"]:
        more = {name: row[name] for name in ("at_least", "derived", "stated", "where", "note") if name in row}
        actions.report_total(
            place_queries.committee(row["code"]), row["metric"], row["value"], by=CLOCK, unit=row["unit"],
            period=row["period"], source="各界导报", **more,
        )  # fmt: skip
    count()
    return world


def text(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_each_reported_figure_stands_on_its_committees_page(client, shaanxi):
    for code in {row["code"] for row in SPEECHES["figures"]}:
        page = text(client, f"/data/{code}/")
        assert "未在本平台办理" in page
        for row in (row for row in SPEECHES["figures"] if row["code"] == code):
            assert f"{row['value']:,}" in page
            assert names.period(row["period"]) in page
            opened = text(client, f"/data/{code}/{row['metric']}/")
            assert "各界导报" in opened
            assert names.unit(row["unit"]) in opened


def test_every_name_and_remark_of_the_source_has_chinese_words():
    for row in SPEECHES["figures"]:
        assert names.known(row["metric"])
        assert names.label(row["metric"]) != row["metric"]
        assert names.unit(row["unit"]) != row["unit"]
        assert row["period"] in names.PERIODS
        for remark in ("where", "note"):
            assert row.get(remark, "") in {"", *names.SAID}, row[remark]


def test_nothing_reported_is_not_nought(client, shaanxi):
    page = text(client, "/data/610402/")
    assert "没有填报不等于 0" in page
    assert ">0<" not in page


def test_unlike_counts_stand_side_by_side_and_are_not_added(client, shaanxi):
    page = text(client, "/data/")
    assert "口径不同" in page
    assert "未填报" in page
    assert "15 间" not in page  # 平利县's eleven, two, one and one


def test_the_map_is_shown_with_its_review_number_or_as_a_sample_only(client, shaanxi, settings):
    """The pages kept for strangers are forgotten in between, as a restart with another setting would."""
    assert '<svg class="map"' not in text(client, "/data/")
    assert "彬州市" in text(client, "/data/")
    settings.DEMO = True
    caches["pages"].clear()
    assert "样图，未经审图" in text(client, "/data/")
    settings.DEMO, settings.MAP_REVIEW_NO = False, "陕S(2026)001号"
    caches["pages"].clear()
    page = text(client, "/data/")
    assert "审图号：陕S(2026)001号" in page
    assert 'aria-label="定边县：80 条以上"' in page
    assert 'aria-label="柞水县：口径不同"' in page
    assert 'aria-label="绥德县：未填报"' in page
    assert page.count('class="m0"') > 95
    assert "style=" not in page


def test_the_first_page_is_light(client, shaanxi, settings):
    settings.DEMO = True
    assert len(gzip.compress(text(client, "/data/").encode())) < 60_000


def test_the_shipped_map_holds_every_county_and_is_what_the_script_draws(shaanxi):
    drawn = maps.outlines("610000")
    counties = Committee.objects.filter(level="county", path__startswith="610000/")
    assert {place["code"] for place in drawn["places"]} == set(counties.values_list("code", flat=True))
    square = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    feature = {
        "properties": {"code": "1", "city_code": "1"},
        "geometry": {"type": "Polygon", "coordinates": [square]},
    }
    assert drawing.drawn([feature])["places"][0]["d"].startswith("M")


def test_the_sample_province_is_tiles_beside_its_table(client, shaanxi, told):
    told.confirm()
    count()
    page = text(client, "/data/")
    assert 'aria-label="清溪县：1 件"' in page
    assert "示例省本级" in page


def test_counted_figures_open_to_their_records(client, told, world):
    voice = told.confirm()
    count()
    page = text(client, "/data/990101/voices_confirmed_solved/")
    assert "另有 1 件没有公开" in page
    assert voice.title not in page
    client.force_login(world.accounts["officer"])
    assert voice.title in text(client, "/data/990101/voices_confirmed_solved/")
    assert "/data/990101/voices_confirmed_solved/" in text(client, "/data/990100/voices_confirmed_solved/")


def test_periods_and_unknown_names(client, told, world):
    told.leave()
    count()
    assert "2026年11月" in text(client, "/data/990101/voices_received/?period=2026-11")
    assert text(client, "/data/990101/voices_received/?period=2026-13")
    assert text(client, "/data/990101/?period=nonsense")
    text(client, "/data/990101/smiles/", 404)
    text(client, "/data/000000/", 404)


def test_few_people_are_not_told_apart_on_pages(client, told, world):
    from datetime import date

    from shangliang.flow.studios import actions as studios

    studios.hold_reception(
        world.studio.code, by=world.convener, day=date(2026, 11, 20), residents=3, members=[world.member.key]
    )
    count()
    assert "不到 10" in text(client, "/data/990101/residents_received/")


def test_every_page_asks_as_many_questions_however_much_there_is(
    client, told, world, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    addresses = ["/data/", "/data/990100/", "/data/990100/voices_received/"]
    told.leave()
    count()
    asked = []
    for address in addresses:
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        asked.append(len(few))
    for _again in range(15):
        told.leave()
    count()
    for address, number in zip(addresses, asked, strict=True):
        with django_assert_num_queries(number):
            client.get(address)
