"""The minutes of a consultation on paper."""

import pytest

from shangliang.base.paper.press import printed
from shangliang.base.paper.tests import reading
from shangliang.flow.consultations import queries, sheets
from shangliang.flow.consultations.models import Point
from stories import world_topics


@pytest.fixture
def topic(world):
    return world_topics.minuted(world, world_topics.opened(world))


def said(topic):
    return sheets.minutes(topic, queries.meetings(topic), queries.points(topic), {})


def test_whoever_reads_the_topic_has_its_minutes_as_a_sheet(client, topic, world):
    answer = client.get(f"/consultations/{topic.code}/minutes/")
    assert answer["Content-Type"] == "application/pdf"
    words = reading.text(answer.content)
    points = [one.words for one in queries.points(topic)]
    assert len(points) == 3
    for wanted in (topic.title, "草坪村院坝", "段委员", "另有14人", "二、商定的", "三、没有商定的", *points):
        assert "".join(wanted.split()) in words
    assert f"/consultations/{topic.code}/minutes/" in client.get(f"/consultations/{topic.code}/").text


def test_before_there_are_minutes_there_is_no_sheet(client, world):
    opened = world_topics.opened(world)
    assert client.get(f"/consultations/{opened.code}/minutes/").status_code == 404


def test_its_pages_stand_on_the_standards_grid(topic):
    """GB/T 9704-2012: margins 37, 35, 28, 26 mm, 22 lines of 28 characters, lines 28.99 pt apart."""
    Point.objects.bulk_create(
        Point(consultation=topic, agreed=True, words="水渠两岸住着人家" * 60) for _n in range(4)
    )
    found = reading.grid(printed(sheets.MINUTES, said(topic)), 1)
    assert (found.lines, found.characters) == (22, 28)
    assert (found.left, found.right) == (pytest.approx(28, abs=0.1), pytest.approx(26, abs=0.1))
    assert (found.pitch, found.advance) == (pytest.approx(28.99, abs=0.02), pytest.approx(15.79, abs=0.02))
    half = 28.99 / 2 / reading.MM
    assert (found.first - half, found.last - half) == (pytest.approx(37, abs=0.3), pytest.approx(35, abs=0.3))


def test_rare_characters_are_not_blank(topic):
    rare = "镕堃喆玥旻昇翀犇赟"
    Point.objects.create(consultation=topic, agreed=False, words=f"{rare}家门口的灯")
    assert reading.inked(printed(sheets.MINUTES, said(topic)), rare)
