"""What stands on every answer, what no GET does, where no answer leads, whose forms are taken.

Planted: a middleware left out, a page that writes when it is read, a return address taken as it comes, a view
that forgot its CSRF token."""

import json
import subprocess
import sys
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.conf import settings as now
from django.db import transaction
from django.test import Client, override_settings
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme as asked_first

from shangliang.base.charts.errors import NotNow
from shangliang.base.people.models import Try
from shangliang.flow.studios import queries as studios
from shangliang.flow.voices import tracking
from shangliang.site.portal.views import pages as portal
from shangliang.site.portal.views import track

from .doors import refusing, rounds, twins
from .doors.heads import wanting
from .site import ROOT
from .test_starting import PRODUCTION
from .who_may import addresses
from .who_may.scene import looked, read_only

pytestmark = [pytest.mark.long, pytest.mark.django_db(databases=["default", "keyring"])]


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker, tmp_path_factory):
    with twins.set_up(django_db_blocker, tmp_path_factory.mktemp("media")) as both:
        yield both.here


@pytest.fixture
def here(base, settings, tmp_path):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MEDIA_ROOT = base.media
    return base


def signed_in(here, name, **options):
    browser = Client(raise_request_exception=False, **options)
    browser.force_login(here.world.accounts[name])
    return browser


# ── What stands on every answer ──
def answers(here, monkeypatch):
    """(name, answer): each kind of them. Of every address, whoever asks, `test_who_may_http` looks."""
    stranger, officer = Client(raise_request_exception=False), signed_in(here, "officer")
    home = reverse("portal:home")
    yield "a page", stranger.get(home)
    yield "a page of the desk", officer.get(reverse("desk:queue"))
    yield "sign-in asked for", stranger.get(reverse("desk:queue"))
    yield "404", stranger.get("/nowhere/")
    yield "404 of a NUL", stranger.get("/search/?q=%00")
    yield "405", stranger.post(home)
    yield "static", stranger.get("/static/ui/app.css")
    yield "redirect to the slash", stranger.get("/search")
    yield "422", officer.post(reverse("desk:record"), {"key": "x" * 22})
    yield "403 of a form", Client(enforce_csrf_checks=True).post(reverse("desk:record"))
    yield (
        "too much",
        stranger.post(reverse("portal:track"), {"code": "7" * (now.DATA_UPLOAD_MAX_MEMORY_SIZE + 9)}),
    )
    with monkeypatch.context() as patch:
        patch.setattr(track, "MOST", 0)
        yield "429", stranger.post(reverse("portal:track"), {"code": tracking.make("k" * 22)})
    for status, fault in ((500, RuntimeError("broken")), (409, NotNow("not now"))):
        with monkeypatch.context() as patch:
            patch.setattr(studios, "public", lambda fault=fault: (_ for _ in ()).throw(fault))
            yield str(status), stranger.get("/search/?q=" + quote("灯"))


def test_headers_and_cookies_on_every_answer(here, monkeypatch):
    seen, found = set(), []
    with transaction.atomic(), transaction.atomic(using="keyring"):
        for name, answer in answers(here, monkeypatch):
            seen.add(answer.status_code)
            found += [f"{name} ({answer.status_code}) lacks {what}" for what in wanting(answer)]
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
    assert not found, "\n".join(found[:20])
    assert {200, 301, 302, 400, 403, 404, 405, 409, 422, 429, 500} <= seen, sorted(seen)


