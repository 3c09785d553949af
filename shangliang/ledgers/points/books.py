"""What an act brings and what it takes back, row by row: the same when it is posted, when it is posted anew
and when a tariff is tried on a year. Writes nothing."""

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import NamedTuple, TypeVar

from shangliang.base.journal.codes import CROCKFORD
from shangliang.base.journal.models import Act

from . import deeds, inforce
from .deeds import Done
from .models import Entry
from .scoring import Mark
from .states import UPHELD
from .tariff import Rule, Tariff

# Two characters for each ten bits: a code is five of them, the lowest first.
PAIRS = [CROCKFORD[bits & 31] + CROCKFORD[bits >> 5] for bits in range(1024)]


class Row(NamedTuple):
    """A row of `Entry`, as it is laid down by the million: an instance of the model costs far more."""

    code: str
    member: str
    committee: str
    act_id: int
    act_at: datetime
    act: str
    subject: str
    rule: str
    tariff: str
    points: int
    day: date
    reverses: str = ""


R = TypeVar("R", Row, Entry)

# The acts of an activity that bring something for having been there.
BROUGHT = (deeds.RECORDED, deeds.ADDED, deeds.CAME, UPHELD)


class Books(ABC):
    """What earlier acts laid down, and what one more act adds to it."""

    @abstractmethod
    def before(self, subject: str, act: int) -> list[Row]:
        """All rows about a subject from acts before this one (its number), in the order of the acts."""

    @abstractmethod
    def called(self, name: str) -> Tariff | None:
        """The tariff that a row names."""

    @abstractmethod
    def upheld(self, act: Act | Done) -> list[Row]:
        """What an upheld objection posts: the reversal of an entry, a new one, or both."""

    def rows(self, act: Act | Done, of: deeds.Acts, by: Tariff | None, day: date | None = None) -> list[Row]:
        """`of`: the acts among which it is read. `by`: the tariff that holds for it. `day`: its day, where it
        is known already."""
        if act.name == UPHELD:
            return self.upheld(act)
        if act.name == deeds.UNDONE:
            return self.undone(act)
        brought = [_row(act, mark, by.name) for mark in of.marks(act, by, day)] if by else []
        if act.name == deeds.STRUCK:
            return self.struck(act, brought)
        return brought + self._put_right(act, brought) if asks(act) else brought

    def struck(self, act: Act | Done, away: list[Row]) -> list[Row]:
        """The reversal of whatever stands for having been there, each on the day of what it takes back; and
        what being away brings, unless that was said already."""
        rows = [row for row, _first in self._standing(act) if row.member == act.facts["member"]]
        back = [row for row in rows if row.act in BROUGHT and self._for_being_there(row)]
        said = any(self._for_being_away(row) for row in rows if row not in back)
        return [reversal(act, row) for row in back] + ([] if said else away)

    def undone(self, act: Act | Done) -> list[Row]:
        """The same of everybody to whom an outcome brought something, once nobody says it any more; also of
        what an upheld objection posted instead."""
        of = deeds.undone(act)
        return [reversal(act, row) for row, first in self._standing(act) if of and self._from(first) == of]

    def _put_right(self, act: Act | Done, brought: list[Row]) -> list[Row]:
        """Once the record names somebody, what being away brought them goes back, and what an upheld
        objection gave for the same attendance, if the record brings it."""
        brings = {row.member for row in brought}
        return [
            reversal(act, row)
            for row, _first in self._standing(act)
            if (row.member == act.facts["member"] and self._for_being_away(row))
            or (row.member in brings and row.act == UPHELD and self._for_being_there(row))
        ]

    def _standing(self, act: Act | Done) -> Iterator[tuple[Row, Row]]:
        """What was brought before and nothing took back since; each with the entry in whose place, by upheld
        objections, it came: itself where there is none."""
        before = self.before(act.subject, act.id)
        by_code = {row.code: row for row in before}
        instead = {(row.act_id, row.member): row.reverses for row in before if row.reverses}
        for row in standing(before):
            first = row
            while first.act == UPHELD and (code := instead.get((first.act_id, first.member))) in by_code:
                first = by_code[code]
            yield row, first

    def _rule(self, row: Row) -> Rule | None:
        known = self.called(row.tariff)
        return known.rule(row.rule) if known else None

    def _from(self, row: Row) -> str:
        """The act that brought it; of what an objection gave, the act of which its rule speaks."""
        rule = self._rule(row) if row.act == UPHELD else None
        return rule.act if rule else row.act

    def _for_being_there(self, row: Row) -> bool:
        """Whoever wrote the record down, and was not there, keeps what the writing brought."""
        rule = self._rule(row)
        return rule is None or any(role in deeds.THERE for role in rule.to)

    def _for_being_away(self, row: Row) -> bool:
        rule = self._rule(row)
        return rule is not None and any(role in deeds.AWAY for role in rule.to)


class Posted(Books):
    """The entries as they stand in the database. `called`: a tariff by its name, where many are posted."""

    def __init__(self, called: Callable[[str], Tariff | None] = inforce.called) -> None:
        self._called = called

    def before(self, subject: str, act: int) -> list[Row]:
        rows = Entry.objects.filter(subject=subject, act_id__lt=act).order_by("act_id", "rule", "member")
        return [Row(*row) for row in rows.values_list(*Row._fields)]

    def called(self, name: str) -> Tariff | None:
        return self._called(name)

    def upheld(self, act: Act | Done) -> list[Row]:
        """As the act says."""
        said, found = act.facts, []
        if said.get("reverses"):
            found.append(_correction(act, "old", -said["old_points"], said["reverses"]))
        if said.get("new_rule"):
            found.append(_correction(act, "new", said["new_points"], ""))
        return found


