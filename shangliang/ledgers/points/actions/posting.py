"""Posting points: with the act, in its own transaction, and anew from the journal."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet

from shangliang.base import clock
from shangliang.base.journal.codes import CROCKFORD
from shangliang.base.journal.models import Act

from .. import deeds, inforce, tariff
from ..deeds import Done
from ..models import Choice, Entry
from ..scoring import Mark
from ..states import UPHELD
from ..tariff import Tariff

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


# The acts of an activity that bring something for having been there.
BROUGHT = (deeds.RECORDED, deeds.ADDED, "participation_came", UPHELD)
AT, DAY = Row._fields.index("act_at"), Row._fields.index("day")


def post(act: Act) -> None:
    """Post what this act brings. Called by the journal with every act; posting twice changes nothing."""
    if act.name == UPHELD:
        rows = _corrections(act)
    elif act.name in TAKE_BACK:
        rows = TAKE_BACK[act.name](act)
    elif act.name == deeds.ADDED:
        rows = _added(act)
    else:
        rows = _rows(act, deeds.Acts([act]), inforce.at(act.at, act.committee))
    if rows:
        Entry.objects.bulk_create([Entry(**row._asdict()) for row in rows], ignore_conflicts=True)


@transaction.atomic
def repost() -> int:
    """Throw all entries away and post every act anew; how many entries there are then.

    The rows are the same as before, their codes too: addresses of entries stay."""
    Entry.objects.all().delete()
    held, day_of = inforce.held(), dict[tuple[str, date], Tariff | None]()
    chosen = [inforce.chosen(code) for code in Choice.objects.values_list("code", flat=True)]
    known = [one for one in tariff.tariffs() if one.since] + [one for one in chosen if one]
    for some in deeds.batches(Act.objects.filter(name__in={UPHELD, *deeds.wanted(known)})):
        rows = []
        for act in some.acts:
            if act.name == UPHELD:
                rows += _corrections(act)
                continue
            if act.name in TAKE_BACK:  # it asks what stands by then
                _lay(rows)
                rows = TAKE_BACK[act.name](act)
                continue
            if act.name == deeds.ADDED:
                rows += _added(act)
                continue
            day = clock.local_day(act.at)
            if act.committee in held:
                by = inforce.of(held, act.committee, day, act.at)
            elif (key := (act.committee, day)) in day_of:
                by = day_of[key]
            else:
                by = day_of[key] = tariff.on(day, act.committee)
            rows += _rows(act, some, by, day)
        _lay(rows)
    return Entry.objects.count()


def _lay(rows: Iterable[Row]) -> None:
    """Insert them as they are; those that are there already stay."""
    name, meta, ops = connection.ops.quote_name, Entry._meta, connection.ops
    column = {field.name: field.column for field in meta.concrete_fields}
    columns = ", ".join(name(column[field]) for field in Row._fields)
    places = ", ".join(["%s"] * len(Row._fields))
    moment, day = ops.adapt_datetimefield_value, cache(ops.adapt_datefield_value)
    # The model's own names, which nobody types; whatever a row says is bound.
    into = f"INSERT INTO {name(meta.db_table)} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(
            into,
            [(*row[:AT], moment(row.act_at), *row[AT + 1 : DAY], day(row.day), row.reverses) for row in rows],
        )


def _rows(act: Act | Done, of: deeds.Acts, by: Tariff | None, day: date | None = None) -> list[Row]:
    return [_row(act, mark, by.name) for mark in of.marks(act, by, day)] if by else []


def _row(act: Act | Done, mark: Mark, by: str) -> Row:
    rule = mark.rule.name if mark.rule else ""
    return Row(
        _code(act, mark.member, rule), mark.member, act.committee, act.id, act.at, act.name, act.subject,
        rule, by, mark.points, mark.day,
    )  # fmt: skip


def _corrections(act: Act | Done) -> list[Row]:
    """What an upheld objection posts: the reversal of an entry, a new one, or both, as the act says."""
    said, found = act.facts, []
    if said.get("reverses"):
        found.append(_correction(act, "old", -said["old_points"], said["reverses"]))
    if said.get("new_rule"):
        found.append(_correction(act, "new", said["new_points"], ""))
    return found


def _correction(act: Act | Done, which: str, points: int, reverses: str) -> Row:
    said = act.facts
    rule = said[f"{which}_rule"]
    return Row(
        code=_code(act, said["member"], f"{rule} {reverses}".strip()), member=said["member"],
        committee=act.committee, act_id=act.id, act_at=act.at, act=act.name,
        subject=said.get(f"{which}_subject", act.subject), rule=rule, tariff=said[f"{which}_tariff"],
        points=points, day=date.fromisoformat(said[f"{which}_day"]), reverses=reverses,
    )  # fmt: skip


def _added(act: Act | Done) -> list[Row]:
    """By the tariff of the day of the record."""
    day = deeds.day_of(act)
    return _rows(act, deeds.Acts([act]), inforce.on(day, act.committee), day)


def _struck(act: Act | Done) -> list[Row]:
    """The reversal of whatever stands for having been there, each on the day of what it takes back."""
    rows = _standing(act, BROUGHT).filter(member=act.facts["member"])
    return [_reversal(act, one) for one in rows if _for_being_there(one)]


def _undone(act: Act | Done) -> list[Row]:
    """The same of everybody to whom an outcome brought something, once nobody says it any more."""
    return [_reversal(act, one) for one in _standing(act, (deeds.undone(act),))]


def _standing(act: Act | Done, brought: Iterable[str]) -> QuerySet[Entry]:
    """What these acts brought before and nothing took back since."""
    before = Entry.objects.filter(subject=act.subject, act_id__lt=act.id)
    gone = before.exclude(reverses="").values("reverses")
    rows = before.filter(act__in=brought, reverses="").exclude(code__in=gone)
    return rows.order_by("act_id", "rule", "member")


def _reversal(act: Act | Done, one: Entry) -> Row:
    return Row(
        _code(act, one.member, f"{one.rule} {one.code}"), one.member, act.committee, act.id, act.at, act.name,
        act.subject, one.rule, one.tariff, -one.points, one.day, one.code,
    )  # fmt: skip


def _for_being_there(one: Entry) -> bool:
    """Whoever wrote the record down, and was not there, keeps what the writing brought."""
    known = inforce.called(one.tariff)
    rule = known.rule(one.rule) if known else None
    return rule is None or any(role in deeds.THERE for role in rule.to)


TAKE_BACK: dict[str, Callable[[Act | Done], list[Row]]] = {deeds.STRUCK: _struck, deeds.UNDONE: _undone}


def _code(act: Act | Done, member: str, rule: str) -> str:
    """Reckoned, not drawn, so that posting anew gives the same address; guessing one opens nothing."""
    number = int.from_bytes(hashlib.sha256(f"{act.id} {member} {rule}".encode()).digest()[:8], "big")
    return "".join([PAIRS[number >> at & 1023] for at in (0, 10, 20, 30, 40)])
