"""A resident's phone at the door: signal goes and comes back, the phone is lent, nothing is said twice."""

import re

from playwright.sync_api import expect

from shangliang.base.files.models import File
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.tests.conftest import Story

from ..english import HAN
from ..visitor import photo
from .at_the_door import (
    KEPT,
    OFFER,
    SAID_KEPT,
    WAITING,
    WORDS,
    form,
    hands_over,
    receipt,
    settled,
    shows,
    writes,
)
from .ways import BROWSER

pytestmark = BROWSER
PRIVATE = (
    "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no', 'SecurityError') }})"
)


def test_without_signal_it_waits_and_goes_once_when_the_signal_is_back(world, phone, door):
    resident = phone()
    page = writes(resident, door, place="世纪路后巷", phone="13800000001", audience="public")
    resident.context.set_offline(True)
    hands_over(page)
    shows(page, WAITING, "这会儿没有信号")
    assert Voice.objects.count() == 0
    resident.context.set_offline(False)
    assert len(receipt(page)) == 12
    voice = Voice.objects.get()
    assert (voice.words, voice.place, voice.public) == (WORDS, "世纪路后巷", True)
    assert voice.phone == "13800000001"
    assert settled(page) == 0
    resident.goes_to(door)
    expect(page.locator(OFFER)).to_be_hidden()
    assert form(page).locator("[name=words]").input_value() == ""


def test_an_answer_that_was_lost_on_the_way_gives_the_same_receipt(world, phone, door):
    resident = phone()
    page = writes(resident, door)
    lost = []

    def swallow(route):
        if route.request.method != "POST" or lost:
            return route.fallback()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort("connectionreset")

    page.route(f"**{door}", swallow)
    hands_over(page)
    expect(page.locator(WAITING)).to_be_visible()
    assert (lost, Voice.objects.count()) == ([303], 1)
    page.get_by_role("button", name="现在就再试一次").click()
    code = receipt(page)
    voice = Voice.objects.get()
    resident.goes_to("/track/").sends("/track/", code=code)
    assert voice.number in page.locator("main").inner_text()


def test_a_page_closed_while_it_waited_asks_before_it_goes_on(world, phone, door):
    resident = phone()
    page = writes(resident, door, photos=[photo()])
    expect(page.locator(".ups li")).to_contain_text("传好了")
    resident.context.set_offline(True)
    hands_over(page)
    expect(page.locator(WAITING)).to_be_visible()
    page.close()
    resident.context.set_offline(False)
    page = resident.page = resident.context.new_page()
    resident.goes_to(door)
    expect(page.locator(OFFER)).to_contain_text("等着交的留言")
    assert WORDS not in page.locator("body").inner_text()
    assert form(page).locator("[name=words]").input_value() == ""
    assert Voice.objects.count() == 0
    page.get_by_role("button", name="交出去").click()
    receipt(page)
    assert Voice.objects.get().words == WORDS
    assert File.objects.count() == 1


def test_the_next_person_on_a_lent_phone_reads_nothing_and_can_delete_it(world, phone, door):
    first = phone()
    writes(first, door, phone="13800000001").close()
    page = first.page = first.context.new_page()
    first.goes_to(door)
    expect(page.locator(OFFER)).to_contain_text("没写完的留言")
    shown = page.locator("body").inner_text() + form(page).locator("[name=words]").input_value()
    assert "路灯" not in shown
    kept = page.evaluate(
        """() => new Promise(done => { const o = indexedDB.open('shangliang-drafts', 1);
        o.onsuccess = () => { const a = o.result.transaction('drafts').objectStore('drafts').getAll();
        a.onsuccess = () => done(JSON.stringify(a.result)); }; })"""
    )
    assert "路灯" in kept
    assert "13800000001" not in kept, "a number is kept only with what waits to be sent"
    first.fills(form(page), words="我是第二个人，我说水渠漏水。")
    shows(page, KEPT, SAID_KEPT)
    delete = page.locator(f"{OFFER} [data-forget]")
    delete.click()
    expect(delete).to_contain_text("再按一次就删掉")
    delete.click()
    expect(page.locator(OFFER)).to_be_hidden()
    hands_over(page)
    receipt(page)
    assert [voice.words for voice in Voice.objects.all()] == ["我是第二个人，我说水渠漏水。"]
    assert settled(page) == 0


