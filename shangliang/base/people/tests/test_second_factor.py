"""Staff sign in with two steps: nothing opens before the second one, and what guards it can't be guessed."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from shangliang.base.journal.models import Act
from shangliang.base.people import actions
from shangliang.base.people.accounts import SecondFactors
from shangliang.base.people.middleware import SecondFactor
from shangliang.base.people.models import Try
from stories.who_may.addresses import routes

STAFF = ("officer", "convener", "deputy", "leader", "handler", "auditor", "operator")
PASSWORD = "long enough 1"
GATE = "shangliang.base.people.middleware.SecondFactor"


@pytest.fixture(autouse=True)
def _obligatory(settings):
    settings.SECOND_FACTOR_OBLIGATORY = True


def sign_in(username, browser=None):
    browser = browser or Client()
    browser.post(reverse("account_login"), {"login": username, "password": PASSWORD})
    return browser


def code_of(secret, later=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up(browser):
    """By the pages, the password once more; the app's secret."""
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session["mfa.totp.secret"]
    answer = browser.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302, answer.context_data["form"].errors
    return secret


def plain_doors():
    """Every address that needs no argument."""
    for name in routes():
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue


def open_doors(browser):
    gate = reverse("mfa_index")
    found = set()
    for name, address in plain_doors():
        if name in SecondFactor.FREE:
            continue
        answer = browser.get(address)
        if not (answer.status_code == 302 and answer["Location"] == gate):
            found.add(name)
    return found


@pytest.mark.parametrize("who", STAFF)
def test_no_door_opens_before_the_second_factor(world, who):
    assert open_doors(sign_in(who)) == set()


def test_the_same_look_finds_the_doors_open_without_the_gate(world, settings):
    """The planted fault: the gate is taken out."""
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != GATE]
    assert {"desk:queue", "desk:people", "portal:mine"} <= open_doors(sign_in("officer"))


def test_what_was_typed_is_not_lost_at_the_gate(world):
    answer = sign_in("officer").post(reverse("desk:record"), {"words": "巷口的灯不亮了"})
    assert answer.status_code == 403
    assert "巷口的灯不亮了" in answer.content.decode()


def test_a_member_may_go_without(world):
    assert sign_in("member2").get(reverse("workbench:today")).status_code == 200


def test_set_up_once_and_asked_from_then_on(world):
    browser = sign_in("officer")
    assert "先设好两步验证" in browser.get(reverse("mfa_index")).content.decode()
    secret = set_up(browser)
    assert browser.get(reverse("desk:queue")).status_code == 200
    assert Act.objects.filter(name="second_factor_set", by=world.officer.key).count() == 1
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept

    again = sign_in("officer")
    assert again.get(reverse("desk:queue"))["Location"].startswith(reverse("account_login"))
    step = reverse("mfa_authenticate")
    assert "验证码不对" in again.post(step, {"code": "000000"}).content.decode()
    good = code_of(secret, 1)
    assert again.post(step, {"code": good}).status_code == 302
    assert again.get(reverse("desk:queue")).status_code == 200
    replay = sign_in("officer")
    assert "验证码不对" in replay.post(step, {"code": good}).content.decode()


def test_a_recovery_code_opens_once(world):
    set_up(sign_in("officer"))
    row = Authenticator.objects.get(user=world.accounts["officer"], type="recovery_codes")
    code = row.wrap().get_unused_codes()[0]
    assert code not in str(row.data)
    first, second = sign_in("officer"), sign_in("officer")
    assert first.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


@pytest.mark.parametrize("who", ["officer", "member2"])
def test_setting_a_factor_up_ends_the_sessions_from_before(world, who):
    elder, newer = sign_in(who), sign_in(who)
    set_up(newer)
    assert elder.get(reverse("account_sessions"))["Location"].startswith(reverse("account_login"))
    assert newer.get(reverse("account_sessions")).status_code == 200


@pytest.mark.parametrize("who", ["officer", "member2"])
def test_a_password_alone_adds_no_second_factor_to_the_first(world, who):
    """A session without the second step, as it may be left by a factor set up on the server or restored."""
    browser = sign_in(who)
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200
    secret = SecondFactors().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=world.accounts[who], type="totp", data={"secret": secret})
    step = reverse("mfa_reauthenticate")
    for name in SecondFactor.ADDING if who == "member2" else SecondFactor.FREE - SecondFactor.STEP:
        assert browser.get(reverse(name))["Location"].startswith(step), name
        assert browser.post(reverse(name)).status_code == 403, name
    assert browser.get(step).status_code == 200
    assert browser.post(step, {"code": code_of("JBSWY3DPEHPK3PXP")}).status_code == 302
    assert browser.get(reverse("mfa_add_webauthn")).status_code == 200


def test_staff_keep_one_factor_and_members_none(world):
    officer = sign_in("officer")
    set_up(officer)
    assert officer.post(reverse("mfa_deactivate_totp")).status_code == 200
    assert Authenticator.objects.filter(user=world.accounts["officer"], type="totp").exists()
    member = sign_in("member2")
    set_up(member)
    assert member.post(reverse("mfa_deactivate_totp")).status_code == 302


def guess(browser, right, tries):
    """Wrong codes with the cache lost before each, then the right one: whether it still opens."""
    step = reverse("mfa_authenticate")
    for n in range(tries):
        cache.clear()
        browser.post(step, {"code": f"{n:06}"})
    cache.clear()
    return browser.post(step, {"code": right}).status_code == 302


def test_a_lost_cache_does_not_let_codes_be_guessed(world):
    secret = set_up(sign_in("officer"))
    assert not guess(sign_in("officer"), code_of(secret, 1), tries=10)


def test_the_same_guesses_open_where_nobody_counts(world, monkeypatch):
    """The planted fault: no table of tries."""
    monkeypatch.setattr("shangliang.base.people.limits.allowed", lambda *args, **options: True)
    secret = set_up(sign_in("officer"))
    assert guess(sign_in("officer"), code_of(secret, 1), tries=10)
    assert not Try.objects.filter(name="second factor").exists()


def test_a_reset_ends_the_sessions_and_asks_anew(world):
    browser = sign_in("handler")
    set_up(browser)
    actions.reset_second_factor(world.accounts["handler"], by=world.officer)
    assert browser.get(reverse("departments:list"))["Location"].startswith(reverse("account_login"))
    assert open_doors(sign_in("handler")) == set()
