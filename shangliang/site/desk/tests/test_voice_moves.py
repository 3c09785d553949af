"""Every move of the office over HTTP: whose it is, whom it refuses, what a refusal leaves standing."""

import re
import secrets
from datetime import timedelta

import pytest

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Look
from shangliang.flow.voices import actions, queries
from stories.pages import leave, photo

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

REFUSAL = {
    "why": "place",
    "owner": "县水利局",
    "contact": "000-0000002",
    "words": "河滩归水利局管，已替您问过电话",
}
WHY = {"words": "这条路归市里管，县里动不了"}


@pytest.fixture
def voice(world):
    return leave(world.studio, phone="13812345678")


def state(voice):
    voice.refresh_from_db()
    return voice.state


def acts(voice):
    return list(Act.objects.filter(thread=voice.thread).order_by("pk").values_list("name", flat=True))


@pytest.mark.parametrize("name", ["convener", "deputy", "officer"])
def test_the_hosts_take_up_and_set_the_kind(voice, at_desk, name):
    answer = at_desk(name).move(voice, "take_up", kind="help", listed="tab=received")
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/voices/{voice.code}/?tab=received"
    assert state(voice) == "taken_up"
    assert voice.kind == "help"
    assert "受理了" in at_desk.client.get(answer["Location"]).text


@pytest.mark.parametrize("name", ["convener", "officer"])
def test_refused_with_a_next_owner_and_reconsidered(voice, at_desk, name):
    assert at_desk(name).move(voice, "refuse", **REFUSAL).status_code == 302
    assert state(voice) == "refused"
    page = at_desk(name).get("desk:voice", voice.code).text
    assert "县水利局" in page
    assert at_desk(name).move(voice, "reconsider", words="再看了一遍，确是县里的事").status_code == 302
    assert state(voice) == "taken_up"


def test_assigned_with_a_department_of_the_place(world, voice, at_desk):
    at_desk("officer").move(voice, "take_up")
    wrong = at_desk.move(voice, "assign", department=world.far.code)
    assert wrong.status_code == 422
    assert state(voice) == "taken_up"
    assert at_desk.move(voice, "assign", department=world.lamps.code).status_code == 302
    assert state(voice) == "assigned"
    assert "城管局" in at_desk.get("desk:voice", voice.code).text


def test_up_to_the_city_and_down_again(voice, at_desk):
    at_desk("officer").move(voice, "take_up")
    assert at_desk("convener").move(voice, "send_up", **WHY).status_code == 403
    assert at_desk("officer").move(voice, "send_up", **WHY).status_code == 302
    assert at_desk("province_officer").get("desk:voice", voice.code).status_code == 404
    assert voice.words in at_desk("city_officer").get("desk:voice", voice.code).text
    assert at_desk("officer").move(voice, "answer", words="县里先答一句").status_code == 409
    assert at_desk("city_officer").move(voice, "send_down", **WHY).status_code == 302
    assert state(voice) == "taken_up"


def test_on_to_the_province_and_one_level_down_again(voice, at_desk):
    at_desk("officer").move(voice, "take_up")
    at_desk.move(voice, "send_up", **WHY)
    assert at_desk("city_officer").move(voice, "return_down", **WHY).status_code == 403
    assert at_desk.move(voice, "send_up", words="").status_code == 422
    assert at_desk.move(voice, "send_up", **WHY).status_code == 302
    assert at_desk.move(voice, "answer", words="市里先答一句").status_code == 403
    assert voice.words in at_desk.get("desk:voice", voice.code).text  # the city reads on
    province = at_desk("province_officer")
    page = province.get("desk:voice", voice.code).text
    assert "move-return_down" in page
    assert "move-send_up" not in page
    assert "move-send_down" not in page
    assert province.move(voice, "send_up", **WHY).status_code == 422
    assert province.move(voice, "send_down", **WHY).status_code == 403
    assert province.move(voice, "return_down", **WHY).status_code == 302
    assert state(voice) == "sent_up"
    assert at_desk("city_officer").move(voice, "answer", words="市里来修").status_code == 302


