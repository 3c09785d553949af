"""Database or disk away: a page that says so, asks nothing, keeps what was typed; and what is no outage."""

import errno
import sqlite3

import pytest
from django.contrib.messages import success
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.test import Client

from shangliang.base.ui import views
from shangliang.base.ui.outage import is_outage

from .test_frames import ask


def caused(fault, **about):
    """The fault as Django raises it: from the driver's own."""
    cause = sqlite3.OperationalError("said") if "sqlite_errorcode" in about else Exception("said")
    for name, value in about.items():
        setattr(cause, name, value)
    fault.__cause__ = cause
    return fault


@pytest.mark.parametrize(
    ("fault", "outage"),
    [
        (caused(OperationalError("locked"), sqlite_errorcode=sqlite3.SQLITE_BUSY), True),
        (caused(OperationalError("a stale snapshot"), sqlite_errorcode=sqlite3.SQLITE_BUSY | 2 << 8), True),
        (caused(OperationalError("full"), sqlite_errorcode=sqlite3.SQLITE_FULL), True),
        (caused(OperationalError("no such table"), sqlite_errorcode=sqlite3.SQLITE_ERROR), False),
        (caused(OperationalError("terminating connection"), sqlstate="57P01"), True),
        (caused(InternalError("read-only transaction"), sqlstate="25006"), True),
        (caused(InternalError("something else"), sqlstate="25001"), False),
        (InterfaceError("the connection is closed"), True),
        (OSError(errno.ENOSPC, "no space left"), True),
        (OSError(errno.ENOENT, "no such file"), False),
        (ValueError("ours"), False),
        (None, False),
    ],
    ids=str,
)
def test_an_outage_is_told_from_a_fault_of_ours(fault, outage):
    assert is_outage(fault) is outage


def answered(fault, request):
    try:
        raise fault
    except Exception:
        return views.broken(request)


def test_an_outage_asks_nothing_and_keeps_what_was_typed(django_assert_num_queries, db):
    request = ask("post", data={"words": "写了很久的一段话"})
    with django_assert_num_queries(0):
        answer = answered(InterfaceError("gone"), request)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    page = answer.content.decode()
    assert "写了很久的一段话" in page
    assert "不会重复" in page
    assert page.count("<html") == page.count("<h1") == page.count("<main") == 1


def test_who_only_looks_is_not_told_of_what_they_typed():
    page = answered(InterfaceError("gone"), ask()).content.decode()
    assert "过一会儿" in page
    assert "您写的" not in page


def test_what_is_no_outage_stays_500():
    assert answered(ValidationError("ours"), ask()).status_code == 500


def test_a_success_that_was_taken_back_is_not_told_on_the_next_page():
    request = ask("post", data={"words": "话"})
    request._messages = CookieStorage(request)
    success(request, "发出去了")
    answer = answered(OperationalError("the commit failed"), request)
    request._messages.update(answer)
    assert not answer.cookies


@pytest.fixture
def away(db):
    """The database answers nothing, from now on."""

    def refuse(*args, **kwargs):
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("path", ["/", "/voices/7k2m0qxt9d/", "/desk/", "/work/", "/accounts/login/"])
def test_a_site_without_its_database_says_so_on_every_door(away, path):
    browser = Client(raise_request_exception=False)
    browser.cookies["sessionid"] = "a-session-that-would-be-looked-up"
    answer = browser.post(path, {"login": "x", "password": "secret"})
    assert answer.status_code in (405, 503)
    assert "secret" not in answer.text
    answer = browser.get(path)
    assert answer.status_code in (200, 503)  # the sign-in page asks nothing
    assert answer.status_code == 200 or answer["Retry-After"]
