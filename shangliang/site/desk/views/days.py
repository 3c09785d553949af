"""One reception day of a studio: who booked, who came without, who is on duty."""

import logging
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from shangliang.base import clock
from shangliang.base.charts import once
from shangliang.base.charts.errors import NotYours
from shangliang.base.people import limits
from shangliang.base.people import queries as people
from shangliang.base.people.personal.fields import masked
from shangliang.base.people.request import Request
from shangliang.base.ui.forms import blaming
from shangliang.flow.studios import actions, queries, rules
from shangliang.flow.studios.states import BOOKING_CHART

from ..forms.days import OnDuty, Why
from ..rail import rail
from .queue import HOUR, LOOKS

PLAIN: dict[str, tuple[Any, Any]] = {
    "come": (actions.come, gettext_lazy("记下了，来了。")),
    "miss": (actions.miss, gettext_lazy("记下了，没来。")),
    "tell": (actions.tell, gettext_lazy("记下了，已经告诉他了。")),
}
SAID = ("call_off", "reveal")  # with a reason
REVEALED = timedelta(minutes=10)  # how long a number that was looked at stays on the page, as at voices
log = logging.getLogger(__name__)


@never_cache
@require_GET
@login_required
def day(request: Request, code: str) -> HttpResponse:
    """The list of a day (today): in the order of their times."""
    return _page(request, _seen(request, code), _asked(request.GET.get("day", "")))


def _seen(request: Request, code: str) -> Any:
    one = queries.studio(code, request.actor)
    if not rules.works_on(request.actor, one):
        raise NotYours(_("这间工作室的事，由它的召集人和本级政协的干部来办。"))
    return one


def _asked(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return clock.today()


def _page(
    request: Request, one: Any, day: date, form: Any = None, *, fault: str = "", status: int = 200
) -> HttpResponse:
    actor = request.actor
    rows = queries.of_day(one, day)
    watches = queries.on_duty(one, queries.slots(one), day)
    names = people.names(key for watch in watches for key in watch.keys)
    named = OnDuty(one, initial={"day": day, "members": queries.duties(one, day)})
    receives = rules.receives(actor, one)
    whole = queries.looked_at(rows, actor, clock.now() - REVEALED) if receives else set()
    days = {*sorted({*queries.bookable(one), *queries.booked_days(one)})[:12], *queries.days_to_tell(one)}
    context = {
        "rail": rail(actor, "studios"),
        "studio": one,
        "day": day,
        "today": day == clock.today(),
        "days": sorted(days),
        "rows": [(b, _phone(b, b.code in whole) if receives else "", _open(actor, b, day)) for b in rows],
        "whole": whole,
        "coming": sum(b.state == "booked" for b in rows),
        "watches": [([names[key] for key in w.keys if key in names], w) for w in watches],
        "form": form or (named if rules.keeps_page(actor, one) and day >= clock.today() else None),
        "receives": receives,
        "fault": fault,
    }
    return render(request, "desk/day.html", context, status=status)


def _phone(booking: Any, whole: bool) -> str:
    """The number, masked unless it may stand whole; "" where none was left, or it was erased."""
    hidden = masked(booking.phone)
    return booking.phone if whole and hidden else hidden


def _open(actor: Any, booking: Any, day: date) -> list[str]:
    """The buttons beside a booking."""
    may = [move.name for move in BOOKING_CHART.open_to(actor, booking)]
    hidden = {"tell"} if not booking.to_tell else set()
    hidden |= {"come", "miss"} if day > clock.today() else set()
    return [name for name in may if name not in hidden]


@require_POST
@login_required
@once.once
def walk_in(request: Request, code: str) -> HttpResponse:
    """Somebody came without a booking."""
    one = _seen(request, code)
    try:
        made = actions.walk_in(code, by=request.actor)
    except ValidationError as fault:
        return _page(request, one, clock.today(), fault=fault.messages[0], status=422)
    messages.success(request, _("记下了，%(n)s 号。") % {"n": made.number})
    return _back(one, clock.today())


@require_POST
@login_required
@once.once
def duty(request: Request, code: str) -> HttpResponse:
    """Name who is there on a day."""
    one = _seen(request, code)
    if not rules.keeps_page(request.actor, one):
        raise NotYours(_("排值班，由这间工作室的召集人或政协干部来办。"))
    form = OnDuty(one, request.POST)
    if form.is_valid():
        with blaming(form):
            actions.set_duty(code, by=request.actor, **form.cleaned_data)
            messages.success(request, _("排好了，工作室的页面上看得到。"))
            return _back(one, form.cleaned_data["day"])
    return _page(request, one, clock.today(), form, status=422)


@never_cache
@require_POST
@login_required
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Tick somebody off, call a time off, look at a number. Who looks at too many within an hour, here or at
    voices, is refused, and the log tells of it."""
    if move not in PLAIN and move not in SAID:
        raise Http404(move)
    if move == "reveal" and not limits.allowed("reveal", request.actor.key, most=LOOKS, seconds=HOUR):
        log.warning("%s asked for more than %s phone numbers in an hour", request.actor.key, LOOKS)
        booking = queries.booking(code, request.actor)
        why = _("一小时里看的电话太多了，歇一会儿再看。")
        return _page(request, booking.studio, booking.day, fault=why, status=429)
    return _move(request, code, move)


@once.once
def _move(request: Request, code: str, move: str) -> HttpResponse:
    booking, seen = queries.booking(code, request.actor), once.seen(request)
    if move != "reveal":
        BOOKING_CHART.check(move, booking, by=request.actor, seen=seen)
    elif not rules.receives(request.actor, booking.studio):
        raise NotYours(_("看号码，由这间工作室的召集人、驻室委员或政协干部来办。"))
    one = booking.studio
    if move in PLAIN:
        do, said = PLAIN[move]
        try:
            do(code, by=request.actor, seen=seen)
        except ValidationError as fault:
            return _page(request, one, booking.day, fault=fault.messages[0], status=422)
        messages.success(request, str(said))
        return _back(one, booking.day)
    form = Why(request.POST)
    if not form.is_valid() or len(form.cleaned_data["reason"].strip()) < 2:
        why = _("请写明理由，几个字也行，对方看得到。")
        return _page(request, one, booking.day, fault=why, status=422)
    reason = form.cleaned_data["reason"]
    if move == "call_off":
        actions.call_off(code, by=request.actor, seen=seen, reason=reason)
        messages.success(request, _("取消了，对方的页面上写了为什么。"))
        return _back(one, booking.day)
    actions.reveal_phone(code, by=request.actor, reason=reason)
    return _back(one, booking.day)


def _back(one: Any, day: date) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:studio_day', args=[one.code])}?day={day.isoformat()}")
