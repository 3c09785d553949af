"""What is asked of checklists, marks and visits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.base.charts.errors import one_of
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.places.models import Committee

from .. import rules
from ..checklists import Checklist, checklists
from ..models import Inspection, Mark, OwnList, Standing, Studio
from .coverage import TEAM


@dataclass(frozen=True)
class Scored:
    """A checklist as a studio stands against it: each item with its latest mark, if there is one."""

    list: Checklist
    rows: Sequence[tuple[str, Mark | None]]

    @property
    def proven(self) -> int:
        return sum(mark is not None and mark.standing == Standing.PROVEN for _item, mark in self.rows)

    @property
    def all(self) -> int:
        return len(self.rows)


def own_editions(committee: Committee, key: str = "") -> list[OwnList]:
    """The checklists that a committee wrote itself (or one of them), every edition, the latest first."""
    rows = OwnList.objects.filter(committee=committee)
    return list((rows.filter(key=key) if key else rows).order_by("-pk"))


def checklists_of(committee: Committee) -> dict[str, Checklist]:
    """Every checklist that a committee can pick: the presets, then its own in their latest edition; one
    query."""
    found = dict(checklists())
    for one in reversed(own_editions(committee)):
        found[one.key] = Checklist(
            one.key, one.name, committee.office, "own", one.edition, _("%(office)s自己定的") % {
                "office": committee.office
            }, tuple(one.items),
        )  # fmt: skip
    return found


def picked(committee: Committee) -> list[Checklist]:
    """Those that hold for a committee's studios."""
    wanted = set(committee.set("standards"))
    return [one for key, one in checklists_of(committee).items() if key in wanted] if wanted else []


def said_of(committee: Committee) -> str:
    """The checklists that a committee picked, each with the place that it comes from."""
    return "、".join(f"{one.name}（{one.place}）" for one in picked(committee)) or _("还没有选")


def scores(studio: Studio) -> list[Scored]:
    """The studio against each checklist of its committee; two queries."""
    latest: dict[tuple[str, str], Mark] = {}
    for mark in Mark.objects.filter(studio=studio).order_by("pk"):
        latest[mark.standard, mark.item] = mark
    return [
        Scored(one, [(item, latest.get((one.key, item))) for item in one.items])
        for one in picked(studio.committee)
    ]


def marks(studio: Studio, standard: str, item: str) -> list[Mark]:
    """The history of one item, the latest first."""
    rows = Mark.objects.filter(studio=studio, standard=standard, item=item)
    return list(rows.order_by("-pk")[:50])


def inspections(studio: Studio) -> list[Inspection]:
    """The visits, the latest first."""
    rows = Inspection.objects.filter(studio=studio).select_related("studio__committee")
    return list(rows.order_by("-day", "-pk")[:30])


def visible_inspections(actor: Actor) -> QuerySet[Inspection]:
    """The visits to the studios that this actor sits in; those of their committee's office and auditor."""
    seen = Q(studio__code__in=actor.studios(*TEAM))
    seen |= Q(studio__committee__path__in=actor.paths(Role.OFFICER, Role.AUDITOR))
    return Inspection.objects.filter(seen).select_related("studio__committee")


def inspection(code: str, actor: Actor) -> Inspection:
    """The visit, if this actor may see it; Unseen if not."""
    return one_of(visible_inspections(actor), code)


def lock_inspection(code: str, by: Actor) -> Inspection:
    found = inspection(code, by)
    return visible_inspections(by).select_for_update(of=("self",)).get(pk=found.pk)


def may_see_evidence(actors: Iterable[Actor], code: str) -> bool:
    """Who opens the photos and papers of a mark: who works on the studio."""
    mark = Mark.objects.filter(code=code).select_related("studio__committee").first()
    return mark is not None and any(rules.works_on(actor, mark.studio) for actor in actors)


def may_see_repairs(actors: Iterable[Actor], code: str) -> bool:
    """The same for what shows that a finding was put right."""
    visit = Inspection.objects.filter(code=code).select_related("studio__committee").first()
    return visit is not None and any(rules.works_on(actor, visit.studio) for actor in actors)
