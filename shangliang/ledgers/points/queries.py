"""A member's statement: opening balance, entries with what the cap left of them, running balance."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.journal.acts import declared
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Post, Role

from . import rules, tariff
from .models import Entry
from .tariff import Rule


@dataclass(frozen=True)
class Line:
    """An entry as the statement shows it. `points`: what counts; `cut`: what the year's cap took off."""

    entry: Entry
    rule: Rule | None
    points: int
    cut: int
    balance: int

    @property
    def day(self) -> date:
        return clock.local_day(self.entry.act_at)


@dataclass(frozen=True)
class Statement:
    """All in hundredths. `opening`: brought forward from before `since`."""

    member: str
    since: date
    until: date
    opening: int
    lines: list[Line]

    @property
    def earned(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def cut(self) -> int:
        return sum(line.cut for line in self.lines)

    @property
    def balance(self) -> int:
        return self.opening + self.earned


def committees(member: str) -> set[str]:
    """Paths of the committees that somebody is or was a member of."""
    held = Post.objects.filter(holder__key=member, role=Role.MEMBER)
    return set(held.values_list("committee__path", flat=True))


def statement(member: str, since: date, until: date, *, actor: Actor) -> Statement:
    """The statement of one member (a pseudonym) from day to day. Unseen unless the actor may read it; an
    office reads what was earned at its own committee."""
    entries = visible_to(actor, member)
    lines = capped(entries.filter(act_at__lt=clock.end_of(until)))
    within = [line for line in lines if line.day >= since]
    before = [line for line in lines if line.day < since]
    return Statement(member, since, until, sum(line.points for line in before), _run(within, before))


def visible_to(actor: Actor, member: str) -> QuerySet[Entry]:
    """A member's entries, as far as the actor may read them. Unseen if they may read none of them."""
    belongs = committees(member)
    if not belongs or not rules.reads(actor, member, belongs):
        raise Unseen(member)
    rows = Entry.objects.filter(member=member)
    if actor.key != member:
        rows = rows.filter(committee__in=actor.paths(*rules.OFFICE))
    return rows.order_by("act_id", "rule")


def entry(code: str, *, actor: Actor) -> Line:
    """One entry, with what the cap left of it. Unseen if there is none for this actor."""
    found = Entry.objects.filter(code=code).first()
    if found is None:
        raise Unseen(code)
    year = clock.local_day(found.act_at).year
    rows = visible_to(actor, found.member)
    start, end = clock.start_of(date(year, 1, 1)), clock.end_of(date(year, 12, 31))
    for line in capped(rows.filter(rule=found.rule, act_at__gte=start, act_at__lt=end)):
        if line.entry.pk == found.pk:
            return line
    raise Unseen(code)


def capped(entries: Iterable[Entry]) -> list[Line]:
    """Entries in the order of their acts, each cut by what its rule's cap still leaves at its
    committee in its year."""
    known = tariff.rules()
    used: dict[tuple[str, str, int], int] = defaultdict(int)
    lines = []
    for row in entries:
        rule = known.get(row.rule)
        account = (row.committee, row.rule, clock.local_day(row.act_at).year)
        left = max(rule.cap - used[account], 0) if rule else row.points
        counts = min(row.points, left)
        used[account] += counts
        lines.append(Line(row, rule, counts, row.points - counts, 0))
    return lines


def _run(lines: list[Line], before: list[Line]) -> list[Line]:
    """The same lines by day, each with the balance after it."""
    balance, found = sum(line.points for line in before), []
    for line in sorted(lines, key=lambda one: (one.entry.act_at, one.entry.act_id)):
        balance += line.points
        found.append(Line(line.entry, line.rule, line.points, line.cut, balance))
    return found


def act_words(name: str) -> str:
    """How a page says what happened."""
    kind = declared().get(name)
    return str(kind.words) if kind else name
