"""The engine, for any tariff and any acts: the order of acts changes nothing, no cap is exceeded, every
hundredth opens to an act.

Planted, and each found by a property: the first instead of the highest counts (`order`), a group's cap that
is not asked (`within`), deductions below the floor (`within`), a cut that nobody wrote down (`opens`), a
share rounded up (`divided`), what one did divided among strangers (`apart`)."""

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from shangliang.ledgers.points import lists, reckoning, tariff
from shangliang.ledgers.points.scoring import Deed, enter, rests

from .said import reckoned

ROLES = ("lead", "part", "present")
FRAME = {"name": "any", "label": "随便", "kind": "sample", "place": "示例省", "source": "编的"}
UNLIKELY = settings(max_examples=150, deadline=None)
caps = st.none() | st.none() | st.integers(0, 2500)
once = st.sampled_from(["", "thing", "year"])


@st.composite
def rules(draw, number):
    points = draw(st.none() | st.integers(-700, 1500))
    bucket = draw(st.sampled_from(["base", "bonus"]))
    plus = points is None or points >= 0
    line = {
        "name": f"r{number}", "act": draw(st.sampled_from("ab")), "points": points, "label": "", "what": "",
        "to": draw(st.lists(st.sampled_from(ROLES), min_size=1, unique=True)), "bucket": bucket,
        "cap": draw(caps), "unit_cap": draw(caps), "once": draw(once),
        "after": draw(st.integers(0, 2)), "joint": draw(st.sampled_from([None, None, True, False])),
    }  # fmt: skip
    if plus:
        line["shared"] = draw(st.sampled_from(["", "equal", "leader_half"]))
        line["group"] = draw(st.sampled_from(["", f"{bucket}1", f"{bucket}1"]))
    return line


@st.composite
def any_tariff(draw):
    groups = [
        {"name": f"{bucket}1", "label": "组", "cap": draw(caps), "once": draw(once)}
        for bucket in ("base", "bonus")
    ]
    start = draw(st.integers(0, 2000))
    buckets = [
        {"name": "base", "label": "基础", "start": start, "floor": draw(st.none() | st.integers(0, start)),
         "ceiling": draw(st.none() | st.integers(start, 3000))},
        {"name": "bonus", "label": "奖励", "ceiling": draw(caps)},
    ]  # fmt: skip
    lines = [draw(rules(number)) for number in range(draw(st.integers(1, 5)))]
    ceiling = draw(st.none() | st.integers(start, start + 1500))
    return tariff.build(FRAME | {"rules": lines, "groups": groups, "buckets": buckets, "ceiling": ceiling})


@st.composite
def any_deeds(draw):
    rows = st.tuples(
        st.sampled_from("ABC"), st.sampled_from("abc"), st.sampled_from(ROLES), st.integers(1, 4),
        st.sampled_from(["", "", "P", "Q"]), st.integers(1, 3),
    )  # fmt: skip
    return [
        Deed(who, act, role, date(2019, 5, day), group, 1 if group else many, None, line)
        for line, (who, act, role, day, group, many) in enumerate(draw(st.lists(rows, max_size=14)), start=2)
    ]


def years(by, deeds):
    return {one.member: one.reckoned for one in lists.tried(by, deeds).accounts}


def sums(by, deeds):
    return {
        member: (found.total, [part.value for part in found.parts], [need.done for need in found.needs])
        for member, found in years(by, deeds).items()
    }


def order(by, deeds, seed):
    """However the rows are mixed, and on whatever days of the year the same things were done."""
    shaken = random.Random(seed)
    mixed = shaken.sample(deeds, len(deeds))
    mixed = [replace(deed, ref=line) for line, deed in enumerate(mixed, start=2)]
    assert sums(by, mixed) == sums(by, deeds)
    days = shaken.sample([deed.day for deed in deeds], len(deeds))
    assert sums(by, [replace(d, day=day) for d, day in zip(mixed, days, strict=True)]) == sums(by, deeds)


