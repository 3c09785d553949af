"""What several journeys do: leave a word, open it again by its code, look a page over, go by Tab, prove the
journal."""

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


# ── By the keyboard alone ──
FOCUS = """wanted => { const one = document.activeElement;
    const label = one.closest('label') || (one.matches('.vh') && one.labels?.[0]) || one;
    const at = label.getBoundingClientRect();
    const top = document.elementFromPoint(at.x + at.width / 2, at.y + Math.min(at.height / 2, 20));
    return {seen: !!top && (label.contains(top) || top.contains(one)),
        there: one === document.querySelector(wanted), where: one.outerHTML.slice(0, 120)}; }"""
CHOSEN = "document.activeElement.matches('select, :checked') && document.activeElement.value"


def tabs_to(page, wanted, most=60):
    """Press Tab until what was wanted has the focus. Whatever has it on the way can be seen."""
    for _n in range(most):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS, wanted)
        assert focus["seen"], f"the focus lies out of sight: {focus['where']}"
        if focus["there"]:
            return
    raise AssertionError(f"{wanted} is not reached by Tab on {page.url}")


def goes_on(page, wanted):
    """To a link or a button by Tab, and on by Enter: a key, unlike a click, waits for nothing."""
    tabs_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def skips(page):
    """Past what every page begins with, by the link that the first Tab meets."""
    tabs_to(page, ".skip", most=1)
    page.keyboard.press("Enter")


def chooses(page, **said):
    """By the arrow, in a list or among buttons of which one is on."""
    for name, value in said.items():
        tabs_to(page, f"[name={name}]")
        for _n in range(20):
            if page.evaluate(CHOSEN) == value:
                break
            page.keyboard.press("ArrowDown")
        else:
            raise AssertionError(f"{name} offers no {value} to the arrow")


def types(page, **said):
    """Into fields by their names, in the order of the page: words typed, True by Space, a file (see `photo`)
    picked from what Space opens."""
    for name, value in said.items():
        if isinstance(value, dict):
            with page.expect_file_chooser() as asked:  # the browser has heard of it when the focus is there
                tabs_to(page, f"[name={name}]")
                page.keyboard.press("Space")
            asked.value.set_files(value)
            continue
        tabs_to(page, f"[name={name}]")
        if value is True:
            page.keyboard.press("Space")
        else:
            page.keyboard.type(value)
