"""Ways to be heard that are not a phone at the door, each in a real browser: a time booked at the studio;
told by phone, on paper or on a visit; and the door by the keyboard alone."""

import re
from datetime import datetime, time

import pytest
from playwright.sync_api import expect

from shangliang.base.clock import SHANGHAI
from shangliang.base.paper.tests import reading
from shangliang.base.places import queries as places
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import queries
from shangliang.flow.studios.models import Booking
from shangliang.flow.voices.models import Voice
from shangliang.ledgers.figures import queries as figures

from ..visitor import PHONE, photo
from ..world import build
from .ways import BOTH, BROWSER, chooses, goes_on, looked_over, skips, tabs_to, types, verified

pytestmark = BROWSER


@pytest.fixture
def monday(clock_for_all):
    """Moves the clock's hand within the week of Monday 23 November 2026, where it stands at ten."""

    def to(day, hour, minute=0):
        clock_for_all(datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI))

    to(23, 10)
    return to


@pytest.fixture
def world(monday, transactional_db):
    """Built on that Monday."""
    return build()


# ── A time of a reception day ──


def presses(person, words):
    person.page.get_by_role("button", name=words).first.click()
    person.page.wait_for_load_state()


def books(person, studio, at, button, **said):
    """From the studio's page to the booking; its code, as the page shows it once."""
    person.goes_to(f"/studios/{studio.code}/").page.get_by_role("link", name="约个时间当面说").click()
    person.page.wait_for_load_state()
    person.fills(person.page.locator("form[action$='/book/']"), at=at, **said)
    presses(person, button)
    return "".join(person.page.locator(".code12 span").all_inner_texts())


def books_by_keys(person, studio, phone):
    """The same for the first time there is, by the keyboard alone."""
    page = person.goes_to(f"/studios/{studio.code}/").page
    goes_on(page, "a[href$='/book/']")
    tabs_to(page, "[name=at]")
    page.keyboard.press("Space")
    tabs_to(page, "[name=phone]")
    page.keyboard.type(phone)
    goes_on(page, "form[action$='/book/'] button[type=submit]")
    return "".join(page.locator(".code12 span").all_inner_texts())


def receives_by_keys(page, booking):
    """The day's list, by the keyboard alone: told, come, one more without a booking, and who is on duty."""
    for move in ("tell", "come"):
        skips(page)
        goes_on(page, f"form[action$='/bookings/{booking.code}/{move}/'] button")
    skips(page)
    goes_on(page, "form[action$='/walk_in/'] button")
    skips(page)
    types(page, members=True)
    goes_on(page, "form[action$='/duty/'] button[type=submit]")


@BOTH
def test_a_time_given_back_goes_to_who_waits(world, visitor, monday, axe, scripts):
    line = {"weekday": 3, "start": time(9), "end": time(9, 20), "duty": world.member.key}
    studio = queries.door(world.studio.code)
    studios.set_timetable(studio.code, by=world.convener, seen=studio.version, slots=[line])
    first, second = (visitor(size=PHONE, scripts=scripts) for _n in range(2))
    code = books_by_keys(first, studio, "13800000001")
    first.reads("您是 1 号")
    looked_over(first, axe)
    code2 = books(second, studio, "wait", "排进候补", phone="13800000002")
    second.reads("前面有人取消，就按先后轮到您")
    looked_over(second, axe)
    assert (len(code), len(code2)) == (8, 8)

    again = visitor(size=PHONE, scripts=scripts).goes_to("/bookings/").sends("/bookings/", code=code.lower())
    again.reads("9:00—9:20")
    again.sends("/bookings/mine/cancel/").reads("您取消了")
    second.goes_to("/bookings/").sends("/bookings/", code=code2)
    second.reads("轮到您了：9:00—9:20")

    monday(26, 9, 5)
    convener = visitor(scripts=scripts).signs_in("convener")
    convener.goes_to(f"/desk/studios/{studio.code}/day/").reads("2 号　9:00—9:20")
    assert "13800000002" not in convener.page.content()
    person = Booking.objects.get(number=2)
    assert not convener.page.locator(f"form[action$='{Booking.objects.get(number=1).code}/come/']").count()
    receives_by_keys(convener.page, person)
    assert convener.page.locator(".pill", has_text="来了").count() == 2
    assert not convener.page.locator("form[action$='/come/']").count()
    looked_over(convener, axe)
    second.goes_to("/bookings/").sends("/bookings/", code=code2).reads("那天您来过了")
    states = Booking.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["cancelled", "came", "came"]
    verified()


# ── Told to somebody of the studio ──

TOLD = {
    "phone": "电话里说：村口的渠堵了半个月，浇不上地。",
    "visit": "上门时说：老人看病要走八里路，班车停了。",
    "paper": "纸上写：学校墙外堆着沙子，娃娃绕着走马路。",
}


def prints(convener, studio):
    """A form on paper: the number on it, and the code on the stub that its taker keeps."""
    where = f"/desk/studios/{studio.code}/forms/"
    convener.goes_to(where).sends("/forms/", count=1)
    served = convener.page.request.get(f"{convener.address}{where}pdf/")
    [page] = reading.pages(served.body())
    code = re.search(r"\b[0-9A-Z]{4} +[0-9A-Z]{4} +[0-9A-Z]{4}\b", page).group()
    return re.search(r"\d{4}-\d{5}-\d", page).group(), code


