"""A passkey in a real browser, from Chromium's virtual authenticator: added, signed out, signed in with it.

Controls: a browser without the key does not get in, nor one whose owner does not confirm."""

import pytest

from ..visitor import PASSWORD, Visitor
from .ways import BROWSER

pytestmark = BROWSER
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Officer(Visitor):
    """Somebody with a device that holds passkeys."""

    def __init__(self, browser, address):
        super().__init__(browser, address)
        self.debugger = self.context.new_cdp_session(self.page)
        self.debugger.send("WebAuthn.enable")
        made = self.debugger.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.device = {"authenticatorId": made["authenticatorId"]}

    @property
    def keys(self):
        """What the device holds."""
        return self.debugger.send("WebAuthn.getCredentials", self.device)["credentials"]

    def confirms(self, does):
        """Whether the owner is there when asked for a finger or a face."""
        self.debugger.send("WebAuthn.setUserVerified", self.device | {"isUserVerified": does})

    def gives_the_password(self, name):
        self.goes_to("/accounts/login/")
        form = self.page.locator("main form").first
        self.fills(form, login=name, password=PASSWORD)
        form.locator("button[type=submit]").click()
        self.page.wait_for_url(lambda address: "/accounts/login/" not in address)


@pytest.fixture
def officer(world, browser, live_server, settings):
    settings.SECOND_FACTOR_OBLIGATORY = True
    settings.ACCOUNT_RATE_LIMITS = False
    one = Officer(browser, live_server.url.replace("127.0.0.1", "localhost"))  # a key belongs to a name
    yield one
    one.context.close()


def add_a_key(one):
    one.goes_to("/accounts/steps/keys/add/")
    if "reauthenticate" in one.page.url:
        form = one.page.locator("main form").first
        one.fills(form, password=PASSWORD)
        form.locator("button[type=submit]").click()
        one.page.wait_for_url("**/keys/add/")
    one.page.fill("input[name=name]", "办公室的电脑")
    one.page.click("#mfa_webauthn_add")
    one.page.wait_for_url(lambda address: "keys/add" not in address)


def sign_out(one):
    one.goes_to("/accounts/steps/")
    with one.page.expect_navigation():
        one.page.locator('form[action="/accounts/logout/"] button').last.click()
    assert "/accounts/login/" in one.goes_to("/desk/").page.url


def test_a_member_of_staff_adds_a_passkey_and_signs_in_with_it(officer):
    officer.gives_the_password("officer")
    assert "/accounts/steps/" in officer.goes_to("/desk/").page.url  # nothing before the second step
    add_a_key(officer)
    [key] = officer.keys
    assert key["rpId"] == "localhost"
    sign_out(officer)
    officer.gives_the_password("officer")
    assert "/accounts/steps/authenticate/" in officer.page.url
    officer.page.click("#mfa_webauthn_authenticate")
    officer.page.wait_for_url(lambda address: "steps/authenticate" not in address)
    officer.goes_to("/desk/").reads("受理与分办")
    assert officer.keys[0]["signCount"] > key["signCount"]


def test_without_the_key_or_its_owner_the_password_opens_nothing(officer, browser):
    officer.gives_the_password("officer")
    add_a_key(officer)
    stranger = Officer(browser, officer.address)
    stranger.gives_the_password("officer")
    stranger.page.click("#mfa_webauthn_authenticate")
    stranger.page.wait_for_timeout(500)
    assert "受理与分办" not in stranger.goes_to("/desk/").page.locator("body").inner_text()
    stranger.context.close()
    sign_out(officer)
    officer.confirms(False)
    officer.gives_the_password("officer")
    officer.page.click("#mfa_webauthn_authenticate")
    officer.page.wait_for_timeout(500)
    assert "受理与分办" not in officer.goes_to("/desk/").page.locator("body").inner_text()
