"""From a year's entries to what counts: caps, the highest alone, parts, total, grade, minimum set. Pure.

This is the second of two steps (the first: `scoring.enter`). It looks at all of a member's year, so it is
done when the statement is read, and the order in which acts were entered never changes a total."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .scoring import Mark
from .tariff import Bucket, Grade, Group, Minimum, Rule, Tariff


@dataclass(frozen=True)
class Cut:
    """What was taken off an entry, in hundredths, and by what: `once`, `unit`, `after`, `cap`, `group`,
    `bucket`, `total`."""

    by: str
    label: str
    points: int


@dataclass(frozen=True)
class Line:
    """An entry and what counts of it. `points` + the cuts = the mark's points (signs alike)."""

    mark: Mark
    points: int
    cuts: tuple[Cut, ...]

    @property
    def cut(self) -> int:
        return sum(cut.points for cut in self.cuts)


@dataclass(frozen=True)
class Part:
    """A bucket reckoned: start + earned + deducted (below 0) = value."""

    bucket: Bucket
    earned: int
    deducted: int

    @property
    def value(self) -> int:
        return self.bucket.start + self.earned + self.deducted


@dataclass(frozen=True)
class Need:
    """One of the minimum set, and how many there are."""

    minimum: Minimum
    done: int

    @property
    def met(self) -> bool:
        return self.done >= self.minimum.least


@dataclass(frozen=True)
class Reckoned:
    """One member's one year. `total` = the buckets' starts + the lines' points, to the hundredth.

    `grade`, `passed`: None where the tariff gives none. `unsaid`: entries whose points the tariff does
    not give; they are 0 in the total."""

    lines: list[Line]
    parts: list[Part]
    total: int
    grade: Grade | None
    passed: bool | None
    needs: list[Need]
    unsaid: int


def reckon(tariff: Tariff, marks: Iterable[Mark]) -> Reckoned:
    """What counts of one member's entries of one year.

    First which entries count at all (once a thing, once a year, from the nth on: the highest is kept, of
    equal ones the earliest). Then how much: deductions in full down to the floors; then what was earned, in
    the order of days, as far as the caps of rule, group, bucket and total leave room. Caps lie one in the
    other, so the order of days decides which entry is cut, never what the year comes to."""
    rank = {rule.name: number for number, rule in enumerate(tariff.rules)}
    work = [_Work(mark, abs(mark.points), mark.count) for mark in sorted(marks, key=lambda m: (m.day, m.ref))]
    groups = {group.name: group for group in tariff.groups}
    for work_on in (_once_a_thing, _unit, _once_a_year, _after):
        work_on(work, groups, rank)
    _limit(work, tariff, groups)
    lines = [one.line() for one in work]
    parts = [_part(bucket, lines) for bucket in tariff.buckets]
    loose = sum(line.points for line in lines if line.mark.rule is None)
    total = sum(part.value for part in parts) + loose
    return Reckoned(
        lines,
        parts,
        total,
        next((g for g in tariff.grades if g.least is None or total >= g.least), None),
        None if tariff.passed is None else total >= tariff.passed,
        [Need(need, _done(need, lines, groups)) for need in tariff.minimum],
        sum(not line.mark.given for line in lines),
    )


@dataclass
class _Work:
    """An entry on its way: how much of it, as a size without sign, and how many, are still in."""

    mark: Mark
    points: int
    count: int
    cuts: list[Cut] = field(default_factory=list)

    @property
    def rule(self) -> Rule:
        assert self.mark.rule is not None
        return self.mark.rule

    @property
    def one(self) -> int:
        """What one of them brings at most."""
        each = abs(self.mark.each)
        return min(each, self.points, self.rule.unit_cap if self.rule.unit_cap is not None else each)

    @property
    def sign(self) -> int:
        return -1 if self.mark.points < 0 else 1

    def keep(self, points: int, by: str, label: str, count: int | None = None) -> None:
        if points < self.points:
            self.cuts.append(Cut(by, label, self.sign * (self.points - points)))
        self.points = min(points, self.points)
        self.count = self.count if count is None else count

    def line(self) -> Line:
        return Line(self.mark, self.sign * self.points, tuple(self.cuts))


