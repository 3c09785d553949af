"""Check-in: by the rotating code that the organiser's page shows, and by list. Two scans, one attendance."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import codes, queries, said
from ..models import Activity, Participation, Standing, State
from ..states import PARTICIPATION
from .joining import fresh, of_record

SOON = timedelta(minutes=1)  # a phone's clock may be a little ahead


@transaction.atomic
def arrive(code: str, *, by: Actor, token: str, at: datetime) -> Participation:
    """Check in by the code that was shown at the moment of the scan, `at`, as the phone reports it. What is
    handed in later than ten minutes, since there was no signal, is kept for the organisers: it counts once
    they tick it. Twice is once.

    ValidationError for a code that was not shown then, or where something was to be studied first; NotNow
    once it is recorded."""
    found, now = queries.lock(code, by), clock.now()
    row = queries.part(found, by.key)
    if row and row.state == Standing.CAME:
        return row
    if why := said.no_scan(found, at):
        raise NotNow(why)
    if at > now + SOON or not codes.fits(found.code, token, at):
        raise ValidationError(_("这个码过时了。码半分钟换一次，请再扫一次。"))
    if found.study and not (row and row.studied_on):
        raise ValidationError(
            _("这场活动要先学：%(study)s。学过了，确认一下再签到。") % {"study": found.study}
        )
    row = row or fresh(found, by.key)
    return _keep(row, by) if now - at > codes.AT_ONCE else come(found, row, by, by_code=True)


def _keep(row: Participation, by: Actor) -> Participation:
    """A scan that came late changes nobody's standing; who was on no list is put there to be ticked."""
    row.by_code, row.late = True, True
    if row.pk is None:
        return PARTICIPATION.start("wait", row, by=by, member=row.person, late=True)
    PARTICIPATION.check("come", row, by=by, seen=None)
    row.save(update_fields=["by_code", "late"])
    return row


@transaction.atomic
def tick(code: str, *, by: Actor, people: Iterable[str]) -> int:
    """Check in by list, from the beginning of the day on until it is published or filed; how many are new.
    Whoever holds the list vouches for what was to be studied."""
    found = queries.lock(code, by)
    PARTICIPATION.check_new("invite", fresh(found, ""), by=by)  # the organisers' own rule
    open_now = found.state in (State.ANNOUNCED, State.HELD)
    if not open_now or clock.today() < clock.local_day(found.starts_at):
        raise NotNow(_("活动那天才签到；公开了、归档了的不再签。"))
    return ticked(found, by, people)


def ticked(found: Activity, by: Actor, people: Iterable[str]) -> int:
    """These members came, as the organisers say. ValidationError for who is no member."""
    wanted = list(dict.fromkeys(people))
    if wanted and not queries.are_members(wanted):
        raise ValidationError({"came": _("签到的要是委员。")})
    known = {part.person: part for part in queries.parts(found)}
    new = [one for one in wanted if one not in known or known[one].state != Standing.CAME]
    for person in new:
        row = known.get(person) or fresh(found, person)
        come(found, row, by, by_code=row.late, late=row.late)
    return len(new)


def come(
    found: Activity, row: Participation, by: Actor, *, by_code: bool = False, late: bool = False
) -> Participation:
    row.by_code, row.late = by_code, late
    if found.study and not row.studied_on:
        row.studied_on = clock.today()
    facts: dict[str, Any] = {"member": row.person, "by_code": by_code, "late": late}
    if found.state != State.ANNOUNCED:
        facts["after_record"] = True
        facts["members"] = [row.person]  # the record named who was there; this one is named now
        facts |= of_record(found)
        # An upheld doubt that gave the same holds this row too.
        Committee.objects.select_for_update().get(pk=found.committee_id)
    if row.pk is None:
        return PARTICIPATION.start("come", row, by=by, **facts)
    return PARTICIPATION.move("come", row, by=by, seen=None, **facts)
