"""Posting points: with the act, in its own transaction, and anew from the journal."""

import hashlib

from django.db import transaction

from shangliang.base import clock
from shangliang.base.journal.codes import CROCKFORD
from shangliang.base.journal.models import Act

from . import deeds, tariff
from .models import Entry
from .scoring import Mark


def post(act: Act) -> None:
    """Post what this act brings. Called by the journal with every act; posting twice changes nothing."""
    if entries := _entries(act, deeds.Acts([act])):
        Entry.objects.bulk_create(entries, ignore_conflicts=True)


@transaction.atomic
def repost() -> int:
    """Throw all entries away and post every act anew; how many entries there are then.

    The rows are the same as before, their codes too: addresses of entries stay."""
    Entry.objects.all().delete()
    wanted = {rule.act for one in tariff.tariffs() if one.since for rule in one.rules}
    for some in deeds.batches(Act.objects.filter(name__in=wanted)):
        entries = [entry for act in some.acts for entry in _entries(act, some)]
        Entry.objects.bulk_create(entries, deeds.BATCH, ignore_conflicts=True)
    return Entry.objects.count()


def _entries(act: Act, of: deeds.Acts) -> list[Entry]:
    in_force = tariff.on(clock.local_day(act.at), act.committee)
    return [_entry(act, mark, in_force.name if in_force else "") for mark in of.marks(act, in_force)]


def _entry(act: Act, mark: Mark, by: str) -> Entry:
    rule = mark.rule.name if mark.rule else ""
    return Entry(
        code=_code(act, mark.member, rule), member=mark.member, committee=act.committee, act_id=act.id,
        act_at=act.at, act=act.name, subject=act.subject, rule=rule, tariff=by, points=mark.points,
    )  # fmt: skip


def _code(act: Act, member: str, rule: str) -> str:
    """Reckoned, not drawn, so that posting anew gives the same address; guessing one opens nothing."""
    number = int.from_bytes(hashlib.sha256(f"{act.id} {member} {rule}".encode()).digest()[:8], "big")
    return "".join(CROCKFORD[number >> 5 * i & 31] for i in range(10))
