"""Two people, one after the other, are helped to write in the same tab of the office: nothing of the one is
shown to the next, and nothing is left on the device. And two at the desk have the same voice open."""

import json
import re
import secrets

from playwright.sync_api import expect

from shangliang.base.journal.models import Act
from shangliang.base.people.actor import STRANGER
from shangliang.base.people.queries import actor_of
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Assistance, Line, Voice
from shangliang.ledgers.figures import queries as figures

from ..visitor import PHONE, photo
from .at_the_door import KEPT, OFFER, form, hands_over, receipt, settled, writes
from .ways import BROWSER, chooses, goes_on, looked_over, opens, skips, tabs_to, types, verified

pytestmark = BROWSER
FIRST = {"words": "儿子打我，我不敢回家。", "place": "世纪路 8 号后院", "phone": "13800000009"}
OWN = "楼道里的灯坏了，自己写的还没交。"
SECOND = "门口的井盖松了，怕绊着人。"


def begins(officer, world):
    officer.goes_to("/desk/assist/").sends(
        "/desk/assist/", studio=world.studio.code, channel="reception", consent=True
    )
    officer.reads("正在帮他写")
    return officer.page


def begins_by_keys(officer, world):
    """The same by the keyboard alone."""
    page = officer.goes_to("/desk/assist/").page
    skips(page)
    chooses(page, studio=world.studio.code, channel="reception")
    types(page, consent=True)
    goes_on(page, "form[action$='/desk/assist/'] button[type=submit]")
    officer.reads("正在帮他写")
    return page


def ends(page):
    page.get_by_role("button", name="结束", exact=True).first.click()
    page.wait_for_url(re.compile("/desk/assist/"))


def empty(page):
    """The form at the door says nothing, and offers nothing."""
    page.wait_for_load_state("networkidle")
    for name in ("words", "place", "phone"):
        expect(form(page).locator(f"[name={name}]")).to_have_value("")
    expect(page.locator(OFFER)).to_be_hidden()
    expect(page.locator(".ups li")).to_have_count(0)
    expect(page.locator("[name=voucher]")).to_have_count(0)


def lies_on(page):
    """Everything that the browser keeps of this site, as one text."""
    return page.evaluate(
        """async () => {
        const o = await new Promise(done => { const a = indexedDB.open('shangliang-drafts', 1);
            a.onupgradeneeded = () => a.result.createObjectStore('drafts', {keyPath: 'id'});
            a.onsuccess = () => done(a.result); });
        const all = await new Promise(done => {
            const a = o.transaction('drafts').objectStore('drafts').getAll();
            a.onsuccess = () => done(a.result); });
        o.close();
        return JSON.stringify([all, {...sessionStorage}, {...localStorage}]); }"""
    )


def of_the_door(page):
    """The drafts and the tab's keys; not where the desk's script was last."""
    drafts, tab, _site = json.loads(lies_on(page))
    return drafts, {name: said for name, said in tab.items() if not name.startswith("htmx")}


def test_nothing_of_the_first_is_shown_to_the_second_nor_left_on_the_device(world, visitor, door, axe):
    officer = visitor(size=PHONE).signs_in("officer")
    page = begins(officer, world)
    looked_over(officer, axe)
    officer.fills(form(page), **FIRST, photos=[photo()])
    expect(page.locator(".ups li")).to_contain_text("传好了")
    page.wait_for_timeout(1500)  # a draft is kept 0.6 seconds after the last key
    expect(page.locator(KEPT)).to_be_hidden()
    page.reload()
    empty(page)

    officer.fills(form(page), **FIRST, photos=[photo()])
    expect(page.locator(".ups li")).to_contain_text("传好了")
    ends(page)
    looked_over(officer, axe)
    page.go_back()
    assert "正在帮他写" not in page.locator("body").inner_text()
    empty(page)
    for said in FIRST.values():
        assert said not in lies_on(page)
    begins(officer, world)
    empty(page)
    page.wait_for_timeout(1500)
    empty(page)
    ends(page)
    officer.goes_to(door)
    empty(page)
    assert settled(page) == 0