class OnTrial(Books):
    """What one tariff alone would have laid down; kept in memory."""

    def __init__(self, by: Tariff) -> None:
        self.by = by
        self._rules = {rule.name: rule for rule in by.rules}
        self._of: dict[str, list[Row]] = defaultdict(list)

    def put(self, act: Act | Done, of: deeds.Acts) -> None:
        """The next act, in the order of the journal."""
        for row in self.rows(act, of, self.by):
            self._of[row.subject].append(row)

    def marks(self, year: int) -> dict[str, list[Mark]]:
        """By member: what stands of a year's days."""
        found: dict[str, list[Mark]] = defaultdict(list)
        for rows in self._of.values():
            for row in standing(rows):
                if row.day.year == year:
                    found[row.member].append(marked(row, self._rules.get(row.rule)))
        return found

    def before(self, subject: str, act: int) -> list[Row]:
        return self._of.get(subject, [])

    def called(self, name: str) -> Tariff | None:
        return self.by

    def upheld(self, act: Act | Done) -> list[Row]:
        """Taken back is the entry that was doubted or, where this tariff has other rules, the one most like
        it that the same act brings the member by these. The new entry is what the rule of the same name
        gives, if there is one: of a share as much in proportion."""
        said = act.facts
        found = [reversal(act, row) for row in self._doubted(said)] if said.get("reverses") else []
        rule = self.by.rule(said["new_rule"]) if said.get("new_rule") else None
        if rule is not None:
            known = inforce.called(said["new_tariff"])
            then = known.rule(rule.name) if known else None
            points, whole = rule.points or 0, (then.points or 0) if then else 0
            if whole and said["new_points"] != whole:
                points = points * said["new_points"] // whole
            found.append(_correction(act, "new", points, "")._replace(tariff=self.by.name))
        return found

    def _doubted(self, said: Mapping[str, str]) -> list[Row]:
        code, member = said["reverses"], said["member"]
        rows = [row for row in standing(self._of.get(said["old_subject"], [])) if row.member == member]
        if same := [row for row in rows if row.code == code]:
            return same
        of = Entry.objects.filter(code=code).values_list("act_id", flat=True).first()
        known = inforce.called(said["old_tariff"])
        old = known.rule(said["old_rule"]) if known else None

        def unlike(row: Row) -> tuple[bool, int]:
            """Another role first, then how far the points are apart."""
            rule = self._rules.get(row.rule)
            return not (old and rule and set(old.to) & set(rule.to)), abs(
                row.points - int(said["old_points"])
            )

        return sorted((row for row in rows if row.act_id == of), key=unlike)[:1]


def asks(act: Act | Done) -> bool:
    """Whether what it posts depends on what stands by then."""
    return act.name in ASKS or (act.name == deeds.CAME and bool(act.facts.get("after_record")))


ASKS = frozenset({deeds.ADDED, deeds.STRUCK, deeds.UNDONE})


def standing(rows: Iterable[R]) -> list[R]:
    """Neither taken back nor a taking back; of a member's year at one committee, or of one subject."""
    rows = list(rows)
    gone = {row.reverses for row in rows if row.reverses}
    return [row for row in rows if not row.reverses and row.code not in gone]


def marked(row: Row | Entry, rule: Rule | None) -> Mark:
    """As the year's reckoning takes it."""
    return Mark(row.member, row.day, row.subject, row.act_id, rule, row.points)


def _row(act: Act | Done, mark: Mark, by: str) -> Row:
    rule = mark.rule.name if mark.rule else ""
    return Row(
        _code(act, mark.member, rule), mark.member, act.committee, act.id, act.at, act.name, act.subject,
        rule, by, mark.points, mark.day,
    )  # fmt: skip


def _correction(act: Act | Done, which: str, points: int, reverses: str) -> Row:
    said = act.facts
    rule = said[f"{which}_rule"]
    return Row(
        code=_code(act, said["member"], f"{rule} {reverses}".strip()), member=said["member"],
        committee=act.committee, act_id=act.id, act_at=act.at, act=act.name,
        subject=said.get(f"{which}_subject", act.subject), rule=rule, tariff=said[f"{which}_tariff"],
        points=points, day=date.fromisoformat(said[f"{which}_day"]), reverses=reverses,
    )  # fmt: skip


def reversal(act: Act | Done, one: Row) -> Row:
    return Row(
        _code(act, one.member, f"{one.rule} {one.code}"), one.member, act.committee, act.id, act.at, act.name,
        one.subject, one.rule, one.tariff, -one.points, one.day, one.code,
    )  # fmt: skip


def _code(act: Act | Done, member: str, rule: str) -> str:
    """Reckoned, not drawn, so that posting anew gives the same address; guessing one opens nothing."""
    number = int.from_bytes(hashlib.sha256(f"{act.id} {member} {rule}".encode()).digest()[:8], "big")
    return "".join([PAIRS[number >> at & 1023] for at in (0, 10, 20, 30, 40)])
