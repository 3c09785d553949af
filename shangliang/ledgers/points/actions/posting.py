"""Posting points: with the act, in its own transaction, and anew from the journal."""

import hashlib
from datetime import date

from django.db import transaction

from shangliang.base import clock
from shangliang.base.journal.codes import CROCKFORD
from shangliang.base.journal.models import Act

from .. import deeds, inforce, tariff
from ..models import Choice, Entry
from ..scoring import Mark
from ..states import UPHELD
from ..tariff import Tariff


def post(act: Act) -> None:
    """Post what this act brings. Called by the journal with every act; posting twice changes nothing."""
    if act.name == UPHELD:
        entries = _corrections(act)
    else:
        entries = _entries(act, deeds.Acts([act]), inforce.at(act.at, act.committee))
    if entries:
        Entry.objects.bulk_create(entries, ignore_conflicts=True)


@transaction.atomic
def repost() -> int:
    """Throw all entries away and post every act anew; how many entries there are then.

    The rows are the same as before, their codes too: addresses of entries stay."""
    Entry.objects.all().delete()
    held, day_of = inforce.held(), dict[tuple[str, date], Tariff | None]()
    chosen = [inforce.chosen(code) for code in Choice.objects.values_list("code", flat=True)]
    known = [one for one in tariff.tariffs() if one.since] + [one for one in chosen if one]
    for some in deeds.batches(Act.objects.filter(name__in={UPHELD, *deeds.wanted(known)})):
        entries = []
        for act in some.acts:
            if act.name == UPHELD:
                entries += _corrections(act)
                continue
            day = clock.local_day(act.at)
            if act.committee in held:
                by = inforce.of(held, act.committee, day, act.at)
            elif (key := (act.committee, day)) in day_of:
                by = day_of[key]
            else:
                by = day_of[key] = tariff.on(day, act.committee)
            entries += _entries(act, some, by)
        Entry.objects.bulk_create(entries, deeds.BATCH, ignore_conflicts=True)
    return Entry.objects.count()


def _entries(act: Act, of: deeds.Acts, by: Tariff | None) -> list[Entry]:
    return [_entry(act, mark, by.name) for mark in of.marks(act, by)] if by else []


def _entry(act: Act, mark: Mark, by: str) -> Entry:
    rule = mark.rule.name if mark.rule else ""
    return Entry(
        code=_code(act, mark.member, rule), member=mark.member, committee=act.committee, act_id=act.id,
        act_at=act.at, act=act.name, subject=act.subject, rule=rule, tariff=by, points=mark.points,
        day=mark.day,
    )  # fmt: skip


def _corrections(act: Act) -> list[Entry]:
    """What an upheld objection posts: the reversal of an entry, a new one, or both, as the act says."""
    said, found = act.facts, []
    if said.get("reverses"):
        found.append(_correction(act, "old", -said["old_points"], said["reverses"]))
    if said.get("new_rule"):
        found.append(_correction(act, "new", said["new_points"], ""))
    return found


def _correction(act: Act, which: str, points: int, reverses: str) -> Entry:
    said = act.facts
    rule = said[f"{which}_rule"]
    return Entry(
        code=_code(act, said["member"], f"{rule} {reverses}".strip()), member=said["member"],
        committee=act.committee, act_id=act.id, act_at=act.at, act=act.name,
        subject=said.get(f"{which}_subject", act.subject), rule=rule, tariff=said[f"{which}_tariff"],
        points=points, day=date.fromisoformat(said[f"{which}_day"]), reverses=reverses,
    )  # fmt: skip


def _code(act: Act, member: str, rule: str) -> str:
    """Reckoned, not drawn, so that posting anew gives the same address; guessing one opens nothing."""
    number = int.from_bytes(hashlib.sha256(f"{act.id} {member} {rule}".encode()).digest()[:8], "big")
    return "".join(CROCKFORD[number >> 5 * i & 31] for i in range(10))
