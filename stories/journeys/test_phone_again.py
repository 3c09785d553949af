"""What a phone sends again is the first try to the letter, and a door closed meanwhile takes nothing away."""

from playwright.sync_api import expect

from shangliang.base.files.models import File
from shangliang.flow.studios.models import Studio
from shangliang.flow.voices.models import Voice

from ..visitor import photo
from .at_the_door import CLOSED, WAITING, WORDS, form, hands_over, receipt, settled, shows, writes
from .ways import BROWSER

pytestmark = BROWSER


LOSES = """const real = window.fetch; window.way = 'lost answer';
    window.fetch = async (to, how) => {
        if (how?.method !== 'POST' || to !== location.pathname || window.way === 'good') return real(to, how);
        if (window.way === 'lost answer') { window.way = 'none'; window.met = (await real(to, how)).type; }
        throw new TypeError('no signal'); };"""


def test_a_photo_that_goes_up_after_the_first_try_does_not_alter_the_second(world, phone, door):
    resident = phone()
    resident.context.add_init_script(LOSES)
    page = resident.goes_to(door).page
    page.route("**/files/photo/", lambda route: route.abort("connectionreset"))
    resident.fills(form(page), words=WORDS, photos=[photo()])
    hands_over(page)
    expect(page.locator(WAITING)).to_be_visible(timeout=30_000)
    assert (page.evaluate("window.met"), Voice.objects.count()) == ("opaqueredirect", 1)
    page.unroute("**/files/photo/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".ups li")).to_contain_text("传好了")
    expect(page.locator("[name=voucher]")).to_have_count(1)
    page.evaluate("window.way = 'good'")
    page.get_by_role("button", name="现在就再试一次").click()
    code = receipt(page)
    voice = Voice.objects.get()
    assert [file.subject for file in File.objects.all()] == [voice.subject]
    resident.goes_to("/track/").sends("/track/", code=code)
    assert voice.number in page.locator("main").inner_text()


def test_a_draft_that_may_have_been_taken_is_asked_for_twice_before_it_counts_as_refused(world, phone, door):
    resident = phone()
    page = writes(resident, door)
    tries = []

    def loses_then_refuses_once(route):
        if route.request.method != "POST":
            return route.fallback()
        tries.append(route.request.method)
        if len(tries) == 1:
            route.fetch(max_redirects=0)
            return route.abort("connectionreset")
        return route.fulfill(status=422, body="no") if len(tries) == 2 else route.fallback()

    page.route(f"**{door}", loses_then_refuses_once)
    hands_over(page)
    expect(page.locator(WAITING)).to_be_visible()
    page.get_by_role("button", name="现在就再试一次").click()
    receipt(page)
    assert (len(tries), Voice.objects.count()) == (3, 1)


def shut(world):
    Studio.objects.filter(pk=world.studio.pk).update(state="suspended")


def test_at_a_door_that_was_just_closed_what_was_written_stays_on_the_screen(world, phone, door):
    resident = phone()
    page = writes(resident, door, phone="13800000001")
    shut(world)
    hands_over(page)
    shows(page, CLOSED, "门口刚关上。您写的都还在")
    shows(page, CLOSED, world.studio.phone)
    expect(form(page).locator("[name=words]")).to_have_value(WORDS)
    expect(form(page).locator("[name=phone]")).to_have_value("13800000001")
    expect(page.get_by_role("button", name="交给委员")).to_be_visible()
    assert settled(page) == 1
    Studio.objects.filter(pk=world.studio.pk).update(state="open")
    hands_over(page)
    receipt(page)
    assert Voice.objects.get().words == WORDS


def test_what_waited_stays_when_the_door_closed_meanwhile(world, phone, door):
    resident = phone()
    page = writes(resident, door)
    resident.context.set_offline(True)
    hands_over(page)
    shows(page, WAITING, "没有信号")
    shut(world)
    resident.context.set_offline(False)
    shows(page, WAITING, "门口刚关上。您写的都还在")
    expect(page.locator(WAITING)).not_to_contain_text("自己交出去", use_inner_text=True)
    assert settled(page) == 1
    Studio.objects.filter(pk=world.studio.pk).update(state="open")
    page.get_by_role("button", name="现在就再试一次").click()
    receipt(page)
    assert Voice.objects.get().words == WORDS
