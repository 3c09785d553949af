"""What is asked of reception days that residents book, and of who is on duty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from shangliang.base import clock
from shangliang.base.charts.errors import one_of
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Look, Post, Role
from shangliang.base.prepared import Prepared

from .. import tickets
from ..models import HOLDING, Booking, BookingState, Duty, Slot, Studio
from ..timetable import Opening, covers, openings, turns
from .coverage import TEAM


@dataclass(frozen=True)
class Watch:
    """Who is there (pseudonyms, maybe none), from when to when, and where."""

    keys: tuple[str, ...]
    hours: str
    place: str = ""


def on_duty(studio: Studio, slots: Sequence[Slot], day: date | None = None) -> list[Watch]:
    """Who is on duty in a studio on a day (today): the members named for it, else those of the timetable;
    only who holds a seat in the studio on that day."""
    day = day or clock.today()
    seated = _seated(studio, day)
    named = tuple(key for key in duties(studio, day) if key in seated)
    lines = [turn for turn in turns(slots, day, most=24) if turn.day == day]
    if named and not lines:
        return [Watch(named, studio.hours)]
    return [
        Watch(named or tuple(key for key in [turn.slot.duty] if key in seated), turn.hours, turn.slot.place)
        for turn in lines
    ]


def _seated(studio: Studio, day: date) -> set[str]:
    return set(_holders(day, studio=studio.code))


@Prepared
def _holders(day: date, *, studio: str) -> QuerySet[Post, str]:
    held = Post.objects.filter(people.held_on(day), role__in=TEAM, studio=studio)
    return held.values_list("holder__key", flat=True)


def bookable(studio: Studio) -> list[date]:
    """The days that can be booked: those with a line of the timetable, from today on; today while one of its
    times is still to come."""
    if not studio.has_door:
        return []
    today, slots = clock.today(), list(studio.timetable.all())
    last, now = today + timedelta(days=studio.committee.set("booking_days")), _now()
    days = dict.fromkeys(turn.day for turn in turns(slots, most=60) if turn.day <= last)
    left = openings(slots, today, studio.committee.set("booking_minutes"))
    if today in days and not any(datetime.combine(today, one.start) > now for one in left):
        del days[today]
    return list(days)


def _now() -> datetime:
    """The moment as the wall's clock shows it, as a timetable is written."""
    return clock.local(clock.now()).replace(tzinfo=None)


def times(studio: Studio, day: date) -> list[tuple[Opening, bool]]:
    """The times of one day with whether each is free: no minute of it given away, and not past."""
    given = taken(studio, day)
    now = _now()
    return [
        (
            one,
            datetime.combine(day, one.start) > now and not any(one.meets(start, end) for start, end in given),
        )
        for one in openings(studio.timetable.all(), day, studio.committee.set("booking_minutes"))
    ]


def taken(studio: Studio, day: date) -> list[tuple[time, time]]:
    """The stretches of a day, from when to when, that are nobody else's: given away, or called off one by
    one by the studio, which is not there then. The timetable may have shifted since. What fell with the
    whole studio or with its timetable is not among them: whenever that receives again, so do its times."""
    gone = Q(state__in=HOLDING) | Q(state=BookingState.CALLED_OFF, time_free=False)
    rows = Booking.objects.filter(gone, studio=studio, day=day).values_list("start", "end")
    return [(start, end) for start, end in rows if start is not None and end is not None]


def next_number_of(studio: Studio, day: date) -> int:
    """The studio's row must be locked."""
    last = Booking.objects.filter(studio=studio, day=day).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def first_waiting(studio: Studio, day: date) -> Booking | None:
    rows = Booking.objects.filter(studio=studio, day=day, state=BookingState.WAITING)
    return rows.select_related("studio__committee").order_by("number").first()


def visible_bookings(actor: Actor) -> QuerySet[Booking]:
    """One's own, by its code; those of the studios one sits in; those of one's committee's office."""
    seen = Q(studio__code__in=actor.studios(*TEAM))
    seen |= Q(studio__committee__path__in=actor.paths(Role.OFFICER, Role.AUDITOR))
    if actor.kind == "author":
        seen |= Q(code=actor.subject.removeprefix("booking:"), person=actor.key)
    return Booking.objects.filter(seen).select_related("studio__committee")


