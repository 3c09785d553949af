"""Three ways of a voice in a real browser: merged and taken apart again, withheld and shown after all, late
until its holder is named. Residents hold a phone."""

from datetime import datetime

import pytest

from shangliang import chores
from shangliang.base import clock
from shangliang.base.clock import SHANGHAI
from shangliang.base.journal.models import Act
from shangliang.base.paper.tests import reading
from shangliang.flow.voices.models import Deadline, Voice

from ..visitor import PHONE
from .ways import BOTH, BROWSER, goes_on, leaves_a_word, looked_over, opens, tabs_to, types, verified

pytestmark = BROWSER
LATER = "学校门口那排灯也黑着，跟村口是一回事。"
ANSWER = "两处是一条线，老化了，月底前一起换。"
LETTER = "清政催〔2026〕1号"


# ── Merged with consent, and undone ──


def columns(voice):
    """The voice and its clocks as they lie in the tables; but the version, which only ever rises."""
    [row] = Voice.objects.filter(pk=voice.pk).values()
    del row["version"]
    return row, list(Deadline.objects.filter(voice=voice).order_by("pk").values())


def stands(resident):
    """Whose turn it is and the four facts, as the thread's page says them."""
    return resident.goes_to("/track/thread/").page.locator(".trk .a").inner_text()


@BOTH
def test_two_voices_go_together_by_consent_and_apart_again(world, visitor, axe, scripts):
    first, second = (visitor(size=PHONE, scripts=scripts) for _n in range(2))
    code, code2 = leaves_a_word(first, world), leaves_a_word(second, world, LATER)
    voice, host = Voice.objects.order_by("pk")
    officer = visitor(scripts=scripts).signs_in("officer")
    for one in (voice, host):
        officer.goes_to(f"/desk/voices/{one.code}/").sends("/take_up/", kind="help")
    opens(first, code)
    before, seen_before = columns(voice), stands(first)
    officer.goes_to(f"/desk/voices/{voice.code}/")
    officer.sends("/propose_merge/", into=host.number, words="说的是同一条线，一起换。")
    assert columns(voice) == before, "asked only"

    first.goes_to("/track/thread/").reads("说的是同一条线，一起换。")
    looked_over(first, axe)
    goes_on(first.page, "form[action$='/agree_merge/'] button")  # by the keyboard alone
    first.reads("和这一件一起办")
    looked_over(first, axe)
    officer.goes_to(f"/desk/voices/{host.code}/").sends("/answer/", words=ANSWER)
    first.goes_to("/track/thread/").reads(ANSWER)
    opens(second, code2).reads(ANSWER)
    assert "摸黑" not in second.page.content(), "the one reads nothing of the other's words"

    first.goes_to("/track/thread/").sends("/track/thread/unmerge/")
    assert stands(first) == seen_before
    assert ANSWER not in first.page.locator(".talk").inner_text()
    assert columns(voice) == before
    officer.goes_to(f"/desk/voices/{voice.code}/").sends("/answer/", words="您这一盏单独换了灯泡。")
    first.goes_to("/track/thread/").reads("您这一盏单独换了灯泡。")
    verified()


# ── Withheld, and shown after an appeal ──


@BOTH
def test_what_was_withheld_is_shown_when_somebody_else_looks(world, visitor, axe, scripts):
    resident, stranger = (visitor(size=PHONE, scripts=scripts) for _n in range(2))
    code = leaves_a_word(resident, world)
    voice = Voice.objects.get()
    public, look = f"/voices/{voice.code}/", f"/desk/review/voice/{voice.code}/"
    officer = visitor(scripts=scripts).signs_in("officer")
    officer.goes_to(look).sends("/withhold/", reason="personal", detail="「娃娃」认得出是谁家的")

    opens(resident, code).reads("先没公开")
    resident.reads("「娃娃」认得出是谁家的")
    resident.reads("事情照样在办")
    looked_over(resident, axe)
    tabs_to(resident.page, "details:has(form[action$='/appeal/']) > summary")  # by the keyboard alone
    resident.page.keyboard.press("Enter")
    tabs_to(resident.page, "form[action$='/appeal/'] [name=words]")
    resident.page.keyboard.type("巷子里二十多个娃娃，认不出是谁家的。")
    goes_on(resident.page, "form[action$='/appeal/'] button")
    resident.reads("换一个人再看一遍")
    looked_over(resident, axe)
    assert stranger.goes_to(public).answer.status == 404

    officer.goes_to(look)
    assert not officer.page.locator("form[action$='/uphold/'], form[action$='/show/']").count()
    other = visitor(scripts=scripts).signs_in("convener")
    other.goes_to(look).reads("巷子里二十多个娃娃")
    other.sends("/uphold/")
    assert stranger.goes_to(public).answer.status == 200
    stranger.reads("娃娃放学摸黑走")
    looked_over(stranger, axe)
    resident.goes_to("/track/thread/").reads("您的话公开了")
    assert Act.objects.filter(name="review_shown", subject=voice.subject).count() == 1
    verified()


