"""A resident is helped to write on the office's device: a strip on every page, every row says by whom, no
verdict, over by itself; and what the same phone brings later is settled by an officer."""

import re
import secrets
from datetime import timedelta

import pytest

from shangliang import chores
from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people import actions as people
from shangliang.base.ui.filters import moment
from shangliang.flow.voices import actions, tracking
from shangliang.flow.voices.models import Assistance, Line, Settling, Voice
from shangliang.flow.voices.queries import author_of, helped
from stories.pages import Signed, photo

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PHONE, SAME_PHONE = "13800001234", "+86 138 0000 1234"
WORDS = "巷口路灯坏了半个月，我眼睛不好，晚上不敢出门。"


@pytest.fixture
def convener(client, world):
    return Signed(client, world)("convener")


def start(convener, world, **said):
    said = {"studio": world.studio.code, "channel": "reception", "consent": "on"} | said
    return convener.post("desk:assist", **said)


def write(convener, world, **said):
    """The door's form as it was drawn while helping."""
    row = Assistance.objects.order_by("pk").last()
    held = {"assisted": row.code, "words": WORDS, "audience": "private"} | said
    return convener.post("voices:door", world.studio.code, **held)


def test_what_is_written_says_who_helped_and_counts_once(convener, world):
    assert start(convener, world).status_code == 302
    for address in (("voices:door", world.studio.code), ("portal:home",), ("desk:queue",)):
        page = convener.get(*address).text
        assert "正在帮他写" in page
        assert "还有 30 分钟" in page
    key = secrets.token_urlsafe(16)
    for _twice in range(2):
        assert write(convener, world, key=key, phone=PHONE).status_code == 303
    voice = Voice.objects.get(words__isnull=False)
    assert (voice.recorded_by, voice.channel, voice.consent) == (world.convener.key, "reception", True)
    act = Act.objects.get(subject=voice.subject)
    assert (act.name, act.facts["assisted"]) == ("voice_recorded", Assistance.objects.get().code)
    assert not Act.objects.filter(name="voice_left").exists()
    assert "查询码" in convener.get("voices:receipt").text


def test_nobody_is_named_and_consent_comes_first(convener, world):
    assert start(convener, world, consent="").status_code == 422
    assert not Assistance.objects.exists()
    assert start(convener, world, channel="phone").status_code == 422
    start(convener, world)
    row = Assistance.objects.get()
    assert row.agreed.startswith("2026-11")
    assert (row.until - row.started_at) == timedelta(minutes=30)
    assert start(convener, world).status_code == 403, "one after the other"


@pytest.mark.parametrize("move", ["judge", "withdraw", "change", "later", "agree_merge", "private"])
def test_a_verdict_is_refused_in_words_and_written_down(convener, world, move):
    voice, code = left(world)
    actions.take_up(voice.code, by=world.convener, seen=1)
    actions.answer(voice.code, by=world.convener, seen=2, words="换了六盏灯。")
    start(convener, world)
    convener.post("portal:track", code=code)
    assert "单位说办完不算数" not in convener.get("portal:thread").text
    refused = convener.post("portal:thread_move", move, voice=voice.code, verdict="solved", sure="on")
    assert refused.status_code == 403
    assert "不能替他办" in refused.text
    fresh = Voice.objects.get(pk=voice.pk)
    assert (fresh.state, fresh.confirmed_on) == ("answered", None)
    told = Act.objects.get(name="assistance_refused")
    assert (told.by, told.facts) == (world.convener.key, {"what": f"portal:thread_move {move}"})


def test_nor_does_the_office_do_its_own_business_meanwhile(convener, world):
    voice, _code = left(world)
    start(convener, world)
    refused = convener.post("desk:voice_move", voice.code, "take_up", seen=1)
    assert refused.status_code == 403
    assert Voice.objects.get(pk=voice.pk).state == "received"


def test_the_rule_itself_gives_no_verdict_to_who_is_helped(world):
    from dataclasses import replace

    from shangliang.base.charts.errors import NotYours

    voice, _code = left(world)
    actions.take_up(voice.code, by=world.convener, seen=1)
    actions.answer(voice.code, by=world.convener, seen=2, words="换了六盏灯。")
    with pytest.raises(NotYours):
        actions.confirm(voice.code, by=replace(author_of(voice), assisted="7k2m0qxt9dhw"), seen=3)


def test_a_word_more_bears_who_wrote_it(convener, world):
    voice, code = left(world)
    start(convener, world)
    convener.post("portal:track", code=code)
    assert convener.post("portal:thread_move", "say", voice=voice.code, words="还是黑着").status_code == 303
    assert Line.objects.get().helped_by == world.convener.key
    assert "您（段委员代为写下）" in convener.get("portal:thread").text