def booking(code: str, actor: Actor) -> Booking:
    """The booking, if this actor may see it; Unseen if not."""
    return one_of(visible_bookings(actor), code)


def lock_booking(code: str, by: Actor) -> Booking:
    """The booking, and its studio, locked until the transaction ends. Unseen if `by` may not see it."""
    found = booking(code, by)
    Studio.objects.select_for_update().get(pk=found.studio_id)
    return visible_bookings(by).select_for_update(of=("self",)).get(pk=found.pk)


def by_ticket(code: str) -> Booking | None:
    """The booking of a normalised code."""
    rows = Booking.objects.filter(code_hash=tickets.digest(code)).select_related("studio__committee")
    return rows.first()


def opened_booking(code: str, person: str) -> Booking | None:
    """What a code opened before, unless it was erased since."""
    rows = Booking.objects.filter(code=code, person=person).exclude(code_hash__startswith="erased:")
    return rows.select_related("studio__committee").first()


def booker(of: Booking) -> Actor:
    """The actor that a booking's code makes: this booking, and nothing else."""
    return Actor(key=of.person, kind="author", subject=of.subject)


def of_day(studio: Studio, day: date) -> list[Booking]:
    """Everybody of one day: by time, then who waits or walked in, by number."""
    rows = list(Booking.objects.filter(studio=studio, day=day).select_related("studio__committee"))
    return sorted(rows, key=lambda one: (one.start is None, one.start or one.number, one.number))


def still_to_come(studio: Studio) -> list[Booking]:
    """Who has a time, or waits for one, today or later."""
    rows = Booking.objects.filter(
        studio=studio, day__gte=clock.today(), state__in=(BookingState.BOOKED, BookingState.WAITING)
    )
    return list(rows.select_related("studio__committee").order_by("day", "number"))


def outside(studio: Studio, slots: Iterable[Slot]) -> list[Booking]:
    """Who is still to come at a time that these lines of a timetable no longer reach, or waits on a day that
    has no line."""
    lines, now = list(slots), _now()
    return [one for one in still_to_come(studio) if _lost(one, lines, now)]


def _lost(one: Booking, lines: list[Slot], now: datetime) -> bool:
    if one.start is None or one.end is None:
        return not any(turn.day == one.day for turn in turns(lines, one.day, most=1))
    return datetime.combine(one.day, one.start) > now and not covers(lines, one.day, one.start, one.end)


def days_to_tell(studio: Studio) -> set[date]:
    """The days, from today on, on which we called somebody off, or moved them up, whom nobody has phoned
    yet."""
    rows = Booking.objects.filter(
        studio=studio, day__gte=clock.today(), changed_by_us=True, told_at__isnull=True, phone__isnull=False
    )  # fmt: skip
    return {one.day for one in rows if one.to_tell}


def booked_days(studio: Studio) -> dict[date, int]:
    """Day → how many have a time or wait for one, from today on."""
    found: dict[date, int] = {}
    for one in still_to_come(studio):
        found[one.day] = found.get(one.day, 0) + 1
    return found


def duties(studio: Studio, day: date) -> list[str]:
    """The pseudonyms of those named for one day."""
    return _duties(day, studio=studio.pk)


@Prepared
def _duties(day: date, *, studio: int) -> QuerySet[Duty, str]:
    named = Duty.objects.filter(studio=studio, day=day).order_by("pk")
    return named.values_list("person", flat=True)


def looks_at(of: Booking) -> list[Look]:
    return list(people.looks(of.subject))


def looked_at(bookings: Iterable[Booking], by: Actor, since: datetime) -> set[str]:
    """The codes of those whose phone this actor has given a reason to see since then; one query."""
    subjects = {one.subject: one.code for one in bookings}
    rows = Look.objects.filter(subject__in=subjects, by=by.key, at__gte=since)
    return {subjects[subject] for subject in rows.values_list("subject", flat=True)}


# ── What is kept of who booked ──
def of_booker(person: str) -> QuerySet[Booking]:
    return Booking.objects.filter(person=person).select_related("studio__committee")


def own_bookings(person: str) -> dict[str, Iterable[Any]]:
    return {"studios.Booking": of_booker(person)}


def phones_of_past_days(before: datetime) -> QuerySet[Booking]:
    """Bookings of days before then that still have a phone."""
    return Booking.objects.filter(day__lt=clock.local_day(before), phone__isnull=False)
