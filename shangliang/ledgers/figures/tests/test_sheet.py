"""The records behind a number as a file: those the reader may see, and how many it leaves out."""

import csv
import io

import pytest
from django.core.cache import caches
from django.urls import reverse

from shangliang.flow.voices import actions as voices

from .conftest import count


@pytest.fixture
def sheet(client, world):
    def get(metric="voices_confirmed_solved", who="", status=200, period=""):
        caches["pages"].clear()
        client.logout()
        if who:
            client.force_login(world.accounts[who])
        answer = client.get(reverse("figures:sheet", args=["990101", metric]), {"period": period})
        assert answer.status_code == status
        if status == 200:
            assert answer["Content-Disposition"].startswith("attachment")
            return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
        return []

    return get


def shown(told, world, **more):
    voice = told.confirm(public=True, **more)
    return voices.show(voice.code, by=world.officer, seen=voice.review_version)


def test_a_stranger_is_given_what_is_public_and_told_what_is_not(told, world, sheet):
    shown(told, world, words="=1+1 村口的路灯不亮了")
    told.confirm(words="只给工作室看的事")
    count()
    rows = sheet()
    assert rows[0][1:4] == ["群众说解决了", "2", "件"]
    assert rows[2][0] == "记录"
    titles = [row[0] for row in rows[3:]]
    assert titles[0].startswith("'=1+1")
    assert len(rows) == 5
    assert "另有 1 件" in titles[1]
    assert rows[3][5].startswith("http://testserver/voices/")
    assert "只给工作室看的事" not in str(rows)
    assert "只给工作室看的事" in str(sheet(who="officer"))
    assert "只给工作室看的事" not in str(sheet(who="neighbour_officer"))


def test_what_has_no_records_has_no_table(world, sheet):
    for metric in ("share_confirmed", "member_videos", "nothing"):
        sheet(metric, status=404)


def test_a_long_table_asks_in_pieces_and_says_where_it_ends(told, world, sheet, monkeypatch):
    for _n in range(5):
        shown(told, world)
    count()
    monkeypatch.setattr("shangliang.ledgers.figures.boards.PIECE", 2)
    assert len(sheet()) == 3 + 5
    monkeypatch.setattr("shangliang.ledgers.figures.boards.MOST", 6)
    rows = sheet()
    assert len(rows) == 3 + 4 + 1
    assert "没有列完" in rows[-1][0]


def test_as_many_questions_for_fifty_records_as_for_one(told, world, client, django_assert_num_queries):
    def asked(n):
        for _n in range(n):
            shown(told, world)
        count()
        caches["pages"].clear()
        from django.db import connections
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connections["default"]) as said:
            client.get(reverse("figures:sheet", args=["990101", "voices_confirmed_solved"]))
        return len(said)

    assert asked(1) == asked(10)
