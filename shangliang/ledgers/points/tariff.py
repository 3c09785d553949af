"""Tariffs: dated data that say which act brings a member how many points, and what of it counts. Pure.

Read from `presets/`, once, or from a file of one's own. Every number is in hundredths of a point, whole:
200 is 2.00. What the source of a tariff does not say is not in it: `gaps` names it, nothing is made up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml

from shangliang.base import yamls

PRESETS = Path(__file__).parent / "presets"
NOT_GIVEN = "没有给出"
BUCKET = "points"
MOST = 1_000_000  # of a number of points, in hundredths: 10 000 points


def says(facts: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    """Whether an act's facts are what is asked for: of a list, any of it."""
    return all(
        facts.get(name) in wanted if isinstance(wanted, list) else facts.get(name) == wanted
        for name, wanted in where.items()
    )


@dataclass(frozen=True)
class Rule:
    """One line of a tariff: who (`to`, roles) gets how many points for an act, and up to what.

    `points`: for one; below 0 a deduction; None where the source does not say. `cap`: the most a year.
    `unit_cap`: the most for one thing. `once`: of a thing, or of a year, the highest alone. `after`: how many
    bring nothing before the next one counts. `shared`: `equal`, or `leader_half` (the first role of `to` gets
    half, the others share the rest). `joint`: only where several signed, or only where one did. `where`: what
    the act's facts must say (a list: any of these); a list of acts from an office has no facts, its row says
    that it is so."""

    name: str
    act: str
    to: tuple[str, ...]
    label: str
    what: str
    points: int | None = None
    cap: int | None = None
    unit_cap: int | None = None
    once: Literal["", "thing", "year"] = ""
    after: int = 0
    shared: Literal["", "equal", "leader_half"] = ""
    joint: bool | None = None
    group: str = ""
    bucket: str = BUCKET
    where: Mapping[str, Any] = field(default_factory=dict)

    def takes(self, facts: Mapping[str, Any] | None) -> bool:
        """Whether the act's facts are what this line asks for."""
        return facts is None or not self.where or says(facts, self.where)

    def share(self, leads: bool, leaders: int, others: int) -> int:
        """What one signer gets of a thing that `leaders` and `others` signed. Whole hundredths: what cannot
        be divided goes to nobody (`scoring.rests`)."""
        whole = self.points or 0
        if self.shared == "equal":
            return whole // max(leaders + others, 1)
        if self.shared != "leader_half" or not others:
            return whole // max(leaders, 1) if self.shared else whole
        half = whole // 2
        return half // leaders if leads else (whole - half) // others


@dataclass(frozen=True)
class Group:
    """Rules under one cap, or of which the highest alone counts: of one thing, or of the year."""

    name: str
    label: str
    cap: int | None = None
    once: Literal["", "thing", "year"] = ""


@dataclass(frozen=True)
class Bucket:
    """A part of the total (base, bonus …): begins at `start`, stays between `floor` and `ceiling`."""

    name: str
    label: str
    start: int = 0
    ceiling: int | None = None
    floor: int | None = None


@dataclass(frozen=True)
class Grade:
    """From `least` on; None: everything below. `label` is None where the source has no word for it."""

    label: str | None
    least: int | None = None


@dataclass(frozen=True)
class Minimum:
    """At least `least` things that one of these rules took, whatever they brought."""

    label: str
    least: int
    of: tuple[str, ...]


