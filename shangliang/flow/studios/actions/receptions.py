"""Receptions written down."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor

from .. import queries, rules
from ..models import Reception
from .page import must_be_open


@transaction.atomic
def hold_reception(
    code: str,
    *,
    by: Actor,
    day: date,
    residents: int,
    members: list[str],
    voices: int | None = None,
    note: str = "",
) -> Reception:
    """Write down a reception: the day, how many residents came, which of the studio's people (pseudonyms)
    were there.

    ValidationError for a day to come, nobody of the studio present, or a studio that is not open."""
    studio = queries.lock(code, by)
    if not rules.receives(by, studio):
        raise NotYours(_("记接待，由这间工作室的召集人、驻室委员或政协干部来办。"))
    must_be_open(studio)
    if day > clock.today():
        raise ValidationError({"day": _("这一天还没到，接待过了再记。")})
    present = sorted(set(members))
    if not present or not set(present) <= {post.holder.key for post in queries.members_of(studio)}:
        raise ValidationError({"members": _("请选到场的委员，至少一位，要是这间工作室的。")})
    reception = Reception(
        studio=studio, day=day, residents=residents, voices=voices, note=note.strip(), members=present,
        by=by.key, at=clock.now(),
    )  # fmt: skip
    reception.full_clean()
    reception.save(force_insert=True)
    record(
        "reception_held",
        subject=reception.subject,
        committee=studio.committee_path,
        studio=studio.code,
        by=by,
        facts={"residents": residents, "members": present, "day": day.isoformat()},
    )
    return reception
