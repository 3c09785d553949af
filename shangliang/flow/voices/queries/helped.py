"""Reads of those who were helped to write, and of the same phone that wrote again by itself."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from ..models import Assistance, Settling, Voice
from ..settling import DAYS

NEAREST = 3  # voices of one phone that a new one is laid beside
RECENT = timedelta(days=30)  # so long what was settled stands below the list


def _assistances() -> QuerySet[Assistance]:
    return Assistance.objects.select_related("studio__committee")


def assistance(code: str) -> Assistance | None:
    return _assistances().filter(code=code).first()


def open_of(by: str) -> QuerySet[Assistance]:
    return _assistances().filter(by=by, state=Assistance.State.OPEN)


def running_of(by: str) -> Assistance | None:
    """The help that somebody gives now, in whichever browser it was begun."""
    return open_of(by).filter(until__gt=clock.now()).first()


def runs(code: str) -> bool:
    """Whether this help goes on; it may have been ended in another browser."""
    return Assistance.objects.filter(code=code, state=Assistance.State.OPEN, until__gt=clock.now()).exists()


def overdue() -> QuerySet[Assistance]:
    """Whose thirty minutes are over and nobody ended."""
    return _assistances().filter(state=Assistance.State.OPEN, until__lte=clock.now()).order_by("pk")


def locked_assistance(code: str) -> Assistance:
    return _assistances().select_for_update(of=("self",)).get(code=code)


def lock_assistance(code: str, actor: Actor) -> Assistance:
    """To be changed by whoever works in its studio or office. Unseen to everybody else."""
    row = _assistances().select_for_update(of=("self",)).filter(code=code).first()
    if row is None or not (
        actor.holds(Role.OFFICER, Role.AUDITOR, committee=row.committee_path)
        or actor.holds(Role.CONVENER, Role.DEPUTY, Role.STATIONED, studio=row.studio_code)
    ):
        raise Unseen(code)
    return row


# ── Settling ─────────────────────────────────────────────────────────────────────────────────────────────
def of_phone(committee: int, mark: str) -> list[Voice]:
    """The latest voices written down for somebody with this phone, which are still kept."""
    if not mark:
        return []
    since = clock.now() - timedelta(days=DAYS)
    rows = Voice.objects.filter(committee=committee, phone_mark=mark, left_at__gte=since, erased_on=None)
    return list(rows.order_by("-pk")[:NEAREST])


def _settlings() -> QuerySet[Settling]:
    return Settling.objects.select_related(
        "voice__studio", "voice__committee", "earlier__studio", "earlier__committee"
    )


def settlings(actor: Actor) -> QuerySet[Settling]:
    """Those of the actor's committees, oldest first."""
    paths = actor.paths(Role.OFFICER)
    return _settlings().filter(voice__committee__path__in=paths).order_by("pk")


def waiting(actor: Actor) -> QuerySet[Settling]:
    return settlings(actor).filter(state=Settling.Said.WAITING)


def settled(actor: Actor) -> QuerySet[Settling]:
    """What was settled in the last thirty days, the newest first."""
    since = clock.now() - RECENT
    return settlings(actor).exclude(state=Settling.Said.WAITING).filter(at__gte=since).order_by("-at", "-pk")


def lock_settling(code: str, actor: Actor) -> Settling:
    """To be changed. Unseen unless the actor's office reads both voices."""
    paths = actor.paths(Role.OFFICER, Role.AUDITOR, Role.LEADER)
    rows = _settlings().select_for_update(of=("self",))
    row = rows.filter(code=code, voice__committee__path__in=paths).first()
    if row is None:
        raise Unseen(code)
    return row


def counted_with_another(row: Settling) -> bool:
    """Whether the later voice was settled to be the same as a further one: it is counted off once."""
    same = Settling.objects.filter(voice=row.voice, state=Settling.Said.SAME)
    return same.exclude(pk=row.pk).exists()


def marks_kept_since(before: datetime) -> QuerySet[Voice]:
    """Voices written down so long ago that nobody looks for their phone any more."""
    return Voice.objects.filter(left_at__lt=before).exclude(phone_mark="")


def settlings_kept_since(before: datetime) -> QuerySet[Settling]:
    """Ties of two voices by one phone that have been kept long enough."""
    return Settling.objects.filter(found_on__lt=clock.local_day(before))
