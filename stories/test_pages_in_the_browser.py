"""Each page of the loop in a real browser: WCAG 2.2 AA by axe-core at two widths, in normal and elder mode;
no sideways scroll; nothing refused by the content policy."""

import re

import pytest

from .screens import enter, pages, papers

pytestmark = [pytest.mark.browser]
WIDTHS = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1440, "height": 900}}


ELDER = "mode => document.documentElement.dataset.mode = mode"
OTHERWISE = re.compile(
    r' data-mode="elder"|value="[\w.-]{20,}"|name="elder" value="."|标准版|长辈版|elder=[01]'
)
LOOKS = [("phone", "normal"), ("phone", "elder"), ("desktop", "elder"), ("desktop", "normal")]
# Staff's pages beside the loop have one template at both widths and in both modes: axe reads them as they are
# mostly used, and with the largest letters in the narrowest window. How wide each is, is seen in all four.
TWO = [("phone", "elder"), ("desktop", "normal")]
LOOP = [
    "desk", "desk-voice", "desk-topics", "desk-consultation", "handle", "handle-voice",
    "work", "statement", "entry",
]  # fmt: skip
STAFF = ("desk", "handle", "work", "lead", "guide")


@pytest.fixture(scope="module")
def visitors(browser, site, axe_source):
    """Signed-in pages by who, made when first asked for. Each brings axe-core along."""
    made = {}

    def visitor(who):
        if who not in made:
            context = browser.new_context()
            context.add_init_script(axe_source)
            made[who] = context.new_page()
            enter(made[who], site, who)
        return made[who]

    return visitor


def test_pages_can_be_used_by_everybody(site, visitors, axe):
    """Opened as wide as a phone and then drawn as wide as a desk, as a window is, and in elder mode, which is
    one word on the page's root (see below): one visit for all four looks."""
    found = {}
    for one in pages(site):
        page, said = visitors(one.who), []
        page.on(
            "console",
            lambda message, said=said: said.append(message.text) if message.type == "error" else None,
        )
        page.set_viewport_size(WIDTHS["phone"])
        status = page.goto(site.address + one.address).status
        if page.locator("[hx-trigger^=intersect], [hx-trigger=load]").count():
            page.wait_for_load_state("networkidle")  # what it fetches apart is looked at too
        faults = [f"status {status}"] if status != (404 if one.name == "missing" else 200) else []
        for size, mode in LOOKS:
            page.evaluate(ELDER, mode)
            page.set_viewport_size(WIDTHS[size])
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults += [f"{size}, {mode}: wider than the window by {wide}"] if wide > 0 else []
            if one.name in LOOP or not one.name.startswith(STAFF) or (size, mode) in TWO:
                faults += [f"{size}, {mode}: {fault}" for fault in axe(page)]
        faults += [words for words in said if "404" not in words]
        if faults:
            found[one.name] = faults
    assert found == {}


def test_elder_mode_is_one_word_on_the_page(site, visitors):
    """So that to set it, as above, is to have it: but for the switch, and keys drawn anew each time."""
    for one in pages(site)[::10]:
        with_query = site.address + one.address + ("&" if "?" in one.address else "?")
        plain, elder = (
            OTHERWISE.sub("", visitors(one.who).request.get(f"{with_query}elder={on}").text()) for on in "01"
        )
        assert "<html" in plain
        assert plain == elder, one.name


def test_photos_in_docs_follow_the_pages(site):
    """`make draw` draws each page at both widths, and the papers; one that is missing was forgotten."""
    from .draw import SCREENS

    wanted = {f"{one.name}-{size}.webp" for one in pages(site) for size in WIDTHS}
    wanted |= {f"paper-{one.name}.webp" for one in papers(site)}
    there = {file.name: file.stat().st_size for file in SCREENS.glob("*.webp")}
    assert wanted == set(there)
    assert sum(there.values()) <= 4_000_000
