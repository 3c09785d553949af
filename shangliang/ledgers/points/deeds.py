"""What members did, read from the journal's acts for a tariff: the same for posting, reposting and trying."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, cached_property
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post, Role
from shangliang.flow.activities.kinds import kinds

from .lists import plain
from .scoring import Deed, Mark, enter
from .tariff import Rule, Tariff, says

BATCH = 2000
# Who is added to a record later is read as if it had named them; who is struck gives back what it brought,
# and is read as if it had named them away.
RECORDED, ADDED, STRUCK = "activity_recorded", "participation_added", "participation_struck"
CAME = "participation_came"  # also of who was ticked after the record
# An outcome of a report is taken back; the fact `was` says which, `last` that nothing else stands.
UNDONE = "research_taken_back"
THERE = ("present", "lead")  # roles of who was there
AWAY = ("leave", "absent")  # leave is no absence
INVITED = "invited"  # absent where whoever is invited is expected
ONLY = {ADDED: THERE, STRUCK: AWAY}  # of the record's roles, those that putting it right can bring
# What an activity's list last said of somebody → as what they were away.
LISTED = {
    "participation_on_leave": "leave", "participation_signed": "absent", "participation_moved_up": "absent",
    "participation_invited": INVITED, "participation_waits": "",
}  # fmt: skip
LONGEST_KEY = 16  # a pseudonym's, as `Entry.member` has room for


class Done(NamedTuple):
    """An act of the journal, by what a tariff may ask of it: where a million are read."""

    id: int
    name: str
    subject: str
    committee: str
    by: str
    at: datetime
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Reading:
    """How an act of the journal is read for a tariff: `role` there is the role `named` of its act.

    `where`: what its facts must say; `unless`: what they must not. `without`: the act of which the tariff
    must not speak."""

    act: str
    role: str
    named: str
    where: Mapping[str, Any] = field(default_factory=dict)
    unless: Mapping[str, Any] = field(default_factory=dict)
    without: str = ""

    def takes(self, facts: Mapping[str, Any], tariff: Tariff) -> bool:
        rules = tariff.by_act.get(self.act, ())
        if not rules or self.without in tariff.by_act or not says(facts, self.where):
            return False
        if self.unless and says(facts, self.unless):
            return False
        # Who was away is asked of the list: not for nothing. Of other roles it matters who signed along.
        return self.role not in AWAY or any(self.named in rule.to for rule in rules)


@cache
def readings() -> dict[str, list[Reading]]:
    """The journal's acts that are acts of the plain lists too, by their own names (`acts.yaml`)."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for line in plain()["journal"]:
        more = {name: line[name] for name in ("where", "unless", "without") if name in line}
        found[line["act"]] += [
            Reading(line["is"], role, named, **more) for role, named in line["roles"].items()
        ]
    return dict(found)


def wanted(tariffs: Sequence[Tariff]) -> set[str]:
    """The journal's acts of which any of these tariffs speaks."""
    spoken = {rule.act for one in tariffs for rule in one.rules}
    found = spoken | {name for name, read in readings().items() if any(one.act in spoken for one in read)}
    found |= {ADDED, STRUCK, CAME} if RECORDED in found else set()
    return found | {UNDONE} if any(name.startswith("research_") for name in found) else found


def undone(act: Act | Done) -> str:
    """The act whose points this one takes back; "" while somebody else still says the same."""
    return f"research_{act.facts['was']}" if act.facts["last"] else ""


def day_of(act: Act | Done) -> date:
    """The day for which an act counts: its own, or that of the record that it puts right."""
    return date.fromisoformat(act.facts["for_day"]) if puts_right(act) else clock.local_day(act.at)


def puts_right(act: Act | Done) -> bool:
    """Whether it says of a record who was there or was not; before there is one, it does not."""
    return act.name in (ADDED, STRUCK, CAME) and "for_day" in act.facts


def attends(rule: Rule) -> bool:
    """Whether a rule is for having been at an activity."""
    named = {RECORDED, CAME} | {one.act for name in (RECORDED, CAME) for one in readings().get(name, ())}
    return rule.act in named and any(role in THERE for role in rule.to)


def attended(committee: str, *days: date) -> list[str]:
    """The activities of these days at a committee (a path) that were recorded: their subjects. The day is the
    activity's own, or that of its record."""
    days = tuple(day for day in days if day.year >= 2000)  # the first days there are have no beginning in UTC
    if not days:
        return []
    first = clock.start_of(min(days))
    acts = Act.objects.filter(name=RECORDED, committee=committee, at__gte=first).order_by("id")
    said = {day.isoformat() for day in days}
    held = acts.values_list("subject", "at", "facts__day")
    return list(dict.fromkeys(name for name, at, day in held if day in said or clock.local_day(at) in days))