Groups = Mapping[str, Group]


Rank = Mapping[str, int]
Room = dict[tuple[str, str], int]


def _sorted(work: Sequence[_Work], key: Callable[[_Work], Hashable]) -> Iterable[list[_Work]]:
    """In heaps of one key; entries without a rule, and those with key None, stand aside."""
    heaps: dict[Hashable, list[_Work]] = defaultdict(list)
    for one in work:
        if one.mark.rule and (name := key(one)) is not None:
            heaps[name].append(one)
    return heaps.values()


def _highest(heap: list[_Work], rank: Rank) -> list[_Work]:
    """The highest first; of equal ones by the tariff's order of rules, then the earliest."""
    return sorted(heap, key=lambda w: (-w.one, rank[w.rule.name], w.mark.day, w.mark.thing, w.mark.ref))


def _only(heap: list[_Work], rank: Rank, label: str) -> None:
    first, *rest = _highest(heap, rank)
    first.keep(first.one, "once", label, 1)
    for one in rest:
        one.keep(0, "once", label, 0)


def _of_things(rule: Rule) -> bool:
    """Whether the same thing twice is one to this rule."""
    return bool(rule.once or rule.shared or rule.after)


def _counts_things(rule: Rule, groups: Groups) -> bool:
    return _of_things(rule) or (rule.group in groups and groups[rule.group].once == "thing")


def _once_a_thing(work: list[_Work], groups: Groups, rank: Rank) -> None:
    def own(one: _Work) -> Hashable:
        return (one.rule.name, one.mark.thing) if one.mark.thing and _of_things(one.rule) else None

    def together(one: _Work) -> Hashable:
        group, thing = groups.get(one.rule.group), one.mark.thing
        return (group.name, thing) if group and group.once == "thing" and thing else None

    for heap in (*_sorted(work, own), *_sorted(work, together)):
        _only(heap, rank, "同一件只算最高的一笔")


def _unit(work: list[_Work], _groups: Groups, rank: Rank) -> None:
    for heap in _sorted(work, lambda w: None if w.rule.unit_cap is None else (w.rule.name, w.mark.thing)):
        cap = heap[0].rule.unit_cap or 0
        room = cap
        for one in _highest(heap, rank):
            if not one.mark.thing:  # each is a thing of its own
                one.keep(one.one * one.count, "unit", "一件的上限")
                continue
            one.keep(min(one.points, room), "unit", "一件的上限")
            room -= one.points


def _once_a_year(work: list[_Work], groups: Groups, rank: Rank) -> None:
    def together(one: _Work) -> Hashable:
        group = groups.get(one.rule.group)
        return group.name if group and group.once == "year" else None

    for heap in _sorted(work, lambda w: w.rule.name if w.rule.once == "year" and w.count else None):
        _only(heap, rank, "一年只算最高的一笔")
    for heap in _sorted(work, lambda w: together(w) if w.count else None):
        _only(heap, rank, "几条里一年只算最高的一笔")


def _after(work: list[_Work], _groups: Groups, _rank: Rank) -> None:
    """The ones that bring least are the first ones; of equal ones the earliest."""
    for heap in _sorted(work, lambda w: w.rule.name if w.rule.after and w.count else None):
        skip = heap[0].rule.after
        for one in sorted(heap, key=lambda w: (w.one, w.mark.day, w.mark.thing, w.mark.ref)):
            gone = min(skip, one.count)
            skip -= gone
            one.keep(
                one.points - one.one * gone, "after", f"第 {one.rule.after + 1} 件起才加", one.count - gone
            )


