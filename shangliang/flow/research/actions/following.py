"""After a supervision by study: what was put right, with evidence; it is closed only with that."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor
from shangliang.base.places.queries import departments

from .. import queries
from ..models import Correction, Research
from .parts import locked, past, stated, team, touch


@transaction.atomic
def put_right(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    words: str,
    on: date,
    department: str = "",
    activity: str = "",
    evidence: Sequence[UploadedFile] = (),
) -> Correction:
    """Write down one thing that was put right; its evidence now or later: photos or papers, or an activity on
    record (its code)."""
    found = locked(code, "put_right", by=by, seen=seen)
    to = departments(found.committee).filter(code=department).first() if department else None
    if department and to is None:
        raise ValidationError({"department": _("从列着的单位里选。")})
    made = Correction(
        research=found, words=stated("words", words, _("写明整改了什么。")), on=past(found, on),
        department=to, by=by.key, at=clock.now(),
    )  # fmt: skip
    _shown(made, found, by, activity, evidence)
    made.save(force_insert=True)
    _kept(made, by, evidence)
    touch(found, "put_right", by=by, seen=seen, shown=made.shown_on is not None, **team(found))
    return made


@transaction.atomic
def show(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    correction: str,
    activity: str = "",
    evidence: Sequence[UploadedFile] = (),
) -> Correction:
    """Add evidence to one thing that was put right. ValidationError for none."""
    found = locked(code, "show", by=by, seen=seen)
    row = queries.correction(correction, found)
    if not activity and not evidence:
        raise ValidationError({"evidence": _("附上照片、文件，或者选一次能说明的活动。")})
    if activity and row.activity_id:
        raise NotNow(_("这一项已经有一次活动作凭据了。"))
    _shown(row, found, by, activity, evidence)
    row.save(update_fields=["activity", "shown_on"])
    _kept(row, by, evidence)
    touch(found, "show", by=by, seen=seen)
    return row


def _shown(
    row: Correction, found: Research, by: Actor, activity: str, evidence: Sequence[UploadedFile]
) -> None:
    if activity:
        row.activity = queries.activity(activity, found, by)
        if row.activity is None:
            raise ValidationError({"activity": _("从列着的活动里选：办过了、记录了的才算。")})
    if (activity or evidence) and row.shown_on is None:
        row.shown_on = clock.today()


def _kept(row: Correction, by: Actor, evidence: Sequence[UploadedFile]) -> None:
    if evidence:
        files.keep(list(evidence), subject=row.subject, by=by)


@transaction.atomic
def close(code: str, *, by: Actor, seen: int | None) -> Research:
    """Close a supervision by study. ValidationError while nothing was put right, or something lacks its
    evidence."""
    found = locked(code, "close", by=by, seen=seen)
    rows = queries.corrections(found)
    if not rows:
        raise ValidationError(_("还没有记一项整改，不能办结。记下整改了什么，附上凭据。"))
    if bare := [row.words for row in rows if row.shown_on is None]:
        said = _("有 %(n)s 项整改还没有凭据，不能办结：%(what)s。补上照片、文件或者活动再办结。")
        raise ValidationError(said % {"n": len(bare), "what": "；".join(bare)})
    found.closed_on = clock.today()
    return touch(found, "close", by=by, seen=seen, put_right=len(rows), **team(found))