def test_a_draft_is_taken_up_again_with_its_photos_and_deleted_from_the_form(world, phone, door):
    resident = phone()
    writes(resident, door, place="村口水渠边", photos=[photo()])
    expect(resident.page.locator(".ups li")).to_contain_text("传好了")
    resident.page.wait_for_timeout(900)
    resident.page.close()
    page = resident.page = resident.context.new_page()
    resident.goes_to(door)
    page.get_by_role("button", name="接着写").click()
    expect(form(page).locator("[name=words]")).to_have_value(WORDS)
    expect(form(page).locator("[name=place]")).to_have_value("村口水渠边")
    expect(page.locator(".ups li")).to_have_count(1)
    resident.goes_to(door)  # loaded anew in the same tab: nobody is asked
    expect(form(page).locator("[name=words]")).to_have_value(WORDS)
    delete = page.locator(f"{KEPT} [data-forget]")
    delete.click()
    delete.click()
    expect(form(page).locator("[name=words]")).to_have_value("")
    assert settled(page) == 0


def test_in_a_private_window_without_storage_the_open_page_itself_waits(world, phone, door):
    resident = phone()
    resident.context.add_init_script(PRIVATE)
    page = resident.goes_to(door).page
    resident.fills(form(page), words=WORDS)
    resident.context.set_offline(True)
    hands_over(page)
    shows(page, WAITING, "没有信号")
    expect(page.locator(KEPT)).to_be_hidden()
    resident.context.set_offline(False)
    receipt(page)
    assert Voice.objects.get().words == WORDS


def test_what_the_server_refuses_is_said_by_the_server_and_can_be_mended(world, phone, door):
    resident = phone()
    page = writes(resident, door, phone="我没有手机")
    hands_over(page)
    expect(page.locator(".err-sum")).to_contain_text("这个号码看着不对")
    expect(form(page).locator("[name=words]")).to_have_value(WORDS)
    resident.fills(form(page), phone="")
    hands_over(page)
    receipt(page)
    assert Voice.objects.count() == 1


def test_the_door_opens_without_signal_and_what_is_written_there_is_sent(world, phone, door):
    resident = phone()
    page = resident.goes_to(door).page
    page.evaluate("navigator.serviceWorker.ready.then(() => new Promise(d => setTimeout(d, 800)))")
    resident.context.set_offline(True)
    resident.goes_to(door)
    expect(page.get_by_role("heading", level=1)).to_contain_text(world.studio.name)
    resident.fills(form(page), words=WORDS, photos=[photo()])
    hands_over(page)
    expect(page.locator(WAITING)).to_be_visible(timeout=15_000)
    resident.context.set_offline(False)
    receipt(page)
    assert Voice.objects.get().words == WORDS
    assert File.objects.count() == 1


def test_a_similar_voice_is_looked_at_and_what_was_typed_is_still_there(world, phone, door):
    story = Story(world)
    known = story.to("taken_up", public=True, words="东街的路灯坏了，老人晚上看不见路")
    actions.show(known.code, by=world.officer, seen=1)
    resident = phone()
    page = writes(resident, door, place="世纪路", phone="13800000001")
    page.get_by_role("link", name="东街的路灯坏了").click()
    page.wait_for_url(re.compile(f"/voices/{known.code}/"))
    page.go_back()
    expect(form(page).locator("[name=words]")).to_have_value(WORDS)
    expect(form(page).locator("[name=place]")).to_have_value("世纪路")
    expect(form(page).locator("[name=phone]")).to_have_value("13800000001")
    hands_over(page)
    receipt(page)
    assert Voice.objects.count() == 2


def test_photos_go_up_as_they_are_chosen_and_a_break_costs_one(world, phone, door):
    resident = phone()
    page = resident.goes_to(door).page
    sent = []

    def breaks_once(route):
        sent.append(len(sent))
        return route.abort("connectionreset") if len(sent) == 2 else route.fallback()

    page.route("**/files/photo/", breaks_once)
    resident.fills(form(page), words=WORDS, photos=[photo("one.jpg"), photo("two.jpg")])
    expect(page.locator(".ups li").filter(has_text="传好了")).to_have_count(2)
    assert len(sent) == 3
    assert File.objects.count() == 0, "nothing is kept before the word is sent"
    page.locator(".ups button").first.click()
    hands_over(page)
    receipt(page)
    assert [file.subject for file in File.objects.all()] == [Voice.objects.get().subject]


LISTENS = """window.SpeechRecognition = window.webkitSpeechRecognition =
    class extends EventTarget { start() { setTimeout(() => {
    const heard = Object.assign([{transcript: '路灯坏了。'}], {isFinal: true});
    this.dispatchEvent(Object.assign(new Event('result'), {results: [heard], resultIndex: 0}));
    this.dispatchEvent(new Event('end')); }, 50); } stop() {} };"""
