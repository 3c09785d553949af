"""The public list of what is late: by who has it, each number opening, nothing private told."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.people.actor import STRANGER
from shangliang.flow.voices import actions
from shangliang.flow.voices.tests.conftest import moment

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
LEFT, NAMED = date(2026, 11, 23), date(2026, 12, 14)


def late(world, n, *, public=False, department=None, studio=None):
    """Voices left on 23 November that nobody answered, at a department or still with the studio."""
    found = []
    with clock.at(moment(LEFT)):
        for number in range(n):
            words = f"第 {number} 件：巷口的路灯半个月不亮，娃娃摸黑"
            voice, _code = actions.leave(
                studio or world.studio,
                by=STRANGER,
                words=words,
                form_key=f"{studio}{department}{public}{number}",
                public=public,
            )
            actions.take_up(voice.code, by=world.officer, seen=1)
            if public:
                actions.show(voice.code, by=world.officer, seen=1)
            if department:
                actions.assign(voice.code, by=world.officer, seen=None, department=department)
            found.append(voice)
    return found


def climbed():
    for day in (8, 10, 14):
        with clock.at(moment(date(2026, 12, day))):
            actions.climb()


def look(client, **query):
    with clock.at(moment(NAMED, 11)):
        return client.get(reverse("portal:overdue"), query)


def test_each_holder_with_a_number_that_opens_to_its_voices(world, client):
    [shown] = late(world, 1, public=True, department=world.lamps)
    [hidden] = late(world, 1, department=world.lamps)
    late(world, 1)
    assert "现在没有列着的" in look(client).text
    climbed()
    page = look(client).text
    assert page.index("城管局") < page.index(world.studio.name)  # two, then one
    assert "2 件" in page
    assert "最久超 5 个工作日" in page
    opened = look(client, under="990101", by=f"department:{world.lamps.code}").text
    assert reverse("voices:voice", args=[shown.code]) in opened
    hidden.refresh_from_db()
    assert hidden.number in opened
    assert "第 0 件" in opened  # the shown one's
    assert opened.count("第 0 件") == 1, "no word of the one that is private"
    assert hidden.code not in opened
    with clock.at(moment(NAMED, 12)):
        for voice in (shown, hidden):
            actions.answer(voice.code, by=world.handler, seen=None, words="灯修好了，晚了几天。")
    assert "城管局" not in look(client).text
    assert "办了就撤下了" in look(client, under="990101", by=f"department:{world.lamps.code}").text


def test_upper_places_see_what_lies_below(world, client):
    late(world, 2, department=world.lamps)
    climbed()
    for code in ("990000", "990100", "990101"):
        assert "城管局" in look(client, under=code).text
    assert "城管局" not in look(client, under="990102").text
    assert look(client, under="000000").status_code == 404
    assert look(client, under="990101", by="x" * 90).status_code == 200


def test_a_page_at_a_time_the_longest_late_first(world, client):
    late(world, 23, department=world.lamps)
    climbed()
    by = {"under": "990101", "by": f"department:{world.lamps.code}"}
    first = look(client, **by)
    more = first.text.split("&amp;after=")[1].split('"')[0]
    assert first.text.count("一件没有公开的留言") == 20
    assert look(client, **by, after=more).text.count("一件没有公开的留言") == 3


def test_as_many_queries_for_one_as_for_fifty(world, client):
    def cost():
        with CaptureQueriesContext(
            connection,
        ) as found:
            look(client, under="990101", by=f"department:{world.lamps.code}")
            look(client)
        return len(found)

    late(world, 1, department=world.lamps)
    climbed()
    one = cost()
    late(world, 50, public=True, department=world.lamps)
    climbed()
    assert cost() == one
