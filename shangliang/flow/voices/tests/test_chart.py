"""Each edge of the chart is taken, each non-edge refused, and who may not is told so."""

from datetime import date

import pytest

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.models import Act, Flow
from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places_actions
from shangliang.base.places import queries as places
from shangliang.base.places.models import Department
from shangliang.flow.voices import actions, queries
from shangliang.flow.voices.models import FollowUp, State, Voice
from shangliang.flow.voices.states import CHART
from stories.world_people import grant

from .conftest import moment

STATES = [state.value for state in State]
# To be named in public is the clock's alone, to go on in another studio goes with a studio that stops, and of
# other levels' departments and neighbours tells stories/test_levels.py. Each has its own tests.
ELSEWHERE = {"pass_down", "return_across", "return_to_office"}
MOVES = sorted({move.name for move in CHART.moves if move.start} - {"list", "change_studio"} - ELSEWHERE)
PARTS = {"call_off", "give_opinion", "return_part", "extend_part"}  # once somebody stands beside the host
HOUSE = {"give_back"}  # only a consultation's action makes these

PROMISED, LATER = date(2026, 12, 4), date(2026, 12, 18)
REFUSAL = {"why": "elsewhere", "owner": "县水利局", "contact": "000-0000009", "words": "河道归水利局管。"}


def city_colleague(world):
    """Another officer of the city."""
    if "city_second" not in world.accounts:
        grant(world, "city_second", "钟干事", Role.OFFICER, committee=world.city)
    return actor_of(world.accounts["city_second"])


def asked_by(world, voice):
    """Who assigns it where it is, and to which department."""
    if voice.state == "sent_up":
        found = places.departments(world.city).first() or places_actions.add(
            Department, world.city, "市住建局", phone="000-0000003"
        )
        return world.city_officer, {"department": found}
    return world.officer, {"department": world.lamps}


def make(name, voice, world, *, by=None, seen=None):
    """Make a move of the chart as it would be made; `by` another than who would."""
    seen = voice.version if seen is None else seen
    author = queries.author_of(voice)
    holder = {"assigned": world.handler, "sent_up": world.city_officer}.get(voice.state, world.convener)
    reporter = {"department": world.handler, "upper": world.city_officer}.get(
        voice.answered_by, world.convener
    )
    second = city_colleague(world) if voice.state == "sent_up" else world.officer
    if name in ("propose", "retract", "hand_over") and voice.state == "assigned":
        holder = world.convener
    does = {  # move: (action, who makes it, what they write)
        "take_up": (actions.take_up, world.convener, {}),
        "refuse": (actions.refuse, world.officer, REFUSAL),
        "reconsider": (actions.reconsider, world.officer, {"words": "再看确实归我们。"}),
        "assign": (actions.assign, *asked_by(world, voice)),
        "call_in": (actions.call_in, world.officer, {"department": world.roads}),
        "call_off": (actions.call_off, world.officer, {"department": world.farms, "words": "用不着了。"}),
        "give_opinion": (actions.give_opinion, world.handler2, {"words": "田边的杆归我们移。"}),
        "return_part": (actions.return_part, world.handler2, {"words": "不归农业管。"}),
        "extend_part": (actions.extend_part, world.handler2, {"days": 2, "words": "要去现场看。"}),
        "send_back": (actions.send_back, world.handler, {"words": "不归城管局管。"}),
        "send_up": (
            actions.send_up,
            world.city_officer if voice.state == "sent_up" else world.officer,
            {"words": "是上面的路。"},
        ),
        "return_down": (actions.return_down, world.province_officer, {"words": "市里能办。"}),
        "send_down": (actions.send_down, world.city_officer, {"words": "县里能办。"}),
        "raise": (actions.raise_, world.officer, {"topic_title": "路灯谁来管", "topic_thread": "SL-T"}),
        "give_back": (actions.give_back, world.officer, {"reason": "先单独办。"}),
        "extend": (actions.extend, holder, {"days": 5, "words": "灯杆要订做。"}),
        "answer": (actions.answer, holder, {"words": "换了 6 盏灯。"}),
        "propose": (actions.answer, holder, {"words": "换了 6 盏灯。", "sensitive": True}),
        "let_through": (actions.let_through, second, {}),
        "hold_back": (actions.hold_back, second, {"words": "写明是哪几盏。"}),
        "retract": (actions.retract, holder, {}),
        "hand_over": (actions.hand_over, holder, {"to": second.key}),
        "report_progress": (actions.report_progress, reporter, {"words": "装了 4 盏。"}),
        "move_promise": (actions.move_promise, reporter, {"promised_for": LATER, "words": "灯杆没到。"}),
        "report_done": (actions.report_done, reporter, {"words": "都换了。", "uploads": ["a photo"]}),
        "confirm": (actions.confirm, author, {}),
        "judge_partly": (actions.judge_partly, author, {}),
        "judge_not": (actions.judge_not, author, {}),
        "reopen": (actions.reopen, author, {"verdict": "not", "missing": "还黑着"}),
        "reopen_after_all": (actions.reopen_after_all, author, {"verdict": "not", "missing": "又黑了"}),
        "change_verdict": (actions.change_verdict, author, {"verdict": "partly", "missing": "差两盏"}),
        "follow_up": (actions.follow_up, author, {"said": "solved"}),
        "relapse": (actions.follow_up, author, {"said": "not"}),
        "propose_merge": (
            actions.propose_merge,
            world.convener,
            {"into": world.host.number if "host" in vars(world) else "", "words": "同一排灯"},
        ),
        "agree_merge": (actions.agree_merge, author, {}),
        "decline_merge": (actions.decline_merge, author, {}),
        "unmerge": (actions.unmerge, author, {}),
        "withdraw": (actions.withdraw, author, {}),
        "say": (actions.say, author, {"words": "再说一句"}),
        "reply": (actions.reply, world.convener, {"words": "收到了"}),
        "set_topic": (actions.set_topic, world.convener, {"topic": "transport"}),
        "remind": (actions.remind, world.officer, {}),
        "urge": (actions.urge, world.officer, {}),
    }
    action, who, words = does[name]
    version = {} if name in HOUSE else {"seen": seen}
    if name in ("remind", "urge"):  # once it is late
        with clock.at(moment(date(2026, 12, 21))):
            return action(voice.code, by=by or who, seen=seen)
    return action(voice.code, by=by or who, **version, **words)