def within(by, deeds):
    """No cap is exceeded: of rule, thing, group, part, total; what counts once, counts once."""
    groups = {group.name: group for group in by.groups}
    for found in years(by, deeds).values():
        used, of_thing, counted = defaultdict(int), defaultdict(int), defaultdict(int)
        for line in found.lines:
            if rule := line.mark.rule:
                used["rule", rule.name] += abs(line.points)
                used["group", rule.group] += abs(line.points)
                of_thing[rule.name, line.mark.thing] += abs(line.points)
                if rule.unit_cap is not None:
                    most = rule.unit_cap * line.mark.count
                    assert abs(line.points) <= most
                if rule.once == "year" and line.points:
                    counted["rule", rule.name] += 1
                if rule.once == "thing" and line.points and line.mark.thing:
                    counted["thing", rule.name, line.mark.thing] += 1
                group = groups.get(rule.group)
                if group and group.once == "year" and line.points:
                    counted["group", group.name] += 1
                if group and group.once == "thing" and line.points and line.mark.thing:
                    counted["group thing", group.name, line.mark.thing] += 1
        for rule in by.rules:
            assert rule.cap is None or used["rule", rule.name] <= rule.cap
        for (name, thing), points in of_thing.items():
            cap = by.rule(name).unit_cap
            assert cap is None or not thing or points <= cap
        for group in by.groups:
            assert group.cap is None or used["group", group.name] <= group.cap
        assert all(number == 1 for number in counted.values())
        for part in found.parts:
            assert part.bucket.ceiling is None or part.value <= part.bucket.ceiling
            assert part.bucket.floor is None or part.value >= part.bucket.floor
        assert by.ceiling is None or found.total <= by.ceiling


def opens(by, deeds):
    """The total is what the parts begin with and what each act counts; each act's own is what counts and what
    was cut, never of the other sign."""
    found = years(by, deeds)
    assert set(found) == {deed.member for deed in deeds}
    for one in found.values():
        assert one.total == by.starts + sum(line.points for line in one.lines)
        for line in one.lines:
            assert line.points + line.cut == line.mark.points
            assert 0 <= line.points <= line.mark.points or line.mark.points <= line.points <= 0
            assert all(cut.points for cut in line.cuts)
    refs = {line.mark.ref for one in found.values() for line in one.lines}
    assert refs == {deed.ref for deed in deeds}


def divided(by, deeds):
    """Shares of all who signed, and the rest, are the whole; the rest is less than a hundredth each."""
    marks = enter(by, deeds)
    left = {(rest.rule.name, rest.thing): rest.points for rest in rests(marks)}
    shares = defaultdict(dict)
    for mark in marks:
        if mark.rule and mark.rule.shared and mark.thing:
            shares[mark.rule.name, mark.thing][mark.member] = mark.each
    for (name, thing), each in shares.items():
        rule, rest = by.rule(name), left.get((name, thing), 0)
        assert sum(each.values()) + rest == (rule.points or 0)
        leads = {d.member for d in deeds if (d.act, d.group, d.role) == (rule.act, thing, rule.to[0])}
        if leads or rule.shared == "equal":
            assert 0 <= rest <= len(each)


def apart(by, deeds):
    """Nobody's own acts change what another has."""
    alone = [deed for deed in deeds if not deed.group]
    for member, found in sums(by, alone).items():
        assert sums(by, [deed for deed in alone if deed.member == member])[member] == found


@given(any_tariff(), any_deeds(), st.integers())
@UNLIKELY
def test_the_order_of_acts_never_changes_a_year(by, deeds, seed):
    order(by, deeds, seed)


@given(any_tariff(), any_deeds())
@UNLIKELY
def test_no_cap_is_ever_exceeded(by, deeds):
    within(by, deeds)


@given(any_tariff(), any_deeds())
@UNLIKELY
def test_every_hundredth_opens_to_an_act(by, deeds):
    opens(by, deeds)


@given(any_tariff(), any_deeds())
@UNLIKELY
def test_shares_and_rests_are_the_whole(by, deeds):
    divided(by, deeds)


@given(any_tariff(), any_deeds())
@UNLIKELY
def test_nobodys_acts_count_for_another(by, deeds):
    apart(by, deeds)


