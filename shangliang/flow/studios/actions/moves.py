"""What a studio is and what its page says: planned, opened, described, its timetable, a model or not."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.people.actor import Actor
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee

from .. import queries, rules
from ..models import Kind, Slot, Studio
from ..states import CHART
from .bookings import call_off_outside
from .page import index, said, write

OFFICER_ONLY = frozenset(
    {"name", "kind", "plate", "sector", "special_committee", "leader", "liaison_group", "zones",
     "plan_reason", "planned_for"}
)  # fmt: skip


@transaction.atomic
def plan(committee: Committee, *, by: Actor, name: str, kind: str, **page: Any) -> Studio:
    """A studio is planned. `page`: any of plate, sector, special_committee, leader (a pseudonym), address,
    town, area, hours, phone, motto, intro, shared_with, twin, liaison_group, zones (codes of zones of this
    committee), plan_reason, planned_for. ValidationError for a name that the committee has already, for a
    second members' home, and for a sector studio without its sector."""
    studio = Studio(committee=committee, name=name.strip(), kind=kind)
    write(studio, page)
    if rules.is_officer(by, studio):  # the chart says no to everybody else, before any fault is told
        _must_fit(studio)
        _must_name_its_sector(studio)
    return CHART.start("plan", studio, by=by, kind=kind)


@transaction.atomic
def open_studio(code: str, *, by: Actor, seen: int | None) -> Studio:
    """A planned studio opens. ValidationError unless convener, place and hours are set, and the sector of a
    sector studio."""
    studio = queries.lock(code, by)
    CHART.check("open", studio, by=by, seen=seen)
    lacking = [
        words
        for there, words in (
            (not _lacks_its_sector(studio), _("写明是哪个界别")),
            (queries.has_convener(studio), _("任命召集人")),
            (studio.address, _("写地址")),
            (studio.hours, _("写开门时间")),
        )
        if not there
    ]
    if lacking:
        raise ValidationError(_("开室前还要：%(lacking)s。") % {"lacking": "、".join(lacking)})
    studio.state_reason = ""
    return CHART.move("open", studio, by=by, seen=seen)


@transaction.atomic
def edit(code: str, *, by: Actor, seen: int | None, **page: Any) -> Studio:
    """Change what a studio's page says. Name, kind, plate, sector, special committee and leader are the
    officer's:
    NotYours when a convener sends them changed."""
    studio = queries.lock(code, by)
    CHART.check("edit", studio, by=by, seen=seen)
    changed = {name for name, value in page.items() if getattr(studio, name) != value}
    if changed & OFFICER_ONLY and not rules.is_officer(by, studio):
        raise NotYours(_("名称、类别、门牌、界别、专委会和联系领导由政协干部改。"))
    write(studio, page)
    _must_fit(studio)
    if rules.is_officer(by, studio):  # a convener could not mend it
        _must_name_its_sector(studio)
    CHART.move("edit", studio, by=by, seen=seen, changed=sorted(changed))
    index(studio)
    return studio


def _must_fit(studio: Studio) -> None:
    """Every field fits the table, and the bodies beside the committee are its own."""
    studio.full_clean()
    for name in ("sector", "special_committee", "liaison_group"):
        body = getattr(studio, name)
        if body is not None and body.committee_id != studio.committee_id:
            raise ValidationError({name: _("选本级政协自己的。")})
    studio.zones = sorted(set(studio.zones))
    known = {one.code for one in places.zones(studio.committee)} if studio.zones else set()
    if set(studio.zones) - known:
        raise ValidationError({"zones": _("选本地登记过的片区。")})


def _must_name_its_sector(studio: Studio) -> None:
    """Coverage counts by it."""
    if _lacks_its_sector(studio):
        raise ValidationError({"sector": _("界别工作室要选是哪个界别的。")})


def _lacks_its_sector(studio: Studio) -> bool:
    """Of a sector, and of none that is named; nothing is asked where the committee has none to choose."""
    of_none = studio.kind == Kind.SECTOR and studio.sector is None
    return of_none and places.sectors(studio.committee).exists()


@transaction.atomic
def set_timetable(code: str, *, by: Actor, seen: int | None, slots: Iterable[dict[str, Any]]) -> Studio:
    """Replace the timetable by these lines: weekday (0 = Monday) or monthday, start, end, and optionally
    place, note, duty (the pseudonym of who is there). Who was to come at a time that no line reaches any more
    is called off."""
    studio = queries.lock(code, by)
    CHART.check("edit", studio, by=by, seen=seen)
    lines = [Slot(studio=studio, **slot) for slot in slots]
    for line in lines:
        line.full_clean()
    studio.timetable.all().delete()
    Slot.objects.bulk_create(lines)
    call_off_outside(studio, lines, by=by)
    return CHART.move("edit", studio, by=by, seen=seen, changed=["timetable"])


# ── Model studios ──


@transaction.atomic
def make_model(code: str, *, by: Actor, seen: int | None, reason: str, until: date) -> Studio:
    """An open studio is a model (示范点) from today to a day, for a reason; then it is none any more, by
    itself. Named again while it is one, it has the new reason and term. ValidationError for a day that has
    come."""
    studio = queries.lock(code, by)
    CHART.check("make_model", studio, by=by, seen=seen)
    if until <= clock.today():
        raise ValidationError({"until": _("写一个以后的日子。")})
    studio.model_reason, studio.model_since, studio.model_until = said(reason), clock.today(), until
    return CHART.move("make_model", studio, by=by, seen=seen, until=until.isoformat())


@transaction.atomic
def end_model(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """It is a model no longer, before its term is over. NotNow if it is none."""
    studio = queries.lock(code, by)
    CHART.check("end_model", studio, by=by, seen=seen)
    if not studio.is_model(clock.today()):
        raise NotNow(_("它现在不是示范点。"))
    said(reason)
    studio.model_reason, studio.model_since, studio.model_until = "", None, None
    return CHART.move("end_model", studio, by=by, seen=seen)
