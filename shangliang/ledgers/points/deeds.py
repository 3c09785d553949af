"""What members did, read from the journal's acts for a tariff: the same for posting, reposting and trying."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice

from django.db.models import QuerySet

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.people.models import Post, Role

from .scoring import Deed, Mark, enter
from .tariff import Tariff

BATCH = 2000


class Acts:
    """Some acts, and what else must be known of them: asked once for all of them, and only if a rule asks."""

    def __init__(self, acts: Sequence[Act]) -> None:
        self.acts = acts

    def marks(self, act: Act, tariff: Tariff | None) -> list[Mark]:
        """The entries that one of these acts brings by a tariff: each member and rule once."""
        if tariff is None:
            return []
        rules = [rule for rule in tariff.rules if rule.act == act.name and rule.takes(act.facts)]
        roles = list(dict.fromkeys(role for rule in rules for role in rule.to))
        day = clock.local_day(act.at)
        deeds = [
            Deed(member, act.name, role, day, act.subject, 1, act.facts, act.id)
            for role in roles
            for member in self.members(role, act)
        ]
        once = {(mark.member, mark.rule.name): mark for mark in reversed(enter(tariff, deeds)) if mark.rule}
        return list(reversed(once.values()))

    def members(self, role: str, act: Act) -> list[str]:
        """Who did it in this role; each once, in a fixed order. A role that is not named here stands in the
        act's facts under its own name: one pseudonym or a list of them."""
        facts = act.facts
        if role == "present":  # who was there, as the office wrote it down
            return sorted(set(facts.get("members", [])))
        if role == "proposers":  # members whose suggestions the recommendation rests on
            return sorted(set(facts.get("proposers") or facts.get("members") or []))
        if role == "author":  # of a post: named in the facts when a member wrote it
            return [facts["member"]] if facts.get("member") else []
        if role == "raiser":  # the member who recommended the topic that was opened
            return [self.raisers[act.subject]] if act.subject in self.raisers else []
        if role == "recorder":  # an officer who writes it down is no member, so gets nothing
            return [act.by] if self._is_member(act) else []
        named = facts.get(role) or []
        return [named] if isinstance(named, str) else sorted(set(named))

    @cached_property
    def raisers(self) -> dict[str, str]:
        """Of topics: the member who raised each, as its own first act says."""
        subjects = {act.subject for act in self.acts}
        raised = Act.objects.filter(name="topic_raised", subject__in=subjects).order_by("-id")
        first = {act.subject: act for act in raised}
        return {name: act.by for name, act in first.items() if act.facts.get("source") == "member"}

    @cached_property
    def posts(self) -> dict[str, list[Post]]:
        """Of whoever did one of these acts: the posts as a member that they ever held."""
        held: dict[str, list[Post]] = defaultdict(list)
        rows = Post.objects.filter(role=Role.MEMBER, holder__key__in={act.by for act in self.acts})
        for post in rows.select_related("holder").only("since", "until", "holder__key"):
            held[post.holder.key].append(post)
        return held

    def _is_member(self, act: Act) -> bool:
        """On that day: so it is the same when it is posted anew after the post has ended."""
        day = clock.local_day(act.at)
        return any(post.holds_on(day) for post in self.posts.get(act.by, []))


def batches(acts: QuerySet[Act]) -> Iterator[Acts]:
    """Acts in the order of the journal, some thousands at a time."""
    waiting = acts.order_by("id").iterator(BATCH)
    while some := list(islice(waiting, BATCH)):
        yield Acts(some)
