"""Every read of rules, scoped to the reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import one_of
from shangliang.base.people.actor import STRANGER, Actor
from shangliang.base.people.models import Role
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import below

from . import rules
from .models import Edition, Rule, State
from .values import Value, known


@dataclass(frozen=True)
class Told:
    """A setting at a committee: what holds, and the edition that says so, if one does."""

    value: Value
    says: str
    set_here: bool
    edition: Edition | None


def _rules() -> QuerySet[Rule]:
    return Rule.objects.select_related("committee")


def visible_to(actor: Actor) -> QuerySet[Rule]:
    """Public ones; the rest for the committee's own people. Handlers, neighbours, levels above read what is
    public."""
    return _rules().filter(Q(public=True) | Q(committee__path__in=actor.paths(*rules.INSIDE)))


def rule(code: str, actor: Actor) -> Rule:
    """Unseen if there is none, or none for this actor to know of."""
    return one_of(visible_to(actor), code)


def lock(code: str, by: Actor) -> Rule:
    """The rule, locked until the transaction ends. Unseen if `by` may not see it."""
    return one_of(visible_to(by).select_for_update(of=("self",)), code)


def listed(actor: Actor, *, under: str = "", said: str = "") -> QuerySet[Rule]:
    """Rules of a committee (a path) and below, or of all, whose title has these words; those in force first,
    in the order of the tree."""
    rows = visible_to(actor)
    if under:
        rows = rows.filter(**below(under))
    for word in said.split():
        rows = rows.filter(title__icontains=word)
    return rows.order_by("state", "committee__path", "-pk")


def kept_by(actor: Actor) -> QuerySet[Rule]:
    """The whole book of the committees whose office this is, or that this auditor reads; the newest first."""
    paths = actor.paths(Role.OFFICER, Role.AUDITOR)
    return _rules().filter(committee__path__in=paths).order_by("state", "-pk")


def editions(of: Rule) -> list[Edition]:
    """All of them, the newest first."""
    return list(Edition.objects.filter(rule=of).order_by("-number"))


def current(of: Iterable[Rule], day: date | None = None) -> dict[int, Edition]:
    """Rule's id → the edition that holds on a day (today): the newest that has begun, unless it has ended.
    One query."""
    on = day or clock.today()
    rows = Edition.objects.filter(rule__in=list(of), since__lte=on).defer("text").order_by("number")
    begun = {row.rule_id: row for row in rows}
    return {pk: row for pk, row in begun.items() if row.holds_on(on)}


def to_cite(committee: Committee) -> list[Edition]:
    """The editions that hold today of this committee's own rules in force, by title, each with its rule: what
    its papers can name as their basis. Two queries."""
    rows = _rules().filter(committee=committee, state=State.IN_FORCE)
    known_rules = {row.pk: row for row in rows.order_by("title", "pk")}
    holding = current(known_rules.values())
    found = []
    for pk, row in known_rules.items():
        if edition := holding.get(pk):
            edition.rule = row
            found.append(edition)
    return found


def latest(of: Iterable[Rule]) -> dict[int, Edition]:
    """Rule's id → its newest edition, begun or not. One query."""
    rows = Edition.objects.filter(rule__in=list(of)).defer("text").order_by("number")
    return {row.rule_id: row for row in rows}


def in_force(committee: Committee, actor: Actor = STRANGER) -> list[Told]:
    """Every setting that holds at a committee, each with the rule that governs it: the committee's own before
    that of a level above. Two queries."""
    codes = committee.path.strip("/").split("/")
    line = ["".join(f"{code}/" for code in codes[: depth + 1]) for depth in range(len(codes))]
    rows = visible_to(actor).filter(state=State.IN_FORCE, committee__path__in=line)
    known_rules = {row.pk: row for row in rows.order_by("committee__path", "pk")}
    holding = current(known_rules.values())
    source: dict[str, Edition] = {}
    for pk, row in known_rules.items():  # from the top of the tree down: the nearest is written last
        edition = holding.get(pk)
        if edition:
            edition.rule = row
            source.update(dict.fromkeys(edition.governs, edition))
    return [
        Told(value, value.says(committee), value.set_by(committee), source.get(key))
        for key, value in known().items()
    ]


def may_open(actors: Sequence[Actor], code: str) -> bool:
    """Who opens an edition's paper: whoever sees its rule."""
    found = Edition.objects.filter(code=code).values_list("rule__code", flat=True).first()
    return found is not None and any(visible_to(actor).filter(code=found).exists() for actor in actors)
