"""What changes figures: the roll-up behind the seals, posting anew, reported totals, evidence."""

from collections import Counter
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.journal import queries as journal
from shangliang.base.journal.models import Act
from shangliang.base.journal.record import record
from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.places.models import Committee

from . import names, rules, subjects
from .metrics import RULES
from .models import Cursor, Evidence, ReportedTotal, Tally

CURSOR = "figures"
NOT_YOURS = gettext_lazy("填报数归本级政协的干部填。")
# bulk_create(update_conflicts=True) would set n, not add to it.
ADD = (
    "INSERT INTO figures_tally (metric, path, day, n) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (metric, path, day) DO UPDATE SET n = figures_tally.n + excluded.n"
)


def roll_up(limit: int = 5000) -> int:
    """Count up to `limit` sealed acts that are not counted yet, and say how many they were. 0: none waits.

    The worker calls it after sealing. The cursor's lock lets one roll-up run at a time; seals are gap-free,
    so nothing is missed and nothing counts twice."""
    if not journal.sealed(_upto(), 1):
        return 0  # before a transaction: on SQLite one would take the write lock for nothing
    with transaction.atomic():
        Cursor.objects.get_or_create(name=CURSOR)
        cursor = Cursor.objects.select_for_update().get(name=CURSOR)
        rows = journal.sealed(cursor.upto, limit)
        if not rows:
            return 0
        _add(act for _number, act in rows)
        cursor.upto = rows[-1][0] + 1
        cursor.save(update_fields=["upto"])
        return len(rows)


@transaction.atomic
def repost() -> int:
    """Throw the tallies away and count every sealed act anew, in one transaction; how many they were.

    Reported totals are no ledger: they stay."""
    Cursor.objects.get_or_create(name=CURSOR)
    cursor = Cursor.objects.select_for_update().get(name=CURSOR)
    Tally.objects.all().delete()
    cursor.upto = 0
    while rows := journal.sealed(cursor.upto, 5000):
        _add(act for _number, act in rows)
        cursor.upto = rows[-1][0] + 1
    cursor.save(update_fields=["upto"])
    return cursor.upto


@transaction.atomic
def report_total(
    committee: Committee,
    metric: str,
    value: int,
    *,
    by: Actor,
    unit: str,
    period: str,
    source: str,
    replaces: str = "",
    **more: Any,
) -> ReportedTotal:
    """Enter a total that a committee reports. `more`: at_least, derived, stated, where, note, source_on.

    NotYours unless an officer of that committee, or the clock (the loader), reports it. ValidationError for
    an unknown metric, or without source or period."""
    if by != CLOCK and not rules.reports(by, committee.path):
        raise NotYours(NOT_YOURS)
    if not names.known(metric):
        raise ValidationError({"metric": _("没有「%(metric)s」这个指标。") % {"metric": metric}})
    mine = ReportedTotal.objects.select_for_update().filter(committee=committee)
    old = mine.filter(code=replaces).first() if replaces else None
    if replaces and (old is None or old.metric != metric):
        raise ValidationError(_("要更正的那一条不在这里。"))
    total = ReportedTotal(
        committee=committee, metric=metric, value=value, unit=unit, period=period.strip(),
        source=source.strip(), reported_by=by.key, reported_at=clock.now(), replaces=old, **more,
    )  # fmt: skip
    total.full_clean(exclude=["committee"])
    total.save(force_insert=True)
    facts = {"metric": metric, "value": value, "unit": unit, "at_least": total.at_least}
    if old:
        facts["replaces"] = old.code
    record("total_reported", subject=total.subject, committee=committee.path, by=by, facts=facts)
    return total


@transaction.atomic
def link_evidence(total: ReportedTotal, subject: str, *, by: Actor) -> Evidence:
    """Link one record ("voice:7k2m…") of the same committee to a total that this committee reported.

    NotYours unless an officer of that committee does it. ValidationError for a record of another committee,
    for none, and when as many are linked as the total says."""
    if by != CLOCK and not rules.reports(by, total.committee_path):
        raise NotYours(NOT_YOURS)
    # Of two links made at once, the second counts the first.
    ReportedTotal.objects.select_for_update().get(pk=total.pk)
    held = Evidence.objects.filter(total=total)
    if kept := held.filter(subject=subject).first():
        return kept
    if subjects.home(subject) != total.committee_path:
        raise ValidationError({"subject": _("只能附本级政协自己的记录；这件不是，或者没有这件。")})
    if not total.in_pieces:
        raise ValidationError(_("这个数不是一件一件数出来的，附不了记录。"))
    if held.count() >= total.value:
        raise ValidationError(_("填报的是 %(m)s，已经附满了。") % {"m": total.value})
    link = Evidence.objects.create(total=total, subject=subject, linked_by=by.key, linked_at=clock.now())
    facts = {"record": subject}
    record("evidence_linked", subject=total.subject, committee=total.committee_path, by=by, facts=facts)
    return link


def _upto() -> int:
    found = Cursor.objects.filter(name=CURSOR).values_list("upto", flat=True).first()
    return found or 0


def _add(acts: Any) -> None:
    sums = _sums(acts)
    with connection.cursor() as cursor:  # sorted, so that two never lock crosswise
        cursor.executemany(ADD, [(*key, n) for key, n in sorted(sums.items())])


def _sums(acts: Any) -> Counter[tuple[str, str, date]]:
    sums: Counter[tuple[str, str, date]] = Counter()
    act: Act
    for act in acts:
        for metric, rule in RULES.get(act.name, ()):
            if not rule.takes(act.facts):
                continue
            day, n = clock.local_day(act.at), rule.counts(act.facts)
            sums[metric.name, act.committee, day] += n
            if metric.parts:
                part = act.facts.get(rule.part or metric.parts, "")
                sums[f"{metric.name}:{part}", act.committee, day] += n
    return sums