def test_after_thirty_minutes_it_is_over_and_nothing_is_sent_unmarked(convener, world):
    _voice, code = left(world)
    start(convener, world)
    convener.post("portal:track", code=code)
    with clock.at(clock.now() + timedelta(minutes=31)):
        late = write(convener, world, words="门口的井盖松了，怕绊着人。")
        assert late.status_code == 409
        assert "重新开始再交" in late.text
        assert "别人刚改过" not in late.text
        assert Voice.objects.count() == 1, "not left as though by themselves either"
        page = convener.get("portal:home").text
        assert "正在帮他写" not in page
        assert convener.get("portal:thread").status_code == 302, "what was opened in it is closed with it"
        chores.everything()
        row = Assistance.objects.get()
        assert (row.state, row.ended_at) == ("expired", row.until)
        assert start(convener, world).status_code == 302


def test_it_is_ended_by_a_press(convener, world):
    start(convener, world)
    assert convener.post("desk:assist_end").status_code == 302
    row = Assistance.objects.get()
    assert row.state == "ended"
    assert "正在帮他写" not in convener.get("desk:queue").text
    assert [act.name for act in Act.objects.filter(subject=row.subject)] == [
        "assistance_started", "assistance_ended",
    ]  # fmt: skip


def elsewhere(client, world):
    """The same convener in a second browser."""
    return Signed(type(client)(), world)("convener")


def test_a_second_browser_shows_the_help_that_goes_on_and_ends_it(convener, world, client):
    second = elsewhere(client, world)
    stale = second.get("desk:assist").text
    assert "您正在帮一个人写" not in stale
    start(convener, world, channel="visit")
    page = second.get("desk:assist").text
    since = moment(Assistance.objects.get().started_at)
    for said in ("您正在帮一个人写", f"{since}开始", world.studio.name, "走访", "结束这一次"):
        assert said in page, said
    assert "念给本人听过" not in page, "no form that would be refused"
    assert "另一个浏览器" not in convener.get("desk:assist").text

    refused = start(second, world)
    assert refused.status_code == 409
    assert "您正在帮一个人写，先结束那一次。" in refused.text
    assert "别人刚改过" not in refused.text
    assert re.search(r'value="reception"[^>]*checked', refused.text), "what was chosen stands"

    assert second.post("desk:assist_end").status_code == 302
    assert Assistance.objects.get().state == "ended"
    assert start(second, world).status_code == 302


def test_what_was_ended_elsewhere_is_over_in_the_first_browser(convener, world, client):
    voice, _code = left(world)
    start(convener, world)
    elsewhere(client, world).post("desk:assist_end")
    late = write(convener, world)
    assert late.status_code == 409
    assert WORDS in late.text
    assert "没有交上去，您写的都还在" in late.text
    assert Voice.objects.count() == 1
    assert "正在帮他写" not in convener.get("desk:queue").text
    assert convener.post("desk:voice_move", voice.code, "take_up", seen=1).status_code == 302

    start(convener, world)
    elsewhere(client, world).post("desk:assist_end")
    assert "在另一个浏览器上结束了" in convener.get("voices:door", world.studio.code).text


def test_nothing_of_one_person_reaches_the_next(convener, world, client):
    """No draft on the device, no page put by, nothing in the session, no photo of the one before."""
    from shangliang.base.people.assisting import OF_ONE
    from shangliang.base.people.middleware import KEPT, THREAD
    from shangliang.flow.voices.views import RECEIPT

    assert set(OF_ONE) == {THREAD, KEPT, RECEIPT}
    door = ("voices:door", world.studio.code)
    assert "data-draft" in convener.get(*door).text
    start(convener, world)
    page = convener.get(*door)
    form = page.text.partition('enctype="multipart/form-data"')[2].partition("</form>")[0]
    assert "data-draft" not in page.text
    assert form.count('autocomplete="off"') == 2, "of the form, and of the phone, which has its own"
    assert "no-store" in page["Cache-Control"]

    voucher = convener.post("files:photo", photo=photo()).json()["voucher"]
    assert write(convener, world).status_code == 303
    held = convener.client.session
    held[KEPT] = {"words": WORDS}
    held.save()
    assert RECEIPT in held
    convener.post("desk:assist_end")
    assert not set(OF_ONE) & set(convener.client.session.keys())

    start(convener, world)
    taken = write(convener, world, words="门口的井盖松了，怕绊着人。", voucher=voucher)
    assert taken.status_code == 422
    assert Voice.objects.count() == 1