class Acts:
    """Some acts, and what else must be known of them: asked once for all of them, and only if a rule asks."""

    def __init__(self, acts: Sequence[Act | Done]) -> None:
        self.acts = acts

    def marks(self, act: Act | Done, tariff: Tariff | None, day: date | None = None) -> list[Mark]:
        """The entries that one of these acts brings by a tariff: each member and rule once. `day`: the act's
        own, where it is known already."""
        if tariff is None:
            return []
        day = day or day_of(act)
        deeds = [
            Deed(member, name, named, day, act.subject, 1, act.facts, act.id)
            for name, role, named in self._read(act, tariff)
            for member in self.members(role, act)
        ]
        if not deeds:
            return []
        marks = [mark for mark in enter(tariff, deeds) if mark.rule]
        if len(marks) < 2:
            return marks
        once = {(mark.member, mark.rule.name): mark for mark in reversed(marks) if mark.rule}
        return list(reversed(once.values()))

    def _read(self, act: Act | Done, tariff: Tariff) -> Sequence[tuple[str, str, str]]:
        """(act, role in the journal, role of the tariff): by the journal's own name where the tariff has a
        rule for it, else as what the plain lists call it."""
        only = ONLY.get(act.name)
        if only is None and (read := tariff.always.get(act.name)):
            return read
        name = act.name if only is None else RECORDED
        if own := tariff.by_act.get(name):
            roles = dict.fromkeys(role for rule in own if rule.takes(act.facts) for role in rule.to)
            return [(name, role, role) for role in roles if only is None or role in only]
        return [
            (one.act, one.role, one.named)
            for one in readings().get(name, ())
            if (only is None or one.role in only) and one.takes(act.facts, tariff)
        ]

    def members(self, role: str, act: Act | Done) -> list[str]:
        """Who did it in this role; each once, in a fixed order. A role that is not named here stands in the
        act's facts under its own name: one pseudonym or a list of them."""
        facts = act.facts
        if role in AWAY and act.name in (RECORDED, STRUCK):
            return self.away.get(act.id, {}).get(role, [])
        if role == "present":  # who was there, as the office wrote it down
            return _keys(facts.get("members"))
        if role == "proposers":  # members whose suggestions the recommendation rests on
            return _keys(facts.get("proposers") or facts.get("members"))
        if role == "author":  # of a post: named in the facts when a member wrote it
            return _keys(facts.get("member"))
        if role == "raiser":  # the member who recommended the topic that was opened
            return [self.raisers[act.subject]] if act.subject in self.raisers else []
        if role == "recorder":  # an officer who writes it down is no member, so gets nothing
            return [act.by] if self._is_member(act) else []
        return _keys(facts.get(role))

    @cached_property
    def raisers(self) -> dict[str, str]:
        """Of topics: the member who raised each, as its own first act says."""
        subjects = {act.subject for act in self.acts}
        raised = Act.objects.filter(name="topic_raised", subject__in=subjects).order_by("-id")
        first = {act.subject: act for act in raised}
        return {name: act.by for name, act in first.items() if act.facts.get("source") == "member"}

    @cached_property
    def away(self) -> dict[int, dict[str, list[str]]]:
        """Of records, and of who was struck from one: by the act's number, the members who were away in
        either role."""
        asked = [act for act in self.acts if act.name == RECORDED or (act.name == STRUCK and puts_right(act))]
        subjects = {act.subject for act in asked}
        listed = Act.objects.filter(name__in=LISTED, subject__in=subjects).order_by("id")
        lists: dict[str, dict[str, str]] = defaultdict(dict)
        for subject, name, facts in listed.values_list("subject", "name", "facts"):
            lists[subject][facts["member"]] = name
        return {act.id: _away(act, lists.get(act.subject, {})) for act in asked}

    @cached_property
    def posts(self) -> dict[str, list[Post]]:
        """Of whoever did one of these acts: the posts as a member that they ever held."""
        held: dict[str, list[Post]] = defaultdict(list)
        rows = Post.objects.filter(role=Role.MEMBER, holder__key__in={act.by for act in self.acts})
        for post in rows.select_related("holder").only("since", "until", "holder__key"):
            held[post.holder.key].append(post)
        return held

    def _is_member(self, act: Act | Done) -> bool:
        """On that day: so it is the same when it is posted anew after the post has ended."""
        day = clock.local_day(act.at)
        return any(post.holds_on(day) for post in self.posts.get(act.by, []))


def _away(act: Act | Done, listed: Mapping[str, str]) -> dict[str, list[str]]:
    """`listed`: what the list last said of each member."""
    if act.name == STRUCK:
        who = {act.facts["member"]} & set(listed)
    else:
        who = set(listed) - {*_keys(act.facts.get("members")), *_keys(act.facts.get("lead"))}
    kind = kinds().get(act.facts.get("kind", ""))
    found: dict[str, list[str]] = defaultdict(list)
    for member in sorted(who):
        role = LISTED[listed[member]]
        found[AWAY[1] if role == INVITED and kind and kind.expected else role].append(member)
    return found


def _keys(said: Any) -> list[str]:
    """Pseudonyms out of an act's fact, each once. A tariff may ask for a fact that names nobody (a number, a
    sentence): it brings nobody anything, and must not keep the act from being recorded."""
    if isinstance(said, str):
        return [said] if 0 < len(said) <= LONGEST_KEY else []
    named = said if isinstance(said, list) else ()
    return sorted({one for one in named if isinstance(one, str) and 0 < len(one) <= LONGEST_KEY})


def batches(acts: QuerySet[Act]) -> Iterator[Acts]:
    """Acts in the order of the journal, some thousands at a time."""
    waiting = acts.order_by("id").values_list(*Done._fields).iterator(BATCH)
    while some := list(map(Done._make, islice(waiting, BATCH))):
        yield Acts(some)
