"""Whether a studio stands open, whether it is online, and what its page says: the moves of its two charts."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import search
from shangliang.base.charts.errors import NotYours
from shangliang.base.people import actions as people
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import queries, rules
from ..models import Online, Slot, State, Studio
from ..states import CHART, ONLINE_CHART
from .bookings import call_off_all, call_off_outside
from .page import index, must_be_open, said, write
from .seats import leaving

OFFICER_ONLY = frozenset({"name", "kind", "plate", "sector", "special_committee", "leader"})


@transaction.atomic
def plan(committee: Committee, *, by: Actor, name: str, kind: str, **page: Any) -> Studio:
    """A studio is planned. `page`: any of plate, sector, special_committee, leader (a pseudonym), address,
    town,
    area, hours, phone, motto, intro. ValidationError for a name that the committee has already."""
    studio = Studio(committee=committee, name=name.strip(), kind=kind)
    write(studio, page)
    if rules.is_officer(by, studio):  # the chart says no to everybody else, before any fault is told
        studio.full_clean()
    return CHART.start("plan", studio, by=by, kind=kind)


@transaction.atomic
def open_studio(code: str, *, by: Actor, seen: int | None) -> Studio:
    """A planned studio opens. ValidationError unless convener, place and hours are set."""
    studio = queries.lock(code, by)
    CHART.check("open", studio, by=by, seen=seen)
    lacking = [
        words
        for there, words in (
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
def suspend(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """An open studio stops for a while: its door closes, its page says why."""
    studio = queries.lock(code, by)
    CHART.check("suspend", studio, by=by, seen=seen)
    studio.state_reason = said(reason)
    call_off_all(studio, by=by, reason=studio.state_reason)
    return CHART.move("suspend", studio, by=by, seen=seen)


@transaction.atomic
def resume(code: str, *, by: Actor, seen: int | None) -> Studio:
    """A suspended studio opens again."""
    studio = queries.lock(code, by)
    CHART.check("resume", studio, by=by, seen=seen)
    studio.state_reason = ""
    return CHART.move("resume", studio, by=by, seen=seen)


@transaction.atomic
def close(
    code: str, *, by: Actor, seen: int | None, reason: str, voices_go_to: str, successor: str = ""
) -> Studio:
    """A studio is closed for good, its posts end; `voices_go_to` says where its open voices go, `successor`
    is the code
    of the studio that takes them, if one does. It is taken offline with it."""
    studio = queries.lock(code, by)
    CHART.check("close", studio, by=by, seen=seen)
    if studio.online == Online.APPLIED:
        raise ValidationError(_("它的上线申请还没定。请领导先定，再撤销。"))
    studio.state_reason = said(reason)
    studio.voices_go_to = said(voices_go_to, _("请写明没办完的事交给谁，一件也不能丢。"))
    studio.successor = _successor(studio, successor)
    if studio.online == Online.ONLINE:
        studio.online_reason = studio.state_reason
        ONLINE_CHART.move("take_offline", studio, by=by, seen=None)
        search.drop("studio", studio.pk)
    call_off_all(studio, by=by, reason=studio.state_reason)
    for post in queries.members_of(studio):
        people.end_post(post, by=by.key, act=leaving(post))
    return CHART.move("close", studio, by=by, seen=seen, successor=studio.successor, was=studio.state)


def _successor(studio: Studio, code: str) -> str:
    if code and not queries.of_committee(studio.committee_path).filter(code=code, state=State.OPEN).exists():
        raise ValidationError(_("接手的要是同一个政协里开着的工作室。"))
    if code == studio.code:
        raise ValidationError(_("不能交给它自己。"))
    return code


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
    studio.full_clean()
    CHART.move("edit", studio, by=by, seen=seen, changed=sorted(changed))
    index(studio)
    return studio


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


# ── Whether it is online ──


@transaction.atomic
def apply(code: str, *, by: Actor, seen: int | None, why: str, best: str) -> Studio:
    """The convener applies to go online; `best` is the best thing the studio did so far. ValidationError
    unless it is
    open."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("apply", studio, by=by, seen=seen)
    must_be_open(studio)
    studio.apply_why = said(why, _("请写一句为什么要上线。"))
    studio.apply_best = said(best, _("请写一件最像样的事，几个字也行。"))
    return ONLINE_CHART.move("apply", studio, by=by, seen=seen)


@transaction.atomic
def approve(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """A leader says yes: from now on the studio is public and its door takes voices."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("approve", studio, by=by, seen=seen)
    must_be_open(studio)
    studio.online_reason = said(reason)
    ONLINE_CHART.move("approve", studio, by=by, seen=seen)
    index(studio)
    return studio


@transaction.atomic
def refuse(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """A leader says no, and why; the convener may mend it and apply again."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("refuse", studio, by=by, seen=seen)
    studio.online_reason = said(reason)
    return ONLINE_CHART.move("refuse", studio, by=by, seen=seen)


@transaction.atomic
def take_offline(code: str, *, by: Actor, seen: int | None, reason: str) -> Studio:
    """The officer takes a studio's page and door off the net, and says why."""
    studio = queries.lock(code, by)
    ONLINE_CHART.check("take_offline", studio, by=by, seen=seen)
    studio.online_reason = said(reason)
    ONLINE_CHART.move("take_offline", studio, by=by, seen=seen)
    call_off_all(studio, by=by, reason=studio.online_reason)
    search.drop("studio", studio.pk)
    return studio
