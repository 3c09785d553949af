"""Whoever looks the public wording over chooses which photos are shown with it, black where they say."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor

from .. import pictures, queries
from ..models import ShownPhoto, Voice
from ..queries import pictured

LONGEST = 100


@transaction.atomic
def show_photo(
    code: str,
    photo: str,
    copy: files.Ready,
    *,
    by: Actor,
    seen: int | None,
    boxes: Sequence[pictures.Box],
    alt: str = "",
) -> ShownPhoto:
    """Everybody sees this copy of the photo, once the wording is shown. `copy`: `files.cover` with the same
    boxes, drawn before the transaction. Shown again with other boxes, the copy before it is gone. `seen` is
    the review's own version."""
    voice = queries.lock(code, by)
    pictured.check(voice, by=by, seen=seen)
    pictured.original(voice, photo)
    if len(alt.strip()) > LONGEST:
        raise ValidationError({"alt": _("最多 100 个字。")})
    _discard(ShownPhoto.objects.filter(voice=voice, photo=photo))
    row = ShownPhoto(
        voice=voice, photo=photo, code=copy.code, boxes=[list(box) for box in boxes], alt=alt.strip(),
        by=by.key, at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    files.keep([copy], subject=row.subject, by=by)
    _journal("photo_shown", voice, by, boxes=len(boxes))
    return row


@transaction.atomic
def hide_photo(code: str, photo: str, *, by: Actor, seen: int | None) -> None:
    """The photo is shown no more: its copy is gone, the photo stays where it was. NotNow if it is not
    shown."""
    voice = queries.lock(code, by)
    pictured.check(voice, by=by, seen=seen)
    if not _discard(ShownPhoto.objects.filter(voice=voice, photo=photo)):
        raise NotNow(_("这张照片没有公开。"))
    _journal("photo_hidden", voice, by)


def hide_all(voice: Voice) -> None:
    """The author takes their words back, and what was shown with them: no act of its own."""
    _discard(ShownPhoto.objects.filter(voice=voice))


def forget(voice: Voice) -> list[str]:
    """Copies go with their author; their files."""
    rows = ShownPhoto.objects.filter(voice=voice)
    found = files.drop([row.subject for row in rows])
    rows.delete()
    return found


def _discard(rows: QuerySet[ShownPhoto]) -> int:
    files.discard([row.subject for row in rows])
    return rows.delete()[0]


def _journal(act: str, voice: Voice, by: Actor, **facts: int) -> None:
    voice.review_version += 1  # a page of the review drawn before showed other photos
    voice.save(update_fields=["review_version"])
    record(
        act, subject=voice.subject, thread=voice.thread, committee=voice.committee_path,
        studio=voice.studio_code, by=by, facts=dict(facts),
    )  # fmt: skip
