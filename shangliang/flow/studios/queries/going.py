"""What is asked of studios on their way onto the net: who decides, what was said, whose year is over."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.prepared import Prepared

from .. import levels
from ..models import Application, Decision, Online, State, Studio
from .counts import COUNTS, Count
from .of_studios import from_below, studios

SOON = timedelta(days=30)  # a re-check is listed so long before its day


def waiting_for_approval(actor: Actor) -> QuerySet[Studio]:
    """Applications that wait for this leader, or for this officer of a city or province, the oldest studio
    first."""
    return studios().filter(
        Q(online=Online.APPLIED, committee__path__in=actor.paths(Role.LEADER)) | from_below(actor)
    )


def decides_for_others(actor: Actor) -> bool:
    """Whether this actor sits in an office that decides on studios of committees below it."""
    return any(path.count("/") in levels.DEPTHS.values() for path in actor.paths(Role.OFFICER))


def applications(rows: Iterable[Studio]) -> dict[str, list[Application]]:
    """Studio code → its applications with what each level said, the latest first; two queries for all."""
    known = {row.pk: row for row in rows}
    found: dict[str, list[Application]] = {}
    for one in _applications(studios=tuple(known)):
        one.studio = known[one.studio_id]
        found.setdefault(one.studio.code, []).append(one)
    return found


@Prepared
def _applications(*, studios: tuple[int, ...]) -> QuerySet[Application]:
    said = Prefetch("decisions", Decision.objects.order_by("pk"))
    return Application.objects.filter(studio__in=studios).prefetch_related(said).order_by("-pk")


def counted(application: Application) -> list[tuple[Count, int]]:
    """The numbers that an application kept, each with what it counts."""
    return [(COUNTS[key], n) for key, n in application.counts if key in COUNTS]


def last_application(studio: Studio) -> Application | None:
    return Application.objects.filter(studio=studio).order_by("-pk").first()


def rechecks_due(actor: Actor, day: date | None = None) -> QuerySet[Studio]:
    """The studios of this officer's committees whose year on the net is over on a day (today), or will be
    within a month; the longest overdue first."""
    own = actor.paths(Role.OFFICER, Role.AUDITOR)
    return rechecks_near(day).filter(committee__path__in=own).order_by("recheck_due", "pk")


def rechecks_near(day: date | None = None) -> QuerySet[Studio]:
    """The same of every committee."""
    last = (day or clock.today()) + SOON
    return studios().filter(online=Online.ONLINE, recheck_due__lte=last)


def gone(code: str) -> Studio | None:
    """A studio that has no door now though its code hangs on one: suspended, or closed after it was online.
    None for one that was never public, and for one whose page was taken off the net."""
    return next(iter(_gone(code=code)), None)


@Prepared
def _gone(*, code: str) -> QuerySet[Studio]:
    hung = Q(online=Online.ONLINE, state=State.SUSPENDED) | Q(state=State.CLOSED, was_online=True)
    return studios().filter(hung, code=code).order_by()


def successor_of(studio: Studio) -> Studio | None:
    """The studio that took over, if anybody may see it."""
    if not studio.successor:
        return None
    return studios().filter(code=studio.successor, online=Online.ONLINE).first()