@pytest.fixture(autouse=True)
def no_files(monkeypatch):
    """Files have their own tests; here a photo is whatever was handed over."""
    from shangliang.base.files import actions as files

    monkeypatch.setattr(files, "keep", lambda uploads, **of: list(uploads))


def ready(story, world, name, voice):
    """What some moves need beside a state: another voice, a question that was put."""
    if name in ("propose_merge", "agree_merge", "decline_merge"):
        world.host = story.to("taken_up", words="学校门口的灯也黑着。")
    if name in ("agree_merge", "decline_merge") and voice.state == "taken_up":
        return make("propose_merge", voice, world)
    if name in ("let_through", "hold_back", "retract") and voice.state in ("taken_up", "sent_up"):
        return make("propose", voice, world)
    if name in PARTS and voice.state == "assigned":
        return actions.call_in(voice.code, by=world.officer, seen=voice.version, department=world.farms)
    if name == "return_down" and voice.state == "sent_up":  # once it lies a level higher
        return make("send_up", voice, world)
    if name in ("move_promise", "remind", "urge") and voice.state == "answered":  # once a day was promised
        voice.answers.update(promised_for=PROMISED)
        Voice.objects.filter(pk=voice.pk).update(promised_for=PROMISED, due_by=PROMISED)
        return queries.rows().get(pk=voice.pk)
    if name in ("follow_up", "relapse") and voice.state == "closed":
        FollowUp.objects.create(voice=voice, asked_on=voice.said_on)
    return voice


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", MOVES)
def test_a_move_goes_only_from_where_the_chart_says(story, world, name, state):
    voice = ready(story, world, name, story.to(state))
    edges = [move for move in CHART.moves if move.name == name and state in move.start]
    acts = Act.objects.filter(thread=voice.thread).count()
    if name in HOUSE and not edges:  # the consultation leaves alone what is not in it
        assert make(name, voice, world).state == state
        assert Act.objects.filter(thread=voice.thread).count() == acts
        return
    if not edges:
        elsewhere = name in {"send_back", "send_down", "return_down", *PARTS} - {"call_off"}
        with pytest.raises(Unseen if elsewhere else NotNow):  # a department sees it once it was asked
            make(name, voice, world)
        assert Voice.objects.get(pk=voice.pk).state == state
        assert Act.objects.filter(thread=voice.thread).count() == acts
        return
    if (name, state) == ("answer", "in_consultation"):
        moved = actions.answer_from_consultation(voice.code, by=world.officer, count=3)
    else:
        moved = make(name, voice, world)
    fresh = Voice.objects.get(pk=voice.pk)
    assert fresh.state == moved.state == (edges[0].end or state)
    assert fresh.version == voice.version + 1
    told = Act.objects.filter(thread=voice.thread).order_by("pk").last()
    assert (told.name, told.subject) == (edges[0].act, voice.subject)
    assert told.committee == world.county.path
    assert told.studio == world.studio.code


