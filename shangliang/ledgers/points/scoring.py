"""From acts to entries: who gets how much by which rule, before any cap. Pure.

This is the first of two steps: `enter` gives each act its entries, by itself, and these are posted with the
act. What of a year's entries counts, `reckoning.reckon` says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from .tariff import Rule, Tariff


@dataclass(slots=True)  # not frozen: that takes longer than all the rest, where a million are made
class Deed:
    """Somebody did something in a role. `group`: the thing done, the same for all who signed it; without one,
    each of the `quantity` is a thing of its own. `facts`: of the journal's act; None for a row of a list.
    `ref`: what it opens to (a line, an act)."""

    member: str
    act: str
    role: str
    day: date
    group: str = ""
    quantity: int = 1
    facts: Mapping[str, Any] | None = None
    ref: int = 0


@dataclass(slots=True)  # the same
class Mark:
    """An entry as the rule gives it, before any cap: `count` times `each`, in hundredths. Without a rule: the
    tariff does not say what the act brings."""

    member: str
    day: date
    thing: str
    ref: int
    rule: Rule | None
    each: int
    count: int = 1
    deed: Deed | None = None

    @property
    def points(self) -> int:
        return self.each * self.count

    @property
    def given(self) -> bool:
        return self.rule is not None and self.rule.points is not None


@dataclass(frozen=True)
class Rest:
    """What could not be divided among the signers of a thing: nobody's."""

    rule: Rule
    thing: str
    points: int


def enter(tariff: Tariff, deeds: Iterable[Deed]) -> list[Mark]:
    """The entries of acts: one for each rule that takes the act in this role. An act that no rule takes has
    one without a rule, so that nothing vanishes. All who signed a thing must be in `deeds`."""
    deeds = list(deeds)
    signed: dict[tuple[str, str], dict[str, set[str]]] = {}
    for deed in deeds:
        if deed.group and deed.act in tariff.signed:
            roles = signed.setdefault((deed.act, deed.group), defaultdict(set))
            roles[deed.role].add(deed.member)
    found = []
    for deed in deeds:
        together = signed.get((deed.act, deed.group)) if signed else None  # None: alone
        joint = together is not None and _joint(together, deed.role)
        taken = [rule for rule in tariff.by_act.get(deed.act, ()) if _takes(rule, deed, joint)]
        found += [_mark(deed, rule, _share(rule, deed, together)) for rule in taken]
        if not taken:
            found.append(_mark(deed, None, 0))
    return found


def _joint(roles: Mapping[str, set[str]], role: str) -> bool:
    """Whether several signed, or several in this role."""
    return (len(roles) > 1 and len(set().union(*roles.values())) > 1) or len(roles[role]) > 1


def rests(marks: Iterable[Mark]) -> list[Rest]:
    """What the division of each jointly signed thing left over: whole − the shares of all its signers."""
    shares: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    rules: dict[str, Rule] = {}
    for mark in marks:
        if mark.rule and mark.rule.shared and mark.thing:
            shares[mark.rule.name, mark.thing][mark.member] = mark.each
            rules[mark.rule.name] = mark.rule
    found = [
        Rest(rules[name], thing, (rules[name].points or 0) - sum(each.values()))
        for (name, thing), each in shares.items()
    ]
    return [rest for rest in found if rest.points]


def _takes(rule: Rule, deed: Deed, joint: bool) -> bool:
    return deed.role in rule.to and rule.joint in (None, joint) and rule.takes(deed.facts)


def _share(rule: Rule, deed: Deed, together: Mapping[str, set[str]] | None) -> int:
    if not rule.shared:
        return rule.points or 0
    roles = together or {deed.role: {deed.member}}
    leaders = roles.get(rule.to[0], set())
    others = set().union(*(roles.get(role, set()) for role in rule.to[1:])) - leaders
    return rule.share(deed.member in leaders, len(leaders), len(others))


def _mark(deed: Deed, rule: Rule | None, each: int) -> Mark:
    return Mark(deed.member, deed.day, deed.group, deed.ref, rule, each, deed.quantity, deed)
