"""Reads of what readers reported. Who may look at it is asked by the thing's own package."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from .. import clock
from ..charts.errors import one_of
from ..people import queries as people
from ..people.actor import Actor
from ..people.models import Post, Role
from ..prepared import Prepared
from . import rules
from .models import Report, ReportState, Review


def decider_above(thing: Any) -> str:
    """The path of the committee whose officer decides an appeal: the nearest above with an officer, when here
    only who withheld it, wrote it or wrote it down could look it over. Empty: somebody else is here, or
    nobody is above either."""
    held = _held_apart(thing)
    here = Q(role=Role.OFFICER, committee__path=thing.committee_path)
    if thing.studio_code:
        here |= Q(role__in=[Role.CONVENER, Role.DEPUTY], studio=thing.studio_code)
    return "" if held.filter(here).exists() else _nearest(thing, held)


def nearest_above(thing: Any) -> str:
    """The path of the nearest committee above with an officer who may decide an appeal; empty: none has."""
    return _nearest(thing, _held_apart(thing))


def _held_apart(thing: Any) -> QuerySet[Post]:
    """Posts held now by anybody but who withheld it, wrote it or wrote it down."""
    apart = {thing.withheld_by, thing.author_key, getattr(thing, "recorded_by", "")}
    held = Post.objects.filter(people.held_on(clock.today()), holder__is_active=True)
    return held.exclude(holder__key__in=apart)


def _nearest(thing: Any, held: QuerySet[Post]) -> str:
    codes = thing.committee_path.strip("/").split("/")[:-1]
    paths = ["/".join(codes[:n]) + "/" for n in range(len(codes), 0, -1)]
    officers = held.filter(role=Role.OFFICER, committee__path__in=paths)
    there = set(officers.values_list("committee__path", flat=True))
    return next((path for path in paths if path in there), "")


def appealed_to(actor: Actor) -> Q:
    """Which things of a package were sent up to this actor's committee to be decided."""
    paths = actor.paths(Role.OFFICER)
    apart = Q(withheld_by=actor.key)
    return Q(review=Review.APPEALED, appeal_above__in=paths) & ~apart if paths else Q(pk__in=())


def appeals_due(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of the things of a package those whose appeal is to be answered today, or was before; oldest first."""
    return rows.filter(review=Review.APPEALED, appeal_due__lte=clock.today()).order_by("appeal_due", "pk")


def visible_to(actor: Actor) -> QuerySet[Report]:
    """What this actor may look at again: an officer's committee, a convener's or a deputy's studio."""
    mine = Q(committee__path__in=actor.paths(Role.OFFICER)) | Q(
        studio__in=actor.studios(Role.CONVENER, Role.DEPUTY) - {""}
    )
    return Report.objects.filter(mine).select_related("committee")


def lock(code: str, by: Actor) -> Report:
    """Unseen if there is none, or none for this actor to know of."""
    return one_of(visible_to(by).select_for_update(of=("self",)), code)


def told(thing: Any, actor: Actor) -> list[Report]:
    """What readers say of a thing, to whoever looks it over; never to who wrote it, or wrote it down."""
    if not rules.looks_over(actor, thing):
        return []
    kind, _colon, item = thing.subject.partition(":")
    return _told(actor, kind, item=item)


@Prepared
def _told(actor: Actor, kind: str, *, item: str) -> QuerySet[Report]:
    return _open(kind, item).filter(pk__in=visible_to(actor).values("pk"))


def reports(thing: Any) -> QuerySet[Report]:
    """What is open of a thing, the oldest first."""
    kind, _colon, item = thing.subject.partition(":")
    return _open(kind, item)


def _open(kind: str, item: str) -> QuerySet[Report]:
    rows = Report.objects.filter(kind=kind, item=item, state=ReportState.OPEN)
    return rows.select_related("committee").order_by("pk")


def reported(kind: str) -> QuerySet[Report, str]:
    """The codes of the things of a kind of which something is open."""
    return Report.objects.filter(kind=kind, state=ReportState.OPEN).values_list("item", flat=True)


def words_kept_since(before: datetime) -> QuerySet[Report]:
    """Reports settled before that moment whose words are still kept."""
    return Report.objects.filter(settled_at__lt=before, words__isnull=False)