@pytest.mark.parametrize("name", [name for name in MOVES if name not in HOUSE])
def test_who_sees_it_without_a_right_to_the_move_is_told_it_is_not_theirs(story, world, name):
    start = sorted(next(move for move in CHART.moves if move.name == name).start)[0]
    voice = story.to(start)
    with pytest.raises(NotYours):
        make(name, voice, world, by=world.auditor)


@pytest.mark.parametrize("name", [name for name in MOVES if name not in HOUSE])
def test_a_neighbour_does_not_even_learn_of_it(story, world, name):
    voice = story.to("received")
    with pytest.raises(Unseen):
        make(name, voice, world, by=world.neighbour_officer)


def test_the_second_officer_is_told_that_a_colleague_was_quicker(story, world):
    voice = story.to("received")
    actions.take_up(voice.code, by=world.convener, seen=1)
    with pytest.raises(NotNow):
        actions.refuse(
            voice.code,
            by=world.officer,
            seen=1,
            why="place",
            owner="邻县政协",
            contact="000",
            words="在邻县。",
        )
    with pytest.raises(NotNow, match="刚处理过"):
        actions.assign(voice.code, by=world.officer, seen=1, department=world.lamps)


def test_who_held_it_a_moment_ago_is_told_not_now(story, world):
    voice = story.to("assigned")
    with pytest.raises(NotNow, match="承办单位在办"):
        actions.answer(voice.code, by=world.convener, seen=2, words="我来答复。")
    sent_back = actions.send_back(voice.code, by=world.handler, seen=3, words="不归我们管。")
    with pytest.raises(NotNow, match="工作室在办"):
        actions.answer(voice.code, by=world.handler, seen=sent_back.version, words="还是我们答复吧。")


def test_staff_never_judge_and_judge_only_once(story, world):
    voice = story.to("answered")
    for staff in (world.officer, world.convener, world.member, world.leader):
        with pytest.raises(NotYours):
            actions.confirm(voice.code, by=staff, seen=voice.version)
    with pytest.raises(Unseen):
        actions.confirm(voice.code, by=story.by(story.leave("另一件事：水渠漏水了。")), seen=voice.version)
    closed = actions.judge_partly(
        voice.code, by=story.by(voice), seen=voice.version, attitude=2, missing="还差两盏"
    )
    with pytest.raises(NotNow):
        actions.confirm(voice.code, by=story.by(voice), seen=closed.version)
    assert closed.confirmed_on is None


def test_it_is_reopened_once(story, world):
    voice = story.to("answered")
    again = actions.reopen(
        voice.code, by=story.by(voice), seen=voice.version, verdict="partly", missing="差两盏"
    )
    assert (again.state, again.round, again.answered_on) == ("taken_up", 2, None)
    answered = actions.answer(voice.code, by=world.convener, seen=again.version, words="补装了两盏。")
    with pytest.raises(NotNow, match="只能退回一次"):
        actions.reopen(voice.code, by=story.by(voice), seen=answered.version, verdict="not")
    closed = actions.confirm(voice.code, by=story.by(voice), seen=answered.version, result=1)
    assert closed.confirmed_on is not None
    assert [v.verdict for v in queries.verdicts(closed)] == ["partly", "solved"]


def test_a_consultation_leaves_alone_what_its_author_has_closed(story, world):
    voice = story.to("in_consultation")
    assert Flow.objects.filter(thread=voice.thread, into="SL-TOPIC0000001").exists()
    answered = actions.answer_from_consultation(voice.code, by=world.handler, count=2)
    assert (answered.state, answered.answered_by) == ("answered", "consultation")
    assert Act.objects.get(name="voice_answered").by == world.handler.key
    done = actions.report_done_from_consultation(voice.code, by=world.handler, words="补了苗。", evidence=2)
    assert done.done_on is not None
    closed = actions.confirm(voice.code, by=story.by(voice), seen=done.version)
    for late in (
        actions.give_back(voice.code, by=world.officer, reason="不列了。"),
        actions.answer_from_consultation(voice.code, by=world.handler, count=2),
        actions.report_done_from_consultation(voice.code, by=world.handler, words="又办了。"),
    ):
        assert (late.state, late.version) == ("closed", closed.version)


def test_nobody_comes_as_a_consultation(story, world):
    voice = story.to("in_consultation")
    with pytest.raises((NotYours, NotNow)):
        actions.answer(voice.code, by=world.officer, seen=voice.version, words="直接答复。")
