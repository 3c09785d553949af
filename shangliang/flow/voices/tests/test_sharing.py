"""Several departments for one voice: a host who answers for all, others who give it their opinion.

Left on Monday 23 November 2026, to be answered by Monday 7 December; opinions are owed by Monday the 30th."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act
from shangliang.flow.voices import actions, ladder, queries, sheets, standing, told
from shangliang.flow.voices.models import Assignment, Deadline, Rung, Voice
from shangliang.flow.voices.office import pane
from shangliang.flow.voices.queries import shared, urged

from .conftest import moment

OPINION = "田边两根杆归农业农村局，月底前移走。"


@pytest.fixture
def voice(story, world):
    """Lamps are the host, farms and roads stand beside it."""
    taken = story.to("taken_up")
    return actions.assign(
        taken.code, by=world.officer, seen=taken.version, department=world.lamps,
        beside=[world.farms, world.roads],
    )  # fmt: skip


@pytest.fixture
def roads_handler(world):
    from shangliang.base.people.models import Role
    from shangliang.base.people.queries import actor_of
    from stories.world_people import grant

    grant(world, "handler3", "卞科长", Role.HANDLER, department=world.roads.code)
    return actor_of(world.accounts["handler3"])


def fresh(voice):
    return queries.rows().get(pk=voice.pk)


def give(voice, by, words=OPINION):
    return actions.give_opinion(voice.code, by=by, seen=None, words=words)


def test_each_is_asked_by_an_assignment_and_a_clock_of_its_own(world, voice):
    rows = [(row.department, row.task, row.due, row.send_back_by) for row in shared.parts(voice)]
    last, day = date(2026, 11, 30), date(2026, 11, 30)
    assert rows == [
        (world.lamps, "host", None, last),
        (world.farms, "beside", day, last),
        (world.roads, "beside", day, last),
    ]  # fmt: skip
    clocks = Deadline.objects.filter(voice=voice, ended_on=None).order_by("pk")
    assert [(c.kind, c.due) for c in clocks] == [
        ("answer", date(2026, 12, 7)), ("opinion", day), ("opinion", day),
    ]  # fmt: skip
    facts = Act.objects.get(name="voice_assigned").facts
    assert facts["beside"] == [world.farms.code, world.roads.code]
    assert (voice.awaits, voice.due_by, voice.promised_by) == (world.farms, day, date(2026, 12, 7))


def test_the_turn_goes_from_one_to_the_next_and_then_to_the_host(world, voice, roads_handler):
    assert ladder.holder(voice) == f"department:{world.farms.code}"
    voice = give(voice, world.handler2)
    assert (voice.awaits, standing.holder(voice)) == (world.roads, "交通运输局")
    voice = give(voice, roads_handler, "这一段路不归县道管，归镇里。")
    assert (voice.awaits, voice.due_by) == (None, date(2026, 12, 7))
    assert standing.holder(voice) == "城管局"
    assert [row.opinion for row in shared.parts(voice)][1:] == [OPINION, "这一段路不归县道管，归镇里。"]


def test_each_who_is_late_is_reminded_by_themselves_and_once(world, voice, roads_handler, later):
    """Both owe an opinion by Monday 30 November; the turn is with 农业农村局."""
    with later(days=7):
        assert actions.climb() == 0
    with later(days=8):
        assert (actions.climb(), actions.climb()) == (2, 0)
    with later(days=9):
        assert actions.climb() == 0
    with later(days=10):
        assert actions.climb() == 2
    acts = Act.objects.filter(name__in=("voice_reminded", "voice_urged")).order_by("pk")
    farms, roads = f"department:{world.farms.code}", f"department:{world.roads.code}"
    assert [(one.name, one.facts["holder"]) for one in acts] == [
        ("voice_reminded", farms), ("voice_reminded", roads), ("voice_urged", farms), ("voice_urged", roads),
    ]  # fmt: skip
    assert [one.facts.get("named_on") for one in acts] == [None, None, "2026-12-14", None]
    assert [one.facts["number"][-3:] for one in acts[2:]] == ["〕1号", "〕2号"]
    with later(days=11):
        passed = give(voice, world.handler2)
        assert (passed.awaits, passed.rung) == (world.roads, "urged"), "whose turn it is now was urged before"
        assert actions.climb() == 0
        assert give(voice, roads_handler).rung == "", "the host begins anew"


def test_only_the_host_answers_and_who_stands_beside_is_told_why(world, voice):
    for move, said in (
        (actions.answer, {"words": "我们来答复。"}), (actions.extend, {"days": 3, "words": "要晚几天。"}),
        (actions.send_back, {"words": "不归我们管。"}),
    ):  # fmt: skip
        with pytest.raises(NotYours, match="主办单位（城管局）"):
            move(voice.code, by=world.handler2, seen=None, **said)
    for by in (world.handler, world.officer):
        with pytest.raises(NotYours):
            give(voice, by)
    assert fresh(voice).version == voice.version
    answered = actions.answer(voice.code, by=world.handler, seen=voice.version, words="六盏灯都换了。")
    assert (answered.state, answered.awaits, answered.answered_by) == ("answered", None, "department")
    assert queries.answers(answered)[0].department == world.lamps
    assert not Deadline.objects.filter(voice=voice, ended_on=None).exists(), "nobody owes an opinion any more"
    with pytest.raises(NotNow):
        give(voice, world.handler2)


def test_an_opinion_is_given_once_and_late_is_welcome(world, voice, later):
    with pytest.raises(ValidationError, match="写下意见"):
        give(voice, world.handler2, "  ")
    with later(days=8):  # Tuesday, a day late
        given = give(voice, world.handler2)
        assert Act.objects.get(name="voice_opinion_given").facts == {
            "department": world.farms.code, "on_time": False
        }  # fmt: skip
        with pytest.raises(NotNow, match="已经给过"):
            give(given, world.handler2)


def test_a_wrong_part_is_sent_back_with_a_reason_and_another_is_asked(world, voice, later):
    with pytest.raises(ValidationError):
        actions.return_part(voice.code, by=world.handler2, seen=None, words="")
    back = actions.return_part(voice.code, by=world.handler2, seen=voice.version, words="不归农业管。")
    assert (back.state, back.awaits) == ("assigned", world.roads)
    with pytest.raises(NotNow, match="没有请您"):
        give(back, world.handler2)
    with later(days=2):
        again = actions.call_in(voice.code, by=world.officer, seen=back.version, department=world.schools)
    row = Assignment.objects.get(voice=voice, department=world.schools)
    assert (row.due, row.send_back_by) == (date(2026, 12, 2), date(2026, 12, 2))
    assert again.awaits == world.roads, "whose day comes first"
    with later(days=8), pytest.raises(NotNow, match="期限已经过了"):
        actions.return_part(voice.code, by=_roads(world), seen=None, words="不归我们。")


def _roads(world):
    from shangliang.base.people.actor import Actor, Held

    return Actor("r", name="路", posts=(Held("handler", world.county.path, department=world.roads.code),))


def test_one_extension_each_with_a_reason_that_the_author_reads(story, world, voice):
    extended = actions.extend_part(
        voice.code, by=world.handler2, seen=voice.version, days=9, words="要到田里量过"
    )
    row = Assignment.objects.get(voice=voice, department=world.farms)
    assert row.due == date(2026, 12, 7), "the answer day at most"
    assert extended.answer_by == date(2026, 12, 7)
    assert extended.awaits == world.roads
    with pytest.raises(NotNow, match="已经延过"):
        actions.extend_part(voice.code, by=world.handler2, seen=None, days=1, words="还要晚。")
    moved = actions.extend(voice.code, by=world.handler, seen=extended.version, days=5, words="灯杆要订做")
    assert (moved.extended, moved.answer_by) == (True, date(2026, 12, 14))
    assert Assignment.objects.get(pk=row.pk).due == date(2026, 12, 7), "the host's days move nobody else's"
    sentences = " ".join(one.sentence for one in told.timeline(moved, mine=True))
    assert "农业农村局要晚几天给意见：要到田里量过。" in sentences
    assert "城管局主办、统一答复，农业农村局、交通运输局会办" in sentences


def test_the_host_sends_it_back_and_what_was_given_stays_to_be_read(world, voice):
    give(voice, world.handler2)
    back = actions.send_back(voice.code, by=world.handler, seen=None, words="灯杆归供电公司。")
    assert (back.state, back.awaits, back.due_by) == ("taken_up", None, date(2026, 12, 7))
    assert not Deadline.objects.filter(voice=voice, kind="opinion", ended_on=None).exists()
    anew = actions.assign(
        voice.code, by=world.officer, seen=back.version, department=world.schools, beside=[world.roads]
    )
    assert anew.awaits == world.roads
    drawn = [(row.department, row.opinion) for row in shared.parts(anew)]
    assert drawn == [(world.schools, ""), (world.farms, OPINION), (world.roads, "")]


def test_the_office_need_not_wait(world, voice):
    for by in (world.handler, world.member):
        with pytest.raises(NotYours):
            actions.call_off(voice.code, by=by, seen=None, department=world.farms, words="不等了。")
    off = actions.call_off(
        voice.code, by=world.convener, seen=voice.version, department=world.farms, words="镇里已经移了。"
    )
    assert off.awaits == world.roads
    with pytest.raises(ValidationError):
        actions.call_off(voice.code, by=world.officer, seen=None, department=world.farms, words="再说。")


@pytest.mark.parametrize("who", ["lamps", "far", "twice"])
def test_who_cannot_be_asked_beside(story, world, who):
    taken = story.to("taken_up")
    beside = {"lamps": [world.lamps], "far": [world.far], "twice": [world.farms, world.farms]}[who]
    with pytest.raises(ValidationError) as fault:
        actions.assign(taken.code, by=world.officer, seen=None, department=world.lamps, beside=beside)
    assert "beside" in fault.value.message_dict
    assert not Assignment.objects.filter(voice=taken).exists()


def test_who_stands_beside_reads_the_matter_and_their_own_part_only(world, voice, roads_handler):
    give(voice, world.handler2, "田边两根杆归我们，月底前移走。")
    drawn = pane.of(fresh(voice), roads_handler, address="/", listed="")
    assert drawn.own_part
    assert [row.department for row in drawn.parts] == [world.lamps, world.roads]
    assert not any("意见" in what for _at, what, *_rest in drawn.happened), "nor that another gave one"
    assert [offer.name for offer in drawn.offers] == ["give_opinion", "extend_part", "return_part"]
    assert drawn.phone == ""
    for host in (world.handler, world.officer):
        whole = pane.of(fresh(voice), host, address="/", listed="")
        assert [row.department for row in whole.parts] == [world.lamps, world.farms, world.roads]
    with pytest.raises(Unseen):
        queries.get(voice.code, world.neighbour_officer)


def test_who_stands_beside_reads_no_words_of_another_who_sent_it_back(world, voice, roads_handler):
    theirs, own = "田边没有我们的杆，归供电所。", "这一段路不归县道管，归镇里。"
    actions.return_part(voice.code, by=world.handler2, seen=None, words=theirs)
    actions.return_part(voice.code, by=roads_handler, seen=None, words=own)
    drawn = pane.of(fresh(voice), roads_handler, address="/", listed="")
    said = " ".join(words for _at, _what, words, *_rest in drawn.happened)
    assert own in said
    assert theirs not in said


# ── The ladder and the figures ───────────────────────────────────────────────────────────────────────────
def at(day, hour=10):
    return clock.at(moment(day, hour))


def test_the_ladder_climbs_for_whose_turn_it_is(story, world, voice):
    with at(date(2026, 12, 1)):
        assert actions.climb() == 2
    facts = Act.objects.filter(name="voice_reminded").earliest("pk").facts
    assert (facts["kind"], facts["holder"], facts["late"]) == ("opinion", f"department:{world.farms.code}", 1)
    with at(date(2026, 12, 3)):
        assert actions.climb() == 2
        act = Act.objects.filter(name="voice_urged").earliest("pk")
        letter = sheets.letter(fresh(voice), act, "https://example.cn/")
    assert letter["addressee"] == "农业农村局"
    assert "由城管局主办、你单位会办，应当在2026年11月30日前把意见给主办单位" in letter["text"]
    with at(date(2026, 12, 8)):
        assert actions.climb() == 0, "in public only five days after the day that the author was told"
        assert not queries.rows().filter(rung=Rung.LISTED).exists()
    with at(date(2026, 12, 14)):
        assert actions.climb() == 1
        assert _named() == {f"department:{world.farms.code}": 1}
        assert list(queries.rows().filter(urged.of_holder(f"department:{world.lamps.code}"))) == []
        passed = give(voice, world.handler2)
        assert (passed.awaits, passed.rung) == (world.roads, "urged"), "they were urged by themselves"
        assert _named() == {}


def _named():
    return {urged.holder_of(row): row["n"] for row in urged.named_by_holder()}


def test_a_voice_of_three_departments_is_late_once_and_by_the_authors_day(world, voice):
    path = world.county.path
    assert list(queries.overdue_on(path, date(2026, 12, 4))) == [], "the opinions are late, the answer is not"
    assert list(queries.overdue_on(path, date(2026, 12, 8))) == [voice]
    fallen = queries.deadlines_fallen(path, date(2026, 11, 1), date(2026, 12, 31))
    assert [row.kind for row in fallen] == ["answer"]


def test_withdrawn_or_erased_nobody_owes_anything(story, world, voice):
    gone = actions.withdraw(voice.code, by=story.by(voice), seen=voice.version)
    assert (gone.awaits, gone.due_by) == (None, None)
    taken = story.to("taken_up", words="桥头的灯也黑了一个月。")
    second = actions.assign(
        taken.code, by=world.officer, seen=None, department=world.lamps, beside=[world.farms]
    )
    actions.erase(second.code, by=story.by(second))
    assert Voice.objects.get(pk=second.pk).awaits is None
    assert not Deadline.objects.filter(ended_on=None).exists()
    assert not Assignment.objects.filter(task="beside", ended_at=None).exists()


# ── What everybody reads ─────────────────────────────────────────────────────────────────────────────────
def test_everybody_reads_who_deals_with_it_and_no_word_of_an_opinion(world, voice):
    give(voice, world.handler2)
    found = shared.shared(fresh(voice))
    assert (found.host, found.turn) == ("城管局", "交通运输局")
    assert found.beside == [
        ("农业农村局", date(2026, 11, 23), None), ("交通运输局", None, date(2026, 11, 30)),
    ]  # fmt: skip
    lines = [(one.what, one.sentence) for one in told.timeline(fresh(voice), mine=False)]
    assert ("转给承办单位", "城管局主办，农业农村局、交通运输局会办") in lines
    assert ("会办单位给了意见", "农业农村局") in lines
    assert OPINION not in str(lines)