def test_what_lay_on_the_device_before_is_not_shown_and_not_touched(world, visitor, door):
    officer = visitor(size=PHONE).signs_in("officer")
    page = writes(officer, door, words=OWN, phone="13800000008")
    before = of_the_door(page)
    assert OWN in str(before)
    begins(officer, world)
    empty(page)
    officer.fills(form(page), words=SECOND)
    page.wait_for_timeout(1500)
    assert of_the_door(page) == before
    hands_over(page)
    assert len(receipt(page)) == 12
    page.wait_for_load_state("networkidle")
    assert of_the_door(page) == before
    ends(page)
    officer.goes_to(door)
    expect(form(page).locator("[name=words]")).to_have_value(OWN)


def test_a_door_that_opens_without_signal_does_not_while_somebody_is_helped(world, visitor, door):
    """The copy of the door knows of no help: it would keep what is written."""
    officer = visitor(size=PHONE).signs_in("officer")
    page = officer.goes_to(door).page
    page.wait_for_load_state("networkidle")
    held = """async () => (await Promise.all((await caches.keys()).map(async name =>
        (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat()"""
    page.wait_for_function(f"async () => (await ({held})()).includes('{door}')")
    begins(officer, world)
    page.wait_for_function(f"async () => !(await ({held})()).includes('{door}')")


def test_one_is_sent_under_the_banner_marked_and_counted_once(world, visitor, axe):
    officer = visitor(size=PHONE).signs_in("officer")
    page = begins_by_keys(officer, world)
    types(page, words=SECOND, place="村口", photos=photo())
    expect(page.locator(".ups li")).to_contain_text("传好了")
    types(page, phone="13800000007")
    officer.reads("正在帮他写")
    looked_over(officer, axe)
    tabs_to(page, "form[enctype] .sticky button")
    page.keyboard.press("Enter")
    code = receipt(page)
    officer.reads("正在帮他写")
    voice, row = Voice.objects.get(), Assistance.objects.get()
    assert (voice.words, voice.recorded_by, voice.channel) == (SECOND, world.officer.key, "reception")
    act = Act.objects.get(subject=voice.subject)
    assert (act.name, act.facts["assisted"]) == ("voice_recorded", row.code)

    officer.goes_to(f"/desk/voices/{voice.code}/")
    tabs_to(page, "form[action$='/take_up/'] button[type=submit]")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("这一步不能替他办")
    assert Act.objects.get(name="assistance_refused").facts == {"what": "desk:voice_move take_up"}
    by = actor_of(world.accounts["officer"])
    actions.take_up(voice.code, by=by, seen=1)
    actions.answer(voice.code, by=by, seen=2, words="井盖当天换了。")
    officer.goes_to("/track/").sends("/track/", code=code)
    officer.reads("井盖当天换了")
    assert not page.locator("form[action$='/judge/']").count(), "nobody judges for whom they help"
    goes_on(page, ".helping button")  # the banner stands before everything else
    officer.goes_to("/track/thread/")
    assert "井盖当天换了" not in page.locator("body").inner_text()
    verified()
    for metric in ("voices_received", "voices_assisted"):
        assert figures.figure(metric, world.county).counted == 1


def test_a_help_begun_in_another_browser_is_shown_and_ended_here(world, visitor, axe):
    one, other = (visitor(size=PHONE).signs_in("officer") for _n in range(2))
    page = begins(one, world)
    one.fills(form(page), words=SECOND)
    other.goes_to("/desk/assist/").reads("您正在帮一个人写")
    looked_over(other, axe)
    other.page.get_by_role("button", name="结束这一次").click()
    other.page.wait_for_load_state()
    begins(other, world)
    hands_over(page)
    page.wait_for_load_state()
    one.reads("「帮他写」已经结束了")
    assert SECOND in page.content()
    assert "正在帮他写" not in page.locator(".helping").all_inner_texts()
    assert not Voice.objects.exists()


