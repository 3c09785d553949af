"""The tracking code opens the thread; the author says, judges, mends; half an hour later the code is asked
again."""

import json
import re
import secrets
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.base import clock
from shangliang.base.files import queries as files
from shangliang.base.journal import merkle
from shangliang.chores import everything
from shangliang.flow.voices import actions, queries, tracking
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.tests.conftest import Story
from stories.pages import photo

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
THREAD = "/track/thread/"


@pytest.fixture
def story(world):
    return Story(world)


def key():
    return secrets.token_urlsafe(16)


def enter(client, code):
    return client.post("/track/", {"code": code})


def move(client, name, **fields):
    return client.post(f"{THREAD}{name}/", {"key": key(), **fields})


def test_the_code_opens_the_thread_however_it_is_written(story, client):
    voice = story.leave()
    assert client.get(THREAD)["Location"] == "/track/"
    entered = enter(client, tracking.grouped(story.code).replace("0", "o"))
    assert (entered.status_code, entered["Location"]) == (303, THREAD)
    page = client.get(THREAD)
    for seen in (voice.title, voice.number, "等城关委员工作室", "先看受理不受理"):
        assert seen in page.text
    assert story.code not in page.text.lower()
    move(client, "close")
    assert client.get(THREAD).status_code == 302


def test_photos_that_went_up_before_go_with_one_more_word(story, client):
    voice = story.leave()
    enter(client, story.code)
    client.get(THREAD)
    voucher = client.post("/files/photo/", {"photo": photo()}).json()["voucher"]
    assert voucher in move(client, "say", words="", voucher=[voucher]).text
    move(client, "say", words="现在是这个样子", voucher=[voucher])
    [line] = voice.lines.all()
    assert len(files.of([line.subject])[line.subject]) == 1
    assert "请再选一次那几张" in move(client, "say", words="再来一回", voucher=[voucher]).text


def test_a_slip_is_told_and_an_unknown_code_says_no_more(story, client, django_assert_num_queries):
    story.leave()
    wrong = story.code[:-1] + ("0" if story.code[-1] != "0" else "1")
    assert "有一位抄错了" in enter(client, wrong).text
    assert "您写了 5 位" in enter(client, "12345").text
    assert "12 位" in enter(client, "").text
    unknown = enter(client, tracking.make("nobody's form"))
    assert unknown.status_code == 422
    assert "没有这个码" in unknown.text


def test_guessing_is_slowed_by_address_and_in_all(story, client, monkeypatch):
    story.leave()
    monkeypatch.setattr("shangliang.site.portal.views.track.MOST", 3)
    tries = [enter(client, tracking.make(f"guess {n}")).status_code for n in range(4)]
    assert tries == [422, 422, 422, 429]
    limited = enter(client, story.code)
    assert (limited.status_code, "Retry-After" in limited) == (429, True)
    other = client.post("/track/", {"code": story.code}, REMOTE_ADDR="10.9.9.9")
    assert other.status_code == 303
    monkeypatch.setattr("shangliang.site.portal.views.track.IN_ALL", 3)
    guess = tracking.make("one guess more")
    assert client.post("/track/", {"code": guess}, REMOTE_ADDR="10.9.9.8").status_code == 429
    assert client.post("/track/", {"code": story.code}, REMOTE_ADDR="10.9.9.8").status_code == 303


def test_what_was_written_for_one_voice_never_goes_into_the_thread_of_another(story, client):
    first = story.leave()
    first_code = story.code
    enter(client, first_code)
    page = client.get(THREAD).text  # every form that writes names its voice
    assert page.count(f'name="voice" value="{first.code}"') == page.count(f'action="{THREAD}') - 1
    second = story.leave(words="另一件事：河边的栏杆断了一截。")
    enter(client, story.code)  # somebody else, on the same phone
    asked = move(client, "say", words="写给第一件的话", voice=first.code)
    assert asked.status_code == 403
    assert "写给第一件的话" in asked.text
    assert not queries.lines(second)
    assert move(client, "say", words="写给第二件的话", voice=second.code).status_code == 303
    assert len(queries.lines(second)) == 1


def test_after_half_an_hour_the_code_is_asked_again_and_the_text_kept(story, client):
    story.leave()
    enter(client, story.code)
    with clock.at(clock.now() + timedelta(minutes=31)):
        asked = move(client, "say", words="写了很久的一句")
        assert asked.status_code == 403
        assert "再输一次查询码" in asked.text
        assert asked.text.count("写了很久的一句") == 2  # in the hidden input, and to be read
        client.post("/track/", {"code": story.code, "kept-words": "写了很久的一句"})
        assert "写了很久的一句" in client.get(THREAD).text
        assert "写了很久的一句" not in client.get(THREAD).text


def test_an_appeal_written_too_long_comes_back_as_an_appeal(story, client, world):
    voice = story.leave(public=True)
    actions.withhold(voice.code, by=world.officer, seen=1, reason="personal", detail="「李家」")
    enter(client, story.code)
    with clock.at(clock.now() + timedelta(minutes=31)):
        asked = move(client, "appeal", seen=2, words="没有写谁的名字")
        assert asked.status_code == 403
        kept = dict(re.findall(r'name="(kept-[a-z]+)" value="([^"]*)"', asked.text))
        client.post("/track/", {"code": story.code, **kept})
        page = client.get(THREAD).text
        appeal = page[page.index("/track/thread/appeal/") :]
        assert "没有写谁的名字" in appeal[: appeal.index("</form>")]
        say = page[page.index("/track/thread/say/") :]
        assert "没有写谁的名字" not in say[: say.index("</form>")]


