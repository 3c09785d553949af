"""What a resident does with a phone at the door, and where the page tells of a draft."""

import re

from playwright.sync_api import expect

WORDS = "巷口的路灯三个月不亮了，娃娃放学摸黑走。"
OFFER, WAITING, KEPT = "[data-say=offer]", "[data-say=waiting]", "[data-say=kept]"
CLOSED = "[data-say=closed]"
SAID_KEPT = re.compile("没有信号也丢不了")


def form(page):
    return page.locator("form[enctype]").first


def shows(page, where, words):
    """The panel stands on the screen and says so: what is hidden still bears its words."""
    expect(page.locator(where)).to_be_visible()
    expect(page.locator(where)).to_contain_text(words, use_inner_text=True)


def writes(who, door, words=WORDS, **more):
    """At the door, until what was written lies on the phone."""
    who.goes_to(door)
    who.fills(form(who.page), words=words, **more)
    shows(who.page, KEPT, SAID_KEPT)
    return who.page


def hands_over(page):
    page.get_by_role("button", name="交给委员").click()


def receipt(page):
    page.wait_for_url(re.compile("/receipt/"))
    return page.locator("[data-code]").first.get_attribute("data-code")


def settled(page):
    """The receipt stands, and nothing is left on the phone."""
    page.wait_for_load_state("networkidle")
    return page.evaluate(
        """() => new Promise(done => { const o = indexedDB.open('shangliang-drafts', 1);
        o.onsuccess = () => { const a = o.result.transaction('drafts').objectStore('drafts').count();
        a.onsuccess = () => done(a.result); }; })"""
    )
