"""A committee chooses its tariff: a preset or a file of its own, from a day on; the ledger posts by it."""

import random
from datetime import UTC, date, datetime

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.acts import declared
from shangliang.base.journal.models import Act
from shangliang.flow.reports import actions as reports
from shangliang.flow.reports.tests import story
from shangliang.flow.studios import actions as studios
from shangliang.ledgers.points import actions, deeds, inforce, queries, tariff
from shangliang.ledgers.points.actions import choosing
from shangliang.ledgers.points.models import Choice, Entry
from shangliang.ledgers.points.reckoning import reckon
from shangliang.ledgers.points.scoring import Mark

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)
TODAY, NEXT = date(2026, 11, 23), date(2027, 1, 1)
OURS = """
name: ours
label: 清溪县政协履职积分
kind: real
place: 清溪县
year: 2027
source: 清政协〔2026〕12号
pass: 6000
buckets:
  - {name: base, label: 基础分, start: 6000}
  - {name: bonus, label: 奖励分, ceiling: 2000}
rules:
  - name: reception
    act: reception_held
    to: present
    points: 700
    cap: 1400
    bucket: bonus
    label: 接待群众
    what: 一场 7 分
grades:
  - {label: 优秀, least: 7000}
  - {label: 称职, least: 6000}
  - {label: 不称职}
"""


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield


def at(year, month, day, minute=0):
    return clock.at(datetime(year, month, day, 2, minute, tzinfo=UTC))


def receive(world, *members):
    studios.hold_reception(
        world.studio.code, by=world.officer, day=clock.today(), residents=5, members=[m.key for m in members]
    )


def choose(world, since=NEXT, by="officer", **what):
    said = what or {"preset": "tongcheng-2019"}
    return actions.choose_tariff(world.county, by=getattr(world, by), since=since, **said)


def of(member, year):
    return queries.statement(member.key, date(year, 1, 1), date(year, 12, 31), actor=member)


def rows():
    fields = [f.attname for f in Entry._meta.concrete_fields if f.name != "id"]
    return list(Entry.objects.order_by("code").values_list(*fields))


def test_chosen_for_next_year_it_posts_from_the_first_of_january(world):
    choose(world)
    receive(world, world.member)
    assert of(world.member, 2026).balance == 200
    with at(2027, 1, 1):
        receive(world, world.member)
        found = of(world.member, 2027)
    # 桐城: an activity brings 2; nothing goes over from a year into the next by it
    assert [(line.rule.name, line.points) for line in found.lines] == [("activity", 200)]
    [account] = found.accounts
    assert (account.tariff.label, account.reckoned.passed) == ("桐城市政协委员履职积分（2019）", False)
    before = rows()
    assert {row[8] for row in before} == {"simple", Entry.objects.latest("act_id").tariff}
    assert actions.repost() == len(before) == 2
    assert rows() == before


def test_a_file_of_its_own_from_today(world):
    receive(world, world.member)
    with at(2026, 11, 23, 40):
        choose(world, TODAY, text=OURS)
        for _again in range(3):
            receive(world, world.member)
        found = of(world.member, 2026)
    # the one before the choice stays at 2; of the three at 7 the cap leaves 14; 60 to begin with
    assert [(line.points, line.rule.label) for line in found.lines] == [
        (200, "接待群众"), (700, "接待群众"), (700, "接待群众"), (0, "接待群众"),
    ]  # fmt: skip
    own = found.accounts[-1]
    assert (own.reckoned.total, own.reckoned.grade.label) == (7400, "优秀")
    before = rows()
    actions.repost()
    assert rows() == before


def test_posting_anew_asks_for_a_tariff_once_however_many_acts_it_posts(world):
    def asked():
        with CaptureQueriesContext(connection) as made:
            actions.repost()
        return len(made)

    choose(world, TODAY, text=OURS)
    with at(2026, 11, 23, 40):
        receive(world, world.member)
        once = asked()
        for _again in range(4):
            receive(world, world.member)
        assert asked() == once


def test_the_journals_acts_are_those_of_an_offices_table(world):
    choose(world, TODAY)
    with at(2026, 11, 24):
        row = story.at_office(world)
        row = reports.return_(row.code, by=world.officer, seen=row.version, words="请补充电费的出处。")
        row = reports.send(row.code, by=world.member, seen=row.version)
        row = reports.pass_on(row.code, by=world.convener, seen=row.version)
        row = reports.check(row.code, by=world.officer, seen=row.version)
        row = reports.sign(row.code, by=world.leader, seen=row.version)
        reports.issue(world.county, by=world.officer, reports=[row.code], to_own=True, to_upper=False)
        found = of(world.member, 2026)
    # 10 for handing it in, once though it went back; 5 for its being taken
    assert [(line.rule.name, line.points) for line in found.lines] == [
        ("information", 1000), ("information_taken", 500),
    ]  # fmt: skip


def test_every_reading_names_an_act_that_there_is_and_a_role_of_the_lists(world):
    roles = {act: set(said["roles"]) for act, said in deeds.plain()["acts"].items()}
    for name, read in deeds.readings().items():
        assert name in declared()
        for one in read:
            assert one.named in roles[one.act]


def test_of_two_for_one_day_the_later_holds_and_today_is_given_once(world):
    choose(world)
    with at(2026, 11, 23, 40):
        second = choose(world, text=OURS)
    assert inforce.on(NEXT, world.county.path).name == second.code
    assert inforce.on(date(2026, 12, 31), world.county.path).name == "simple"
    assert inforce.on(NEXT, world.neighbour.path).name == inforce.on(NEXT, world.city.path).name == "simple"
    with pytest.raises(NotNow, match="1 月 1 日"):
        choose(world, TODAY)


