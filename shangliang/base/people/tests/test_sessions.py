"""How long a session lasts, and everything that ends it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shangliang.base.people import actions, sessions
from shangliang.base.people.models import Person, Post

PASSWORD = "long enough 1"
DESK = "desk:queue"


@pytest.fixture
def later(monkeypatch):
    """Turns the server's clock on by minutes. It stands still in between: signing in takes a second now and
    then."""
    begun = sessions.now()

    def turn(minutes):
        monkeypatch.setattr(sessions, "now", lambda: begun + int(minutes * 60))

    turn(0)
    return turn


def sign_in(username):
    browser = Client()
    assert (
        browser.post(reverse("account_login"), {"login": username, "password": PASSWORD}).status_code == 302
    )
    return browser


def inside(browser, door=DESK):
    return browser.get(reverse(door)).status_code == 200


def test_staff_who_were_away_are_asked_again_and_members_are_not(world, later):
    officer, member = sign_in("officer"), sign_in("member2")
    later(29)
    assert inside(officer)
    later(58)
    assert inside(officer)
    later(89)
    assert not inside(officer)
    assert inside(member, "workbench:today")


def test_no_idle_limit_would_be_found_out(world, later, settings):
    """The planted fault: half an hour becomes a day."""
    settings.SESSION_IDLE_MINUTES = 24 * 60
    officer = sign_in("officer")
    later(60)
    assert inside(officer)


def test_twelve_hours_end_it_however_busy_one_was(world, later):
    browsers = {"officer": sign_in("officer"), "member2": sign_in("member2")}
    for minutes in range(20, 12 * 60, 20):
        later(minutes)
        assert inside(browsers["officer"])
    assert inside(browsers["member2"], "workbench:today")
    later(12 * 60)
    assert not inside(browsers["officer"])
    assert not inside(browsers["member2"], "workbench:today")


def written(browser, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        browser.get(address)
    return [q["sql"] for q in asked if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_being_seen_is_written_once_a_minute_and_never_for_strangers(world, later):
    browser, address = sign_in("officer"), reverse(DESK)
    assert written(browser, address) == []
    later(1.1)
    assert len(written(browser, address)) == 2  # the session and when it was last seen
    assert written(browser, address) == []
    stranger = Client()
    with CaptureQueriesContext(connection) as asked:
        stranger.get(reverse("account_login"))
    assert not [q for q in asked if "session" in q["sql"]]


def test_what_was_typed_is_given_back_when_the_session_ended(world, later):
    browser = sign_in("officer")
    later(31)
    answer = browser.post(reverse("desk:record"), {"words": "巷口的灯不亮了", "key": "k" * 22})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "巷口的灯不亮了" in page
    assert reverse("account_login") in page


def test_the_sign_in_page_says_why_one_is_asked_again(world, later):
    browser = sign_in("officer")
    later(31)
    page = browser.get(reverse(DESK), follow=True).content.decode()
    assert "登录已经结束" in page
    assert "登录已经结束" not in Client().get(reverse(DESK), follow=True).content.decode()


def test_a_stranger_who_posts_is_only_asked_to_sign_in(world):
    assert Client().post(reverse("desk:record"), {"words": "灯"}).status_code == 302


def take_back(world, role="officer"):
    post = Post.objects.get(holder=world.accounts["officer"], role=role)
    actions.end_post(post, by=world.convener.key)


def test_who_loses_a_post_is_out_at_once(world):
    browser = sign_in("officer")
    take_back(world)
    assert browser.get(reverse(DESK))["Location"].startswith(reverse("account_login"))
    assert sign_in("officer").get(reverse(DESK)).status_code == 403  # not only out, but without the right


def test_a_session_that_outlives_its_post_would_be_found_out(world, monkeypatch):
    """The planted fault: ending a post forgets its holder's sessions."""
    monkeypatch.setattr(actions.posts, "end_sessions", lambda person: None)
    browser = sign_in("officer")
    take_back(world)
    assert browser.get(reverse(DESK)).status_code == 403


def test_a_post_that_ends_later_ends_no_session(world):
    browser = sign_in("officer")
    post = Post.objects.get(holder=world.accounts["officer"])
    actions.end_post(post, by=world.convener.key, on=post.since.replace(year=2099) + timedelta(days=1))
    assert inside(browser)


def test_a_closed_account_is_out_at_once_and_comes_back(world):
    browser, person = sign_in("handler"), world.accounts["handler"]
    actions.close_account(person, by=world.officer)
    assert not inside(browser, "departments:list")
    refused = Client().post(reverse("account_login"), {"login": "handler", "password": PASSWORD})
    assert refused["Location"] == reverse("account_inactive")
    actions.reopen_account(Person.objects.get(pk=person.pk), by=world.officer)
    assert inside(sign_in("handler"), "departments:list")


def test_a_new_password_ends_the_other_sessions(world):
    here, there = sign_in("officer"), sign_in("officer")
    said = {"oldpassword": PASSWORD, "password1": "another long one 2", "password2": "another long one 2"}
    assert here.post(reverse("account_change_password"), said).status_code == 302
    assert inside(here)
    assert not inside(there)


def test_ones_own_sessions_can_be_ended(world):
    here, there, third = (sign_in("officer") for _n in range(3))
    page = reverse("account_sessions")
    rows = here.get(page).context["rows"] if here.get(page).context else None
    assert rows is None or len(rows) == 3
    other = sessions.UserSession.objects.get(session_key=there.session.session_key)
    sign_in("leader").post(page, {"which": str(other.pk)})
    assert inside(there)  # not somebody else's
    here.post(page, {"which": str(other.pk)})
    assert not inside(there)
    assert inside(third)
    here.post(page, {"which": "others"})
    assert inside(here)
    assert not inside(third)
    assert "就是这里" in here.get(page).content.decode()
    here.post(page, {"which": "all"})
    assert not inside(here)


def test_signing_in_changes_the_session_and_signing_out_kills_it(world):
    browser = Client()
    browser.post(reverse("account_login"), {"login": "officer", "password": "wrong"})
    before = browser.session.session_key
    browser.post(reverse("account_login"), {"login": "officer", "password": PASSWORD})
    held = browser.session.session_key
    assert held != before
    browser.post(reverse("account_logout"))
    stolen = Client()
    stolen.cookies["sessionid"] = held
    assert not inside(stolen)
