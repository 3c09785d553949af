"""The numbers on rails: the question is put together once, its answer is always today's."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from shangliang.base import clock
from shangliang.base.journal.pages import lengths

pytestmark = pytest.mark.django_db


def session(key):
    return Session.objects.create(session_key=key, session_data="", expire_date=now() + timedelta(days=1))


@pytest.fixture
def composed():
    """How often a question was put together, by its name."""
    return []


@pytest.fixture
def ask(composed):
    def ask(whose, rows):
        def lists():
            composed.append(whose)
            return {"rows": rows(), "none": Session.objects.none()}

        return lengths("test_pages", whose, lists=lists)

    return ask


def test_a_question_put_together_once_counts_what_is_there_now(ask, composed):
    assert ask("a", Session.objects.all) == {"rows": 0, "none": 0}
    session("one")
    assert ask("a", Session.objects.all) == {"rows": 1, "none": 0}
    assert composed == ["a"]


def test_another_reader_and_another_day_have_questions_of_their_own(ask, composed):
    session("one")
    assert ask("b", lambda: Session.objects.filter(session_key="one"))["rows"] == 1
    assert ask("c", lambda: Session.objects.filter(session_key="two"))["rows"] == 0
    with clock.at(clock.now() + timedelta(days=1)):
        assert ask("b", lambda: Session.objects.filter(session_key="two"))["rows"] == 0
    assert composed == ["b", "c", "b"]


def test_a_question_that_rests_on_what_was_found_is_put_together_each_time(ask, composed):
    session("one")

    def newest():
        return Session.objects.filter(
            session_key__in=list(Session.objects.values_list("session_key", flat=True))
        )

    assert ask("d", newest)["rows"] == 1
    session("two")
    assert ask("d", newest)["rows"] == 2
    assert composed == ["d", "d"]


def test_no_more_than_a_hundred_are_counted_and_one_thing_once(ask):
    for n in range(105):
        session(f"s{n}")
    assert ask("e", Session.objects.all)["rows"] == 100
    assert ask("f", lambda: Session.objects.values("session_data").distinct())["rows"] == 1
