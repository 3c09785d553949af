"""Known and unknown names get the same words and the same work; tries are counted whatever cache is dead."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from shangliang.base.people import limits
from shangliang.base.people.accounts import OneLook

TOKEN = re.compile(rb'value="[A-Za-z0-9]{64}"')


@pytest.fixture
def hashed(monkeypatch):
    """How many passwords were hashed."""
    count = []
    plain = MD5PasswordHasher.encode

    def encode(self, password, salt):
        count.append(salt)
        return plain(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", encode)
    return count


def answer(login, hashed):
    before = len(hashed)
    page = Client().post(reverse("account_login"), {"login": login, "password": "wrong, but long"})
    body = TOKEN.sub(b"", page.content).replace(login.encode(), b"")
    return page.status_code, body, len(hashed) - before


NAMES = (("officer", "nobody-x"), ("officer@example.cn", "nobody-x@example.cn"))


@pytest.mark.parametrize(("known", "unknown"), NAMES)
def test_a_wrong_password_and_a_wrong_name_are_answered_alike(world, hashed, known, unknown):
    person = world.accounts["officer"]
    person.email = "officer@example.cn"
    person.save(update_fields=["email"])
    assert answer(known, hashed) == answer(unknown, hashed)


def test_a_name_that_costs_less_would_be_found_out(world, hashed, monkeypatch):
    """The planted fault: nothing is hashed for a name nobody has."""
    monkeypatch.setattr(OneLook, "_mitigate_timing_attack", lambda self, password: None)
    assert answer("officer", hashed) != answer("nobody-x", hashed)


def test_allauths_own_look_is_found_out(world, hashed, settings):
    """It hashes twice for an address that it knows."""
    settings.AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
    person = world.accounts["officer"]
    person.email = "officer@example.cn"
    person.save(update_fields=["email"])
    assert answer("officer@example.cn", hashed) != answer("nobody-x@example.cn", hashed)


def test_a_reset_says_and_does_the_same_for_everybody(world, settings, mailoutbox):
    settings.MAIL = True
    person = world.accounts["officer"]
    person.email = "officer@example.cn"
    person.save(update_fields=["email"])
    said = []
    for address in ("officer@example.cn", "nobody@example.cn"):
        page = Client().post(reverse("account_reset_password"), {"email": address}, follow=True)
        said.append((page.status_code, page.redirect_chain, TOKEN.sub(b"", page.content), len(mailoutbox)))
    assert said[0][:3] == said[1][:3]
    assert [one[3] for one in said] == [1, 2]  # a letter each


def test_without_mail_nobody_waits_for_a_letter(world, mailoutbox):
    for _method in range(2):
        page = Client().post(reverse("account_reset_password"), {"email": "officer@example.cn"})
        assert "发一个新的登录链接" in page.content.decode()
    assert not mailoutbox


NONE = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}


def tries_until_refused(most=30):
    for n in range(1, most):
        page = Client(REMOTE_ADDR=f"10.0.{n}.1").post(
            reverse("account_login"), {"login": "officer", "password": f"wrong word {n}"}
        )
        if "试得太勤了" in page.content.decode():
            return n
    return None


def test_five_wrong_passwords_are_enough_even_without_the_pages_cache(world, settings):
    settings.CACHES = {**settings.CACHES, "pages": {"BACKEND": "nowhere.Cache"}}
    assert settings.CACHES["default"]["BACKEND"].endswith("db.DatabaseCache")
    assert tries_until_refused() == 6


def test_a_dead_cache_does_not_open_the_door(world, settings):
    settings.CACHES = {**settings.CACHES, "default": NONE}
    assert tries_until_refused() == 21


def test_a_cleared_cache_does_not_open_it_either(world):
    for _n in range(4):
        assert tries_until_refused(most=5) is None
        caches["default"].clear()
    assert tries_until_refused(most=6) in {4, 5}


def test_nobody_counting_would_be_found_out(world, settings, monkeypatch):
    """The planted fault: a dead cache and no table of tries."""
    settings.CACHES = {**settings.CACHES, "default": NONE}
    monkeypatch.setattr(limits, "allowed", lambda *args, **options: True)
    assert tries_until_refused() is None
