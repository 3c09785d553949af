"""The desk for many voices over HTTP: filters, bulk answers with their preview, common answers, second looks,
notes, what waits for whom, keys."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.base import clock
from shangliang.base.people.models import Role
from shangliang.flow.voices import actions
from shangliang.flow.voices.models import Answer, Batch, SavedFilter, Voice
from shangliang.flow.voices.queries import desk
from stories.pages import leave
from stories.world_people import grant

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORDS = "{编号}：{工作室}已经报修，{日期}以后亮灯。"


@pytest.fixture
def voices(world):
    found = [leave(world.studio, f"第 {n} 盏路灯坏了，夜里看不见", kind="help") for n in range(5)]
    for voice in found:
        actions.take_up(voice.code, by=world.officer, seen=1)
    return found


@pytest.fixture
def common(world):
    return actions.make_template(world.county, by=world.officer, title="路灯报修", words=WORDS)


def listed(page):
    return set(re.findall(r"voices/(\w+)/\?", page.text))


def prepared(at_desk, voices, words=WORDS, deed="answer", **said):
    chosen = "&".join(f"pick={voice.code}" for voice in voices)
    answer = at_desk.post("desk:many", chosen=chosen, deed=deed, words=words, **said)
    assert answer.status_code == 302, answer.text
    return Batch.objects.latest("pk"), at_desk.client.get(answer["Location"])


# ── Filters ──
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"turn": "us"}, "taken late mine fresh"),
        ({"turn": "department"}, "passed"),
        ({"turn": "author"}, "answered"),
        ({"turn": "look"}, "waits"),
        ({"state": "assigned"}, "passed"),
        ({"keeper": "me"}, "mine passed waits"),
        ({"keeper": "handed"}, "mine"),
        ({"keeper": "nobody", "due": "running"}, "fresh"),
        ({"town": "河东镇"}, "taken"),
        ({"due": "late"}, ""),
        ({"keeper": "me", "taken": "week"}, "mine passed waits"),
        ({"turn": "nonsense"}, ""),
    ],
)
def test_narrowed_by_whose_turn_whose_hands_which_town(world, at_desk, query, found):
    world.other.town = "河东镇"
    world.other.save()
    grant(world, "second", "李干事", Role.OFFICER)
    rows = {
        name: leave(world.studio, f"{name} 的路灯坏了")
        for name in ["late", "mine", "passed", "answered", "waits", "fresh"]
    }
    rows["taken"] = leave(world.other, "河东的路灯坏了")
    for name, voice in rows.items():
        if name != "fresh":
            by = world.officer if name in ("passed", "waits") else world.deputy
            by = world.other_convener if name == "taken" else by
            actions.take_up(voice.code, by=by, seen=1)
    actions.hand_over(rows["mine"].code, by=world.deputy, seen=2, to=world.officer.key)
    actions.assign(rows["passed"].code, by=world.officer, seen=2, department=world.lamps)
    actions.answer(rows["answered"].code, by=world.deputy, seen=2, words="已经换了灯头。")
    actions.answer(rows["waits"].code, by=world.officer, seen=2, words="等人看一眼。", sensitive=True)
    page = at_desk("officer").get("desk:queue", **query)
    assert {name for name, voice in rows.items() if voice.code in listed(page)} == set(found.split())


def test_while_its_author_is_asked_the_turn_is_theirs_and_no_day_runs(world, at_desk):
    rows = {name: leave(world.studio, f"{name} 的路灯坏了") for name in ("asked", "passed", "runs")}
    for voice in rows.values():
        actions.take_up(voice.code, by=world.officer, seen=1)
    actions.assign(rows["passed"].code, by=world.officer, seen=2, department=world.lamps)
    rows["asked"].refresh_from_db()
    with clock.at(clock.start_of(rows["asked"].answer_by) + timedelta(hours=10)):  # the last day of all three
        for name, by in (("asked", world.officer), ("passed", world.handler)):
            actions.reply(rows[name].code, by=by, seen=None, words="是哪一盏？", asks=True)
        rows["asked"].refresh_from_db()
    with clock.at(clock.start_of(rows["asked"].waits_until) + timedelta(hours=10)):
        for query, found in (
            ({"turn": "us"}, "runs"), ({"turn": "department"}, ""), ({"turn": "author"}, "asked passed"),
            ({"due": "running"}, "runs"), ({"due": "late"}, "runs"), ({"due": "soon"}, ""),
        ):  # fmt: skip
            page = at_desk("officer").get("desk:queue", tab="all", **query)
            assert {name for name, voice in rows.items() if voice.code in listed(page)} == set(
                found.split()
            ), query
        people, studios = desk.loads(world.officer)
        assert sum(load.soon for load in people + studios) == 0
        assert "最要紧的一件" in at_desk.get("desk:queue").text
        actions.answer(rows["runs"].code, by=world.officer, seen=None, words="灯换好了，线也查了。")
        assert "最要紧的一件" not in at_desk.get("desk:queue").text


def test_a_filter_is_saved_renamed_deleted_with_its_count_beside_it(voices, at_desk):
    saved = at_desk("officer").post("desk:filters", name="求助", listed="tab=all&kind=help")
    assert saved["Location"] == "/desk/?tab=all&kind=help"
    page = at_desk.get("desk:queue").text
    assert re.search(r'href="/desk/\?tab=all&amp;kind=help">求助 <b>5</b>', page)
    assert "求助 <b>" not in at_desk("convener").get("desk:queue").text
    row = SavedFilter.objects.get()
    assert at_desk("convener").post("desk:filter_move", row.code, "delete").status_code == 404
    assert at_desk("officer").post("desk:filter_move", row.code, "rename", name="").status_code == 422
    assert at_desk.post("desk:filter_move", row.code, "rename", name="要帮忙的").status_code == 302
    page = at_desk.get("desk:filters").text
    assert ("要帮忙的" in page, "留言人评过了" in page, "您已评价" in page) == (True, True, False)
    assert at_desk.post("desk:filter_move", row.code, "delete").status_code == 302
    assert not SavedFilter.objects.exists()


def test_what_colleagues_handed_over_stands_first(world, voices, at_desk):
    early = leave(world.studio, "河滩上停车场的灯不亮")
    actions.hand_over(voices[4].code, by=world.officer, seen=2, to=world.convener.key)
    page = at_desk("convener").get("desk:queue").text
    assert page.index(voices[4].code) < page.index(early.code)
    assert "交给您的" in page
    assert page.count(f"voices/{voices[4].code}/?") == 2  # once, with its htmx twin


def test_as_many_queries_at_fifty_as_at_one_and_with_filters_saved(world, at_desk, common):
    first = leave(world.studio, "巷口第三盏路灯坏了半个月")
    actions.save_filter(by=world.officer, name="一", query="tab=all&keeper=nobody&turn=us")
    pages = (
        "/desk/", "/desk/?tab=all&keeper=nobody&turn=us&due=running", "/desk/workload/", "/desk/filters/",
        "/desk/many/?all=1&tab=received", "/desk/templates/", f"/desk/voices/{first.code}/",
    )  # fmt: skip
    at_desk("officer")

    def counted():
        numbers = {}
        for address in pages:
            caches["pages"].clear()
            with CaptureQueriesContext(connection) as queries:
                assert at_desk.client.get(address).status_code == 200
            numbers[address] = len(queries)
        return numbers

    counted()
    before = counted()
    for n in range(49):
        leave(world.studio, f"第 {n} 盏路灯坏了，夜里看不见", kind="help")
    for n in range(15):
        actions.save_filter(by=world.officer, name=f"第 {n} 个", query=f"tab=all&kind=help&due=late&town={n}")
    assert counted() == before
    assert max(before.values()) <= 20


# ── Many at once ──
def test_many_are_answered_after_a_look_at_what_each_gets(world, voices, at_desk, common):
    page = at_desk("officer").get("desk:many", pick=[voice.code for voice in voices])
    assert "选了 5 件" in page.text
    filled = at_desk.get("desk:many", pick=[v.code for v in voices], deed="answer", template=common.code)
    assert WORDS in unescape(filled.text)
    batch, preview = prepared(at_desk, voices)
    for voice in voices:
        assert f"{voice.number}：{world.studio.name}已经报修" in preview.text
    assert not Answer.objects.exists()
    done = at_desk.post("desk:batch_move", batch.code, "carry_out", seen=batch.version)
    assert done.status_code == 302
    assert "办好了" in at_desk.client.get(done["Location"]).text
    assert Answer.objects.count() == 5


def test_one_changed_meanwhile_is_a_409_that_names_it_and_keeps_the_words(world, voices, at_desk):
    batch, _page = prepared(at_desk("officer"), voices)
    actions.extend(voices[2].code, by=world.convener, seen=2, days=2, words="灯杆要订做")
    stopped = at_desk.post("desk:batch_move", batch.code, "carry_out", seen=batch.version)
    assert stopped.status_code == 409
    alert = stopped.text.partition('role="alert"')[2].partition("</section>")[0]
    assert voices[2].number in alert
    assert voices[1].number not in alert
    assert WORDS in unescape(stopped.text)
    assert not Answer.objects.exists()
    assert at_desk.post("desk:batch_move", batch.code, "look_again", seen=batch.version).status_code == 302
    assert at_desk.post("desk:batch_move", batch.code, "carry_out", seen=batch.version + 1).status_code == 302
    assert Answer.objects.count() == 5


def test_the_same_form_twice_answers_once(voices, at_desk):
    batch, _page = prepared(at_desk("officer"), voices)
    for _ in range(2):
        again = at_desk.post("desk:batch_move", batch.code, "carry_out", seen=1, key="k" * 22)
        assert again.status_code == 302
    assert Answer.objects.count() == 5


def test_an_unknown_variable_is_a_422_that_names_it(voices, at_desk):
    chosen = f"pick={voices[0].code}"
    answer = at_desk("officer").post("desk:many", chosen=chosen, deed="answer", words="{姓名}，已经报修")
    assert answer.status_code == 422
    assert "没有 {姓名} 这个变量" in unescape(answer.text)
    assert "{姓名}，已经报修" in unescape(answer.text)


def test_all_of_a_filter_and_nobody_elses(world, voices, at_desk):
    leave(world.far_studio, "桥上的灯坏了")
    page = at_desk("officer").get("desk:many", all="1", tab="in_hand")
    assert "选了 5 件" in page.text
    assert "选了 5 件" in at_desk.get("desk:many", all="1", q="路灯").text
    assert "选了 0 件" in at_desk("neighbour_officer").get("desk:many", pick=[v.code for v in voices]).text
    for name in ("member", "handler", "leader", "auditor"):
        assert at_desk(name).get("desk:many", all="1").status_code == 403


# ── One voice: common answers, second look, notes, handing over ──
def test_a_common_answer_fills_the_field_and_sends_nothing(world, voices, at_desk, common):
    voice = voices[0]
    page = at_desk("officer").get("desk:voice", voice.code, form="answer", template=common.code)
    assert f"{voice.number}：{world.studio.name}已经报修" in page.text
    part = at_desk.get(
        "desk:voice", voice.code, form="answer", template=common.code, headers={"HX-Request": "true"}
    )
    assert "<html" not in part.text
    assert f"{voice.number}：" in part.text
    assert "路灯报修" in part.text  # to choose another
    assert not Answer.objects.exists()
    assert at_desk.get("desk:voice", voice.code, form="answer", template="x").status_code == 404


def test_a_sensitive_answer_is_looked_over_by_somebody_else(voices, at_desk):
    voice = voices[0]
    sent = at_desk("convener").move(voice, "answer", words="和两家都谈了，说好了。", sensitive="on")
    assert "送去复核了" in at_desk.client.get(sent["Location"]).text
    own = at_desk.get("desk:voice", voice.code).text
    assert "/let_through/" not in own
    assert "/retract/" in at_desk.get("desk:voice", voice.code, form="retract").text
    assert at_desk("member").get("desk:voice", voice.code).text.count("和两家都谈了") == 0
    assert "和两家都谈了" in at_desk("officer").get("desk:voice", voice.code).text
    assert at_desk("convener").move(voice, "let_through").status_code == 403
    assert at_desk("officer").move(voice, "hold_back", words="别写门牌号").status_code == 302
    back = at_desk("convener").get("desk:voice", voice.code, form="answer").text
    assert "别写门牌号" in back
    assert back.count("和两家都谈了，说好了。") >= 2  # to be read, and in the field
    at_desk.move(voice, "answer", words="和两家谈了，说好了。", sensitive="on")
    assert at_desk("officer").move(voice, "let_through").status_code == 302
    assert Answer.objects.get().words == "和两家谈了，说好了。"


def test_a_note_is_written_and_struck_at_the_desk(voices, at_desk):
    voice = voices[0]
    at_desk("convener")
    assert at_desk.post("desk:voice_note", voice.code, words="").status_code == 422
    assert at_desk.post("desk:voice_note", voice.code, words="晚上才在家").status_code == 302
    for name, reads in (("officer", 1), ("deputy", 1), ("auditor", 1), ("member", 0), ("leader", 0)):
        assert at_desk(name).get("desk:voice", voice.code).text.count("晚上才在家") == reads, name
    code = voice.notes.get().code
    assert at_desk("deputy").post("desk:note_strike", code).status_code == 403
    assert at_desk("convener").post("desk:note_strike", code).status_code == 302
    assert "晚上才在家" not in at_desk.get("desk:voice", voice.code).text


def test_one_is_handed_to_a_colleague(world, voices, at_desk):
    sent = at_desk("officer").move(voices[0], "hand_over", to=world.deputy.key, words="我休假")
    assert sent.status_code == 302
    page = at_desk.get("desk:voice", voices[0].code).text
    assert "汪委员" in page
    assert "陈干事" in page
    assert "我休假" in page


# ── What waits for whom; keys ──
def test_each_figure_opens_the_list_that_it_counts(world, voices, at_desk):
    actions.hand_over(voices[0].code, by=world.officer, seen=2, to=world.convener.key)
    with clock.at(clock.now()):
        page = at_desk("officer").get("desk:workload").text
    assert "不是比高低" in page
    cells = re.findall(r'href="(/desk/\?tab=all[^"]+)"[^>]*>(\d+)</a>', page)
    assert len(cells) >= 6
    for href, number in cells:
        assert len(listed(at_desk.client.get(unescape(href)))) == int(number), href


def test_keys_are_switched_off_for_oneself_wherever_one_signs_in(world, at_desk):
    page = at_desk("officer").get("desk:queue").text
    assert 'id="keys"' in page
    to = at_desk.client.post("/accounts/keys/", {"on": "0", "next": "/desk/?tab=late"})
    assert to["Location"] == "/desk/?tab=late"
    at_desk.client.logout()
    assert 'id="keys"' not in at_desk("officer").get("desk:queue").text
    assert 'id="keys"' in at_desk("convener").get("desk:queue").text
    at_desk("officer").client.post("/accounts/keys/", {"on": "1", "next": "https://elsewhere.example/"})
    assert 'id="keys"' in at_desk.get("desk:queue").text


def test_common_answers_are_written_by_officers_and_used_by_the_desk(world, at_desk, common):
    assert at_desk("convener").get("desk:template", common.code).status_code == 200
    assert at_desk.post("desk:templates", title="另一条", words="写不进去的").status_code == 403
    changed = at_desk("officer").post(
        "desk:template_move", common.code, "change", title="路灯报修", words="{编号} 这周修。", seen=1
    )
    assert changed.status_code == 302
    page = at_desk.get("desk:template", common.code).text
    assert "这周修" in page
    assert "已经报修" in page  # the edition before
    late = at_desk.post("desk:template_move", common.code, "change", title="路灯", words="又一版本。", seen=1)
    assert late.status_code == 409
    assert Voice.objects.count() == 0


def test_what_says_the_same_is_taken_up_under_one_topic(world, at_desk):
    fresh = [leave(world.studio, f"第 {n} 路公交等了一个小时", kind="help") for n in range(3)]
    desk = at_desk("officer")
    chosen = "&".join(f"pick={voice.code}" for voice in fresh)
    none = desk.post("desk:many", chosen=chosen, deed="take_up", to="secrets")
    assert none.status_code == 422
    batch, page = prepared(desk, fresh, deed="take_up", words="", to="transport")
    assert "主题：交通运输" in page.text
    assert not Voice.objects.exclude(topic="").exists()  # looked through, not yet done
    desk.post("desk:batch_move", batch.code, "carry_out", seen=batch.version)
    done = Voice.objects.filter(pk__in=[voice.pk for voice in fresh])
    assert {(voice.state, voice.topic) for voice in done} == {("taken_up", "transport")}