WORDS = {"label": "", "what": ""}
TIGHT = tariff.build(
    FRAME
    | {
        "buckets": [{"name": "base", "label": "", "start": 300, "floor": 0}, {"name": "bonus", "label": ""}],
        "groups": [
            {"name": "high", "label": "", "once": "year"},
            {"name": "few", "label": "", "cap": 700},
        ],
        "rules": [
            {"name": "a", "act": "a", "to": "lead", "points": 500, "group": "high", **WORDS},
            {"name": "b", "act": "a", "to": "part", "points": 501, "group": "high", **WORDS},
            {
                "name": "c",
                "act": "a",
                "to": "present",
                "points": 400,
                "group": "few",
                "bucket": "bonus",
                **WORDS,
            },
            {
                "name": "d",
                "act": "b",
                "to": ["lead", "part"],
                "points": 101,
                "shared": "leader_half",
                **WORDS,
            },
            {"name": "e", "act": "b", "to": "present", "points": -200, **WORDS},
        ],
    }
)


@given(any_deeds(), st.integers())
@UNLIKELY
def test_all_of_it_holds_for_a_tight_tariff(deeds, seed):
    order(TIGHT, deeds, seed)
    for holds in (within, opens, divided, apart):
        holds(TIGHT, deeds)


def test_what_is_over_the_total_leaves_no_part_below_its_floor():
    rules = [
        {"name": "meet", "act": "meet", "to": "present", "points": 1000, **WORDS},
        {"name": "miss", "act": "meet", "to": "absent", "points": -1000, **WORDS},
        {"name": "extra", "act": "extra", "to": "present", "points": 1500, "bucket": "bonus", **WORDS},
    ]
    buckets = [{"name": "base", "label": "", "floor": 0}, {"name": "bonus", "label": ""}]
    by = tariff.build(FRAME | {"rules": rules, "buckets": buckets, "ceiling": 500})
    found = reckoned(
        by, "A extra present 2019-01-01", "A meet absent 2019-02-01", "A meet present 2019-03-01"
    )["A"]
    # base: 10 − 10 = 0; bonus: 15, of which the whole leaves 5
    assert ([part.value for part in found.parts], found.total) == ([0, 500], 500)


def plant_first_not_highest(monkeypatch):
    monkeypatch.setattr(reckoning, "_highest", lambda heap, rank: heap)


def plant_group_not_asked(monkeypatch):
    monkeypatch.setattr(
        reckoning,
        "_accounts",
        lambda rule: (("cap", rule.name), ("bucket", rule.bucket), ("total", rule.bucket)),
    )


def plant_deductions_without_end(monkeypatch):
    take = reckoning._take
    monkeypatch.setattr(reckoning, "_take", lambda one, *more: one.sign < 0 or take(one, *more))


def plant_silent_cut(monkeypatch):
    def keep(self, points, by, label, count=None):
        self.points = min(points, self.points)
        self.count = self.count if count is None else count

    monkeypatch.setattr(reckoning._Work, "keep", keep)


def plant_share_rounded_up(monkeypatch):
    share = tariff.Rule.share
    monkeypatch.setattr(tariff.Rule, "share", lambda *args: share(*args) + bool(share(*args)))


def plant_divided_among_strangers(monkeypatch):
    def wrong(by, deeds):
        among = len({deed.member for deed in deeds})
        return [replace(mark, each=mark.each // among) for mark in enter(by, deeds)]

    monkeypatch.setattr(lists, "enter", wrong)


@pytest.mark.parametrize(
    ("plant", "holds"),
    [
        (plant_first_not_highest, order),
        (plant_group_not_asked, within),
        (plant_deductions_without_end, within),
        (plant_silent_cut, opens),
        (plant_share_rounded_up, divided),
        (plant_divided_among_strangers, apart),
    ],
)
def test_a_planted_fault_is_found(plant, holds, monkeypatch):
    plant(monkeypatch)

    @given(any_deeds(), st.integers())
    @settings(max_examples=500, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    def tried(deeds, seed):
        holds(TIGHT, deeds, seed) if holds is order else holds(TIGHT, deeds)

    with pytest.raises(AssertionError):
        tried()
