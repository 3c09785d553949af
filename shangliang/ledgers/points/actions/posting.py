"""Posting points: with the act, in its own transaction, and anew from the journal."""

from collections.abc import Iterable
from datetime import date
from functools import cache

from django.db import connection, transaction

from shangliang.base import clock
from shangliang.base.journal.models import Act

from .. import deeds, inforce, tariff
from ..books import Posted, Row, asks
from ..models import Choice, Entry
from ..states import UPHELD
from ..tariff import Tariff

AT, DAY = Row._fields.index("act_at"), Row._fields.index("day")


def post(act: Act) -> None:
    """Post what this act brings. Called by the journal with every act; posting twice changes nothing."""
    if deeds.puts_right(act):  # by the tariff of the day of the record
        by = inforce.on(deeds.day_of(act), act.committee)
    else:
        by = inforce.at(act.at, act.committee)
    rows = Posted().rows(act, deeds.Acts([act]), by)
    if rows:
        Entry.objects.bulk_create([Entry(**row._asdict()) for row in rows], ignore_conflicts=True)


@transaction.atomic
def repost() -> int:
    """Throw all entries away and post every act anew; how many entries there are then.

    The rows are the same as before, their codes too: addresses of entries stay."""
    Entry.objects.all().delete()
    known, day_of = inforce.Known(), dict[tuple[str, date], Tariff | None]()
    books = Posted(known.called)
    chosen = [known.called(code) for code in Choice.objects.values_list("code", flat=True)]
    spoken = [one for one in tariff.tariffs() if one.since] + [one for one in chosen if one]
    for some in deeds.batches(Act.objects.filter(name__in={UPHELD, *deeds.wanted(spoken)})):
        rows: list[Row] = []
        for act in some.acts:
            if asks(act):
                _lay(rows)
                rows = []
            day = deeds.day_of(act)
            if act.committee in known.held:
                moment = clock.end_of(day) if deeds.puts_right(act) else act.at
                by = known.of(act.committee, day, moment)
            elif (key := (act.committee, day)) in day_of:
                by = day_of[key]
            else:
                by = day_of[key] = tariff.on(day, act.committee)
            rows += books.rows(act, some, by, day)
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
