"""Who was there, put right after the check-in: one is struck, another is added, each with a reason."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.people.personal import keyring
from shangliang.base.people.personal.fields import draw_key
from shangliang.base.places.models import Committee

from .. import queries
from ..models import Activity, Participation, Standing, State
from ..states import PARTICIPATION
from .joining import fresh, of_record

SHORTEST, LONGEST = 4, 200


@transaction.atomic
def strike(code: str, *, by: Actor, person: str, words: str) -> Participation:
    """Somebody (a pseudonym) who checked in was not there, with the reason, which they read; also once it is
    published or filed. What being there brought is taken back by entries of this act.

    NotNow for who did not come, and for the last whom a record names."""
    found = queries.lock(code, by)
    row = queries.part(found, person) or fresh(found, person)
    PARTICIPATION.check("strike", row, by=by, seen=None)
    if found.state != State.ANNOUNCED and queries.standings([found])[found.pk][Standing.CAME] < 2:
        raise NotNow(_("记录里至少要有一位到了的委员：先补上到了的，再划掉这一位。"))
    _put(found, row, words, lead=False)
    return PARTICIPATION.move("strike", row, by=by, seen=None, member=person, **of_record(found))


@transaction.atomic
def add(code: str, *, by: Actor, person: str, words: str, lead: bool = False) -> Participation:
    """A member (a pseudonym) was there, and the record does not say so, with the reason, which they read;
    `lead`: they led it. It brings what the record would have brought them, for the day of the record.

    Before it is recorded whoever was struck comes back this way; points and who led, the record brings.
    NotNow for others before there is a record, and for who is in it. ValidationError for who is no member."""
    found = queries.lock(code, by)
    row = queries.part(found, person)
    if row:
        PARTICIPATION.check("add", row, by=by, seen=None)
    else:
        row = fresh(found, person)
        PARTICIPATION.check_new("add", row, by=by)
    if found.recorded_on is None and (row is None or row.state != Standing.STRUCK):
        raise NotNow(_("还没有记录：到了的，照名单签到。"))
    if found.state == State.CANCELLED:
        raise NotNow(_("这场活动取消了。"))
    if not queries.are_members([person]):
        raise ValidationError({"person": _("补上的要是委员。")})
    lead = lead and found.recorded_on is not None
    _put(found, row, words, lead=lead)
    facts: dict[str, Any] = {"member": person, "kind": found.kind}
    if found.recorded_on is not None:  # before, nobody is named: the record will do it
        facts |= {"lead" if lead else "members": [person], **of_record(found)}
    if row.pk is None:
        return PARTICIPATION.start("add", row, by=by, **facts)
    return PARTICIPATION.move("add", row, by=by, seen=None, **facts)


def _put(found: Activity, row: Participation, words: str, *, lead: bool) -> None:
    words = words.strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise ValidationError({"words": _("写一句为什么，4 到 200 个字，本人看得到。")})
    try:
        draw_key(row)
    except keyring.Erased:
        raise NotNow(_("这位委员注销了账号，记录照原样留着。")) from None
    row.correction, row.lead = words, lead
    # An upheld doubt and a closing of quarters hold this row too: none of the three counts an entry twice.
    Committee.objects.select_for_update().get(pk=found.committee_id)
