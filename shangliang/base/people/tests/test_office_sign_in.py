"""Signing in with the office's own system, against a small issuer of our own on this machine."""

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from shangliang.base.people import provider
from shangliang.base.people.models import Person

KEYS = {name: rsa.generate_private_key(public_exponent=65537, key_size=2048) for name in ("own", "thief")}
CLIENT = "shangliang"


class Issuer:
    """`claims`: what is changed in the tokens that it gives; `key` signs them, by `algorithm`."""

    def __init__(self):
        self.claims, self.key, self.algorithm, self.rounds = {}, "own", "RS256", {}
        issuer = self

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self):
                self.say(issuer.discovery() if "well-known" in self.path else issuer.keys())

            def do_POST(self):
                said = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.say({"access_token": "a", "token_type": "bearer", "id_token": issuer.token(said)})

            def say(self, found):
                body = json.dumps(found).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *said):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def discovery(self):
        return {
            "issuer": self.address, "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token", "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }  # fmt: skip

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEYS["own"].public_key()))
        return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, said):
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "sub": "u-1", "iat": now, "exp": now + 60,
            "nonce": self.rounds.get(said["code"][0], ""),
            "email": "officer@example.cn", "email_verified": True,
        } | self.claims  # fmt: skip
        key = "x" * 40 if self.algorithm == "HS256" else None if self.algorithm == "none" else KEYS[self.key]
        kept = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(kept, key, algorithm=self.algorithm, headers={"kid": "one"})


@pytest.fixture
def issuer(world, settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    found = Issuer()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = found.address, CLIENT
    app = {"provider_id": "office", "name": "统一登录", "client_id": CLIENT, "secret": "s" * 32}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "office": {"APPS": [{**app, "settings": {"server_url": found.address}}]}
    }
    person = world.accounts["officer"]
    person.email = "officer@example.cn"
    person.save(update_fields=["email"])
    yield found
    found.server.shutdown()
    found.server.server_close()


def go(browser):
    """To the issuer; what the browser brings there."""
    answer = browser.post(reverse("office_login"))
    assert answer.status_code == 302, answer.content.decode()[-900:]
    return {name: value[0] for name, value in parse_qs(urlsplit(answer["Location"]).query).items()}


def back(browser, issuer, asked, *, state=None, nonce=None):
    code = secrets.token_urlsafe(8)
    issuer.rounds[code] = asked["nonce"] if nonce is None else nonce
    said = {"code": code, "state": asked["state"] if state is None else state}
    return browser.get(reverse("office_callback"), said)


def sign_in(issuer, browser=None):
    browser = browser or Client()
    return back(browser, issuer, go(browser))


def inside(browser):
    return browser.get(reverse("desk:queue")).status_code == 200


def test_whom_the_issuer_vouches_for_comes_in_and_nobody_is_made(issuer):
    browser, before = Client(), Person.objects.count()
    asked = go(browser)
    assert asked["code_challenge_method"] == "S256"
    assert back(browser, issuer, asked).status_code == 302
    assert inside(browser)
    kept = SocialAccount.objects.get()
    assert (kept.user.username, kept.extra_data) == ("officer", {})
    issuer.claims = {"email": "changed@example.cn"}  # linked by now: the address matters no more
    assert sign_in(issuer).status_code == 302
    assert Person.objects.count() == before


FAULTS = {
    "unverified": {"email_verified": False},
    "says it in a word": {"email_verified": "true"},
    "unknown": {"email": "nobody@example.cn"},
    "no address": {"email": None},
    "another issuer": {"iss": "https://other.example"},
    "for another": {"aud": "somebody"},
    "for many": {"aud": [CLIENT, "somebody"]},
    "too old": {"iat": 1, "exp": 2},
    "without end": {"exp": None},
    "no nonce": {"nonce": None},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("claims", FAULTS.values(), ids=FAULTS)
def test_a_token_with_a_fault_opens_nothing(issuer, claims):
    issuer.claims = claims
    browser = Client()
    assert sign_in(issuer, browser).status_code == 403
    assert not inside(browser)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(("key", "algorithm"), [("thief", "RS256"), ("own", "none"), ("own", "HS256")])
def test_a_token_that_others_signed_opens_nothing(issuer, key, algorithm):
    issuer.key, issuer.algorithm = key, algorithm
    assert sign_in(issuer).status_code == 403


def test_a_signature_that_nobody_checks_would_be_found_out(issuer, monkeypatch):
    """The planted fault: whatever is said is believed."""
    issuer.key = "thief"
    look = jwt.decode
    monkeypatch.setattr(
        provider.jwt, "decode", lambda token, key, **how: look(token, options={"verify_signature": False})
    )
    assert sign_in(issuer).status_code == 302


def test_a_round_is_finished_by_who_began_it_and_once(issuer):
    browser, thief = Client(), Client()
    asked = go(browser)
    assert back(thief, issuer, asked).status_code == 403  # another browser's state
    assert back(browser, issuer, asked, state="made-up").status_code == 403
    assert back(browser, issuer, asked).status_code == 302
    assert back(browser, issuer, asked).status_code == 403  # replayed


def test_a_token_of_another_round_opens_nothing(issuer):
    browser, other = Client(), Client()
    foreign = go(other)
    assert back(browser, issuer, go(browser), nonce=foreign["nonce"]).status_code == 403


def test_a_nonce_that_nobody_checks_would_be_found_out(issuer, monkeypatch):
    """The planted fault: every round has the same nonce."""
    monkeypatch.setattr(provider, "nonce_of", lambda verifier: "the same")
    browser = Client()
    assert back(browser, issuer, go(browser), nonce="the same").status_code == 302


def test_two_of_one_address_and_closed_ones_are_nobody(issuer, world):
    Person.objects.filter(username="leader").update(email="Officer@example.cn")
    assert sign_in(issuer).status_code == 403
    Person.objects.filter(username="officer").update(is_active=False)
    Person.objects.filter(username="leader").update(email="")
    assert sign_in(issuer).status_code == 403


def test_a_second_one_there_does_not_take_over_a_linked_account(issuer):
    sign_in(issuer)
    issuer.claims = {"sub": "u-2"}
    assert sign_in(issuer).status_code == 403


def test_another_claim_may_name_the_account(issuer, settings):
    settings.OIDC_CLAIM = "preferred_username"
    issuer.claims = {"preferred_username": "leader", "email": None}
    sign_in(issuer)
    assert SocialAccount.objects.get().user.username == "leader"


def test_staff_take_the_second_step_here_all_the_same(issuer, settings):
    settings.SECOND_FACTOR_OBLIGATORY = True
    browser = Client()
    sign_in(issuer, browser)
    assert browser.get(reverse("desk:queue"))["Location"] == reverse("mfa_index")


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(issuer, settings):
    assert "单位统一登录" in Client().get(reverse("account_login")).content.decode()
    settings.OIDC_ISSUER = ""
    assert "单位统一登录" not in Client().get(reverse("account_login")).content.decode()
    assert Client().post(reverse("office_login")).status_code == 404
    assert Client().get(reverse("office_callback")).status_code == 404


def test_an_issuer_that_is_down_is_said_plainly(issuer):
    issuer.server.shutdown()
    issuer.server.server_close()
    answer = Client(raise_request_exception=False).post(reverse("office_login"))
    assert answer.status_code == 403
    assert "没有登录成功" in answer.content.decode()
