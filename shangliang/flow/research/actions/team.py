"""Who is on the list, and the visits that it rests on."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor

from .. import measure, queries
from ..models import Research, Teammate, Visit
from .parts import again, locked, stated, touch


@transaction.atomic
def name(code: str, *, by: Actor, seen: int | None, member: str, writer: bool) -> Research:
    """Put a member of this committee (a pseudonym) on the list, behind those who stand there: as one of the
    writers, or as who went along. They are told, and may leave it."""
    found = locked(code, "name", by=by, seen=seen)
    if not queries.nameable(found).filter(key=member).exists():
        raise ValidationError({"member": _("选本级政协的一位委员；在名单上的、自己退出的不能再列。")})
    rows = list(found.team.all())
    if len(rows) >= measure.TEAM:
        raise ValidationError({"member": _("名单最多 30 位。")})
    last = {"number": max((one.number for one in rows), default=0) + 1, "writer": writer}
    Teammate.objects.update_or_create(
        research=found, person=member, defaults={**last, "left_on": None, "dropped": False}
    )
    again(found)
    return touch(found, "name", by=by, seen=seen, member=member, writer=writer)


@transaction.atomic
def drop(code: str, *, by: Actor, seen: int | None, member: str) -> Research:
    """The lead writer takes somebody off the list, who may have written with them: nobody of whom it is true
    looks it over or signs it (`rules.concerned`)."""
    found = locked(code, "drop", by=by, seen=seen)
    row = found.team.filter(person=member, left_on=None).first()
    if row is None:
        raise NotNow(_("这位委员已经不在名单上。"))
    row.left_on, row.dropped = clock.today(), True
    row.save(update_fields=["left_on", "dropped"])
    again(found)
    return touch(found, "drop", by=by, seen=seen, member=member)


@transaction.atomic
def leave(code: str, *, by: Actor, seen: int | None) -> Research:
    """Whoever is named leaves the list, before it is handed in; nobody names them again."""
    found = locked(code, "leave", by=by, seen=seen)
    touch(found, "leave", by=by, seen=seen, member=found.person)
    found.team.filter(person=by.key).update(left_on=clock.today())
    again(found)
    return found


@transaction.atomic
def add_visit(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    activity: str = "",
    on: date | None = None,
    place: str = "",
    whom: str = "",
) -> Visit:
    """Write down a visit: an activity on record (its code), or day, place and with whom. An activity is taken
    once."""
    found = locked(code, "add_visit", by=by, seen=seen)
    if found.visits.count() >= measure.VISITS:
        raise ValidationError({"place": _("最多记 40 次走访。")})
    made = _from_activity(found, activity, by) if activity else _plain(found, on, place, whom)
    made.save(force_insert=True)
    touch(found, "add_visit", by=by, seen=seen, activity=activity or None)
    return made


def _from_activity(found: Research, code: str, by: Actor) -> Visit:
    held = queries.activity(code, found, by)
    if held is None:
        raise ValidationError({"activity": _("从列着的活动里选：办过了、记录了的才算。")})
    if found.visits.filter(activity=held).exists():
        raise ValidationError({"activity": _("这次活动已经记过了。")})
    day = clock.local_day(held.starts_at)
    return Visit(research=found, activity=held, day=day, place=held.place[:100], whom=held.title[:100])


def _plain(found: Research, on: date | None, place: str, whom: str) -> Visit:
    if on is None or on > clock.today():
        raise ValidationError({"on": _("写明哪天去的，不能在今天以后。")})
    place = stated("place", place, _("写明去了哪里。"), most=100)
    whom = stated("whom", whom, _("写明和谁谈的：单位、村组就行，不写群众姓名。"), most=100)
    return Visit(research=found, day=on, place=place, whom=whom)


@transaction.atomic
def drop_visit(code: str, *, by: Actor, seen: int | None, visit: str) -> Research:
    found = locked(code, "drop_visit", by=by, seen=seen)
    if not found.visits.filter(code=visit).delete()[0]:
        raise NotNow(_("这次走访已经去掉了。"))
    return touch(found, "drop_visit", by=by, seen=seen)
