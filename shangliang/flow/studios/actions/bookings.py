"""A resident books a time of a reception day, or waits for one; the studio ticks off who came."""

import re
from collections.abc import Iterable
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import record
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.people.models import Erasure
from shangliang.base.people.personal import privacy
from shangliang.base.people.personal.fields import GONE, draw_key
from shangliang.base.people.personal.holders import Left, Trace

from .. import queries, rules, tickets
from ..models import Booking, BookingState, Duty, Slot, Studio
from ..states import BOOKING_CHART
from .page import said

PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,18}[0-9]")  # as at the door


@transaction.atomic
def book(code: str, *, day: date, start: time | None, form_key: str, phone: str = "") -> tuple[Booking, str]:
    """Book a time of a studio's reception day, or, without `start`, a place on the day's waiting list; the
    booking and its code, which is kept nowhere. Whoever books does so as a resident, under a pseudonym of the
    booking's own. The same form gives the same booking again.

    ValidationError for a day or a time that is not to be had; NotNow when the studio receives nobody."""
    studio = _locked(code)
    ticket = tickets.make(form_key)
    if known := queries.by_ticket(ticket):
        return known, ticket
    phone = phone.strip()
    if phone and not PHONE.fullmatch(phone):
        raise ValidationError({"phone": _("这个号码看着不对，查一下；不留也行。")})
    if day not in queries.bookable(studio):
        raise ValidationError({"start": _("这一天不接待，或者还没到能约的时候。另选一天。")})
    booking = Booking(
        studio=studio, day=day, number=queries.next_number_of(studio, day), phone=phone or None,
        code_hash=tickets.digest(ticket), made_at=clock.now(), agreed=privacy.consent("book").mark,
    )  # fmt: skip
    free = {one.start: one for one, is_free in queries.times(studio, day) if is_free}
    if start is None:
        if free:
            raise ValidationError({"start": _("这一天还有空着的时间，选一个就行，不用候补。")})
        return _taken_in("wait", booking), ticket
    if start not in free:
        raise ValidationError({"start": _("这个时间刚被别人约走了，另选一个。")})
    booking.start, booking.end, booking.place = start, free[start].end, free[start].place
    return _taken_in("book", booking), ticket


def _locked(code: str) -> Studio:
    studio = queries.door(code)  # Unseen where there is no door
    Studio.objects.select_for_update().get(pk=studio.pk)
    return queries.door(code)  # anew: it may have been closed while we waited for the row


def _taken_in(move: str, booking: Booking) -> Booking:
    if booking.__dict__["phone"] is not None:
        draw_key(booking)  # commits by itself, before the row that needs it
    try:
        with transaction.atomic():
            return BOOKING_CHART.start(
                move, booking, by=queries.booker(booking), day=booking.day.isoformat(), number=booking.number
            )
    except IntegrityError as twice:  # past every lock: the database itself keeps a time from two
        raise ValidationError({"start": _("这个时间刚被别人约走了，另选一个。")}) from twice


@transaction.atomic
def walk_in(code: str, *, by: Actor) -> Booking:
    """Somebody came without a booking, today: they get the next number."""
    studio = queries.lock(code, by)
    today = clock.today()
    booking = Booking(
        studio=studio, day=today, number=queries.next_number_of(studio, today), made_at=clock.now()
    )
    if not rules.receives(by, studio):
        raise NotYours(_("记谁来了，由这间工作室的召集人、驻室委员或政协干部来办。"))
    if studio.state != "open":
        raise ValidationError(_("这间工作室现在没有开着。"))
    return BOOKING_CHART.start("walk_in", booking, by=by, day=today.isoformat(), number=booking.number)


@transaction.atomic
def cancel(code: str, *, by: Actor, seen: int | None) -> Booking:
    """The resident gives the time back; whoever waits first gets it."""
    booking = queries.lock_booking(code, by)
    moved = BOOKING_CHART.move("cancel", booking, by=by, seen=seen)
    _pass_on(moved)
    return moved


@transaction.atomic
def call_off(code: str, *, by: Actor, seen: int | None, reason: str) -> Booking:
    """The studio takes the time back and says why. Nobody moves up, and nobody else can book it: the
    studio is not there."""
    return _called_off(queries.lock_booking(code, by), said(reason), by=by, seen=seen)


def call_off_all(studio: Studio, *, by: Actor, reason: str) -> int:
    """A studio stops: whoever was to come is told why. How many. Should it receive again on that day, their
    times are free. The caller has asked the rule."""
    coming = queries.still_to_come(studio)
    for booking in coming:
        booking.time_free = True
        _called_off(booking, reason, by=by)
    return len(coming)


def call_off_outside(studio: Studio, slots: Iterable[Slot], *, by: Actor) -> int:
    """The timetable changed to these lines: whoever was to come at a time outside them is told why. How
    many. Should it be turned back, their times are free. The caller has asked the rule."""
    lost = queries.outside(studio, slots)
    for booking in lost:
        booking.time_free = True
        _called_off(booking, _("接待时间改了，那时不再接待。"), by=by)
    return len(lost)


def _called_off(booking: Booking, reason: str, *, by: Actor, seen: int | None = None) -> Booking:
    booking.reason, booking.changed_by_us, booking.told_at = reason, True, None
    return BOOKING_CHART.move("call_off", booking, by=by, seen=seen)


