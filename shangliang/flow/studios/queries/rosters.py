"""What is asked of lists of members."""

from datetime import datetime

from django.db.models import QuerySet

from shangliang.base.charts.errors import one_of
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from ..models import Roster, RosterState


def rosters(actor: Actor) -> QuerySet[Roster]:
    """The lists of this officer's (or auditor's) committees, the newest first, without their rows."""
    paths = actor.paths(Role.OFFICER, Role.AUDITOR)
    found = Roster.objects.filter(committee__path__in=paths).select_related("committee")
    return found.defer("rows").order_by("-at", "-pk")


def roster(code: str, actor: Actor) -> Roster:
    """The list, if this actor may see it; Unseen if not."""
    return one_of(rosters(actor), code)


def lock_roster(code: str, by: Actor) -> Roster:
    """The list with its rows, locked until the transaction ends. Unseen if `by` may not see it."""
    return one_of(rosters(by).defer(None).select_for_update(of=("self",)), code)


def old_rosters(before: datetime) -> QuerySet[Roster]:
    """Lists that were brought before then and taken by nobody."""
    return Roster.objects.filter(state=RosterState.READ, at__lt=before)
