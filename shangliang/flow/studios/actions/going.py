"""Whether a studio is online: applied for with what the journal shows, decided level by level, looked at anew
each year, taken off."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal import queries as journal
from shangliang.base.journal.record import record
from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.places import queries as places

from .. import levels, queries
from ..models import Application, Decision, Online, Studio
from ..states import ONLINE_CHART
from .bookings import call_off_all
from .page import index, must_be_open, said

LEAST = 2  # characters that say something
SPAN = timedelta(days=365)  # what an application shows unless the convener names other days


@transaction.atomic
def apply(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    why: str,
    best: str,
    since: date | None = None,
    until: date | None = None,
) -> Studio:
    """The convener applies to go online; `best` is the best thing the studio did so far. The numbers of the
    span (the last 365 days) are taken from the journal and kept with the application.

    ValidationError unless the studio is open, and for a span that ends before it begins or in days to
    come."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("apply", studio, by=by, seen=seen)
    must_be_open(studio)
    until = until or clock.today()
    since = since or until - SPAN
    if not since <= until <= clock.today():
        raise ValidationError({"until": _("时段写反了，或者还没到那一天。")})
    studio.apply_why = said(why, _("请写一句为什么要上线。"))
    studio.apply_best = said(best, _("请写一件最像样的事，几个字也行。"))
    made = Application(
        studio=studio, since=since, until=until, why=studio.apply_why, best=studio.apply_best, by=by.key,
        at=clock.now(), counts=[[count.key, n] for count, n in queries.numbers(studio, since, until)],
    )  # fmt: skip
    made.full_clean()
    made.save(force_insert=True)
    studio.online_reason = ""
    facts: dict[str, int] = dict(made.counts)
    return ONLINE_CHART.move(
        "apply", studio, by=by, seen=seen, application=made.code, since=since.isoformat(),
        until=until.isoformat(), **facts,
    )  # fmt: skip


@transaction.atomic
def approve(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """The level that it waits for says yes. The next level up decides then; after the last one the studio is
    public and its door takes voices. ValidationError if it does not stand open any more."""
    studio = queries.lock(code, by)
    to = levels.following(places.line(studio.committee), studio.online) if _waits(studio) else ""
    move = {Online.CITY: "to_city", Online.PROVINCE: "to_province"}.get(to, "approve")  # type: ignore[call-overload]
    ONLINE_CHART.check(move, studio, by=by, seen=seen)
    must_be_open(studio)
    _decided(studio, passed=True, reason=said(reason), by=by)
    studio.online_reason = reason.strip()
    if to == Online.ONLINE:
        studio.online_since = clock.today()
        studio.recheck_due = a_year_on(clock.today())
    ONLINE_CHART.move(move, studio, by=by, seen=seen)
    index(studio)
    return studio


def _waits(studio: Studio) -> bool:
    return studio.online in (Online.APPLIED, Online.CITY, Online.PROVINCE)


def a_year_on(day: date) -> date:
    """The same day a year later; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _decided(studio: Studio, *, passed: bool, reason: str, by: Actor, mend: str = "") -> None:
    application = queries.last_application(studio)
    if application is not None:
        Decision.objects.create(
            application=application, level=levels.level_of(studio.committee, studio.online), passed=passed,
            reason=reason, mend=mend, by=by.key, at=clock.now(),
        )  # fmt: skip


@transaction.atomic
def refuse(code: str, *, by: Actor, seen: int | None, reason: str, mend: str) -> Studio:
    """The level that it waits for says no: why, and what to mend. The convener may then apply again."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("refuse", studio, by=by, seen=seen)
    reason, mend = said(reason), mend.strip()
    if len(mend) < LEAST:
        raise ValidationError({"mend": _("请写明要补什么，补好了再申请。")})
    _decided(studio, passed=False, reason=reason, mend=mend, by=by)
    studio.online_reason = _("%(reason)s要补的：%(mend)s") % {"reason": _ended(reason), "mend": mend}
    return ONLINE_CHART.move("refuse", studio, by=by, seen=seen)


def _ended(words: str) -> str:
    return words if words[-1] in "。！？…" else words + "。"


@transaction.atomic
def take_offline(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """The officer takes a studio's page and door off the net, and says why. Its code leads to a page that
    says so; who was to come is told."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("take_offline", studio, by=by, seen=seen)
    studio.online_reason = said(reason)
    studio.recheck_due = None
    ONLINE_CHART.move("take_offline", studio, by=by, seen=seen)
    call_off_all(studio, by=by, reason=studio.online_reason)
    search.drop("studio", studio.pk)
    return studio


@transaction.atomic
def recheck(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """The yearly look (年检): it stays on the net for another year, for a reason. One that does not is
    suspended or taken offline instead. NotNow before its month has come."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("recheck", studio, by=by, seen=seen)
    if studio.recheck_due is None or studio.recheck_due > clock.today() + queries.SOON:
        raise NotNow(_("还没到年检的时候，到期前一个月再办。"))
    studio.online_reason = said(reason)
    was = studio.recheck_due
    studio.recheck_due = a_year_on(max(was, clock.today()))
    return ONLINE_CHART.move(
        "recheck", studio, by=by, seen=seen, was_due=was.isoformat(), due=studio.recheck_due.isoformat()
    )


@transaction.atomic
def tell_rechecks() -> int:
    """A chore: in the month before a studio's year on the net is over its office is told, once for each year.
    How many were."""
    near = list(queries.rechecks_near().select_for_update(of=("self",)).order_by("pk"))
    acts = journal.acts_about(studio.subject for studio in near).filter(name="studio_recheck_near")
    told = {(act.subject, act.facts["due"]) for act in acts}
    new = [one for one in near if (one.subject, str(one.recheck_due)) not in told]
    for studio in new:
        record(
            "studio_recheck_near", subject=studio.subject, committee=studio.committee_path,
            studio=studio.code, by=CLOCK.key, facts={"due": str(studio.recheck_due)},
        )  # fmt: skip
    return len(new)
