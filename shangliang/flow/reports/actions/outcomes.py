"""What became of an issued report: adopted, endorsed, passed to a department, told to its writer."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.journal.codes import public_id
from shangliang.base.people.actor import Actor
from shangliang.base.places.queries import departments

from .. import queries
from ..models import Adoption, Endorsement, Level, Note, OpinionReport, Referral, State
from ..states import CHART
from .parts import say


@transaction.atomic
def adopt(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    level: str,
    combined: bool,
    where: str,
    on: date,
    others: Sequence[str] = (),
) -> Adoption:
    """Write down that it was adopted at a level: once a level by itself, and combined as often as it was.

    `others`: codes of those that went into the same combined one; each gets the same adoption, and its
    writer is told. ValidationError for others of one that is not combined, for more than 20, for one that is
    not issued or of another committee."""
    if others and not combined:
        raise ValidationError({"others": _("单篇采用的，不勾别的信息；和别的编成一篇的，勾上综合采用。")})
    if len(others) > MOST or len({code, *others}) != len(others) + 1:
        raise ValidationError({"others": _("一篇一次，最多 20 篇。")})
    reference = public_id() if others else ""
    said: dict[str, Any] = {"level": level, "combined": combined, "where": where, "on": on}
    made = {}
    for one in sorted({code, *others}):  # locked in one order: two who wait for each other wait for ever
        if one != code:
            _issued_here(one, code, by)
        made[one] = _adopt(one, by, seen if one == code else None, reference=reference, **said)
    return made[code]


MOST = 20  # others in one combined adoption


def _issued_here(one: str, code: str, by: Actor) -> None:
    other, found = queries.report(one, by), queries.report(code, by)
    if other.committee_id != found.committee_id or other.state != State.ISSUED:
        raise ValidationError({"others": _("只勾本级刊发过的。")})


def _adopt(
    code: str,
    by: Actor,
    seen: int | None,
    *,
    level: str,
    combined: bool,
    where: str,
    on: date,
    reference: str,
) -> Adoption:
    found = queries.lock(code, by)
    CHART.check("adopt", found, by=by, seen=seen)
    _known(level)
    _past(found, on)
    again = Adoption.objects.filter(report=found, level=level)
    if not combined and again.filter(combined=False).exists():
        raise NotNow(_("这一级的单篇采用已经记过了。"))
    first = not again.exists()
    made = Adoption.objects.create(
        report=found, level=level, combined=combined, on=on, by=by.key, at=clock.now(), reference=reference,
        where=_said("where", where, 100, _("写上登在哪里、哪一期。")),
    )  # fmt: skip
    _touch(found)
    CHART.move("adopt", found, by=by, seen=seen, level=level, combined=combined, first=first,
               member=found.person)  # fmt: skip
    return made


@transaction.atomic
def endorse(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    level: str,
    who: str,
    words: str,
    on: date,
    scan: Sequence[UploadedFile],
) -> Endorsement:
    """Write down what a leader wrote on it, with a scan of the paper."""
    found = queries.lock(code, by)
    CHART.check("endorse", found, by=by, seen=seen)
    _known(level)
    _past(found, on)
    if not scan:
        raise ValidationError({"scan": _("附上批示的扫描件或照片。")})
    made = Endorsement.objects.create(
        report=found, level=level, who=_said("who", who, 40, _("写上领导的职务。")),
        words=_said("words", words, 500, _("照原文写上批示的内容。")), on=on, by=by.key, at=clock.now(),
    )  # fmt: skip
    files.keep(list(scan), subject=made.subject, by=by)
    _touch(found)
    CHART.move("endorse", found, by=by, seen=seen, level=level, member=found.person)
    return made


@transaction.atomic
def refer(code: str, *, by: Actor, seen: int | None, department: str, words: str) -> Referral:
    """Pass it to a department of this committee's place, which has its working days to reply (setting)."""
    found = queries.lock(code, by)
    CHART.check("refer", found, by=by, seen=seen)
    to = departments(found.committee).filter(code=department).first()
    if to is None:
        raise ValidationError({"department": _("选一个单位。")})
    due = clock.due_after(clock.today(), int(found.committee.set("report_reply_days"))).day
    made = Referral.objects.create(
        report=found, department=to, words=_said("words", words, 300, _("写一句请它办什么。")),
        on=clock.today(), due=due, by=by.key, at=clock.now(),
    )  # fmt: skip
    _touch(found)
    CHART.move("refer", found, by=by, seen=seen, department=to.code, due=due.isoformat())
    return made


@transaction.atomic
def note_reply(code: str, *, by: Actor, seen: int | None, referral: str, words: str, on: date) -> Referral:
    """Write down what the department replied, once. `referral`: which passing on it answers."""
    found = queries.lock(code, by)
    CHART.check("note_reply", found, by=by, seen=seen)
    row = queries.referral(referral, found)
    if row.reply:
        raise NotNow(_("这个单位的回复已经记过了。"))
    if not row.on <= on <= clock.today():
        raise ValidationError({"on": _("回复的日子在转办以后、今天以前。")})
    _keep_reply(row, _said("words", words, 1000, _("写上单位怎么回的。")), on, own=False)
    _touch(found)
    CHART.move("note_reply", found, by=by, seen=seen, department=row.department.code)
    return row


@transaction.atomic
def reply(code: str, *, by: Actor, seen: int | None, words: str) -> Referral:
    """The department replies itself, once. `code`: of what was passed to it; `seen`: of that."""
    row = queries.lock_referral(code, by)
    found = row.report
    CHART.check("reply", found, by=by, seen=None)
    if row.reply:
        raise NotNow(_("这一篇本单位已经回复过了。"))
    if seen is not None and seen != row.version:
        raise NotNow(CHANGED)
    said = _said("words", words, 1000, _("写上办了什么、怎么办，两个字以上。"))
    _keep_reply(row, said, clock.today(), own=True)
    _touch(found)
    kept = row.due is None or clock.today() <= row.due
    CHART.move("reply", found, by=by, seen=None, department=row.department.code, own=True, on_time=kept)
    return row


def _keep_reply(row: Referral, words: str, on: date, *, own: bool) -> None:
    row.reply, row.replied_on, row.own, row.version = words, on, own, row.version + 1
    row.save(update_fields=["reply", "replied_on", "own", "version"])


@transaction.atomic
def feed_back(code: str, *, by: Actor, seen: int | None, words: str) -> OpinionReport:
    """Tell the writer in words what became of it."""
    found = queries.lock(code, by)
    CHART.check("feed_back", found, by=by, seen=seen)
    say(found, Note.About.FED_BACK, words, by, _("写给委员一句：后来怎么样了。"))
    _touch(found)
    return CHART.move("feed_back", found, by=by, seen=seen)


def _touch(found: OpinionReport) -> None:
    found.last_at = clock.now()


def _known(level: str) -> None:
    if level not in Level.values:
        raise ValidationError({"level": _("选哪一级。")})


def _past(found: OpinionReport, on: date) -> None:
    """From the day it was issued on: nothing is adopted before."""
    item = queries.item_of(found)
    if on > clock.today() or (item and on < item.bulletin.issued_on):
        raise ValidationError({"on": _("日子在刊发以后、今天以前。")})


def _said(field: str, words: str, most: int, ask: str) -> str:
    words = words.strip()
    if not 2 <= len(words) <= most:
        raise ValidationError({field: ask})
    return words