@dataclass(frozen=True)
class Tariff:
    """A tariff. In force from `since` (always a 1 January: caps, grades and minimum sets are of a year) at
    the committees whose paths begin with one of `at`, or everywhere; never, without a day. `carry`: the
    balance goes on into the next year. `none`: acts that bring no points, on purpose."""

    name: str
    label: str
    kind: Literal["real", "sample"]
    place: str
    year: int | None
    source: str
    since: date | None
    at: tuple[str, ...]
    carry: bool
    rules: tuple[Rule, ...]
    groups: tuple[Group, ...]
    buckets: tuple[Bucket, ...]
    ceiling: int | None
    passed: int | None
    grades: tuple[Grade, ...]
    minimum: tuple[Minimum, ...]
    none: frozenset[str]
    not_given: tuple[str, ...]
    readings: tuple[str, ...]

    def rule(self, name: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.name == name), None)

    @cached_property
    def by_act(self) -> dict[str, tuple[Rule, ...]]:
        """The rules of each act, in their order: the only ones that an act need be held against."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules:
            found[rule.act] = (*found.get(rule.act, ()), rule)
        return found

    @cached_property
    def always(self) -> dict[str, tuple[tuple[str, str, str], ...]]:
        """Of acts of which no rule asks what their facts say: the act's own name and each role, twice, as an
        act of the journal is read."""
        return {
            act: tuple((act, role, role) for role in dict.fromkeys(role for rule in own for role in rule.to))
            for act, own in self.by_act.items()
            if not any(rule.where for rule in own)
        }

    @cached_property
    def signed(self) -> frozenset[str]:
        """Acts of which it matters who else signed: some rule divides their points, or asks for several."""
        return frozenset(rule.act for rule in self.rules if rule.shared or rule.joint is not None)

    @property
    def starts(self) -> int:
        return sum(bucket.start for bucket in self.buckets)

    def governs(self, committee: str) -> int:
        """How closely: the length of the path it names, 0 if it is for everybody, −1 if not for this one."""
        if not self.at:
            return 0
        return max((len(path) for path in self.at if committee.startswith(path)), default=-1)


@cache
def tariffs() -> tuple[Tariff, ...]:
    """All presets, those in force first, the newest before the older."""
    found = [read(file) for file in sorted(PRESETS.glob("*.yaml"))]
    return tuple(sorted(found, key=lambda one: one.since or date.min, reverse=True))


def on(day: date, committee: str = "") -> Tariff | None:
    """The tariff in force at a committee (a path) on a day: the one that names it closest, of these the
    newest. None before the first."""
    held = [one for one in tariffs() if one.since and one.since <= day and one.governs(committee) >= 0]
    return max(held, key=lambda one: (one.governs(committee), one.since), default=None)


def called(name: str) -> Tariff | None:
    """The preset of this name."""
    return next((one for one in tariffs() if one.name == name), None)


def read(file: Path) -> Tariff:
    """A tariff from a YAML file. ValueError, with the file's and the line's name, if it does not hold."""
    try:
        return parsed(file.read_text("utf-8"))
    except ValueError as fault:
        said = "不是 UTF-8 的文字" if isinstance(fault, UnicodeDecodeError) else fault
        raise ValueError(f"{file.name}：{said}") from fault


def parsed(text: str) -> Tariff:
    """A tariff from the text of its file. ValueError, in words, if it does not hold."""
    try:
        said = yamls.read(text)
        if not isinstance(said, dict):
            raise ValueError("不是一份标准。")
        return build(said)
    except FAULTS as fault:
        raise ValueError(_words(fault)) from fault


FAULTS = (  # what PyYAML and a file of another shape bring about
    yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip


def build(said: Mapping[str, Any]) -> Tariff:
    """A tariff from what its file says; ValueError if it does not hold together."""
    if strange := set(said) - KEYS:
        raise ValueError(f"不认识 {'、'.join(sorted(map(str, strange)))}")
    buckets = _each(Bucket, said.get("buckets")) or (Bucket(BUCKET, "积分"),)
    found = Tariff(
        name=said["name"], label=said["label"], kind=said["kind"], place=said["place"], year=said.get("year"),
        source=said["source"], since=said.get("from"), at=tuple(said.get("at", ())),
        carry=bool(said.get("carry", False)), rules=tuple(_rule(line, buckets) for line in said["rules"]),
        groups=_each(Group, said.get("groups")), buckets=buckets, ceiling=said.get("ceiling"),
        passed=said.get("pass"), grades=_each(Grade, said.get("grades")),
        minimum=tuple(Minimum(m["label"], m["least"], tuple(m["of"])) for m in said.get("minimum") or ()),
        none=frozenset(said.get("none", ())), not_given=tuple(said.get("not_given", ())),
        readings=tuple(said.get("readings", ())),
    )  # fmt: skip
    for wrong in faults(found):
        raise ValueError(wrong)
    return found


KEYS = {
    "name", "label", "kind", "place", "year", "source", "from", "at", "carry", "rules", "groups", "buckets",
    "ceiling", "pass", "grades", "minimum", "none", "not_given", "readings",
}  # fmt: skip


def faults(tariff: Tariff) -> Iterable[str]:
    """What does not hold together, in words."""
    if wrong := list(_shapes(tariff)):
        yield from wrong  # nothing below could be asked of it
        return
    names, groups = [rule.name for rule in tariff.rules], {group.name for group in tariff.groups}
    buckets = {bucket.name: bucket for bucket in tariff.buckets}
    if tariff.kind not in ("real", "sample"):
        yield "kind 写 real（哪里的真标准）或 sample（样例）"
    if tariff.since and (tariff.since.month, tariff.since.day) != (1, 1):
        yield "from 要写某年的 1 月 1 日：上限、等次都按年算"
    yield from (f"有两条都叫 {name}" for name in sorted(set(names)) if names.count(name) > 1)
    for rule in tariff.rules:
        yield from (f"{rule.name}：{words}" for words in _rule_faults(rule, groups, set(buckets)))
    for group in tariff.groups:
        held = [rule for rule in tariff.rules if rule.group == group.name]
        if len({rule.bucket for rule in held}) > 1:
            yield f"{group.name}：一组的几条要在同一类里"
        if any((rule.points or 0) < 0 for rule in held) and any((rule.points or 0) > 0 for rule in held):
            yield f"{group.name}：一组里不能又加又减"
    for bucket in tariff.buckets:
        if bucket.ceiling is not None and bucket.start > bucket.ceiling:
            yield f"{bucket.name}：起始分高过上限"
        if bucket.floor is not None and bucket.floor > bucket.start:
            yield f"{bucket.name}：下限高过起始分"
    if tariff.ceiling is not None and tariff.starts > tariff.ceiling:
        yield "起始分加起来高过总分上限"
    least = [grade.least for grade in tariff.grades]
    if None in least[:-1] or [one for one in least if one is not None] != sorted(
        {one for one in least if one is not None}, reverse=True
    ):
        yield "等次从高到低写，只有最后一等可以不写 least"
    for need in tariff.minimum:
        yield from (f"{need.label}：没有叫 {name} 的一条" for name in need.of if name not in names)


def _shapes(tariff: Tariff) -> Iterable[str]:
    """What is of another kind than the engine reckons with, in words."""
    if not _words_all(tariff.name, *tariff.at, *tariff.none):
        yield "name、at、none 写成文字"
    if not (tariff.since is None or type(tariff.since) is date):
        yield "from 写成一天，像 2027-01-01"
    if not _numbers_all(tariff.ceiling, tariff.passed):
        yield f"ceiling、pass {NUMBER}"
    for rule in tariff.rules:
        yield from (f"{rule.name}：{words}" for words in _rule_shapes(rule))
    for group in tariff.groups:
        if not _words_all(group.name, group.label):
            yield f"{group.name}：name、label 写成文字"
        if not _numbers_all(group.cap) or (group.cap or 0) < 0:
            yield f"{group.name}：cap {NUMBER}，不写负数"
        if group.once not in ("", "thing", "year"):
            yield f"{group.name}：once 写 thing 或 year"
    for bucket in tariff.buckets:
        if not _words_all(bucket.name, bucket.label):
            yield f"{bucket.name}：name、label 写成文字"
        if type(bucket.start) is not int or not _numbers_all(bucket.start, bucket.ceiling, bucket.floor):
            yield f"{bucket.name}：start、ceiling、floor {NUMBER}"
    for grade in tariff.grades:
        if not _numbers_all(grade.least):
            yield f"等次的 least {NUMBER}"
    for need in tariff.minimum:
        if type(need.least) is not int or not _numbers_all(need.least) or not _words_all(*need.of):
            yield f"{need.label}：least 写整数，of 写几条的 name"


def _rule_shapes(rule: Rule) -> Iterable[str]:
    if not _words_all(rule.name, rule.act, *rule.to, rule.group, rule.bucket):
        yield "name、act、to、group、bucket 写成文字"
    if not (rule.joint is None or type(rule.joint) is bool):
        yield "joint 写 true 或 false"
    where = rule.where.items() if isinstance(rule.where, dict) else [(None, None)]
    for name, wanted in where:
        each = wanted if isinstance(wanted, list) else [wanted]
        if not isinstance(name, str) or not all(isinstance(one, SAID) for one in each):
            yield "where 写成 {名称: 值}，几个值写 [一, 二]"


NUMBER = "写整数，一分写 100，不超过 1000000"
SAID = (str, int, float, bool, type(None))  # what an act's fact may be, as `where` asks for it


def _numbers_all(*said: object) -> bool:
    return all(one is None or (type(one) is int and abs(one) <= MOST) for one in said)


def _words_all(*said: object) -> bool:
    return all(isinstance(one, str) for one in said)


def _rule_faults(rule: Rule, groups: set[str], buckets: set[str]) -> Iterable[str]:
    numbers = [rule.points, rule.cap, rule.unit_cap, rule.after]
    if not all(one is None or type(one) is int for one in numbers):
        yield "分值、上限写整数，一分写 100"
    elif any((one or 0) < 0 for one in numbers[1:]):
        yield "上限不写负数，扣分的上限也写正数"
    if not rule.to:
        yield "to 要写给谁"
    if rule.group and rule.group not in groups:
        yield f"没有叫 {rule.group} 的组"
    if rule.bucket not in buckets:
        yield f"没有叫 {rule.bucket} 的类"
    if rule.once not in ("", "thing", "year") or rule.shared not in ("", "equal", "leader_half"):
        yield "once 写 thing 或 year；shared 写 equal 或 leader_half"
    if rule.shared and type(rule.points) is int and rule.points < 0:
        yield "扣分不能分摊"


def _rule(line: dict[str, Any], buckets: tuple[Bucket, ...]) -> Rule:
    to = line["to"]
    roles = tuple(to) if isinstance(to, list) else (to,)
    return Rule(**{"bucket": buckets[0].name, **line, "to": roles})


def _each(kind: type[Any], lines: Iterable[dict[str, Any]] | None) -> tuple[Any, ...]:
    known = {one.name for one in fields(kind)}
    for line in lines or ():
        if strange := set(line) - known:
            raise ValueError(f"不认识 {'、'.join(sorted(strange))}")
    return tuple(kind(**line) for line in lines or ())


def _words(fault: Exception) -> str:
    """Our own sentence as it is; another's behind one of ours that says where to look."""
    if isinstance(fault, KeyError):
        return f"缺 {fault.args[0]}"
    if isinstance(fault, yaml.MarkedYAMLError) and (mark := fault.problem_mark or fault.context_mark):
        where = f"第 {mark.line + 1} 行第 {mark.column + 1} 个字起"
        return f"{where}读不懂，按 YAML 的写法再看一看（{fault.problem}）"
    if isinstance(fault, yaml.YAMLError):
        return f"里面有 YAML 不能写的字符（{fault}）"
    if isinstance(fault, RecursionError):
        return "一层套一层，套得太深"
    said = str(fault)
    return (
        said
        if any("\u4e00" <= one <= "\u9fff" for one in said)
        else f"有一处写得不对，不知道是什么意思（{said}）"
    )