@pytest.mark.parametrize(
    "left_out",
    [
        "csp.middleware.CSPMiddleware",
        "shangliang.base.ui.middleware.Closed",
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)
def test_a_middleware_left_out_is_found(here, left_out):
    with override_settings(MIDDLEWARE=[one for one in now.MIDDLEWARE if one != left_out]):
        assert list(wanting(Client().get(reverse("portal:about"))))


ASK = """
import django, json
django.setup()
from django.conf import settings as s
from django.test import Client
from django.test.utils import override_settings
plain = {**s.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
override_settings(STORAGES=plain).enable()  # the manifest takes long to make and is not asked about here
browser = Client(headers={"host": "studio.example.cn"})
answers = [browser.get("/about/", secure=True), browser.get("/track/", secure=True),
           browser.post("/mode/", {"elder": "1"}, secure=True),
           browser.post("/language/", {"language": "en"}, secure=True)]
print(json.dumps({
    "hsts": [a.headers.get("Strict-Transport-Security") for a in answers],
    "plain": browser.get("/about/").status_code,
    "cookies": {c.key: [bool(c["secure"]), bool(c["httponly"]), c["samesite"]]
                for a in answers for c in a.cookies.values()},
    "session": [s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE],
    "statuses": [a.status_code for a in answers]}))
"""


def production(tmp_path, **more):
    said = {
        **PRODUCTION,
        "SHANGLIANG_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "shangliang.settings",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", ASK],
        cwd=ROOT,
        env=said,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_in_production_only_https_for_a_year_and_cookies_only_there(tmp_path):
    found = production(tmp_path)
    assert found["statuses"] == [200, 200, 302, 302]
    assert set(found["hsts"]) == {"max-age=31536000"}
    assert found["plain"] == 301
    assert {"csrftoken", "mode", "language"} <= found["cookies"].keys()
    assert all(flags == [True, True, "Lax"] for flags in found["cookies"].values()), found["cookies"]
    assert found["session"] == [True, True, "Lax"]


# ── No page writes ──
# What a GET writes by design, and why. All else answers in a database that takes no write.
WRITES = {
    "/track/thread/": "the thread's thirty minutes begin anew, and what was typed is given back once",
}
READERS = {  # who, in which column, each at their own doors; what is closed to them saves no session at all
    ("officer", "officer"): "",
    ("member", "member_own"): "/work/",
    ("handler", "handler_own"): "/handle/",
    ("leader", "leader"): "/lead/",
}


def test_no_page_writes_also_with_a_session_in_the_database(here, settings):
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    found = []
    for (name, column), doors in READERS.items():
        browser = signed_in(here, name)
        with read_only():
            for where, heads in rounds.all_of(here, column=column):
                if where.startswith(doors):
                    status = looked(browser, where, heads).status_code
                    if status >= 500 and where not in WRITES:
                        found.append(f"{name} {where} {status}")
    assert not found


def test_a_page_that_writes_is_found(here, monkeypatch):
    def counted():
        Try.objects.create(name="looked", who="somebody", at="2026-01-05T00:00Z")
        return plain()

    plain = studios.public
    monkeypatch.setattr(studios, "public", counted)
    browser = Client(raise_request_exception=False)
    with read_only():
        assert browser.get("/search/?q=%E7%81%AF%E5%9D%8F").status_code == 500


# ── No answer leads away ──
ELSEWHERE = (
    "https://evil.example/", "http://evil.example", "//evil.example/", "///evil.example", "////evil.example",
    "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "https:evil.example",
    "https:/evil.example", "http:\\\\evil.example", "https:///evil.example", "HTTPS://EVIL.example",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,hi", "vbscript:x", "ftp://evil.example",
    "//evil.example%2f..", "//evil.example@testserver/", "https://testserver@evil.example/",
    "https://testserver.evil.example/", "//testserver:80@evil.example", " //evil.example", "\t//evil.example",
    "/\t/evil.example", "\n//evil.example", "/\r\n/evil.example", "/%0d%0aLocation:%20//evil.example",
    "\r\nLocation: //evil.example", "//\u3002evil.example", "//evil。example", "https://[::1", "http://[evil",
    "/%5cevil.example", "\x00//evil.example", "\u200b//evil.example", "//evil.example\\@testserver",
    "?//evil",
    "//eviI.example:80/", "https:\t//evil.example", "blob:https://evil.example/1", "testserver.evil.example",
    "NaN", "null", "portal:home",  # no address at all, or the name of a view
)  # fmt: skip


def leads_away(answer):
    """Whether a browser that follows this answer leaves the house: it drops tabs and line ends, turns
    backslashes round, and reads what is left against the page's own address."""
    to = answer.headers.get("Location")
    if to is None:
        return False
    if "\r" in to or "\n" in to:
        return True
    seen = "".join(letter for letter in to.strip(" \x00") if letter not in "\t\r\n").replace("\\", "/")
    if seen.startswith("//"):
        return True
    try:
        parts = urlsplit(urljoin("http://testserver/a/b/", seen))
    except ValueError:
        return True
    return (parts.scheme, parts.netloc) != ("http", "testserver")


def returning(here):
    """Each view that takes an address to go on to: name → what asks it with one."""
    officer = signed_in(here, "officer")
    stranger = Client(raise_request_exception=False)
    login = reverse("account_login")
    return {
        "mode": lambda to: stranger.post(reverse("portal:mode"), {"elder": "1", "next": to}),
        "language": lambda to: stranger.post(reverse("portal:language"), {"language": "en", "next": to}),
        "login, signed in": lambda to: officer.get(login, {"next": to}),
        "login": lambda to: Client(raise_request_exception=False).post(
            login, {"login": "officer", "password": "long enough 1", "next": to}
        ),
        "logout": lambda to: signed_in(here, "officer").post(reverse("account_logout"), {"next": to}),
        "logout, signed out": lambda to: stranger.get(reverse("account_logout"), {"next": to}),
        "reauthenticate": lambda to: officer.post(
            reverse("account_reauthenticate"), {"password": "long enough 1", "next": to}
        ),
        "sign-in asked for": lambda to: stranger.get(reverse("desk:queue"), {"next": to}),
        "keys": lambda to: officer.post(reverse("account_keys"), {"on": "1", "next": to}),
        "a voice's list": lambda to: officer.post(
            reverse("desk:reveal", args=[here.things["voice_hidden"].code]),
            {"key": "k" * 22, "reason": "要回电话", "listed": f"next={to}", "next": to},
        ),
        "where it came from": lambda to: stranger.post(
            reverse("portal:track"), {"code": "1"}, headers={"referer": to.encode("ascii", "ignore").decode()}
        ),
    }


def led_away(here, *names):
    """(name, address) of what leads away, of all that take one to go on to or of these."""
    asked = returning(here)
    for name in names or asked:
        for to in ELSEWHERE:
            with transaction.atomic(), transaction.atomic(using="keyring"):
                answer = asked[name](to)
                transaction.set_rollback(True)
                transaction.set_rollback(True, using="keyring")
            if leads_away(answer) or answer.status_code >= 500:
                yield name, to


def test_no_return_address_leads_away(here, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    assert len(ELSEWHERE) >= 30
    assert not list(led_away(here))


def test_a_return_address_taken_as_it_comes_is_found(here, settings, monkeypatch):
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(portal, "url_has_allowed_host_and_scheme", lambda *_args, **_more: True)
    found = {to for _name, to in led_away(here, "mode")}
    assert len(found) > 8, found
    assert asked_first("/search/", {"testserver"})


# ── Whose forms are taken ──
# They change only how this browser shows pages; the last is the one step of a mail, whose link is its key.
FREE = {"portal:mode", "portal:language", "notices:off"}


def refused(here, rows):
    """Addresses that took a form of another site. Signed in, because what is refused to strangers proves
    nothing."""
    careful = signed_in(here, "officer", enforce_csrf_checks=True)
    with read_only(), refusing.shortly():
        for name, *made_from in rows:
            answer = careful.post(rounds.address(here, name, *made_from), {"key": "k" * 22})
            if answer.status_code != 403 or "cookie" not in answer.text:
                yield name


def test_a_form_of_another_site_is_refused_everywhere(here):
    rows = {*addresses.GETS, *addresses.POSTS, *((*row[2:], "reply") for row in addresses.MOVES)}
    rows = {row for row in rows if not any(part.startswith("?") for part in row)}
    assert set(refused(here, rows)) <= FREE


def test_a_view_that_forgot_its_token_is_found(here, monkeypatch):
    view = resolve(reverse("desk:record")).func
    monkeypatch.setattr(view, "csrf_exempt", True, raising=False)
    assert list(refused(here, {("desk:record",)})) == ["desk:record"]