def test_only_the_committees_own_officer_chooses(world):
    for who in ("member", "leader", "auditor", "city_officer", "neighbour_officer", "convener"):
        with pytest.raises(NotYours):
            choose(world, by=who)
    assert not Act.objects.filter(name="tariff_chosen").exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"since": date(2026, 1, 1)}, "since"),
        ({"since": date(2027, 7, 1)}, "since"),
        ({"preset": "nowhere"}, "preset"),
        ({"preset": "../../settings"}, "preset"),
        ({"text": "name: ["}, "file"),
        ({"text": OURS.replace("points: 700", "points: 7.5")}, "file"),
        ({"text": OURS.replace("points: 700", "points: 7000000")}, "file"),
        ({"text": OURS.replace("name: reception", "name: 接待")}, "file"),
        ({"text": OURS.replace("label: 清溪县政协履职积分", "label: [一, 二]")}, "file"),
        ({"text": OURS.replace("place: 清溪县", "place: &a 清溪县\nat: [*a]")}, "file"),
        ({"text": "a: " + "[" * 39_000}, "file"),
        ({"text": "年" * 40_001}, "file"),
        ({"text": ""}, "file"),
        ({"text": OURS.replace("act: reception_held", "act: [a, b]")}, "file"),
        ({"text": OURS.replace("act: reception_held", 'act: "a\\0"')}, "file"),
        ({"text": OURS.replace("to: present", "to: [present, 5]")}, "file"),
        ({"text": OURS.replace("cap: 1400", "where: channel")}, "file"),
        ({"text": OURS.replace("cap: 1400", "where: [a]")}, "file"),
        ({"text": OURS.replace("cap: 1400", "where: {a: {b: c}}")}, "file"),
        ({"text": OURS.replace("cap: 1400", "joint: maybe")}, "file"),
        (
            {"text": OURS.replace("cap: 1400", "group: g") + "groups: [{name: g, label: 组, cap: '5'}]"},
            "file",
        ),
        ({"text": OURS.replace("pass: 6000", "pass: '60'")}, "file"),
        ({"text": OURS.replace("least: 7000", "least: x")}, "file"),
        ({"text": OURS.replace("start: 6000", "start: 99999999999999")}, "file"),
        ({"text": OURS.replace("start: 6000", "start: 60.5")}, "file"),
        ({"text": OURS.replace("ceiling: 2000", "ceiling: 2000.5")}, "file"),
        ({"text": OURS.replace("year: 2027", "year: !!int ''")}, "file"),
        ({"text": "!!python/object/apply:os.system [ls]"}, "file"),
    ],
)
def test_what_cannot_hold_is_refused_with_words(world, said, field):
    with pytest.raises(ValidationError) as fault:
        choose(world, **said) if "since" not in said else choose(world, said["since"])
    assert field in fault.value.message_dict
    assert not Act.objects.filter(name="tariff_chosen").exists()


def test_any_order_of_a_years_entries_comes_to_the_same(world):
    """By every preset, from marks of all its rules, some things done twice."""
    draw = random.Random(39)
    for one in tariff.tariffs():
        marks = [
            Mark("m", date(2026, draw.randint(1, 12), draw.randint(1, 28)), f"t{draw.randint(1, 9)}", n,
                 rule, rule.points or 0)
            for n, rule in enumerate(draw.choices(one.rules, k=60))
        ]  # fmt: skip
        total = reckon(one, marks).total
        for _again in range(5):
            draw.shuffle(marks)
            assert reckon(one, marks).total == total


NOISE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=3,
)
LINE = "\n    ".join(
    ["cap: 1400", "where: {channel: [visit]}", "group: both", "unit_cap: 3", "after: 1", "joint: true"]
)
WHOLE = (
    OURS.replace("cap: 1400", LINE)
    + """
groups: [{name: both, label: 一组, cap: 500}]
minimum: [{label: 一场, least: 1, of: [reception]}]
"""
)


def places(said, at=()):
    """Every place in a file, from the whole of it down."""
    yield at
    for name in said if isinstance(said, dict) else range(len(said)) if isinstance(said, list) else ():
        yield from places(said[name], (*at, name))


def with_noise(draw):
    said = yaml.safe_load(WHOLE)
    for _again in range(draw(st.integers(1, 2))):
        *above, last = draw(st.sampled_from(list(places(said))[1:]))
        held = said
        for name in above:
            held = held[name]
        held[last] = draw(NOISE)
    return yaml.safe_dump(said, allow_unicode=True)


@settings(max_examples=250, deadline=None)
@given(st.composite(with_noise)())
def test_noise_in_a_file_is_a_refusal_or_a_tariff_that_reckons(text):
    try:
        found = choosing.read(text)
    except ValidationError:
        return
    act = Act(id=1, name=found.rules[0].act, at=MONDAY, by="m", subject="s:1", committee="9/",
              facts={"members": ["m"], "channel": "visit", "present": 5})  # fmt: skip
    reckon(found, deeds.Acts([act]).marks(act, found))


def test_a_fact_that_names_nobody_keeps_no_act_from_being_recorded(world):
    """Of a closing `members` is a number, of a reception `residents` is."""
    text = OURS.replace("to: present", "to: [residents, present, studio]")
    choose(world, TODAY, text=text.replace("cap: 1400", "cap: 1400\n    where: {residents: 5}"))
    with at(2026, 11, 24):
        receive(world, world.member)
    assert {row.member for row in Entry.objects.all()} == {world.member.key}


def test_a_text_that_holds_no_more_stops_no_act(world):
    made = choose(world, TODAY, text=OURS)
    Choice.objects.filter(pk=made.pk).update(text=OURS.replace("act: reception_held", "act: [a, b]"))
    with at(2026, 11, 24):
        receive(world, world.member)
        actions.repost()
    assert not Entry.objects.exists()
