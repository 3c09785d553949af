"""A late voice: its holder is reminded, urged in writing, named in public, each once, in office hours only.

Left on Monday 23 November 2026, to be accepted by Thursday the 26th and answered by Monday 7 December."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.files import actions as files
from shangliang.base.journal.models import Act
from shangliang.base.paper import press
from shangliang.base.paper.tests import reading
from shangliang.flow.voices import actions, ladder, queries, sheets, standing, told
from shangliang.flow.voices.models import Rung, Voice
from shangliang.flow.voices.queries import urged

from .conftest import Story, moment

# The first moment of each rung, with the presets: one, three and five working days past 7 December.
PAGE = "https://shangliang.example.cn/handle/voices/7k2m0qxt9d/"
CLIMBS = [
    (date(2026, 12, 8), "voice_reminded"),
    (date(2026, 12, 10), "voice_urged"),
    (date(2026, 12, 14), "voice_listed"),
]


def rungs(voice):
    found = Act.objects.filter(subject=voice.subject, name__in=[name for _day, name in CLIMBS])
    return list(found.order_by("pk").values_list("name", flat=True))


def at(day, hour=10, minute=0):
    return clock.at(moment(day, hour, minute))


def test_the_ladder_day_by_day(story):
    voice = story.to("assigned")
    for n, (day, _name) in enumerate(CLIMBS):
        for early in (day.replace(day=day.day - 1), day):
            with at(early, 8, 59):
                assert actions.climb() == 0, "before its day, and before the office opens"
        with at(day, 9):
            assert actions.climb() == 1
            assert actions.climb() == 0, "a rung is climbed once"
        assert rungs(voice) == [name for _day, name in CLIMBS[: n + 1]]
    with at(date(2026, 12, 31)):
        assert actions.climb() == 0, "there is no rung above"
    facts = Act.objects.get(name="voice_urged").facts
    holder = f"department:{story.world.lamps.code}"
    assert facts == {
        "kind": "answer", "holder": holder, "due": "2026-12-07", "late": 3, "number": "清政催〔2026〕1号",
        "named_on": "2026-12-14",
    }  # fmt: skip
    assert Act.objects.get(name="voice_listed").by == "clock"


@pytest.mark.parametrize(
    ("left", "moment_", "climbs"),
    [
        (date(2026, 11, 23), moment(date(2026, 11, 27), 9, 0), True),  # accepted by Thursday; on Friday
        (date(2026, 11, 23), moment(date(2026, 11, 26), 17, 0), False),  # its last day is not late
        (date(2026, 11, 23), moment(date(2026, 11, 27), 17, 30), False),  # in the evening
        (date(2026, 11, 23), moment(date(2026, 11, 27), 2, 0), False),  # at night
        (date(2026, 11, 24), moment(date(2026, 11, 28), 10, 0), False),  # on a Saturday
        (date(2026, 11, 24), moment(date(2026, 11, 30), 10, 0), True),  # on the Monday after
        (date(2026, 9, 25), moment(date(2026, 10, 2), 10, 0), False),  # in the National Day's week
        (date(2026, 9, 25), moment(date(2026, 10, 8), 10, 0), True),  # the first day after it
        (date(2026, 9, 15), moment(date(2026, 9, 20), 10, 0), True),  # a Sunday that is made up
        (date(2026, 2, 11), moment(date(2026, 2, 18), 10, 0), False),  # in the Spring Festival
        (date(2026, 10, 6), moment(date(2026, 10, 11), 10, 0), False),  # the Sunday after a made-up Saturday
    ],
)
def test_never_at_night_or_on_a_rest_day(world, left, moment_, climbs):
    with clock.at(moment(left)):
        voice = Story(world).leave()
    with clock.at(moment_):
        actions.climb()
        assert bool(rungs(voice)) is climbs
        if not climbs:
            with pytest.raises(NotNow):
                actions.remind(voice.code, by=world.officer, seen=None)
    assert bool(Voice.objects.get(pk=voice.pk).rung) is climbs


def test_an_officer_reminds_and_urges_with_one_press_each_once(story, world):
    voice = story.to("assigned")
    with at(date(2026, 12, 7)), pytest.raises(NotNow, match="还没有超期"):
        actions.remind(voice.code, by=world.officer, seen=3)
    with at(date(2026, 12, 8)):
        assert {m.name for m in queries.offered(world.officer, voice, clock.today())} >= {"remind", "urge"}
        reminded = actions.remind(voice.code, by=world.officer, seen=3)
        with pytest.raises(NotNow, match="已经催过"):
            actions.remind(voice.code, by=world.officer, seen=4)
        urged_ = actions.urge(reminded.code, by=world.officer, seen=4)
        assert actions.climb() == 0
        assert (urged_.rung, urged_.version) == (Rung.URGED, 5)
        assert not {m.name for m in queries.offered(world.officer, urged_, clock.today())} & {
            "remind",
            "urge",
            "list",
        }
        for name in ("convener", "member", "handler", "leader", "auditor"):
            with pytest.raises(NotYours):
                actions.urge(voice.code, by=getattr(world, name), seen=5)
    with at(date(2026, 12, 14)):
        assert actions.climb() == 1
    assert rungs(voice) == [name for _day, name in CLIMBS]


def test_who_takes_it_over_begins_anew_and_who_answers_leaves_the_list(story, world):
    voice = story.to("taken_up")
    with at(date(2026, 12, 8)):
        actions.climb()
        assert Voice.objects.get(pk=voice.pk).rung == Rung.REMINDED
        passed = actions.assign(voice.code, by=world.officer, seen=None, department=world.lamps)
        assert (passed.rung, passed.rung_on) == ("", None)
    for day, n in ((date(2026, 12, 9), 1), (date(2026, 12, 10), 1), (date(2026, 12, 14), 1)):
        with at(day):
            assert actions.climb() == n
    facts = list(Act.objects.filter(name="voice_reminded").order_by("pk").values_list("facts", flat=True))
    assert [one["holder"].partition(":")[0] for one in facts] == ["studio", "department"]
    assert list(urged.named()) == [voice]
    with at(date(2026, 12, 15)):
        actions.answer(voice.code, by=world.handler, seen=None, words="换了 6 盏灯，晚了，对不住。")
        assert list(urged.named()) == []
        assert actions.climb() == 0


def test_a_promise_whose_day_passed_climbs_the_same_ladder(story, world, monkeypatch):
    voice, friday = story.to("assigned"), date(2026, 12, 4)
    voice = actions.answer(voice.code, by=world.handler, seen=None, words="灯杆订了。", promised_for=friday)
    assert (voice.due_by, queries.for_department(world.handler).get()) == (friday, voice)
    for day, n in ((4, 0), (5, 0), (6, 0), (7, 1), (8, 0), (9, 1), (10, 0), (11, 1)):
        with at(date(2026, 12, day), 8):
            assert actions.climb() == 0, "before the office opens"
        with at(date(2026, 12, day)):
            assert actions.climb() == n, day
    assert rungs(voice) == [name for _day, name in CLIMBS]
    act = Act.objects.get(name="voice_urged")
    assert {"kind": "promise", "holder": f"department:{world.lamps.code}", "due": "2026-12-04"}.items() <= (
        act.facts.items()
    )
    assert "承诺2026年12月4日前办完" in sheets.letter(voice, act, PAGE)["text"]
    with at(date(2026, 12, 14)):
        late = queries.rows().get(pk=voice.pk)
        assert list(queries.queue(world.officer)) == [late]
        assert list(urged.named().filter(urged.of_holder(f"department:{world.lamps.code}"))) == [late]
        [row] = urged.named_by_holder()
        assert (urged.holder_of(row), row["since"]) == (f"department:{world.lamps.code}", friday)
        assert "答应的日子过了" in standing.turn(late).detail
        assert "答应的日子过了" in standing.facts(late, mine=False)[1][1]
        sentences = [one.sentence for one in told.timeline(late, mine=True)]
        assert "答应的日子过了，城管局还没说办完，提醒了他们。" in sentences
        with pytest.raises(NotNow, match="已经过了"):
            actions.move_promise(
                voice.code, by=world.handler, seen=None, promised_for=CLIMBS[2][0], words="晚"
            )
        monkeypatch.setattr(files, "keep", lambda uploads, **of: list(uploads))
        done = actions.report_done(
            voice.code, by=world.handler, seen=None, words="装好了。", uploads=["photo"]
        )
        assert (done.due_by, list(urged.named()), actions.climb()) == (None, [], 0)
        assert "答应的日子过了" not in standing.turn(done).detail


def test_a_promise_may_be_moved_once_before_its_day_with_a_reason(story, world):
    voice, friday = story.to("assigned"), date(2026, 12, 4)
    voice = actions.answer(voice.code, by=world.handler, seen=None, words="灯杆订了。", promised_for=friday)
    assert "move_promise" in {one.name for one in queries.offered(world.handler, voice, clock.today())}
    said = {"by": world.handler, "seen": None, "words": "灯杆没到货"}
    with pytest.raises(ValidationError, match="比原来晚"):
        actions.move_promise(voice.code, promised_for=friday, **said)
    moved = actions.move_promise(voice.code, promised_for=date(2026, 12, 11), **said)
    assert (moved.due_by, queries.answers(moved)[0].promised_for) == (date(2026, 12, 11), friday)
    with pytest.raises(NotNow, match="改过一次"):
        actions.move_promise(voice.code, promised_for=date(2026, 12, 18), **said)
    assert "move_promise" not in {one.name for one in queries.offered(world.handler, moved, clock.today())}
    sentence = told.timeline(moved, mine=True)[-1].sentence
    assert sentence.startswith("原来答应 2026年12月4日（周五）前办完，要晚：灯杆没到货。")
    with at(date(2026, 12, 7)):
        assert actions.climb() == 0


def test_a_promise_made_above_is_on_the_list_there_and_no_letter_goes(story, world):
    voice = story.to("sent_up")
    friday = date(2026, 12, 4)
    voice = actions.answer(
        voice.code, by=world.city_officer, seen=None, words="下月修。", promised_for=friday
    )
    assert list(queries.queue(world.city_officer)) == [voice]
    for day in (7, 8, 9, 10, 11):
        with at(date(2026, 12, day)):
            actions.climb()
    assert rungs(voice) == ["voice_reminded", "voice_listed"]
    assert list(urged.named().filter(urged.of_holder(f"committee:{world.city.code}"))) == [voice]
    assert not urged.named().filter(urged.of_holder(f"studio:{world.studio.code}")).exists()


def test_above_no_letter_goes_but_the_name_does(story, world):
    voice = story.to("sent_up")
    for day in (8, 9, 10, 11, 14):
        with at(date(2026, 12, day)):
            actions.climb()
    assert rungs(voice) == ["voice_reminded", "voice_listed"]


def test_a_committee_sets_its_days_and_hours_and_may_leave_a_rung_out(story, world):
    voice = story.to("assigned")
    county = voice.committee
    county.preferences = {
        "remind_days": 2,
        "urge_days": 0,
        "list_days": 3,
        "office_hours": ["14:00", "18:00"],
    }
    county.save()
    for day, hour, n in ((8, 15, 0), (9, 10, 0), (9, 15, 1), (10, 15, 1)):
        with at(date(2026, 12, day), hour):
            assert actions.climb() == n, (day, hour)
    assert rungs(voice) == ["voice_reminded", "voice_listed"]


def test_days_that_stand_still_for_the_author_are_not_late(story, world):
    voice = story.leave()
    with at(date(2026, 11, 26)):
        actions.reply(voice.code, by=world.convener, seen=None, words="是哪几盏灯？", asks=True)
    with at(date(2026, 11, 27)):
        assert actions.climb() == 0
    assert ladder.days_late(Voice.objects.get(pk=voice.pk)) == 0


def test_what_was_erased_is_never_named(story, world):
    voice = story.to("assigned")
    for day, _name in CLIMBS:
        with at(day):
            actions.climb()
    with at(date(2026, 12, 15)):
        actions.erase(voice.code, by=story.by(voice))
        assert list(urged.named()) == []
        assert actions.climb() == 0


def test_looking_for_the_next_rung_costs_one_query_however_many_are_late(story, django_assert_num_queries):
    for n in range(12):
        story.leave(words=f"第 {n} 件：路灯不亮，娃娃摸黑。")
    with at(date(2026, 11, 27)):
        with django_assert_num_queries(1):
            assert len(urged.to_climb(500)) == 12
        assert len(urged.to_climb(5)) == 5
        assert actions.climb() == 12
        with django_assert_num_queries(1):
            assert urged.to_climb(500) == []


def test_the_letter_says_what_is_late_and_no_word_of_the_resident(story, world):
    voice = story.to("assigned")
    for day, _name in CLIMBS[:2]:
        with at(day):
            actions.climb()
    [act] = urged.letters(voice)
    said = sheets.letter(voice, act, PAGE)
    pdf = press.printed(sheets.LETTER, said, keep=False)
    words = reading.text(pdf)
    for part in (
        "城管局：",
        "清政催〔2026〕1号",
        voice.number,
        "2026年12月7日前答复",
        "超期3个工作日",
        "2026年12月10日",
        "到2026年12月14日",
    ):
        assert part in words
    assert "路灯" not in words
    assert len(reading.pages(pdf)) == 1
    assert [c.level for c in reading.codes(pdf)] == ["Q"]
    with at(date(2027, 1, 20)):
        again = sheets.letter(
            Voice.objects.get(pk=voice.pk), act, "https://shangliang.example.cn/handle/voices/7k2m0qxt9d/"
        )
        assert press.printed(sheets.LETTER, again, keep=False) == pdf  # the same for ever


def test_the_author_and_everybody_read_that_somebody_was_urged(story, world):
    voice = story.to("assigned")
    for day, _name in CLIMBS:
        with at(day):
            actions.climb()
    mine = {one.act: one.sentence for one in told.timeline(voice, mine=True)}
    assert "给城管局发了催办函（清政催〔2026〕1号）" in mine["voice_urged"]
    assert "城管局还没有回音" in mine["voice_listed"]
    theirs = {one.act: one.sentence for one in told.timeline(voice, mine=False)}
    assert theirs["voice_reminded"] == "城管局"
