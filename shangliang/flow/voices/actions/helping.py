"""A resident is helped to write on the office's device: begun, ended, over by itself; and what the same phone
leaves by itself later is settled by an officer."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.record import record
from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.people.assisting import MINUTES
from shangliang.base.people.personal import privacy
from shangliang.flow.studios.models import Studio

from ..models import Assistance, Settling, Voice
from ..queries import helped
from ..settling import HELPING, SETTLING, mark


@transaction.atomic
def start_assistance(studio: Studio, *, by: Actor, channel: str, consent: bool) -> Assistance:
    """Begin to help a resident who sits beside. NotNow where the studio has no door to write at, or while the
    same person helps somebody else."""
    now = clock.now()
    row = Assistance(
        studio=studio, by=by.key, channel=channel, agreed=privacy.consent("assist").mark, started_at=now,
        until=now + timedelta(minutes=MINUTES),
    )  # fmt: skip
    HELPING.check_new("start", row, by=by)
    if channel not in Assistance.WHERE:
        raise ValidationError({"channel": _("选一下在哪里帮他写。")})
    if not consent:
        raise ValidationError({"consent": _("先念给本人听，同意了再开始。")})
    if not studio.has_door:
        raise NotNow(_("这间工作室现在不在网上收留言，用「记一条」替他记。"))
    for open_ in helped.open_of(by.key):
        _over(open_)
    if helped.open_of(by.key).exists():
        raise NotNow(_("您正在帮一个人写，先结束那一次。"))
    return HELPING.start("start", row, by=by, channel=channel)


@transaction.atomic
def end_assistance(code: str, *, by: Actor) -> Assistance:
    """End it before its time; once it is over by itself, that stays."""
    row = helped.lock_assistance(code, by)
    if _over(row) or row.state != Assistance.State.OPEN:
        return row
    row.ended_at = clock.now()
    return HELPING.move("end", row, by=by, seen=None)


def expire_assistances() -> int:
    """A chore: what has had its thirty minutes is over. How many."""
    over = 0
    for code in list(helped.overdue().values_list("code", flat=True)):
        with transaction.atomic():
            over += _over(helped.locked_assistance(code))
    return over


@transaction.atomic
def refuse_assisted(code: str, *, by: Actor, what: str) -> None:
    """Write down that something was tried which nobody does for a resident. It changes nothing."""
    row = helped.assistance(code)
    if row is None or not row.running or row.by != by.key:
        raise Unseen(code)
    record(
        "assistance_refused", subject=row.subject, committee=row.committee_path, studio=row.studio_code,
        by=by.key, facts={"what": what},
    )  # fmt: skip


def running(code: str, by: Actor) -> Assistance:
    """The help in which something is written now. NotNow when it is over, NotYours for another's."""
    row = running_by_code(code)
    if row.by != by.key:
        raise NotYours(_("这一次不是您在帮他写。"))
    return row


def running_by_code(code: str) -> Assistance:
    """The same for an author's actor, which knows of the help by its code alone."""
    row = helped.assistance(code)
    if row is None or not row.running:
        raise NotNow(_("「帮他写」已经结束了。您写的都还在，重新开始再交。"))
    return row


def _over(row: Assistance) -> bool:
    if row.state != Assistance.State.OPEN or row.running:
        return False
    row.ended_at = row.until
    HELPING.move("expire", row, by=CLOCK, seen=None)
    return True


# ── The same phone, later, by itself ─────────────────────────────────────────────────────────────────────
def find_settlings(voice: Voice) -> None:
    """Lay a voice that was just left beside those written down for somebody with the same phone."""
    for earlier in helped.of_phone(voice.committee_id, mark(voice.phone)):
        SETTLING.start("find", Settling(voice=voice, earlier=earlier, found_on=clock.today()), by=CLOCK)


@transaction.atomic
def settle_same(code: str, *, by: Actor, seen: int | None) -> Settling:
    """It is the same matter: the later voice counts no more as one received. Both go on to their answers; to
    deal with them together is asked of the author (`propose_merge`)."""
    return _settle("same", code, by, seen)


@transaction.atomic
def settle_different(code: str, *, by: Actor, seen: int | None) -> Settling:
    """It is another matter; said after "same", the later voice counts again."""
    return _settle("different", code, by, seen)


def _settle(move: str, code: str, by: Actor, seen: int | None) -> Settling:
    row = helped.lock_settling(code, by)
    SETTLING.check(move, row, by=by, seen=seen)
    was = row.state
    if move == "same" and helped.counted_with_another(row):
        raise NotNow(_("这一件已经认定和另一件代记的是同一件事，只减一次。"))
    row.by, row.at = by.key, clock.now()
    return SETTLING.move(move, row, by=by, seen=seen, was=was, earlier=row.earlier.thread)