def records(person, studio, channel, **more):
    """Written down, by a hand that presses twice; the code on the slip, where there is one."""
    form = person.goes_to("/desk/record/").page.locator("form[action$='/record/']")
    person.fills(form, studio=studio.code, channel=channel, words=TOLD[channel], **more)
    form.locator("button[type=submit]").last.dblclick(no_wait_after=True)
    # Looked at again and again: the first press's answer may be broken off by the second's.
    expect(person.page).to_have_url(re.compile("/record/slip/|/desk/voices/"), timeout=30_000)
    person.page.wait_for_load_state()
    slip = person.page.locator("[data-code]")
    return slip.first.get_attribute("data-code") if slip.count() else ""


def records_by_keys(person, studio, phone):
    """What was told by phone, by the keyboard alone; the code on the slip."""
    page = person.goes_to("/desk/record/").page
    skips(page)
    chooses(page, studio=studio.code, channel="phone")
    types(page, words=TOLD["phone"], phone=phone, consent=True)
    goes_on(page, "form[action$='/record/'] button[type=submit]")
    return page.locator("[data-code]").first.get_attribute("data-code")


def without_consent(person, studio):
    """Sent without it: refused at its field, and nothing that was typed is lost."""
    form = person.goes_to("/desk/record/").page.locator("form[action$='/record/']")
    person.fills(form, studio=studio.code, channel="phone", words=TOLD["phone"])
    presses(person, "记下，打印查询码")
    person.reads("先问过本人，同意了再记。")
    assert person.page.locator("[name=words]").input_value() == TOLD["phone"]
    assert not Voice.objects.exists()


@BOTH
def test_told_by_phone_on_a_visit_and_on_paper(world, visitor, axe, scripts):
    officer, member, convener = (
        visitor(scripts=scripts).signs_in(name) for name in ("officer", "member", "convener")
    )
    without_consent(officer, world.studio)
    number, stub = prints(convener, world.studio)
    codes = {
        "phone": records_by_keys(officer, world.studio, "13800000001"),
        "visit": records(member, world.studio, "visit", consent=True, place="草坪村", photos=[photo()]),
    }
    looked_over(officer, axe)
    assert not records(convener, world.studio, "paper", consent=True, paper=number), "the taker has the code"
    codes["paper"] = stub
    assert Voice.objects.count() == len(TOLD)

    form = officer.goes_to("/desk/record/").page.locator("form[action$='/record/']")
    officer.fills(
        form, studio=world.studio.code, channel="paper", words="同一张纸", paper=number, consent=True
    )
    presses(officer, "记下，打印查询码")
    officer.reads("已经录过了")

    resident = visitor(size=PHONE, scripts=scripts)
    for channel, code in codes.items():
        resident.goes_to("/track/").sends("/track/", code=code).reads(TOLD[channel])
        voice = Voice.objects.get(channel=channel)
        resident.reads(voice.number)
        assert voice.consent
    looked_over(resident, axe)
    names = {voice.channel: voice.recorded_by for voice in Voice.objects.all()}
    assert names == {"phone": world.officer.key, "visit": world.member.key, "paper": world.convener.key}
    verified()
    county = places.committee("990101")
    assert figures.figure("voices_received", county).counted == len(TOLD)
    assert figures.figure("voices_assisted", county).counted == len(TOLD)


# ── By the keyboard alone ──


@BOTH
def test_a_word_by_tab_space_and_enter_only(world, phone, door, axe, scripts):
    resident = phone(scripts=scripts)
    page = resident.goes_to(door).page
    tabs_to(page, "[name=words]")
    page.keyboard.type("巷口的路灯三个月不亮了，娃娃放学摸黑走。")
    tabs_to(page, "[name=kind]")
    page.keyboard.press("Space")
    tabs_to(page, "details.urgent > summary")
    page.keyboard.press("Enter")
    assert page.locator("details.urgent[open] a[href^='tel:']").first.is_visible()
    page.keyboard.press("Enter")
    tabs_to(page, "[name=audience]")
    page.keyboard.press("Space")
    tabs_to(page, "form[enctype] .sticky button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/receipt/"))
    resident.reads("收到了")
    code = page.locator("[data-code]").first.get_attribute("data-code")
    looked_over(resident, axe)

    tabs_to(page, "a[href$='/track/']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/track/"))
    tabs_to(page, "[name=code]")
    page.keyboard.type(code)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/track/thread/"))
    voice = Voice.objects.get()
    resident.reads(voice.number)
    tabs_to(page, "#say [name=words]")
    page.keyboard.type("一共六盏。")
    tabs_to(page, "#say button[type=submit]")
    with page.expect_navigation():  # a key, unlike a click, waits for nothing
        page.keyboard.press("Enter")
    resident.reads("发出去了")
    assert [line.words for line in voice.lines.all()] == ["一共六盏。"]
    verified()
