"""What several journeys do: leave a word, open it again by its code, look a page over, prove the journal."""

import re

import pytest

from shangliang import chores
from shangliang.base.journal import verify

from ..visitor import photo

BROWSER = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "keyring"]),
]
JOURNEY = [*BROWSER, pytest.mark.journey]
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
WORDS = "巷口的路灯三个月不亮了，娃娃放学摸黑走。"


def leaves_a_word(resident, world, words=WORDS):
    """One step at the door, with a photo; the code that the receipt shows, once."""
    door = f"/s/{world.studio.code}/"
    resident.goes_to(door)
    form = resident.page.locator("form[enctype]").first
    resident.fills(
        form, words=words, place="世纪路后巷", phone="13800000001", photos=[photo()], audience="public"
    )
    resident.page.get_by_role("button", name="交给委员").click()
    resident.page.wait_for_url(re.compile("/receipt/"))
    return resident.page.locator("[data-code]").first.get_attribute("data-code")


def opens(resident, code):
    """Their thread, by the code."""
    return resident.goes_to("/track/").sends("/track/", code=code)


def looked_over(person, axe):
    """By the rules of WCAG, and never wider than the phone."""
    if person.scripts:
        assert axe(person.page) == []
        assert person.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def verified():
    """The worker has done its round, and the journal holds."""
    chores.everything()
    report = verify.verify()
    assert report.ok, (report.broken, report.where)
