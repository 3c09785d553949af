"""Reads of what readers reported. Who may look at it is asked by the thing's own package."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from ..charts.errors import Unseen
from ..people.actor import Actor
from ..people.models import Role
from . import rules
from .models import Report, ReportState


def visible_to(actor: Actor) -> QuerySet[Report]:
    """What this actor may look at again: an officer's committee, a convener's or a deputy's studio."""
    mine = Q(committee__path__in=actor.paths(Role.OFFICER)) | Q(
        studio__in=actor.studios(Role.CONVENER, Role.DEPUTY) - {""}
    )
    return Report.objects.filter(mine).select_related("committee")


def lock(code: str, by: Actor) -> Report:
    """Unseen if there is none, or none for this actor to know of."""
    found = visible_to(by).filter(code=code).select_for_update(of=("self",)).first()
    if found is None:
        raise Unseen(code)
    return found


def told(thing: Any, actor: Actor) -> list[Report]:
    """What readers say of a thing, to whoever looks it over; never to who wrote it, or wrote it down."""
    if not rules.looks_over(actor, thing):
        return []
    return list(reports(thing).filter(pk__in=visible_to(actor).values("pk")))


def reports(thing: Any) -> QuerySet[Report]:
    """What is open of a thing, the oldest first."""
    kind, _colon, item = thing.subject.partition(":")
    rows = Report.objects.filter(kind=kind, item=item, state=ReportState.OPEN)
    return rows.select_related("committee").order_by("pk")


def reported(kind: str) -> QuerySet[Report, str]:
    """The codes of the things of a kind of which something is open."""
    return Report.objects.filter(kind=kind, state=ReportState.OPEN).values_list("item", flat=True)


def words_kept_since(before: datetime) -> QuerySet[Report]:
    """Reports settled before that moment whose words are still kept."""
    return Report.objects.filter(settled_at__lt=before, words__isnull=False)
