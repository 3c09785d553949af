"""Earlier proposals that may say the same, and who hosted them; what the index and an erasure ask."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from shangliang.base import search
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Department
from shangliang.base.prepared import Prepared
from shangliang.base.search.kinds import Row
from shangliang.base.search.queries import Match
from shangliang.flow.reports.models import Written

from ..models import Filed, Handling, Proposal, Rating, Task, Version
from .seen import proposals, ready, visible_to

TEXTS = ("title", "situation", "analysis", "advice", "proposal__code", "proposal__committee")
ALIKE = 12  # that are looked at, to show three
# What nearly every proposal says tells of no likeness.
FORMULA = {"关于", "情况", "建议", "问题", "没有", "提案", "今年"}


def text_of(row: Written) -> str:
    return "\n".join(row.texts)


def similar(of: Proposal, size: int = 3) -> list[Match[Filed]]:
    """Earlier filed proposals of the committee that may say the same, with the words that match. To look at;
    it holds nothing up."""
    rows = Filed.objects.filter(proposal__committee=of.committee).select_related("proposal").only(*TEXTS)
    found = search.similar(
        text_of(of.said), "proposal", of.committee_path, rows, size=size, said=text_of,
        exclude=of.filed.pk if hasattr(of, "filed") else None,
    )  # fmt: skip
    told = [Match(match.item, [word for word in match.words if word not in FORMULA]) for match in found]
    return [match for match in told if match.words]


def outcomes_alike(of: Proposal, actor: Actor) -> list[tuple[Proposal, list[str]]]:
    """The same for who writes: each earlier one that is public or that they read anyhow, and the words."""
    found = similar(of, size=ALIKE)
    rows = visible_to(actor).in_bulk([one.item.proposal_id for one in found])
    ready(rows.values())
    return [(rows[one.item.proposal_id], one.words[:6]) for one in found if one.item.proposal_id in rows][:3]


@Prepared
def _hosts(*, proposals: tuple[int, ...]) -> QuerySet[Handling]:
    rows = Handling.objects.filter(proposal__in=proposals, task=Task.HOST).order_by("pk")
    return rows.exclude(state=Handling.State.RETURNED).select_related("department")


def suggested(of: Proposal) -> tuple[Department, Proposal, list[str]] | None:
    """Who should host it: whoever hosted the earlier one most like it; that one, and the words that match."""
    alike = similar(of, size=5)
    if not alike:
        return None
    asked = tuple(one.item.proposal_id for one in alike)
    hosts = {row.proposal_id: row.department for row in _hosts(proposals=asked)}
    found = next((one for one in alike if one.item.proposal_id in hosts), None)
    if found is None:
        return None
    return hosts[found.item.proposal_id], found.item.proposal, found.words[:6]


def findable() -> Iterator[Row]:
    """What the index holds: every filed text, by keyed tokens."""
    for row in Filed.objects.select_related("proposal__committee").order_by("pk").iterator(chunk_size=500):
        yield Row(row.pk, text_of(row), row.proposal.committee_path, private=True)


def found(asked: str, size: int) -> list[Proposal]:
    """The newest whose filed text has all that is asked, of those that everybody reads, with the keys of
    their titles at hand."""
    rows = Filed.objects.filter(proposal__public=True).select_related("proposal__committee")
    texts, _next = search.newest("proposal", asked, rows, size=size)
    for text in texts:
        text.proposal.filed = text
    return ready([text.proposal for text in texts])


# ── Erasure ──
def locked_of(person: str) -> QuerySet[Proposal]:
    return proposals().select_for_update(of=("self",)).filter(person=person).order_by("pk")


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows of this person; see `people.holders`."""
    mine = {"proposal__person": person}
    return {
        "proposals.Proposal": list(Proposal.objects.filter(person=person)),
        "proposals.Version": list(Version.objects.filter(**mine).select_related("proposal")),
        "proposals.Rating": list(
            Rating.objects.filter(signature__person=person).select_related("signature")
        ),
    }  # fmt: skip
