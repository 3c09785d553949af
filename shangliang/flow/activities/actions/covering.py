"""Faces, plates and papers on the photos of a record are covered before they are shown."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.flow.voices.pictures import Box

from .. import pictured, queries
from ..models import Activity, CoveredPhoto, State


@transaction.atomic
def cover(
    code: str, photo: str, copy: files.Ready, *, by: Actor, seen: int | None, boxes: Sequence[Box]
) -> CoveredPhoto:
    """From now on this copy stands in the photo's place, on the public page too. `copy`: `files.cover` with
    the same boxes, drawn before the transaction. Covered again, the copy before it is gone. `seen` is the
    activity's version."""
    found = queries.lock(code, by)
    pictured.check(found, by=by, seen=seen)
    _file, before = pictured.original(found, photo)
    if not boxes:
        raise ValidationError(_("至少盖一处；都不用盖的，不用画。"))
    if before:
        files.put_back(photo, before.code)
        before.delete()
    row = CoveredPhoto.objects.create(
        activity=found, photo=photo, code=copy.code, boxes=[list(box) for box in boxes], by=by.key,
        at=clock.now(),
    )  # fmt: skip
    files.stand_in(photo, copy, away=pictured.away(found), by=by)
    _journal("activity_photo_covered", found, by, boxes=len(boxes))
    return row


@transaction.atomic
def uncover(code: str, photo: str, *, by: Actor, seen: int | None) -> None:
    """The photo as it was comes back to its place. NotNow while it is published, and for one that is not
    covered."""
    found = queries.lock(code, by)
    pictured.check(found, by=by, seen=seen)
    if found.state == State.PUBLISHED:
        raise NotNow(_("已经公开了。先收回，再去掉照片上的遮盖。"))
    _file, row = pictured.original(found, photo)
    if row is None:
        raise NotNow(_("这张照片没有盖。"))
    files.put_back(photo, row.code)
    row.delete()
    _journal("activity_photo_uncovered", found, by)


def _journal(act: str, found: Activity, by: Actor, **facts: int) -> None:
    found.version, found.last_at = found.version + 1, clock.now()  # a page drawn before showed other photos
    found.save(update_fields=["version", "last_at"])
    record(
        act, subject=found.subject, committee=found.committee_path, studio=found.studio_code, by=by,
        facts=dict(facts),
    )  # fmt: skip
