"""Posting points: with the act, in its own transaction, and anew from the journal."""

import hashlib

from django.db import transaction

from shangliang.base import clock
from shangliang.base.journal.codes import CROCKFORD
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post, Role
from shangliang.base.people.queries import held_during

from . import tariff
from .models import Entry
from .tariff import Rule

BATCH = 2000


def post(act: Act) -> None:
    """Post what this act brings. Called by the journal with every act; posting twice changes nothing."""
    if entries := _entries(act):
        Entry.objects.bulk_create(entries, ignore_conflicts=True)


@transaction.atomic
def repost() -> int:
    """Throw all entries away and post every act anew; how many entries there are then.

    The rows are the same as before, their codes too: addresses of entries stay."""
    Entry.objects.all().delete()
    wanted = {rule.act for one in tariff.tariffs() for rule in one.rules}
    waiting: list[Entry] = []
    for act in Act.objects.filter(name__in=wanted).order_by("id").iterator(BATCH):
        waiting += _entries(act)
        if len(waiting) >= BATCH:
            Entry.objects.bulk_create(waiting, ignore_conflicts=True)
            waiting = []
    Entry.objects.bulk_create(waiting, ignore_conflicts=True)
    return Entry.objects.count()


def _entries(act: Act) -> list[Entry]:
    day = clock.local_day(act.at)
    in_force = tariff.on(day)
    found = []
    for rule in in_force.rules if in_force else ():
        if rule.act != act.name or not rule.takes(act.facts):
            continue
        members = _members(rule, act)
        found += [
            _entry(act, rule, member, len(members), in_force.name if in_force else "") for member in members
        ]
    return found


def _entry(act: Act, rule: Rule, member: str, among: int, by: str) -> Entry:
    return Entry(
        code=_code(act, member, rule.name), member=member, committee=act.committee, act_id=act.id,
        act_at=act.at, act=act.name, subject=act.subject, rule=rule.name, tariff=by, points=rule.each(among),
    )  # fmt: skip


def _code(act: Act, member: str, rule: str) -> str:
    """Reckoned, not drawn, so that posting anew gives the same address; guessing one opens nothing."""
    number = int.from_bytes(hashlib.sha256(f"{act.id} {member} {rule}".encode()).digest()[:8], "big")
    return "".join(CROCKFORD[number >> 5 * i & 31] for i in range(10))


def _members(rule: Rule, act: Act) -> list[str]:
    """Whose account the points go to, by the tariff's `to`; each once, in a fixed order."""
    facts = act.facts
    if rule.to == "present":  # who was there, as the office wrote it down
        return sorted(set(facts.get("members", [])))
    if rule.to == "proposers":  # members whose suggestions the recommendation rests on
        return sorted(set(facts.get("proposers") or facts.get("members") or []))
    if rule.to == "author":  # of a post: named in the facts when a member wrote it
        return [facts["member"]] if facts.get("member") else []
    if rule.to == "raiser":
        return _raiser(act)
    if rule.to == "recorder":  # an officer who writes it down is no member, so gets nothing
        return [act.by] if _is_member(act) else []
    raise ValueError(f"The tariff's rule {rule.name} gives points to {rule.to!r}: nobody is called so.")


def _raiser(act: Act) -> list[str]:
    """The member who recommended the topic that was opened: said by the topic's own first act."""
    raised = Act.objects.filter(subject=act.subject, name="topic_raised").order_by("id").first()
    return [raised.by] if raised and raised.facts.get("source") == "member" else []


def _is_member(act: Act) -> bool:
    """On that day: so it is the same when it is posted anew after the post has ended."""
    held = Post.objects.filter(held_during(clock.local_day(act.at)), holder__key=act.by, role=Role.MEMBER)
    return held.exists()