# ── The ladder, with the clock moved ──


@pytest.fixture
def hand(clock_for_all):
    """Moves the clock's hand to a day of 2026 and lets the worker do its round."""

    def to(month, day, hour):
        clock_for_all(datetime(2026, month, day, hour, tzinfo=SHANGHAI))
        chores.everything()

    to(11, 23, 10)
    return to


def rungs():
    """What the clock wrote of reminding, urging and naming, in order."""
    names = ("voice_reminded", "voice_urged", "voice_listed")
    return [a.name.removeprefix("voice_") for a in Act.objects.filter(name__in=names).order_by("pk")]


def test_late_reminded_urged_named_answered_and_off_the_list(hand, world, visitor, axe):
    """Left on Monday 23 November, to be answered by Monday 7 December."""
    resident, stranger = visitor(size=PHONE), visitor(size=PHONE, scripts=False)
    code = leaves_a_word(resident, world)
    voice = Voice.objects.get()
    officer = visitor().signs_in("officer")
    at_desk = f"/desk/voices/{voice.code}/"
    officer.goes_to(at_desk).sends("/take_up/", kind="help")
    officer.goes_to(at_desk).sends("/assign/", department=world.lamps.code)
    officer.goes_to(f"/desk/review/voice/{voice.code}/").sends("/show/")

    for month, day, hour in ((12, 7, 16), (12, 8, 2), (12, 8, 20)):
        hand(month, day, hour)
        assert rungs() == [], "not on its last day, not at night, not in the evening"
    hand(12, 9, 10)
    assert rungs() == ["reminded"]
    hand(12, 12, 10)
    officer.goes_to(at_desk)
    assert not officer.page.locator("[action$='/urge/'], [hx-get$='form=urge']").count()
    assert rungs() == ["reminded"], "the letter was due on Thursday, but today is Saturday"
    hand(12, 14, 10)
    assert rungs() == ["reminded", "urged"]
    handler = visitor().signs_in("handler")
    mine = f"/handle/voices/{voice.code}/"
    handler.goes_to(mine).reads(LETTER)
    letter = handler.page.locator("a[href*='/letters/']").first.get_attribute("href")
    served = handler.page.request.get(handler.address + letter)
    assert (served.status, served.headers["content-type"]) == (200, "application/pdf")
    said = reading.text(served.body())
    assert all(
        words in said for words in (LETTER, "城管局", voice.number, "超期5个工作日", "到2026年12月15日")
    )
    assert "路灯" not in said, "no word of the resident goes on paper"
    stranger.goes_to("/overdue/").reads("现在没有列着的")

    hand(12, 15, 10)
    assert rungs() == ["reminded", "urged", "listed"]
    resident.goes_to("/overdue/").reads("城管局")
    looked_over(resident, axe)
    stranger.goes_to("/overdue/").page.locator("a", has_text="城管局").first.click()
    stranger.reads("超 6 个工作日")
    stranger.page.locator(f"a[href$='/voices/{voice.code}/']").click()
    stranger.reads("摸黑走")
    opens(resident, code).reads(LETTER)

    types(handler.goes_to(mine).page, words="六盏灯都换了，晚了，对不住。")  # by the keyboard alone
    goes_on(handler.page, "form[action$='/answer/'] button")
    stranger.goes_to("/overdue/").reads("现在没有列着的")
    hand(12, 16, 10)
    assert rungs() == ["reminded", "urged", "listed"]
    resident.goes_to("/track/thread/")
    opens(resident, code).reads("六盏灯都换了")
    assert clock.today().day == 16
    verified()
