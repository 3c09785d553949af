"""Members are invited, sign up, wait for a place, ask for leave, say that they have studied."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import CLOCK, Actor

from .. import queries
from ..models import Activity, Participation, Standing, State
from ..states import PARTICIPATION

MOST = 300  # invited at a time


def fresh(activity: Activity, person: str) -> Participation:
    return Participation(activity=activity, person=person, queued_at=clock.now())


def of_record(activity: Activity) -> dict[str, str]:
    """What an act that puts a record right says of it: the kind of activity, and for which day it counts.
    Nothing before there is a record."""
    day = activity.recorded_on
    return {"kind": activity.kind, "for_day": day.isoformat()} if day else {}


@transaction.atomic
def invite(code: str, *, by: Actor, people: Iterable[str]) -> int:
    """Invite members (pseudonyms), of other studios, sectors and committees too; how many were not on the
    list yet. NotNow once it is over. ValidationError for who is no member."""
    found = queries.lock(code, by)
    wanted = list(dict.fromkeys(people))
    PARTICIPATION.check_new("invite", fresh(found, ""), by=by)
    if found.state not in (State.PLANNED, State.ANNOUNCED):
        raise NotNow(_("活动办过了，或者取消了，不再请人。"))
    if not wanted or len(wanted) > MOST:
        raise ValidationError({"people": _("选上要请的委员，一次最多 %(n)s 位。") % {"n": MOST}})
    if not queries.are_members(wanted):
        raise ValidationError({"people": _("请的要是委员。")})
    known = {part.person for part in queries.parts(found)}
    new = [person for person in wanted if person not in known]
    for person in new:
        PARTICIPATION.start("invite", fresh(found, person), by=by, member=person)
    return len(new)


@transaction.atomic
def sign_up(code: str, *, by: Actor) -> Participation:
    """Sign up, or wait for a place where there is none or others wait. Twice is once. Until it begins."""
    found = _ahead(code, by)
    row = queries.part(found, by.key)
    if row and row.state in (Standing.SIGNED, Standing.WAITING, Standing.CAME):
        return row
    move = "wait" if queries.full(found) or queries.first_waiting(found) else "sign_up"
    if row is None:
        return PARTICIPATION.start(move, fresh(found, by.key), by=by, member=by.key)
    row.queued_at = clock.now()
    return PARTICIPATION.move(move, row, by=by, seen=None, member=by.key)


@transaction.atomic
def ask_leave(code: str, *, by: Actor, reason: str) -> Participation:
    """Ask for leave with a reason, until it begins; the first who waits moves up by itself."""
    found = _ahead(code, by)
    row = _own(found, by)
    PARTICIPATION.check("ask_leave", row, by=by, seen=None)
    reason = reason.strip()
    if not 2 <= len(reason) <= 200:
        raise ValidationError({"reason": _("写一句为什么来不了。")})
    row.reason = reason
    freed = row.state == Standing.SIGNED
    PARTICIPATION.move("ask_leave", row, by=by, seen=None, member=by.key)
    if freed:
        move_up(found)
    return row


def move_up(found: Activity) -> None:
    """Whoever waits longest gets a place that is free, until all are taken or it begins."""
    while found.starts_at > clock.now() and not queries.full(found):
        first = queries.first_waiting(found)
        if first is None:
            return
        PARTICIPATION.move("move_up", first, by=CLOCK, seen=None, member=first.person)


@transaction.atomic
def study(code: str, *, by: Actor) -> Participation:
    """Say that one has studied what is asked before the activity; check-in asks for it, so until it ends."""
    found = _open(code, by)
    row = _own(found, by)
    PARTICIPATION.check("study", row, by=by, seen=None)
    if row.studied_on:
        return row
    row.studied_on = clock.today()
    return PARTICIPATION.move("study", row, by=by, seen=None)


def _ahead(code: str, by: Actor) -> Activity:
    found = queries.lock(code, by)
    if found.state != State.ANNOUNCED or found.starts_at <= clock.now():
        raise NotNow(_("这场活动现在不报名、不请假：还没有通知，或者已经开始、取消了。"))
    return found


def _open(code: str, by: Actor) -> Activity:
    found = queries.lock(code, by)
    if found.state != State.ANNOUNCED or found.ends_at < clock.now():
        raise NotNow(_("这场活动还没有通知，或者已经过了、取消了。"))
    return found


def _own(found: Activity, by: Actor) -> Participation:
    """One's own part; a fresh one, which no move starts from, for who is not on the list."""
    row = queries.part(found, by.key)
    if row is None:
        raise NotNow(_("您不在这场活动的名单里：开始以前先报名，开始以后请办活动的人在名单上勾。"))
    return row
