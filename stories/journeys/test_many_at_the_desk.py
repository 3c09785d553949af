"""Monday morning at the desk, in a real browser: sixty voices, a filter, one answer for all of them after a
look; one changes meanwhile. And the same desk by keys alone."""

import re
import secrets

import pytest
from playwright.sync_api import expect

from shangliang.base.people.actor import STRANGER
from shangliang.base.people.queries import actor_of
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Answer, SavedFilter, Voice

from ..visitor import PHONE
from .ways import BOTH, BROWSER

pytestmark = BROWSER
FIELD = "input:not([type=hidden]), select, textarea, button"
WORDS = "{编号} 说的路灯，{工作室}已经报修，{日期}以后还不亮请再说一声。"


@pytest.fixture
def officer(world, visitor):
    """The officer with a browser, as often as it is called."""
    return lambda **more: visitor(**more).signs_in("officer")


def left(world, count):
    """So many voices at the studio's door, taken up by the officer."""
    by, found = actor_of(world.accounts["officer"]), []
    for n in range(count):
        said = {"words": f"第 {n} 盏路灯不亮，晚上看不清路。", "kind": "help"}
        voice, _code = actions.leave(world.studio, by=STRANGER, form_key=secrets.token_urlsafe(16), **said)
        found.append(actions.take_up(voice.code, by=by, seen=1))
    return found


@BOTH
def test_sixty_are_answered_at_once_though_one_changed_meanwhile(world, officer, scripts, axe):
    voices = left(world, 60)
    person = officer(scripts=scripts)
    page = person.page
    person.goes_to("/desk/templates/").sends("/desk/templates/", title="路灯报修", words=WORDS)
    person.goes_to("/desk/filters/")
    page.select_option("select[name=turn]", "us")
    page.select_option("select[name=kind]", "help")
    page.get_by_role("button", name="看这些").click()
    page.wait_for_url(re.compile("turn=us"))
    page.get_by_role("link", name="更多条件").click()
    person.sends("/desk/filters/", name="路灯求助")
    assert SavedFilter.objects.get().query == "tab=all&kind=help&turn=us"
    page.get_by_role("link", name="路灯求助").click()
    page.get_by_role("button", name="筛出来的一起办").click()
    person.reads("选了 60 件")
    if scripts:
        assert axe(page) == []
    page.locator("details.more-d summary").click()
    page.get_by_role("link", name="路灯报修").click()
    assert page.input_value("textarea[name=words]") == WORDS
    page.get_by_role("button", name="先看一遍").click()
    page.wait_for_url(re.compile("/many/[^/?]+/$"))
    person.reads(voices[59].number)
    assert not Answer.objects.exists()
    if scripts:
        assert axe(page) == []

    other = voices[30]
    actions.extend(other.code, by=actor_of(world.accounts["convener"]), seen=2, days=2, words="灯杆要订做")
    page.get_by_role("button", name="就这样办，60 件").click()
    page.wait_for_load_state()
    alert = page.get_by_role("alert").inner_text()
    assert other.number in alert
    assert not Answer.objects.exists()
    person.reads("{编号} 说的路灯")
    page.get_by_role("button", name="照现在的样子再看一遍").click()
    page.get_by_role("button", name="就这样办，60 件").click()
    person.reads("办好了 60 件")
    assert Answer.objects.count() == Voice.objects.filter(state="answered").count() == 60


def test_by_keys_alone(world, officer):
    voices = left(world, 3)
    person = officer()
    page = person.goes_to("/desk/?tab=in_hand").page
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("jkx")  # in a field, letters are letters
    assert page.input_value("input[name=q]") == "jkx"
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("input[name=pick]:checked").count() == 1
    page.keyboard.press("Enter")
    page.wait_for_selector("#pane [data-key=h]")
    page.keyboard.press("h")
    page.wait_for_selector("#move-hand_over select[name=to]")
    expect(page.locator("#move-hand_over select[name=to]")).to_be_focused()
    for key, move in (("m", "propose_merge"), ("f", "assign"), ("a", "answer")):
        page.keyboard.press("Escape")  # out of the field: letters are keys again
        page.keyboard.press(key)
        expect(page.locator(f"#move-{move}").locator(FIELD).first).to_be_focused()
    expect(page.locator("#move-answer textarea")).to_be_focused()
    page.keyboard.type("amrf 灯已经换了，亮了。")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="发出答复").focus()
    with page.expect_navigation():  # a key, unlike a click, waits for nothing
        page.keyboard.press("Enter")
    person.reads("答复发出了")
    assert Answer.objects.get().words == "amrf 灯已经换了，亮了。"
    assert Answer.objects.get().voice.code in {voice.code for voice in voices}

    new, _code = actions.leave(
        world.studio, by=STRANGER, form_key=secrets.token_urlsafe(16), words="路边的沟堵了"
    )
    person.goes_to(f"/desk/voices/{new.code}/")
    for key, move in (("r", "refuse"), ("f", "take_up")):
        page.keyboard.press(key)
        expect(page.locator(f"#move-{move}").locator(FIELD).first).to_be_focused()
        page.keyboard.press("Escape")

    page.get_by_role("button", name="关掉按键").click()
    page.wait_for_load_state()
    page.keyboard.press("?")
    page.keyboard.press("/")
    assert not page.get_by_role("dialog").count()
    assert page.evaluate("document.activeElement.name") != "q"


def test_who_goes_by_tab_keeps_their_place_when_the_list_comes(world, officer):
    """On a phone the list stands under the voice, and is fetched in the place of a link when it is near."""
    [voice] = left(world, 1)
    page = officer(size=PHONE).goes_to(f"/desk/voices/{voice.code}/").page
    link = page.locator(".apart a")
    link.evaluate("one => one.focus({preventScroll: true})")
    link.scroll_into_view_if_needed()
    expect(link).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('.tabs')"), "what came has the focus"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top < innerHeight")