def test_the_city_answers_and_reports(voice, at_desk):
    at_desk("officer").move(voice, "take_up")
    at_desk.move(voice, "send_up", **WHY)
    day = (clock.today() + timedelta(days=20)).isoformat()
    city = at_desk("city_officer")
    assert city.move(voice, "extend", days=3, words="要等设计院回话").status_code == 302
    assert city.move(voice, "answer", words="下月加一条右转道", promised_for=day).status_code == 302
    assert at_desk("officer").move(voice, "report_progress", words="县里报不了").status_code == 403
    assert at_desk("city_officer").move(voice, "report_progress", words="划线了").status_code == 302
    assert at_desk.move(voice, "report_done", words="通车了").status_code == 422
    assert at_desk.move(voice, "report_done", words="通车了", uploads=photo()).status_code == 302
    assert voice.done_on is None  # the row in hand is old
    voice.refresh_from_db()
    assert voice.done_on == clock.today()
    page = at_desk.get("desk:voice", voice.code).text
    assert "单位说办完" in page
    assert "/files/" in page


def test_extended_once_and_before_its_day(voice, at_desk):
    at_desk("convener").move(voice, "take_up")
    too_long = at_desk.move(voice, "extend", days=11, words="要等备件")
    assert too_long.status_code == 422
    assert "要等备件" in too_long.text
    before = voice.answer_by
    assert at_desk.move(voice, "extend", days=5, words="要等备件").status_code == 302
    voice.refresh_from_db()
    assert voice.answer_by > before
    assert at_desk.move(voice, "extend", days=1, words="再等等").status_code == 409
    assert 'id="move-extend"' not in at_desk.get("desk:voice", voice.code).text


@pytest.mark.parametrize("name", ["officer", "convener", "deputy", "member"])
def test_a_reply_goes_into_the_dialogue(world, voice, at_desk, name):
    assert (
        at_desk(name).move(voice, "reply", words="是第几盏，在谁家门口？", photos=photo()).status_code == 302
    )
    [line] = queries.lines(voice)
    assert (line.words, line.name) == ("是第几盏，在谁家门口？", world.accounts[name].name)


@pytest.mark.parametrize("name", ["member", "leader", "auditor"])
def test_who_may_read_may_not_therefore_move(voice, at_desk, name):
    page = at_desk(name).get("desk:voice", voice.code)
    assert page.status_code == 200
    assert "138 ****" not in page.text
    assert 'id="move-take_up"' not in page.text
    before = acts(voice)
    for move, said in (("take_up", {}), ("refuse", REFUSAL), ("refuse", {}), ("reconsider", WHY)):
        assert at_desk(name).move(voice, move, **said).status_code == 403
    assert at_desk(name).post("desk:reveal", voice.code, reason="看看").status_code == 403
    assert acts(voice) == before


def test_a_move_that_no_page_has_is_not_found(voice, at_desk):
    for move in ("confirm", "leave", "raise", "nonsense"):
        assert at_desk("officer").move(voice, move).status_code == 404


def test_a_fault_in_the_form_comes_back_with_its_words(voice, at_desk):
    before = acts(voice)
    page = at_desk("officer").move(voice, "refuse", **REFUSAL | {"why": ""})
    assert page.status_code == 422
    for words in ("从单子里选一条理由", REFUSAL["words"], "县水利局"):
        assert words in page.text
    assert state(voice) == "received"
    assert acts(voice) == before
    unclear = at_desk.move(voice, "refuse", **REFUSAL | {"why": "unclear"})
    assert unclear.status_code == 422


def test_two_officers_at_once(voice, at_desk):
    """Both have the page open; the second one is told, and finds all that was typed."""
    assert at_desk("convener").move(voice, "take_up", seen=1).status_code == 302
    before = acts(voice)
    late = at_desk("officer").move(voice, "refuse", seen=1, **REFUSAL)
    assert late.status_code == 409
    assert REFUSAL["words"] in late.text
    assert "您写的都还在" in late.text
    faulty = at_desk.move(voice, "refuse", seen=1, **REFUSAL | {"why": ""})
    assert faulty.status_code == 409  # "not now" comes before "not so"
    stale = at_desk.move(voice, "answer", seen=1, words="我这就去看")
    assert stale.status_code == 409
    assert acts(voice) == before


def folded(page, name):
    """Where the form of a folded move is fetched from."""
    return re.search(rf'id="move-{name}">.*?hx-get="([^"]+)"', page.text)[1].replace("&amp;", "&")