def test_of_four_at_one_voice_each_keeps_the_words_and_reads_who_did_what(world, visitor, axe):
    """Two at the desk, a handler and the resident have the same voice open, and send one after the other
    what each began before."""
    by = actor_of(world.accounts["officer"])
    voice, code = actions.leave(
        world.studio, by=STRANGER, form_key=secrets.token_urlsafe(16), words="巷口的路灯不亮。"
    )
    actions.take_up(voice.code, by=by, seen=1)
    first, second = visitor().signs_in("officer"), visitor().signs_in("convener")
    resident, handler = opens(visitor(size=PHONE), code), visitor().signs_in("handler")
    at_desk, words = f"/desk/voices/{voice.code}/", "下午有人去看，看完就回您。"
    for person in (first, second):
        person.goes_to(at_desk)
    second.page.locator("details", has=second.page.locator('[hx-get$="form=reply"]')).last.locator(
        "summary"
    ).first.click()
    reply = second.page.locator("form[action$='/reply/']")
    reply.wait_for()
    second.fills(reply, words=words)
    more = resident.page.locator("form[action$='/say/']")
    resident.fills(more, words="南头还有两盏。")

    first.sends("/assign/", department=world.lamps.code)
    handler.goes_to(f"/handle/voices/{voice.code}/").sends("/answer/", words="换了灯头，昨晚亮了。")
    more.locator("button[type=submit]").last.click()
    resident.page.wait_for_load_state()
    for seen in ("发出去了", "南头还有两盏", "城管局", "换了灯头，昨晚亮了"):
        resident.reads(seen)

    reply.locator("button[type=submit]").last.click()
    second.page.wait_for_load_state()
    second.reads("别人刚改过这一份，您写的都还在")
    assert re.search(
        r"\d\d:\d\d，陈干事：把一条留言转给承办单位；\d\d:\d\d，周科长：答复了一条留言；"
        r"\d\d:\d\d，留言人：留言人补了一句",
        said(second),
    )
    assert words in kept(second)
    assert axe(second.page) == []

    judge = resident.page.locator("form[action$='/judge/']")
    resident.fills(judge, verdict="not", missing="南头两盏没换")
    mine = handler.goes_to(f"/handle/voices/{voice.code}/")
    mine.sends("/report_progress/", words="南头两盏的灯头到货了。")
    judge.locator("button[type=submit]").last.click()
    resident.page.wait_for_load_state()
    resident.reads("别人刚改过这一份，您写的都还在")
    assert re.search(r"\d\d:\d\d，报进展（城管局说进展：南头两盏的灯头到货了）", said(resident))
    assert "南头两盏没换" in kept(resident)
    looked_over(resident, axe)
    voice.refresh_from_db()
    assert voice.state == "answered", "nothing is judged by a page that did not show the news"

    mine.goes_to(f"/handle/voices/{voice.code}/")
    open_fold(mine, "report_progress")
    progress = mine.page.locator("form[action$='/report_progress/']").first
    progress.wait_for()
    mine.fills(progress, words="今天去装。")
    opens(resident, code).sends("/judge/", verdict="not", missing="南头两盏没换")
    progress.locator("button[type=submit]").last.click()
    mine.page.wait_for_load_state()
    assert re.search(r"\d\d:\d\d，留言人：留言人说没解决", said(mine))
    assert "今天去装。" in kept(mine)
    first.goes_to(at_desk).reads("没解决")
    assert [line.words for line in Line.objects.all()] == ["南头还有两盏。"]
    voice.refresh_from_db()
    assert (voice.state, voice.version) == ("closed", 7)
    verified()


def kept(person):
    """What the page of a refusal holds of what was written."""
    return [box.input_value() for box in person.page.locator("textarea[readonly]").all()]


def open_fold(person, move):
    """Open the fold of a move as a person would."""
    fold = person.page.locator(
        "details", has=person.page.locator(f'[hx-get$="form={move}"], form[action$="/{move}/"]')
    ).last
    if fold.count() and fold.get_attribute("open") is None:
        fold.locator("summary").first.click()


def said(person):
    return person.page.locator("main").inner_text()