def _limit(work: list[_Work], tariff: Tariff, groups: Groups) -> None:
    """Caps of the year. Deductions first, then what was earned. What is over the total is taken from the
    last part first, but from none below its floor: so the parts do not depend on the order of days either."""
    ruled = [one for one in work if one.mark.rule]
    plus = [one for one in ruled if one.sign > 0]
    minus = [one for one in ruled if one.sign < 0]
    room = _rooms(tariff, groups)
    earned = _earned(plus, dict(room))
    for bucket in tariff.buckets:
        if bucket.floor is not None:
            room["bucket", bucket.name] = bucket.start + earned[bucket.name] - bucket.floor
    for one in minus:
        _take(one, room, tariff, groups)
    lost: dict[str, int] = defaultdict(int)
    for one in minus:
        lost[one.rule.bucket] += one.points
    room = _rooms(tariff, groups)
    for bucket in tariff.buckets:
        if bucket.ceiling is not None:
            room["bucket", bucket.name] = bucket.ceiling - bucket.start + lost[bucket.name]
    if tariff.ceiling is not None:
        earned = _earned(plus, dict(room))
        over = sum(earned.values()) - (tariff.ceiling - tariff.starts + sum(lost.values()))
        for bucket in reversed(tariff.buckets):
            floor = bucket.floor if bucket.floor is not None else bucket.start - lost[bucket.name]
            needed = max(floor - bucket.start + lost[bucket.name], 0)
            less = max(min(over, earned[bucket.name] - needed), 0)
            over -= less
            room["total", bucket.name] = earned[bucket.name] - less
    for one in plus:
        _take(one, room, tariff, groups)


def _earned(plus: list[_Work], room: Room) -> dict[str, int]:
    """By bucket: what these caps leave of what was earned."""
    earned: dict[str, int] = defaultdict(int)
    for one in plus:
        earned[one.rule.bucket] += _fit(one, room)
    return earned


def _rooms(tariff: Tariff, groups: Groups) -> Room:
    room: Room = {("cap", rule.name): rule.cap for rule in tariff.rules if rule.cap is not None}
    return room | {("group", name): group.cap for name, group in groups.items() if group.cap is not None}


def _accounts(rule: Rule) -> tuple[tuple[str, str], ...]:
    return ("cap", rule.name), ("group", rule.group), ("bucket", rule.bucket), ("total", rule.bucket)


def _fit(one: _Work, room: Room) -> int:
    """How much of it fits; the room gets smaller by it."""
    held = [account for account in _accounts(one.rule) if account in room]
    fits = min([one.points, *(room[account] for account in held)])
    for account in held:
        room[account] -= fits
    return fits


def _take(one: _Work, room: Room, tariff: Tariff, groups: Groups) -> None:
    """Cut by each account in turn, so that the words name the narrowest."""
    buckets = {bucket.name: bucket.label for bucket in tariff.buckets}
    before = {account: room[account] for account in _accounts(one.rule) if account in room}
    _fit(one, room)
    for account, left in before.items():
        kind, name = account
        words = {
            "cap": "超过每年上限",
            "group": f"超过「{groups[name].label}」合计上限" if kind == "group" else "",
            "bucket": f"超过「{buckets.get(name, name)}」的上下限",
            "total": "超过总分上限",
        }
        one.keep(left, kind, words[kind])


def _part(bucket: Bucket, lines: list[Line]) -> Part:
    held = [line.points for line in lines if line.mark.rule and line.mark.rule.bucket == bucket.name]
    return Part(bucket, sum(p for p in held if p > 0), sum(p for p in held if p < 0))


def _done(need: Minimum, lines: list[Line], groups: Groups) -> int:
    """Things done: one that several rules took is one."""
    things: dict[tuple[str, int], int] = {}
    for line in lines:
        mark = line.mark
        if mark.rule and mark.rule.name in need.of:
            thing = mark.thing and _counts_things(mark.rule, groups)
            key = (mark.thing, 0) if thing else ("", mark.ref)
            things[key] = 1 if thing else max(things.get(key, 0), mark.count)
    return sum(things.values())
