"""A member's statement: opening balance, entries with what the caps left of them, running balance; and a
tariff tried on a year's acts. All through the one engine (`scoring`, `reckoning`)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen, one_of
from shangliang.base.journal.acts import declared
from shangliang.base.journal.models import Act
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Post, Role
from shangliang.base.places.models import Committee
from shangliang.base.prepared import Prepared

from .. import deeds, inforce, rules
from ..books import OnTrial, marked, standing
from ..models import Closing, Entry
from ..reckoning import Cut, Reckoned, reckon
from ..states import UPHELD
from ..tariff import Rule, Tariff, tariffs
from ..trial import Trial, compare

LATER = (deeds.ADDED, deeds.STRUCK, deeds.UNDONE, UPHELD)  # count for the day of what they put right


@dataclass(frozen=True)
class Line:
    """An entry as the statement shows it. `points`: what counts; `cuts`: what was taken off, and by what.
    `reversed`: taken back by a later one; the two stand in full and come to nothing together. `late`: posted
    after the quarter or the year of its day was closed."""

    entry: Entry
    rule: Rule | None
    points: int
    cuts: tuple[Cut, ...]
    balance: int
    reversed: bool = False
    late: bool = False

    @property
    def day(self) -> date:
        return self.entry.day

    @property
    def cut(self) -> int:
        return sum(cut.points for cut in self.cuts)

    @property
    def capped(self) -> bool:
        """Whether the rule's own cap of the year is all that took something off."""
        return bool(self.cuts) and all(cut.by == "cap" for cut in self.cuts)


@dataclass(frozen=True)
class Account:
    """A member's one year at one committee by one tariff. Without a tariff (its file is gone): as posted.
    `reckoned` leaves out what was reversed, and the reversals."""

    committee: str
    year: int
    tariff: Tariff | None
    lines: list[Line]
    reckoned: Reckoned | None

    @property
    def granted(self) -> int:
        return self.tariff.starts if self.tariff else 0

    @property
    def framed(self) -> bool:
        """Whether the tariff says more of a year than its sum."""
        known = self.tariff
        return bool(known and (known.grades or known.minimum or known.passed is not None or known.starts))


@dataclass(frozen=True)
class Statement:
    """All in hundredths. `opening`: brought forward from before `since`; `granted`: what its years' tariffs
    give to begin with."""

    member: str
    since: date
    until: date
    opening: int
    granted: int
    lines: list[Line]
    accounts: list[Account]
    belongs: frozenset[str]  # paths of the committees that the reader reads it of

    @property
    def earned(self) -> int:
        return sum(line.points for line in self.lines)

    @property
    def cut(self) -> int:
        return sum(line.cut for line in self.lines)

    @property
    def balance(self) -> int:
        return self.opening + self.granted + self.earned


def committees(member: str) -> set[str]:
    """Paths of the committees that somebody is or was a member of."""
    return set(_committees(member=member))


@Prepared
def _committees(*, member: str) -> QuerySet[Post, str]:
    held = Post.objects.filter(holder__key=member, role=Role.MEMBER)
    return held.values_list("committee__path", flat=True)


def read_at(member: str, *, actor: Actor) -> set[str]:
    """Paths of the committees at which the actor may read a member's statement; none: of nobody's."""
    belongs = committees(member)
    if not rules.reads(actor, member, belongs):
        return set()
    return belongs if actor.key == member else belongs & actor.paths(*rules.OFFICE)


def office(code: str) -> str:
    """What the committee of this code is called, the newest of that code, though it may have ended; "" if
    there never was one. For a paper that was issued in its name."""
    found = Committee.objects.filter(code=code).order_by(F("valid_until").desc(nulls_first=True)).first()
    return found.office if found else ""