def test_signing_out_ends_what_the_browser_knows(convener, world, client):
    start(convener, world)
    client.logout()
    assert "正在帮他写" not in client.get("/").text
    assert write(convener, world).status_code == 409


def test_at_another_studios_door_it_is_refused(convener, world):
    start(convener, world)
    row = Assistance.objects.get()
    refused = convener.post("voices:door", world.other.code, assisted=row.code, words=WORDS)
    assert refused.status_code in (403, 404)
    assert not Voice.objects.exists()


# ── The same phone, by itself ────────────────────────────────────────────────────────────────────────────
def left(world, **more):
    key = secrets.token_urlsafe(16)
    voice, code = actions.leave(world.studio, by=world.member, words=WORDS, form_key=key, **more)
    assert tracking.is_plausible(code)
    return voice, code


def told_in_person(world, phone=PHONE):
    voice, _code = actions.record_told(
        world.studio, by=world.convener, words=WORDS, channel="visit", consent=True, said_on=clock.today(),
        form_key=secrets.token_urlsafe(16), phone=phone,
    )  # fmt: skip
    return voice


def test_the_same_phone_by_itself_goes_to_the_officers_list(world, client):
    earlier = told_in_person(world)
    voice, _code = left(world, phone=SAME_PHONE)
    left(world, phone="13900009999")
    left(world)
    row = Settling.objects.get()
    assert (row.voice, row.earlier, row.state) == (voice, earlier, "waiting")
    assert voice.phone_mark == "", "of what people leave themselves no mark is kept"
    assert PHONE not in earlier.phone_mark
    actions.take_up(earlier.code, by=world.convener, seen=1)
    actions.answer(earlier.code, by=world.convener, seen=2, words="换了六盏灯。")
    officer = Signed(client, world)("officer")
    page = officer.get("desk:settle").text
    assert earlier.number in page
    assert voice.number in page
    assert PHONE not in page
    assert ("还没评价" in page, "等您评价" in page) == (True, False), "the officer judges nothing"
    assert officer.post("desk:settle_move", row.code, "same", seen=1).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.by) == ("same", world.officer.key)
    act = Act.objects.get(name="voice_settled_same")
    assert (act.subject, act.facts) == (voice.subject, {"was": "waiting", "earlier": earlier.thread})
    assert officer.post("desk:settle_move", row.code, "same", seen=2).status_code == 409
    assert officer.post("desk:settle_move", row.code, "different", seen=1).status_code == 409
    assert officer.post("desk:settle_move", row.code, "different", seen=2).status_code == 302


def test_the_same_matter_is_counted_once(world):
    from shangliang.ledgers.figures.models import Tally

    def count():
        chores.everything()
        rows = Tally.objects.filter(metric="voices_received", path=world.county.path)
        return sum(rows.values_list("n", flat=True))

    told_in_person(world)
    left(world, phone=PHONE)
    assert count() == 2
    row = Settling.objects.get()
    actions.settle_same(row.code, by=world.officer, seen=1)
    assert count() == 1
    actions.settle_different(row.code, by=world.officer, seen=2)
    assert count() == 2


def test_only_officers_of_the_committee_settle(world):
    from shangliang.base.charts.errors import NotYours, Unseen

    told_in_person(world)
    left(world, phone=PHONE)
    row = Settling.objects.get()
    assert list(helped.waiting(world.officer)) == [row]
    for by, refusal in (
        (world.convener, Unseen),
        (world.neighbour_officer, Unseen),
        (world.auditor, NotYours),
    ):
        with pytest.raises(refusal):
            actions.settle_same(row.code, by=by, seen=1)


def test_the_tie_goes_with_the_phone_and_the_words(world):
    earlier, (voice, _code) = told_in_person(world), left(world, phone=PHONE)
    actions.correct_phone(earlier.code, by=author_of(earlier), phone="")
    assert Voice.objects.get(pk=earlier.pk).phone_mark == ""
    left(world, phone=PHONE)
    assert Settling.objects.count() == 1, "a phone that was taken back is known no more"
    actions.erase(voice.code, by=author_of(voice))
    people.finish_erasures()
    assert not Settling.objects.exists()


def test_the_list_asks_as_much_of_many_as_of_one(world, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    officer = Signed(client, world)("officer")

    def asked():
        officer.get("desk:settle")
        with CaptureQueriesContext(connection) as found:
            assert officer.get("desk:settle").status_code == 200
        return len(found)

    told_in_person(world)
    left(world, phone=PHONE)
    one = asked()
    for _n in range(9):
        left(world, phone=PHONE)
    assert Settling.objects.count() == 10
    assert asked() == one
