"""A word comes in once, is read by whom it may be read, and hides what is nobody's business."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import STRANGER, Actor
from shangliang.flow.voices import actions, queries, standing, told, tracking
from shangliang.flow.voices.models import Line, Voice
from shangliang.flow.voices.queries import near
from shangliang.flow.voices.titles import first_clause

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

PHONE = "13800138000"


def test_a_form_sent_twice_leaves_one_voice_with_the_same_code(story, world):
    first, code = actions.leave(world.studio, by=STRANGER, words="路灯不亮三个月了", form_key="k1")
    again, same = actions.leave(world.studio, by=STRANGER, words="路灯不亮三个月了", form_key="k1")
    assert (first.pk, code) == (again.pk, same)
    assert queries.by_tracking_code(code) == first
    assert Act.objects.filter(name="voice_left").count() == 1
    with pytest.raises(NotNow):
        actions.leave(world.studio, by=STRANGER, words="另一件事情", form_key="k1")


def test_the_journal_keeps_a_pseudonym_and_no_words(story, world):
    voice = story.leave(phone=PHONE, place="草坪村", kind="help", public=True)
    act = Act.objects.get(name="voice_left")
    assert act.by == voice.person != world.member.key
    assert act.facts == {
        "kind": "help", "public": True, "accept_by": "2026-11-26", "answer_by": "2026-12-07",
    }  # fmt: skip
    other = story.leave(words="又一件：渠水断了")
    assert other.person != voice.person
    assert other.number.endswith("000002")


def test_nothing_of_phone_and_code_lies_in_clear(story, world):
    voice = story.leave(phone=PHONE)
    assert Voice.objects.get(pk=voice.pk).phone == PHONE
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            held = repr(cursor.fetchall()).encode()
            assert PHONE.encode() not in held, table
            assert story.code.encode() not in held.lower(), table
    assert tracking.digest(story.code) == Voice.objects.get(pk=voice.pk).code_hash


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"words": "  "}, "words"),
        ({"words": "灯坏了"}, "words"),
        ({"words": "字" * 2001}, "words"),
        ({"kind": "gossip"}, "kind"),
        ({"phone": "打我家座机"}, "phone"),
        ({"place": "村" * 81}, "place"),
    ],
)
def test_bad_input_is_told_at_its_field_and_nothing_is_written(story, fault, field):
    with pytest.raises(ValidationError) as told_:
        story.leave(**fault)
    assert list(told_.value.message_dict) == [field]
    assert Voice.objects.count() == Act.objects.filter(name="voice_left").count() == 0


def test_two_thousand_characters_with_newlines_of_a_browser_are_enough(story):
    assert story.leave(words="字" * 1000 + "\r\n" + "字" * 999).words.count("\n") == 1


def test_a_door_that_is_shut_takes_nothing(story, world):
    world.studio.state = "suspended"
    with pytest.raises(NotNow, match="不在网上收留言"):
        story.leave()


def test_told_in_person_it_counts_once_with_recorder_and_consent(story, world):
    told_ = {
        "words": "老人说养老诈骗的电话多", "channel": "reception",
        "said_on": clock.today(), "form_key": "told",
    }  # fmt: skip
    for stranger in (world.other_convener, world.leader, world.auditor, STRANGER):
        with pytest.raises(NotYours):
            actions.record_told(world.studio, by=stranger, consent=True, **told_)
    with pytest.raises(ValidationError, match="同意"):
        actions.record_told(world.studio, by=world.member, consent=False, **told_)
    with pytest.raises(ValidationError):
        actions.record_told(
            world.studio, by=world.member, consent=True, **told_ | {"said_on": clock.today() + timedelta(1)}
        )
    voice, code = actions.record_told(world.studio, by=world.member, consent=True, **told_)
    assert (voice.channel, voice.recorded_by, voice.public) == ("reception", world.member.key, False)
    assert queries.by_tracking_code(code) == voice
    act = Act.objects.get(name="voice_recorded")
    assert (act.by, act.facts["channel"]) == (world.member.key, "reception")
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(consent=False)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("村口到学校那段路灯三个月不亮，娃娃放学摸黑。", "村口到学校那段路灯三个月不亮"),
        ("您好，路灯坏了。一直没人修", "路灯坏了，一直没人修"),
        ("灯" * 90, "灯" * 39 + "…"),
        ("好人好事", "好人好事"),
    ],
)
def test_a_voice_is_called_by_its_first_clause(words, title):
    assert first_clause(words) == title


def readers(world, voice):
    author = queries.author_of(voice)
    return {
        "stranger": STRANGER, "author": author,
        "other author": Actor("x", "author", subject="voice:other"),
        "guest": Actor("g", "guest", committee=world.county.path, consultation="c"),
        "member": world.member, "other member": world.other_member, "plain member": world.member2,
        "convener": world.convener, "deputy": world.deputy, "other convener": world.other_convener,
        "officer": world.officer, "leader": world.leader, "auditor": world.auditor,
        "operator": world.operator,
        "handler": world.handler, "other handler": world.handler2, "neighbour": world.neighbour_officer,
        "city": world.city_officer, "province": world.province_officer,
    }  # fmt: skip


OWN = {"author", "member", "convener", "deputy", "officer", "leader", "auditor"}


@pytest.mark.parametrize(
    ("state", "more"),
    [
        ("received", set()), ("refused", set()), ("taken_up", set()), ("assigned", {"handler"}),
        ("sent_up", {"city"}), ("in_consultation", set()), ("answered", set()), ("closed", set()),
    ],
)  # fmt: skip
def test_who_reads_a_voice_whole_and_who_its_public_wording(story, world, state, more):
    voice = story.to(state, public=True)
    everybody = readers(world, voice)
    for shown in (False, True):
        for name, reader in everybody.items():
            if name in OWN | more:
                assert queries.get(voice.code, reader) == voice, name
            else:
                with pytest.raises(Unseen):
                    queries.get(voice.code, reader)
            for kind in ("voice", "line", "answer", "progress"):
                assert queries.may_open("voice", voice.code, [reader]) == (name in OWN | more), kind
        if not shown:
            with pytest.raises(Unseen):
                queries.get_shown(voice.code)
            actions.show(voice.code, by=world.convener, seen=1)
    assert queries.get_shown(voice.code) == voice


def test_evidence_is_public_with_the_shown_voice_and_photos_are_not(story, world):
    voice = story.to("answered", public=True)
    [answer] = queries.answers(voice)
    assert queries.may_open("answer", answer.code, [STRANGER]) is False
    actions.show(voice.code, by=world.officer, seen=1)
    assert queries.may_open("answer", answer.code, [STRANGER]) is True
    assert queries.may_open("voice", voice.code, [STRANGER]) is False
    assert queries.may_open("voice", voice.code, [STRANGER, story.by(voice)]) is True


def test_a_phone_is_shown_to_the_office_for_a_reason_and_the_look_is_kept(story, world):
    voice = story.to("sent_up", phone=PHONE)
    for name, reader in readers(world, voice).items():
        if name in {"convener", "deputy", "officer", "city"}:
            assert actions.reveal_phone(voice.code, by=reader, reason="约去现场") == PHONE
        else:
            with pytest.raises((NotYours, Unseen)):
                actions.reveal_phone(voice.code, by=reader, reason="约去现场")
    with pytest.raises(ValidationError, match="为什么"):
        actions.reveal_phone(voice.code, by=world.officer, reason=" ")
    assert Act.objects.filter(name="contact_revealed", thread=voice.thread).count() == 4


def test_a_public_wording_is_looked_over_withheld_and_mended(story, world):
    voice = story.leave(words="三单元那家姓钱的天天往楼下扔垃圾", public=True)
    private = story.leave(words="只给工作室看的一件事")
    assert list(queries.to_look_over(world.convener)) == [voice]
    with pytest.raises(NotNow):
        actions.show(private.code, by=world.convener, seen=1)
    with pytest.raises(NotYours):
        actions.show(voice.code, by=world.member, seen=1)
    held = actions.withhold(
        voice.code, by=world.convener, seen=1, reason="personal", detail="三单元那家姓钱的"
    )
    assert held.how_to_mend
    with pytest.raises(NotYours):
        actions.mend(voice.code, by=world.convener, seen=2, words="有一户往楼下扔垃圾")
    actions.mend(voice.code, by=story.by(voice), seen=2, words="有一户天天往楼下扔垃圾")
    shown = actions.show(voice.code, by=world.officer, seen=3)
    assert (shown.wording, shown.words) == ("有一户天天往楼下扔垃圾", voice.words)
    assert shown.public_title == "有一户天天往楼下扔垃圾"
    assert shown.state == "received"
    hits, _more = search.newest("shown_voice", "垃圾", queries.shown())
    assert hits == [voice]
    assert search.newest("shown_voice", "姓钱", queries.shown())[0] == []
    actions.withhold(voice.code, by=world.officer, seen=4, reason="advert", detail="推销")
    assert search.newest("shown_voice", "垃圾", queries.rows())[0] == []


def test_the_office_finds_voices_and_like_ones_within_its_reach(story, world):
    one = story.leave(words="村口路灯不亮，娃娃放学摸黑走路")
    two = story.leave(words="学校门口的路灯不亮了，晚上摸黑", studio=world.other)
    reach = queries.rows().filter(queries.visible_to(world.officer))
    assert set(search.newest("voice", "路灯", reach, world.county.code)[0]) == {one, two}
    assert [match.item for match in near.similar(one, world.officer)] == [two]
    assert near.similar(one, world.convener) == []


def test_the_desk_lists_by_clock(story, world, later):
    first = story.to("taken_up")
    with later(1):
        second = story.to("received", words="公交绕行，等一个小时")
        up = story.to("sent_up", words="高速出口拥堵，天天排队")
        asked = story.to("assigned", words="集市挪位，没处摆摊")
    assert list(queries.queue(world.officer)) == [second, first, up, asked]
    assert list(queries.queue(world.officer, "received")) == [second]
    assert list(queries.queue(world.city_officer)) == list(queries.sent_up_to(world.city_officer)) == [up]
    assert list(queries.for_department(world.handler)) == [asked]
    assert list(queries.queue(world.other_convener)) == []


def test_what_happened_is_told_in_sentences(story, world):
    voice = story.to("assigned", public=True)
    back = actions.send_back(voice.code, by=world.handler, seen=3, words="归乡镇管")
    again = actions.assign(voice.code, by=world.officer, seen=back.version, department=world.roads)
    actions.say(voice.code, by=story.by(voice), seen=None, words="还没亮")
    told_ = [one.sentence for one in told.timeline(again, mine=True)]
    assert told_ == [
        "收到了。最晚 2026年11月26日（周四）告诉您受理不受理，最晚 2026年12月7日（周一）答复您。",
        "受理了，城关委员工作室在办。最晚 2026年12月7日（周一）答复您。",
        "转给城管局办，城关委员工作室接着盯。最晚 2026年12月7日（周一）答复您。",
        "城管局说不归它管，城关委员工作室正在另找单位。",
        "转给交通运输局办，城关委员工作室接着盯。最晚 2026年12月7日（周一）答复您。",
    ]
    assert [one.what for one in told.timeline(again, mine=False)][-1] == "转给承办单位"
    refused = story.to("refused", words="官司的事，法院判了不服")
    assert told.timeline(refused, mine=True)[-1].sentence == (
        "这件事城关委员工作室办不了：已在法院、仲裁或复议。请找县人民法院，12368。等判决。"
    )


def test_the_four_facts_never_merge(story, world):
    voice = story.to("taken_up")
    states = lambda v: [state for _label, _detail, state in standing.facts(v)]  # noqa: E731
    assert states(voice) == ["todo", "todo", "todo", "todo"]
    answered = actions.answer(
        voice.code, by=world.convener, seen=2, words="换了 6 盏灯。", promised_for=date(2026, 12, 4)
    )
    assert states(answered) == ["ok", "ok", "todo", "now"]
    closed = actions.judge_not(voice.code, by=story.by(voice), seen=3)
    assert states(closed) == ["ok", "ok", "todo", "todo"]
    assert standing.turn(closed).sentence == "您说的记下了，不算办成"


def test_a_promise_is_for_the_next_five_years(story, world):
    voice = story.to("taken_up")
    for day, fault in (
        (date(2026, 11, 22), "今天或以后"),
        (date(2031, 11, 24), "五年以内"),
        (date.max, "五年以内"),
    ):
        with pytest.raises(ValidationError, match=fault) as refused:
            actions.answer(voice.code, by=world.convener, seen=2, words="换了 6 盏灯。", promised_for=day)
        assert list(refused.value.message_dict) == ["promised_for"]


def test_the_same_matter_is_named_by_its_number(story, world):
    first, second = story.to("taken_up"), story.leave(words="路灯还是不亮，又说一遍")
    said = {"why": "repeat", "owner": "城关工作室", "contact": "县城关镇", "by": world.officer, "seen": 1}
    for words in ("已经在办。", f"见 {second.thread}。", "见 SL-000000000000。"):
        with pytest.raises(ValidationError, match="事由编号") as refused:
            actions.refuse(second.code, words=words, **said)
        assert list(refused.value.message_dict) == ["words"]
    words = f"同一件事已在办：{first.thread.lower()}。"
    assert actions.refuse(second.code, words=words, **said).state == "refused"


def test_who_wrote_it_down_does_not_look_it_over(story, world):
    voice, _code = actions.record_told(
        world.studio, by=world.convener, words="老人常接到推销电话", channel="phone",
        said_on=date(2026, 11, 23), consent=True, public=True, form_key="r1",
    )  # fmt: skip
    assert list(queries.to_look_over(world.convener)) == []
    with pytest.raises(NotYours):
        actions.show(voice.code, by=world.convener, seen=1)
    assert list(queries.to_look_over(world.deputy)) == [voice]
    assert actions.show(voice.code, by=world.deputy, seen=1).shown


def test_who_answers_back_signs_with_their_name_or_their_house(story, world):
    voice = story.to("assigned")
    actions.reply(voice.code, by=world.member, seen=None, words="我去看看")
    actions.reply(voice.code, by=world.handler, seen=None, words="已派人")
    assert list(Line.objects.order_by("pk").values_list("name", flat=True)) == ["岳委员", "城管局"]
    with pytest.raises(NotYours):
        actions.reply(voice.code, by=world.leader, seen=None, words="抓紧")