def test_a_thread_in_use_stays_open(story, client):
    story.leave()
    enter(client, story.code)
    start = clock.now()
    for minutes in (20, 40):
        with clock.at(start + timedelta(minutes=minutes)):
            assert client.get(THREAD).status_code == 200
    with clock.at(start + timedelta(minutes=65)):
        assert move(client, "say", words="还在写").status_code == 303
    with clock.at(start + timedelta(minutes=96)):
        assert client.get(THREAD).status_code == 302


def test_saying_judging_and_reopening(story, world, client):
    voice = story.to("answered")
    enter(client, story.code)
    page = client.get(THREAD)
    assert "现在等您" in page.text
    assert " checked" not in page.text
    assert move(client, "say", words="").status_code == 422
    assert move(client, "say", words="南头还有两盏").status_code == 303
    seen = Voice.objects.get(pk=voice.pk).version
    assert move(client, "judge", seen=seen).status_code == 422
    odd = move(client, "judge", seen=seen, verdict="solved", again="on", missing="留着")
    assert (odd.status_code, "不用再办一次" in odd.text, "留着" in odd.text) == (422, True, True)
    stale = move(client, "judge", seen=seen - 1, verdict="partly", missing="南头两盏")
    assert (stale.status_code, "南头两盏" in stale.text) == (409, True)
    done = move(client, "judge", seen=seen, verdict="partly", missing="南头两盏", attitude=2, again="on")
    assert done.status_code == 303
    fresh = Voice.objects.get(pk=voice.pk)
    assert (fresh.state, fresh.round) == ("taken_up", 2)
    [verdict] = queries.verdicts(fresh)
    assert (verdict.verdict, verdict.attitude, verdict.result, verdict.reopened) == ("partly", 2, None, True)
    answered = actions.answer(fresh.code, by=world.convener, seen=None, words="补装了两盏。")
    assert 'name="again"' not in client.get(THREAD).text
    assert move(client, "judge", seen=answered.version, verdict="solved", result=1).status_code == 303
    assert "您说解决了" in client.get(THREAD).text
    assert move(client, "say", words="还想说").status_code == 409


def test_a_withheld_wording_tells_why_and_is_mended(story, world, client):
    voice = story.leave(words="三单元那家姓钱的天天扔垃圾", public=True)
    actions.withhold(voice.code, by=world.officer, seen=1, reason="personal", detail="「姓钱的」认得出是谁")
    enter(client, story.code)
    page = client.get(THREAD)
    for seen in ("事情照样在办", "有别人的个人信息", "「姓钱的」认得出是谁", "去掉别人的名字"):
        assert seen in page.text
    assert move(client, "mend", seen=2, words="有").status_code == 422
    assert move(client, "mend", seen=2, words="有一户天天扔垃圾").status_code == 303
    assert Voice.objects.get(pk=voice.pk).review == "waiting"


def test_staff_and_strangers_do_not_come_in_by_the_address(story, world, client):
    story.leave()
    client.force_login(world.accounts["officer"])
    assert client.get(THREAD).status_code == 302
    assert move(client, "judge", verdict="solved").status_code == 403
    assert move(client, "nonsense").status_code == 404


def test_the_thread_asks_as_much_with_one_line_as_with_fifty(story, client, django_assert_max_num_queries):
    voice = story.leave()
    enter(client, story.code)
    counts = []
    for lines in (1, 49):
        for number in range(lines):
            actions.say(voice.code, by=story.by(voice), seen=None, words=f"第 {number} 句")
        client.get(THREAD)
        with django_assert_max_num_queries(40) as asked:
            page = client.get(THREAD)
        counts.append(len(asked))
    assert page.text.count('class="said"') == 51
    assert counts[0] == counts[1]


def test_the_page_is_linked_where_people_look_for_it(world, client):
    assert reverse("portal:track") in client.get(reverse("portal:studios")).text


# What the journal has of it


def test_the_thread_leads_to_the_proof_that_it_stands_in_the_journal(story, client):
    story.leave()
    enter(client, story.code)
    assert "过一会儿就有" in client.get(THREAD).text
    assert client.get(f"{THREAD}act/").status_code == 404  # it waits for its seal
    everything()
    page = client.get(THREAD).text
    [number] = re.findall(r'href="/journal/receipt/(\d+)/"', page)
    act = client.get(f"{THREAD}act/")
    assert f'filename="act-{number}.json"' in act["Content-Disposition"]
    assert "no-store" in act["Cache-Control"]
    stranger = Client()
    assert merkle.leaf_hash(act.content).hex() in stranger.get(f"/journal/receipt/{number}/").text
    assert stranger.get(f"{THREAD}act/")["Location"] == "/track/"


def test_the_journal_has_of_a_voice_its_coming_in_and_none_of_its_words(story, client):
    voice = story.leave(words="巷口第三盏路灯坏了半个月，晚上看不见路", phone="13900001234")
    everything()
    enter(client, story.code)
    act = json.loads(client.get(f"{THREAD}act/").content)
    assert (act["name"], act["thread"], act["subject"]) == ("voice_left", voice.thread, voice.subject)
    said = json.dumps(act, ensure_ascii=False)
    for word in (voice.words, voice.title, voice.number, "13900001234", "路灯", story.code):
        assert word not in said
    assert voice.code in said
