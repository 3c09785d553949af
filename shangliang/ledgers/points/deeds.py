"""What members did, read from the journal's acts for a tariff: the same for posting, reposting and trying."""

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post, Role
from shangliang.base.people.queries import held_during

from .scoring import Deed, Mark, enter
from .tariff import Tariff


def marks(act: Act, tariff: Tariff | None) -> list[Mark]:
    """The entries that an act brings by a tariff: each member and rule once."""
    if tariff is None:
        return []
    rules = [rule for rule in tariff.rules if rule.act == act.name and rule.takes(act.facts)]
    roles = list(dict.fromkeys(role for rule in rules for role in rule.to))
    day = clock.local_day(act.at)
    deeds = [
        Deed(member, act.name, role, day, act.subject, 1, act.facts, act.id)
        for role in roles
        for member in members(role, act)
    ]
    once = {(mark.member, mark.rule.name): mark for mark in reversed(enter(tariff, deeds)) if mark.rule}
    return list(reversed(once.values()))


def members(role: str, act: Act) -> list[str]:
    """Who did it in this role; each once, in a fixed order. A role that is not named here stands in the act's
    facts under its own name: one pseudonym or a list of them."""
    facts = act.facts
    if role == "present":  # who was there, as the office wrote it down
        return sorted(set(facts.get("members", [])))
    if role == "proposers":  # members whose suggestions the recommendation rests on
        return sorted(set(facts.get("proposers") or facts.get("members") or []))
    if role == "author":  # of a post: named in the facts when a member wrote it
        return [facts["member"]] if facts.get("member") else []
    if role == "raiser":
        return _raiser(act)
    if role == "recorder":  # an officer who writes it down is no member, so gets nothing
        return [act.by] if _is_member(act) else []
    named = facts.get(role) or []
    return [named] if isinstance(named, str) else sorted(set(named))


def _raiser(act: Act) -> list[str]:
    """The member who recommended the topic that was opened: said by the topic's own first act."""
    raised = Act.objects.filter(subject=act.subject, name="topic_raised").order_by("id").first()
    return [raised.by] if raised and raised.facts.get("source") == "member" else []


def _is_member(act: Act) -> bool:
    """On that day: so it is the same when it is posted anew after the post has ended."""
    held = Post.objects.filter(held_during(clock.local_day(act.at)), holder__key=act.by, role=Role.MEMBER)
    return held.exists()