@transaction.atomic
def come(code: str, *, by: Actor, seen: int | None) -> Booking:
    """They are here, on their day."""
    booking = queries.lock_booking(code, by)
    BOOKING_CHART.check("come", booking, by=by, seen=seen)
    if booking.day > clock.today():
        raise ValidationError(_("还没到那一天。"))
    return BOOKING_CHART.move("come", booking, by=by, seen=seen)


@transaction.atomic
def miss(code: str, *, by: Actor, seen: int | None) -> Booking:
    """Their time is over and they did not come. It follows nobody: the next booking knows nothing of it."""
    booking = queries.lock_booking(code, by)
    BOOKING_CHART.check("miss", booking, by=by, seen=seen)
    now = clock.local(clock.now())
    if (booking.day, booking.end or time.max) > (now.date(), now.time()):
        raise ValidationError(_("时间还没过，再等等。"))
    return BOOKING_CHART.move("miss", booking, by=by, seen=seen)


@transaction.atomic
def tell(code: str, *, by: Actor, seen: int | None) -> Booking:
    """Write down that the resident was called about a time that we changed: once, whoever looks at the list.

    NotNow when somebody has told them already, or there is nothing to tell."""
    booking = queries.lock_booking(code, by)
    BOOKING_CHART.check("tell", booking, by=by, seen=seen)
    if not booking.to_tell:
        raise NotNow(_("已经有人打过电话告诉他了，别打第二遍。"))
    booking.told_at = clock.now()
    return BOOKING_CHART.move("tell", booking, by=by, seen=seen)


@transaction.atomic
def reveal_phone(code: str, *, by: Actor, reason: str) -> str:
    """The whole number, for a reason that the resident can read later. ValidationError without one."""
    booking = queries.lock_booking(code, by)
    if not rules.receives(by, booking.studio):
        raise NotYours(_("看号码，由这间工作室的召集人、驻室委员或政协干部来办。"))
    people.reveal(
        booking.subject, person=booking.person, by=by, reason=reason, committee=booking.committee_path,
        studio=booking.studio_code,
    )  # fmt: skip
    return str(booking.phone)


def _pass_on(given_back: Booking) -> None:
    """The first who waits gets a time that was given back and has not passed. The studio's row is locked.

    Where the timetable has shifted since, what was given back may lie across two of today's times."""
    if given_back.start is None or given_back.end is None:
        return
    studio, day = given_back.studio, given_back.day
    while waiting := queries.first_waiting(studio, day):
        free = (one for one, is_free in queries.times(studio, day) if is_free)
        opening = next((one for one in free if one.meets(given_back.start, given_back.end)), None)
        if opening is None:
            return
        waiting.start, waiting.end, waiting.place = opening.start, opening.end, opening.place
        waiting.changed_by_us, waiting.told_at = True, None
        BOOKING_CHART.move("move_up", waiting, by=CLOCK, seen=None)


@transaction.atomic
def erase_booking(code: str, *, by: Actor) -> Erasure:
    """The resident asks that what is kept of them be erased; a time still to come is given back first."""
    booking = queries.lock_booking(code, by)
    if not rules.booked_it(by, booking):
        raise NotYours(_("要删除，请本人用预约码办理。"))
    if booking.state in (BookingState.BOOKED, BookingState.WAITING):
        _pass_on(BOOKING_CHART.move("cancel", booking, by=by, seen=None))
    return people.erase(booking.person, way=Erasure.Way.CODE, by=by)


def forget(person: str) -> Left:
    """Everything that bookings hold of this pseudonym; see `people.holders`."""
    left = Left()
    for booking in queries.of_booker(person):
        left.traces.append(Trace(booking.subject, "", booking.committee_path, booking.studio_code))
        if booking.__dict__["phone"] is not None:
            booking.phone = GONE
        booking.code_hash = f"erased:{booking.code}"
        booking.version += 1
        booking.save(update_fields=["phone", "code_hash", "version"])
    return left


# ── Who is on duty ──
@transaction.atomic
def set_duty(code: str, *, by: Actor, day: date, members: list[str]) -> list[Duty]:
    """Name the members (pseudonyms) on duty on a day, in place of those named before; none: the timetable's.

    ValidationError for a day that has passed, or somebody who does not sit in the studio."""
    studio = queries.lock(code, by)
    if not rules.keeps_page(by, studio):
        raise NotYours(_("排值班，由这间工作室的召集人或政协干部来办。"))
    if day < clock.today():
        raise ValidationError({"day": _("这一天已经过了。")})
    named = list(dict.fromkeys(members))
    if not set(named) <= {post.holder.key for post in queries.members_of(studio)}:
        raise ValidationError({"members": _("值班的要是这间工作室的人。")})
    Duty.objects.filter(studio=studio, day=day).delete()
    rows = Duty.objects.bulk_create(Duty(studio=studio, day=day, person=key) for key in named)
    record(
        "duty_set", subject=studio.subject, committee=studio.committee_path, studio=studio.code, by=by,
        facts={"day": day.isoformat(), "members": named},
    )  # fmt: skip
    return rows