def statement(member: str, since: date, until: date, *, actor: Actor, at: str = "") -> Statement:
    """The statement of one member (a pseudonym) from day to day; `at`: of one committee (a path) alone.
    Unseen unless the actor may read it; an office reads what was earned at its own committee."""
    belongs = committees(member)
    _may_read(actor, member, belongs)
    office = None if actor.key == member else actor.paths(*rules.OFFICE)
    read = office if not at else {at} if office is None else office & {at}
    if read is not None:
        belongs &= read
    paths = () if read is None else tuple(sorted(read))
    found = accounts(_upto(until, read is None, member=member, paths=paths), belongs, until)
    marks = _closed(belongs, since.year, until.year)
    within = [(one, line) for one in found for line in one.lines if line.day >= since]
    before = [
        line
        for one in found
        for line in one.lines
        if line.day < since and (one.year == since.year or one.tariff is None or one.tariff.carry)
    ]
    of_years = [one for one in found if one.year >= since.year]
    opening, granted = sum(line.points for line in before), sum(one.granted for one in of_years)
    shown = [replace(line, late=_late(line, one, marks)) for one, line in within]
    lines = _run(shown, opening + granted)
    return Statement(member, since, until, opening, granted, lines, of_years, frozenset(belongs))


def visible_to(actor: Actor, member: str) -> QuerySet[Entry]:
    """A member's entries, as far as the actor may read them. Unseen if they may read none of them."""
    _may_read(actor, member, committees(member))
    rows = Entry.objects.filter(member=member)
    if actor.key != member:
        rows = rows.filter(committee__in=actor.paths(*rules.OFFICE))
    return rows.order_by("act_id", "rule")


def _may_read(actor: Actor, member: str, belongs: set[str]) -> None:
    if not belongs or not rules.reads(actor, member, belongs):
        raise Unseen(member)


@Prepared
def _upto(until: date, everywhere: bool, *, member: str, paths: tuple[str, ...]) -> QuerySet[Entry]:
    """A member's entries up to a day; unless `everywhere`, at these committees."""
    rows = Entry.objects.filter(member=member, day__lte=until).order_by("act_id", "rule")
    return rows if everywhere else rows.filter(committee__in=paths)


def entry(code: str, *, actor: Actor) -> Line:
    """One entry, with what the caps left of it. Unseen if there is none for this actor."""
    found = one_of(Entry.objects.all(), code)
    rows = visible_to(actor, found.member).filter(
        committee=found.committee, tariff=found.tariff, day__year=found.day.year
    )
    marks = _closed([found.committee], found.day.year, found.day.year)
    for account in accounts(rows):
        for line in account.lines:
            if line.entry.pk == found.pk:
                return replace(line, late=_late(line, account, marks))
    raise Unseen(code)


def pair(line: Line, *, actor: Actor) -> Entry | None:
    """The entry that takes this one back, or that this one takes back."""
    other = Q(code=line.entry.reverses) if line.entry.reverses else Q(reverses=line.entry.code)
    return visible_to(actor, line.entry.member).filter(other).first()


def accounts(
    entries: Iterable[Entry],
    belongs: Iterable[str] = (),
    until: date | None = None,
    known: inforce.Known | None = None,
) -> list[Account]:
    """One member's entries by committee, year and tariff, each year reckoned; and the years of `until` at the
    committees of `belongs` whose tariff says something of a year without entries too. `known`: the tariffs,
    where many members are reckoned."""
    heaps: dict[tuple[str, int, str], list[Entry]] = defaultdict(list)
    for row in entries:
        heaps[row.committee, row.day.year, row.tariff].append(row)
    belongs = sorted(belongs)
    known = known or inforce.Known(belongs)
    if until:
        for committee in belongs:
            if held := known.on(until, committee):
                heaps.setdefault((committee, until.year, held.name), [])
    found = [
        _account(committee, year, known.called(by), rows) for (committee, year, by), rows in heaps.items()
    ]
    return [one for one in found if one.lines or one.framed]


