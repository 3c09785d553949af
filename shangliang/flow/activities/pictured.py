"""The photos of a record, those that were covered with the copies that stand in their place."""

from django.utils.translation import gettext as _

from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.files import queries as files
from shangliang.base.files.models import File
from shangliang.base.people.actor import Actor
from shangliang.base.prepared import PartsOf

from . import rules
from .models import Activity, CoveredPhoto, State

AWAY = "activity_covered"  # the kind of subject under which a covered photo lies, with a door of its own
RECORDED = (State.HELD, State.PUBLISHED)


def away(of: Activity) -> str:
    return f"{AWAY}:{of.code}"


_covered = PartsOf(CoveredPhoto, "activity", "pk")


def by_photo(of: Activity) -> list[tuple[File, CoveredPhoto | None]]:
    """Each photo as it was brought, in that order, with its covered copy if it has one."""
    rows = {row.photo: row for row in _covered(of)}
    copies = {row.code for row in rows.values()}
    kept = files.of([of.subject, away(of)])
    found = [file for some in kept.values() for file in some if file.is_picture and file.code not in copies]
    return [(file, rows.get(file.code)) for file in sorted(found, key=lambda file: file.pk)]


def bare(of: Activity) -> list[int]:
    """Which photos of the record show everybody as they are, counted from 1 as `by_photo` lists them; none
    where the kind asks for nobody's consent."""
    if not of.sort.consent:
        return []
    return [number for number, (_file, row) in enumerate(by_photo(of), 1) if row is None]


def original(of: Activity, photo: str) -> tuple[File, CoveredPhoto | None]:
    """One of the record's own photos, with its copy. Unseen if it is none of this activity."""
    for file, row in by_photo(of):
        if file.code == photo:
            return file, row
    raise Unseen(photo)


def check(of: Activity, *, by: Actor, seen: int | None = None) -> None:
    """Ask whether this actor covers photos of it now: an organiser, once it is recorded. NotYours, NotNow."""
    if not rules.organises(by, of):
        raise NotYours(_("这场活动由办它的工作室和本级政协来管。"))
    if of.state not in RECORDED:
        raise NotNow(_("记录过、还没有归档的，才盖照片。"))
    if seen is not None and seen != of.version:
        raise NotNow(CHANGED)


def may_cover(actor: Actor, of: Activity) -> bool:
    return of.state in RECORDED and rules.organises(actor, of)
