"""A changed tariff tried on a year's acts: who gains, who loses, before and after. Pure, writes nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from .reckoning import Reckoned, reckon
from .scoring import Mark
from .tariff import Tariff


@dataclass(frozen=True)
class Change:
    """One member's year, before and after; in hundredths."""

    member: str
    before: int
    after: int
    now: Reckoned | None
    then: Reckoned

    @property
    def points(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Trial:
    """A year by two tariffs. `before` None: none was in force. `changes`: in the order of members'
    pseudonyms, which says nothing of anybody."""

    before: Tariff | None
    after: Tariff
    year: int
    changes: list[Change]

    @property
    def gain(self) -> list[Change]:
        return [change for change in self.changes if change.points > 0]

    @property
    def lose(self) -> list[Change]:
        return [change for change in self.changes if change.points < 0]

    @property
    def same(self) -> list[Change]:
        return [change for change in self.changes if not change.points]


def with_numbers(tariff: Tariff, numbers: Mapping[str, tuple[int | None, int | None]]) -> Tariff:
    """The tariff with other points and caps of a year, by the name of the rule; in hundredths. Whether it
    holds together, `tariff.faults` says."""
    rules = []
    for rule in tariff.rules:
        points, cap = numbers.get(rule.name, (rule.points, rule.cap))
        rules.append(replace(rule, points=points, cap=cap))
    return replace(tariff, rules=tuple(rules))


Marks = Mapping[str, Iterable[Mark]]


def compare(
    before: Tariff | None, after: Tariff, year: int, now: Marks, then: Marks, members: Collection[str] = ()
) -> Trial:
    """`now`, `then`: each member's entries of the year by either tariff. `members`: who has no entry, too."""
    changes = []
    for member in sorted({*members, *now, *then}):
        old = reckon(before, now.get(member, ())) if before else None
        new = reckon(after, then.get(member, ()))
        changes.append(Change(member, old.total if old else 0, new.total, old, new))
    return Trial(before, after, year, changes)
