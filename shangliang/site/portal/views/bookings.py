"""A resident books a time of a reception day, without an account; the booking's code opens it again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen
from shangliang.base.charts.once import form_key, once, seen
from shangliang.base.journal.codes import meant
from shangliang.base.people import limits
from shangliang.base.people import queries as people
from shangliang.base.people.accounts import address
from shangliang.base.people.personal import privacy
from shangliang.base.people.personal.fields import masked
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blame
from shangliang.base.ui.views import refuse
from shangliang.flow.studios import actions, queries, tickets

from ..forms import Book

KEY, OPENED = "booked", "booking"  # session: the form's key, shown once as its code; what a code opened
MINUTES = 30
# Bookings from one address, for one studio, in an hour: a village may come through one address.
MOST, IN_ALL, SECONDS = 30, 120, 3600
TRIES, WRONG, WINDOW = 10, 3000, 600  # codes tried by one address, wrong ones of all, in ten minutes


@never_cache
@require_http_methods(["GET", "POST"])
def book(request: Request, code: str) -> HttpResponse:
    """The days that can be booked and the free times of one; a POST books and goes on to the booking."""
    studio = queries.door(code)
    days = queries.bookable(studio)
    day = _day(request, days)
    if request.method == "GET":
        return _page(request, studio, days, day, None)
    if not queries.by_ticket(tickets.make(form_key(request))) and not _within(request, code):
        words = _("这一小时里约得太多了，歇一会儿再约，也可以直接打电话。")
        return _told(request, studio, days, day, words, status=429)
    response = _book(request, studio, days, day)
    if response.status_code == 303:
        request.session[KEY] = form_key(request)
        _open(request, queries.by_ticket(tickets.make(form_key(request))))
    return response


def _within(request: Request, code: str) -> bool:
    return limits.allowed("book", address(request), most=MOST, seconds=SECONDS) and limits.allowed(
        "book_in_all", code, most=IN_ALL, seconds=SECONDS
    )


@once
def _book(request: Request, studio: Any, days: list[date], day: date | None) -> HttpResponse:
    if day is None:
        return _told(request, studio, days, day, _("这一天约不了了，另选一天。"), status=422)
    form = Book([one for one, free in queries.times(studio, day) if free], request.POST)
    if form.is_valid():
        given = {"day": day, "start": form.start, "phone": form.cleaned_data["phone"]}
        try:
            actions.book(studio.code, form_key=form_key(request), **given)
        except ValidationError as fault:
            blame(form, _at(fault))
        else:
            return _see(reverse("portal:booking"))
    return _page(request, studio, days, day, form, status=422)


def _told(
    request: Request, studio: Any, days: list[date], day: date | None, words: str, *, status: int
) -> HttpResponse:
    """The page once more, of the first day that can be booked where theirs cannot: with what was typed, and
    these words alone."""
    day = day or next(iter(days), None)
    times = queries.times(studio, day) if day else []
    form = Book([one for one, free in times if free], request.POST)
    form.errors.clear()
    form.add_error(None, words)
    return _page(request, studio, days, day, form, status=status)


def _at(fault: ValidationError) -> ValidationError:
    """The action speaks of `start`, the form has `at`."""
    named = fault.message_dict if hasattr(fault, "error_dict") else {"at": fault.messages}
    return ValidationError({"at" if name == "start" else name: said for name, said in named.items()})


def _day(request: Request, days: list[date]) -> date | None:
    """The day asked for, if it can be booked; else the first that can."""
    said = (request.POST if request.method == "POST" else request.GET).get("day", "")
    asked = next((day for day in days if day.isoformat() == said), None)
    if asked or request.method == "POST":
        return asked
    return days[0] if days else None


def _page(
    request: Request, studio: Any, days: list[date], day: date | None, form: Book | None, status: int = 200
) -> HttpResponse:
    times = queries.times(studio, day) if day else []
    free = [one for one, is_free in times if is_free]
    duty = queries.on_duty(studio, list(studio.timetable.all()), day) if day else []
    context = {
        "studio": studio,
        "days": days,
        "day": day,
        "form": form or Book(free),
        "free": free,
        "full": len(times),
        "place": next((one.place for one, _free in times if one.place), "") or studio.address,
        "names": list(people.names(key for watch in duty for key in watch.keys).values()),
        "consent": privacy.consent("book"),
        "sample": studio.committee.sample,
    }
    return render(request, "portal/book.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def ticket(request: Request) -> HttpResponse:
    """Ask for a booking's code; a POST with the right one opens it."""
    if request.method == "GET":
        return _ask(request)
    typed = request.POST.get("code", "")[:40]
    code = meant(typed)
    if not tickets.is_plausible(code):
        return _ask(request, typed, _("预约码是 8 位，对着记下的再看一遍。"), status=422)
    if not limits.allowed("ticket", address(request), most=TRIES, seconds=WINDOW):
        return refuse(request, 429, retry_after=WINDOW)
    found = queries.by_ticket(code)
    if found is None:
        if not limits.allowed("ticket", "all", most=WRONG, seconds=WINDOW):
            return refuse(request, 429, retry_after=WINDOW)
        return _ask(request, typed, _("没有这个码，或者它已经不能用了。"), status=422)
    request.session.cycle_key()
    _open(request, found)
    return _see(reverse("portal:booking"))