def _account(committee: str, year: int, known: Tariff | None, rows: list[Entry]) -> Account:
    """What was reversed stands aside with its reversal: it takes no room from others."""
    gone = {row.reverses for row in rows if row.reverses}
    if known is None:
        lines = [Line(row, None, row.points, (), 0, row.code in gone) for row in rows]
        return Account(committee, year, None, lines, None)
    rules_by = {rule.name: rule for rule in known.rules}
    marks = {row.pk: marked(row, rules_by.get(row.rule)) for row in standing(rows)}
    reckoned = reckon(known, marks.values())
    by_mark = {id(line.mark): line for line in reckoned.lines}
    lines = []
    for row in rows:
        if row.pk in marks:
            line = by_mark[id(marks[row.pk])]
            lines.append(Line(row, line.mark.rule, line.points, line.cuts, 0))
        else:
            lines.append(Line(row, rules_by.get(row.rule), row.points, (), 0, row.code in gone))
    return Account(committee, year, known, lines, reckoned)


Marks = dict[tuple[str, int, int], int]


def _closed(committees: Iterable[str], first: int, last: int) -> Marks:
    """(path, year, quarter; 0 the year) → the act up to which it was closed."""
    rows = _closings(first, last, paths=tuple(committees))
    return {(path, year, n): act for path, year, n, act in rows}


@Prepared
def _closings(first: int, last: int, *, paths: tuple[str, ...]) -> QuerySet[Closing, tuple[Any, ...]]:
    rows = Closing.objects.filter(committee__path__in=paths, year__gte=first, year__lte=last)
    return rows.values_list("committee__path", "year", "quarter", "act_id")


def _late(line: Line, of: Account, marks: Marks) -> bool:
    quarter = (line.day.month + 2) // 3
    closed = [marks.get((of.committee, line.day.year, n)) for n in (quarter, 0)]
    return any(upto is not None and line.entry.act_id > upto for upto in closed)


def simulate(committee: Committee, changed: Tariff, year: int, *, actor: Actor) -> Trial:
    """What a changed tariff would make of a committee's acts of a year, beside the one in force at its end:
    either as the books would say it by this one alone, with all that was put right since. Writes nothing.
    Unseen but for the committee's own officers."""
    if not rules.tries(actor, committee.path):
        raise Unseen(committee.code)
    first, last = date(year, 1, 1), date(year, 12, 31)
    before = inforce.on(last, committee.path)
    now, then = OnTrial(before) if before else None, OnTrial(changed)
    books = [one for one in (now, then) if one]
    wanted = {UPHELD, *deeds.wanted([one.by for one in books])}
    # What was done in the year may be put right after it.
    ticked = Q(name=deeds.CAME, facts__after_record=True)
    till = Q(at__lt=clock.end_of(last)) | Q(name__in=LATER) | ticked
    acts = Act.objects.filter(
        till, committee=committee.path, name__in=wanted, at__gte=clock.start_of(first)
    )  # fmt: skip
    for some in deeds.batches(acts):
        for act in some.acts:
            for one in books:
                one.put(act, some)
    held = Post.objects.filter(
        Q(until=None) | Q(until__gte=first), role=Role.MEMBER, committee=committee, since__lte=last
    )
    members = set(held.values_list("holder__key", flat=True))
    return compare(before, changed, year, now.marks(year) if now else {}, then.marks(year), members)


def years_to_try() -> list[int]:
    """The newest first."""
    this: int = clock.today().year
    return [this, this - 1, this - 2]


def year_to_try(committee: str) -> int:
    """The year on which a trial opens: the last one, where members did then what some preset speaks of."""
    this: int = clock.today().year
    first, last = date(this - 1, 1, 1), date(this - 1, 12, 31)
    acts = Act.objects.filter(name__in=deeds.wanted(tariffs()), committee=committee)
    done = acts.filter(at__gte=clock.start_of(first), at__lt=clock.end_of(last)).exists()
    return this - 1 if done else this


def _run(lines: list[Line], balance: int) -> list[Line]:
    """The same lines by day, each with the balance after it."""
    found = []
    for line in sorted(lines, key=lambda one: (one.entry.act_at, one.entry.act_id)):
        balance += line.points
        found.append(replace(line, balance=balance))
    return found


def act_words(name: str) -> str:
    """How a page says what happened."""
    kind = declared().get(name)
    return str(kind.words) if kind else name
