"""How far studios are with their year's tasks, from the journal and from what they wrote down."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import one_of
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places.models import Committee
from shangliang.base.rulebook import queries as rulebook
from shangliang.base.rulebook.models import Edition

from .. import rules
from ..models import State, Studio, TaskRecord, TaskSheet
from ..tasks import Task, read, stretches
from .counts import COUNTS, Happened, amount, happened, opened_on
from .coverage import TEAM


@dataclass(frozen=True)
class Stretch:
    """A month, a quarter or the year of one task: what is done of it, from the first day to the last."""

    first: date
    last: date
    done: int
    target: int

    @property
    def short(self) -> int:
        return max(0, self.target - self.done)


@dataclass(frozen=True)
class Progress:
    """One task of a studio's year. `now`: the stretch that runs today, none for another year."""

    task: Task
    stretches: Sequence[Stretch]
    today: date

    @property
    def now(self) -> Stretch | None:
        return next((one for one in self.stretches if one.first <= self.today <= one.last), None)

    @property
    def done(self) -> int:
        return sum(one.done for one in self.stretches)

    @property
    def target(self) -> int:
        return sum(one.target for one in self.stretches)

    @property
    def kept(self) -> int:
        """How many stretches have what is asked."""
        return sum(not one.short for one in self.stretches)

    @property
    def missed(self) -> int:
        """How many went by without it."""
        return sum(bool(one.short) and one.last < self.today for one in self.stretches)

    @property
    def due_this_month(self) -> int:
        """How often it is still to be done before this month is over; 0 for what has longer."""
        now = self.now
        ends = now is not None and (now.last.year, now.last.month) == (self.today.year, self.today.month)
        return now.short if now is not None and ends else 0


def sheets(committee: Committee, year: int) -> QuerySet[TaskSheet]:
    """Every edition of a committee's sheet for a year, the latest, which holds, first."""
    rows = TaskSheet.objects.filter(committee=committee, year=year).select_related("rule_edition__rule")
    return rows.defer("rule_edition__text").order_by("-edition")


def sheet(committee: Committee, year: int) -> TaskSheet | None:
    """The sheet that holds for a year; none where none was set."""
    return sheets(committee, year).first()


def citable(committee: Committee, held: TaskSheet | None) -> list[Edition]:
    """The editions that a sheet can name as its basis: of the committee's rules in force, and the one that
    the sheet held names already, though a newer one came."""
    found = rulebook.to_cite(committee)
    named = held.rule_edition if held else None
    return found if named is None or named in found else [named, *found]


def years(committee: Committee) -> list[int]:
    """The years that have a sheet, the latest first."""
    rows = TaskSheet.objects.filter(committee=committee).order_by("-year")
    return list(rows.values_list("year", flat=True).distinct())


def records(studio: Studio, year: int) -> list[TaskRecord]:
    """What a studio wrote down in a year, struck out or not, the latest day first."""
    rows = TaskRecord.objects.filter(studio=studio, day__year=year).select_related("studio__committee")
    return list(rows.order_by("-day", "-pk"))


def visible_records(actor: Actor) -> QuerySet[TaskRecord]:
    """The records of the studios that this actor sits in; those of their committee's office and auditor."""
    seen = Q(studio__code__in=actor.studios(*TEAM))
    seen |= Q(studio__committee__path__in=actor.paths(Role.OFFICER, Role.AUDITOR))
    return TaskRecord.objects.filter(seen).select_related("studio__committee")


def task_record(code: str, actor: Actor) -> TaskRecord:
    """The record, if this actor may see it; Unseen if not."""
    return one_of(visible_records(actor), code)


def lock_record(code: str, by: Actor) -> TaskRecord:
    """The record, locked until the transaction ends. Unseen if `by` may not see it."""
    return one_of(visible_records(by).select_for_update(of=("self",)), code)


def progress(studio: Studio, year: int) -> list[Progress]:
    """A studio's year, task by task; four queries."""
    return of_all([studio], sheet(studio.committee, year), year).get(studio.code, [])


def of_all(rows: Sequence[Studio], held: TaskSheet | None, year: int) -> dict[str, list[Progress]]:
    """Studio code → its year, task by task, for the studios of one committee; three queries for all. A studio
    that never opened, or is closed, is asked nothing."""
    if held is None:
        return {}
    tasks, codes = read(held.items), [one.code for one in rows]
    names = {name for task in tasks if task.count in COUNTS for name in COUNTS[task.count].acts}
    acts = happened(codes, date(year, 1, 1), names) if names else {}
    opened, written = opened_on(codes), _written(rows, year)
    today = clock.today()
    return {
        one.code: [
            _progress(task, year, opened[one.code], acts.get(one.code, ()), written.get(one.pk, ()), today)
            for task in tasks
            if task.is_for(one.kind)
        ]
        for one in rows
        if one.code in opened and one.state != State.CLOSED
    }


def _written(rows: Sequence[Studio], year: int) -> dict[int, list[TaskRecord]]:
    found: dict[int, list[TaskRecord]] = {}
    for row in TaskRecord.objects.filter(studio__in=rows, day__year=year, struck_at=None):
        found.setdefault(row.studio_id, []).append(row)
    return found


def _progress(
    task: Task,
    year: int,
    opened: date,
    acts: Iterable[Happened],
    written: Iterable[TaskRecord],
    today: date,
) -> Progress:
    done = []
    for first, last in stretches(task.period, year, opened):
        if count := COUNTS.get(task.count):
            n = amount(count, acts, first, last)
        else:
            n = sum(row.item == task.key and first <= row.day <= last for row in written)
        done.append(Stretch(first, last, n, task.target))
    return Progress(task, done, today)


def may_see_records(actors: Iterable[Actor], code: str) -> bool:
    """Who opens the evidence of a record: who works on the studio."""
    row = TaskRecord.objects.filter(code=code).select_related("studio__committee").first()
    return row is not None and any(rules.works_on(actor, row.studio) for actor in actors)