def _ask(request: Request, typed: str = "", fault: str = "", status: int = 200) -> HttpResponse:
    return render(request, "portal/ticket.html", {"typed": typed, "fault": fault}, status=status)


@never_cache
@require_GET
def booking(request: Request) -> HttpResponse:
    """The booking that a code opened; right after it was made, with its code, once."""
    one = _opened(request)
    if one is None:
        return redirect("portal:ticket")
    return _booking(request, one)


def _booking(request: Request, one: Any, fault: str = "", status: int = 200) -> HttpResponse:
    key = request.session.pop(KEY, "")
    code = tickets.make(key) if key else ""
    context = {
        "booking": one,
        "code": tickets.grouped(code) if code and queries.by_ticket(code) == one else "",
        "phone": masked(one.phone),
        "looks": queries.looks_at(one),
        "fault": fault,
        "active": one.state in ("booked", "waiting"),
        "sample": one.studio.committee.sample,
    }
    return render(request, "portal/booking.html", context, status=status)


@never_cache
@require_POST
def move(request: Request, move: str) -> HttpResponse:
    """Give the time back; have what is kept erased; or close the page on this phone."""
    if move == "close":
        request.session.pop(OPENED, None)
        return _see(reverse("portal:ticket"))
    if move not in MOVES:
        raise Unseen(move)
    one = _opened(request)
    if one is None:
        return _ask(request, fault=_("隔了半小时，再输一次预约码。"), status=403)
    return _move(request, one, move)


@once
def _move(request: Request, one: Any, move: str) -> HttpResponse:
    by = queries.booker(one)
    if move == "cancel":
        actions.cancel(one.code, by=by, seen=seen(request))
        messages.success(request, _("取消了。时间让给排在后面的人。"))
        return _see(reverse("portal:booking"))
    actions.erase_booking(one.code, by=by)
    request.session.pop(OPENED, None)
    messages.success(request, _("删掉了。这个预约码从此打不开东西。"))
    return _see(reverse("portal:ticket"))


MOVES = ("cancel", "erase")


def _open(request: Request, one: Any) -> None:
    if one:
        until = int(clock.now().timestamp()) + MINUTES * 60
        request.session[OPENED] = {"code": one.code, "key": one.person, "until": until}


def _opened(request: Request) -> Any:
    """The booking that was opened in this browser within half an hour, unless it was erased since."""
    held = request.session.get(OPENED)
    if not held or held["until"] < clock.now().timestamp():
        return None
    return queries.opened_booking(held["code"], held["key"])


def _see(where: str) -> HttpResponse:
    response = HttpResponseRedirect(where)
    response.status_code = 303
    return response
