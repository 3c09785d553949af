"""Voices by what they are about: each counted once, in one part, also after somebody changed it."""

import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse

from shangliang.flow.voices import actions as voices
from shangliang.ledgers.figures import counting, queries, records
from shangliang.ledgers.figures.actions import repost
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.models import Tally
from shangliang.ledgers.figures.period import Period

from .conftest import count

NAME = "voices_by_topic"


def taken(told, by, **more):
    return voices.take_up(told.leave().code, by=by, seen=1, **more)


def parts(place):
    found = counting.parts(METRICS[NAME], place.path, Period())
    return {topic: n for topic, n in found.items() if n}


@pytest.fixture
def sorted_(told, world):
    """One of no topic; one of the city's upkeep; one that went from schools to transport; one taken back."""
    taken(told, world.officer)
    taken(told, world.officer, topic="city")
    moved = taken(told, world.officer, topic="education")
    voices.set_topic(moved.code, by=world.officer, seen=moved.version, topic="transport")
    later = taken(told, world.officer)
    later = voices.set_topic(later.code, by=world.officer, seen=later.version, topic="health")
    voices.set_topic(later.code, by=world.officer, seen=later.version, topic="")
    count()
    return moved


def test_each_is_counted_once_in_the_part_where_it_is_now(sorted_, world):
    assert parts(world.county) == {"city": 1, "transport": 1}
    assert queries.figures([NAME], world.county, Period())[0].counted == 2


def test_counties_make_up_the_city_and_the_records_make_up_the_number(sorted_, world):
    assert parts(world.city) == parts(world.county)
    found = records.records(NAME, world.county, actor=world.officer)
    assert sum(row.adds for row in found.rows) == 2
    assert 0 in [row.adds for row in found.rows], "what only changed its part adds nothing"


def test_counted_anew_from_the_journal_it_is_the_same(sorted_, world):
    before = sorted(Tally.objects.filter(metric__startswith=NAME).values_list("metric", "path", "day", "n"))
    repost()
    count()
    assert (
        sorted(Tally.objects.filter(metric__startswith=NAME).values_list("metric", "path", "day", "n"))
        == before
    )


def test_everybody_reads_the_parts_in_their_language_and_the_sheet_names_them(sorted_, world, client):
    caches["pages"].clear()
    page = client.get(reverse("figures:metric", args=[world.county.code, NAME])).text
    assert "城市管理" in page
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "City upkeep" in client.get(reverse("figures:metric", args=[world.county.code, NAME])).text
    del client.cookies[settings.LANGUAGE_COOKIE_NAME]
    client.force_login(world.accounts["officer"])
    sheet = client.get(reverse("figures:sheet", args=[world.county.code, NAME])).content.decode("utf-8-sig")
    assert "交通运输" in sheet