@pytest.mark.parametrize("name", ["refuse", "reply", "reveal"])
def test_a_folded_form_is_fetched_when_opened_or_drawn_where_no_script_runs(voice, at_desk, name):
    page = at_desk("officer").get("desk:voice", voice.code, tab="received")
    action = f'action="/desk/voices/{voice.code}/{name}/"'
    assert action not in page.text
    way = folded(page, name)
    alone = at_desk.client.get(way, headers={"HX-Request": "true"}).text
    assert (alone.count("<form"), alone.count(action), "<html" in alone) == (1, 1, False)
    assert 'name="listed" value="tab=received"' in alone
    whole = at_desk.client.get(way).text
    assert f'<details class="move" id="move-{name}" open>' in whole
    assert action in whole


def test_nobody_fetches_a_form_of_a_move_that_is_not_open_to_them(voice, at_desk):
    part = {"headers": {"HX-Request": "true"}}
    for name, form in (("officer", "reconsider"), ("officer", "nonsense"), ("member", "refuse")):
        assert at_desk(name).get("desk:voice", voice.code, form=form, **part).status_code == 404
    assert at_desk("member").get("desk:voice", voice.code, form="reveal", **part).status_code == 404
    assert (
        at_desk("neighbour_officer").get("desk:voice", voice.code, form="refuse", **part).status_code == 404
    )


def test_a_form_fetched_late_speaks_of_what_its_page_showed(voice, at_desk):
    """What happened between opening the page and opening the fold is told when the form is sent."""
    way = folded(at_desk("officer").get("desk:voice", voice.code), "refuse")
    at_desk("convener").move(voice, "reply", words="是第几盏，在谁家门口？")
    form = at_desk("officer").client.get(way, headers={"HX-Request": "true"}).text
    seen = re.search(r'name="seen" value="(\d+)"', form)[1]
    late = at_desk.move(voice, "refuse", seen=seen, **REFUSAL)
    assert late.status_code == 409
    assert REFUSAL["words"] in late.text
    assert state(voice) == "received"


def test_a_form_sent_twice_changes_once(voice, at_desk):
    key = secrets.token_urlsafe(16)
    answers = [at_desk("officer").move(voice, "take_up", key=key, seen=1) for _ in range(2)]
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert acts(voice) == ["voice_left", "voice_taken_up"]


def test_a_phone_is_shown_for_a_reason_and_for_a_while(voice, at_desk):
    page = at_desk("officer").get("desk:voice", voice.code).text
    assert "138 **** 5678" in page
    assert "13812345678" not in page
    assert at_desk.post("desk:reveal", voice.code, reason="").status_code == 422
    assert Look.objects.count() == 0
    assert at_desk.post("desk:reveal", voice.code, reason="问清是哪一盏").status_code == 302
    assert Look.objects.get().reason == "问清是哪一盏"
    assert acts(voice)[-1] == "contact_revealed"
    assert "13812345678" in at_desk.get("desk:voice", voice.code).text
    assert "13812345678" not in at_desk("convener").get("desk:voice", voice.code).text
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert "13812345678" not in at_desk("officer").get("desk:voice", voice.code).text


def test_after_a_voice_is_shown_strangers_to_it_are_refused_not_unseen(world, at_desk):
    voice = leave(world.studio, public=True)
    actions.show(voice.code, by=world.convener, seen=1)
    assert at_desk("neighbour_officer").get("desk:voice", voice.code).status_code == 404
    assert at_desk("neighbour_officer").move(voice, "take_up").status_code == 403


def test_raising_is_offered_where_it_is_open(voice, at_desk):
    assert "/desk/topics/?voice=" not in at_desk("convener").get("desk:voice", voice.code).text
    at_desk.move(voice, "take_up")
    assert f"/desk/topics/?voice={voice.code}" in at_desk.get("desk:voice", voice.code).text


def test_a_question_stops_the_days_and_everybody_reads_so(world, at_desk, client):
    voice = leave(world.studio, "那个东西又坏了，快来")
    assert "最多停 5 个工作日" in at_desk("convener").get("desk:voice", voice.code, form="reply").text
    at_desk.move(voice, "reply", words="是哪里的什么坏了？", asks="on")
    voice.refresh_from_db()
    assert voice.waits_until
    page = at_desk("officer").get("desk:voice", voice.code, form="reply")
    assert "停着等回话，最多停到" in page.text
    assert "最多停 5 个工作日" not in page.text  # one question at a time
    (listed,) = at_desk.fetched(page)
    for part in (page, listed):
        assert part.text.count("等留言人回话，日子停着") == 1
    actions.say(voice.code, by=queries.author_of(voice), seen=None, words="村口的灯")
    assert "日子停着" not in at_desk.get("desk:voice", voice.code).text
