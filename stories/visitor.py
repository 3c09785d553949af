"""Somebody at a browser: opens pages, fills in forms by the names of their fields, presses their buttons."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import resolve_url
from django.test import Client
from PIL import Image

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
PASSWORD = "long enough 1"


def photo(name: str = "lamp.jpg") -> dict[str, Any]:
    """A picture as Playwright takes it for an upload."""
    out = BytesIO()
    Image.new("RGB", (640, 480), "#8FB27B").save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


class Visitor:
    """One person with a browser of their own. Scripts may be off: every form must work all the same."""

    def __init__(self, browser, address: str, *, size=DESK, scripts: bool = True) -> None:
        self.context = browser.new_context(viewport=size, java_script_enabled=scripts)
        self.page = self.context.new_page()
        self.address, self.scripts = address, scripts

    def goes_to(self, path: str):
        self.answer = self.page.goto(self.address + path)
        return self

    def signs_in(self, name: str):
        """Comes with the session that the form gives, and lands where it leads."""
        signed = Client()
        signed.force_login(get_user_model().objects.get(username=name))
        session = signed.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": session.key, "value": session.value, "url": self.address}])
        return self.goes_to(resolve_url(settings.LOGIN_REDIRECT_URL))

    def signs_in_by_the_form(self, name: str):
        self.goes_to("/accounts/login/")
        form = self.page.locator("main form").first
        self.fills(form, login=name, password=PASSWORD)
        form.locator("button[type=submit]").click()
        assert "/accounts/login" not in self.page.url, f"{name} could not sign in"
        return self

    def reads(self, words: str) -> None:
        assert words in self.page.locator("body").inner_text(), f"{words} is not on {self.page.url}"

    def fills(self, form, /, **said: Any) -> None:
        for name, value in said.items():
            self._put(form, name, value)

    def sends(self, action: str, **said: Any):
        """Fill in and send the form whose address ends so; a fold it lies in is opened as a person would."""
        form = self.page.locator(f'form[action$="{action}"]').first
        if not form.count():
            self._fetches(action.strip("/").rpartition("/")[2], form)
        assert form.count(), f"{self.page.url} has no form {action}"
        fold = self.page.locator("details", has=self.page.locator(f'form[action$="{action}"]')).last
        if fold.count() and fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
        self.fills(form, **said)
        form.locator("button[type=submit]").last.click()
        self.page.wait_for_load_state()
        refused = self.page.locator(".err-sum, .errno")
        assert not refused.count(), f"{action} was refused: {self.page.locator('main').inner_text()}"
        return self

    def _fetches(self, name: str, form) -> None:
        """Open the fold whose form is not on the page yet: a script fetches it, else a link leads to it."""
        fold = self.page.locator("details", has=self.page.locator(f'[hx-get$="form={name}"]')).last
        if not fold.count():
            return
        fold.locator("summary").first.click()
        if not self.scripts:
            fold.locator("a").click()
        form.wait_for()

    def _put(self, form, name: str, value: Any) -> None:
        field = form.locator(f'[name="{name}"]')
        kind = field.first.get_attribute("type")
        if kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                chosen = field if one is True else form.locator(f'[name="{name}"][value="{one}"]')
                chosen.first.check(force=True)
        elif kind == "file":
            field.set_input_files(value)
        elif form.locator(f'select[name="{name}"]').count():
            field.select_option(value)
        else:
            field.fill(str(value))