DEAF = "delete window.webkitSpeechRecognition; delete window.SpeechRecognition;"
SPEAKS = """const said = []; window.said = said;
    Object.defineProperty(window, 'SpeechSynthesisUtterance',
    {value: class { constructor(text) { this.text = text; } }});
    Object.defineProperty(window, 'speechSynthesis', {value: {
    getVoices: () => [{lang: 'en-GB'}, {lang: 'zh-CN'}], addEventListener() {},
    cancel() { said.length = 0; }, speak(one) { said.push([one.text, one.voice.lang, one.lang]); }}});"""


def test_one_may_speak_instead_of_typing_and_is_told_who_listens(world, phone, door):
    resident = phone()
    resident.context.add_init_script(LISTENS)
    page = resident.goes_to(door).page
    expect(page.locator("[data-dictate]")).to_contain_text("做这个浏览器的公司")
    page.get_by_role("button", name="说话代替打字").click()
    expect(form(page).locator("[name=words]")).to_have_value("路灯坏了。")
    assert "microphone=(self)" in resident.answer.headers["permissions-policy"]
    assert "microphone=()" in resident.goes_to("/track/").answer.headers["permissions-policy"]
    other = phone()
    other.context.add_init_script(DEAF)
    expect(other.goes_to(door).page.locator("[data-dictate]")).to_be_hidden()


def test_a_page_is_read_aloud_where_there_is_a_voice(world, phone, door):
    resident = phone()
    resident.context.add_init_script(SPEAKS)
    page = resident.goes_to(door).page
    page.get_by_role("button", name="念给我听").click()
    said = page.evaluate("said")
    assert world.studio.name in "".join(words for words, _voice, _lang in said)
    assert {(voice, lang) for _words, voice, lang in said} == {("zh-CN", "zh-CN")}
    page.get_by_role("button", name="不念了").click()
    assert page.evaluate("said") == []
    expect(phone().goes_to("/track/").page.locator("[data-aloud]")).to_be_hidden()


def test_names_on_an_english_page_are_read_by_a_chinese_voice(world, phone):
    """The studio's page: whatever is Chinese there, and nothing else, goes to the Chinese voice."""
    resident = phone()
    resident.context.add_init_script(SPEAKS)
    resident.goes_to("/")
    resident.context.add_cookies([
        {"name": "language", "value": "en", "url": resident.page.url}
    ])  # fmt: skip
    page = resident.goes_to(f"/studios/{world.studio.code}/").page
    page.get_by_role("button", name="Read aloud").click()
    spoken = [(words, lang, bool(HAN.search(words))) for words, _voice, lang in page.evaluate("said")]
    assert (world.studio.name, "zh-CN", True) in spoken
    assert [one for one in spoken if one[2] != (one[1] == "zh-CN")] == []
    english = [words for words, lang, _han in spoken if lang == "en-GB"]
    assert any("Who is here" in words for words in english)


def test_a_first_time_visitor_says_a_word_in_six_taps_and_typings_at_most(world, phone, door):
    """Counted in the page itself: every tap on it, and every field that is typed in."""
    resident = phone()
    resident.context.add_init_script(
        """addEventListener('pointerdown', count, true); const typed = new Set();
        addEventListener('input', ({target}) => {
            if (target.type !== 'radio' && !typed.has(target)) { typed.add(target); count(); } }, true);
        function count() { sessionStorage.n = 1 + Number(sessionStorage.n || 0) }"""
    )
    page = resident.goes_to(door).page
    words = page.get_by_label("您想说什么事？")
    words.click()
    page.keyboard.type(WORDS)
    hands_over(page)
    receipt(page)
    assert Voice.objects.get().words == WORDS
    assert int(page.evaluate("sessionStorage.n")) == 3, "into the field, the words, 交给委员"
    resident.goes_to(door)
    page.evaluate("sessionStorage.n = 0")
    page.get_by_label("您想说什么事？").click()
    page.keyboard.type("这回说得细一些：水渠漏水。")
    page.locator("[name=kind][value=help]").click()
    page.locator("[name=audience][value=public]").click()
    hands_over(page)
    receipt(page)
    taps = int(page.evaluate("sessionStorage.n"))
    assert 3 < taps <= 6, taps
    assert Voice.objects.order_by("pk").last().public
