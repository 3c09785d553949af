"""Each page of the loop in a real browser: WCAG 2.2 AA by axe-core at two widths, in normal and elder mode;
no sideways scroll; nothing refused by the content policy."""

import pytest

from .screens import enter, pages

pytestmark = [pytest.mark.browser]
WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}


@pytest.fixture(scope="module")
def visitors(browser, site):
    """Signed-in pages by (mode, who), made when first asked for."""
    made = {}

    def visitor(mode, who):
        if (mode, who) not in made:
            context = browser.new_context()
            if mode == "elder":
                context.add_cookies([{"name": "mode", "value": "elder", "url": site.address}])
            made[mode, who] = context.new_page()
            enter(made[mode, who], site, who)
        return made[mode, who]

    return visitor


@pytest.mark.parametrize("mode", ["normal", "elder"])
def test_pages_can_be_used_by_everybody(site, visitors, axe, mode):
    """Opened as wide as a phone and then drawn as wide as a desk, as a window is: one visit for both."""
    found = {}
    for one in pages(site):
        page, said = visitors(mode, one.who), []
        page.on(
            "console",
            lambda message, said=said: said.append(message.text) if message.type == "error" else None,
        )
        page.set_viewport_size(WIDTHS["phone"])
        status = page.goto(site.address + one.address).status
        if page.locator("[hx-trigger^=intersect], [hx-trigger=load]").count():
            page.wait_for_load_state("networkidle")  # what it fetches apart is looked at too
        faults = [f"status {status}"] if status != (404 if one.name == "missing" else 200) else []
        for size in WIDTHS:
            page.set_viewport_size(WIDTHS[size])
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults += [f"{size}: wider than the window by {wide}"] if wide > 0 else []
            faults += [f"{size}: {fault}" for fault in axe(page)]
        faults += [words for words in said if "404" not in words]
        if faults:
            found[one.name] = faults
    assert found == {}


def test_photos_in_docs_follow_the_pages(site):
    """`make draw` draws each page at both widths; one that is missing was forgotten."""
    from .draw import SCREENS

    wanted = {f"{one.name}-{size}.webp" for one in pages(site) for size in WIDTHS}
    there = {file.name: file.stat().st_size for file in SCREENS.glob("*.webp")}
    assert wanted == set(there)
    assert sum(there.values()) <= 4_000_000
