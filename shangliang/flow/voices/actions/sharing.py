"""Several departments for one voice: who is asked beside the host, what they give it, and how they leave."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Department

from .. import deadlines, levels, sharing
from ..deadlines import DROPPED, MET
from ..models import Assignment, State, Voice
from ..states import CHART
from .parts import about_to, iso, measured, remark, stated

GIVEN = gettext_lazy("本单位的意见已经给过了。")


def ask(voice: Voice, departments: Sequence[Department], *, by: Actor) -> list[Assignment]:
    """Ask these beside the host, each with a clock of its own. ValidationError at `beside` for one of another
    place, the host itself, one that is asked already, or too many."""
    asked, desk = {one.department_id for one in voice.beside}, levels.desk(voice)
    for one in departments:
        if one.committee_id != desk.pk:
            raise ValidationError({"beside": _("选本级的单位。")})
        if one.pk == voice.department_id:
            raise ValidationError({"beside": _("主办单位不用再选成会办。")})
        if one.pk in asked:
            raise ValidationError({"beside": _("%(who)s已经在会办了。") % {"who": one.name}})
        asked.add(one.pk)
    if len(asked) > sharing.MOST:
        raise ValidationError({"beside": _("会办的最多 %(most)s 家。") % {"most": sharing.MOST}})
    last, rows = _send_back_by(voice), []
    for one in departments:
        row = Assignment(
            voice=voice, department=one, task=Assignment.Task.BESIDE, by=by.key, at=clock.now(),
            send_back_by=last,
        )  # fmt: skip
        deadlines.start_opinion(row)
        rows.append(row)
    voice.__dict__.pop("asked_beside", None)
    return rows


@transaction.atomic
def call_in(code: str, *, by: Actor, seen: int | None, department: Department) -> Voice:
    """Ask one more department beside the host. The answer day stays."""
    voice = about_to("call_in", code, by, seen)
    [row] = ask(voice, [department], by=by)
    deadlines.point(voice, State.ASSIGNED)
    return CHART.move("call_in", voice, by=by, seen=seen, department=department.code, due=iso(row.due))


@transaction.atomic
def call_off(code: str, *, by: Actor, seen: int | None, department: Department, words: str) -> Voice:
    """Do not wait for this department any more."""
    voice = about_to("call_off", code, by, seen)
    row = next((one for one in voice.beside if one.department_id == department.pk), None)
    if row is None:
        raise ValidationError({"department": _("这家单位现在不在会办。")})
    remark(voice, "voice_called_off", by=by, words=stated(words, field="words"))
    deadlines.end_opinion(row, DROPPED)
    row.ended_at = clock.now()
    return _left("call_off", voice, row, by, seen, ["ended_at"])


@transaction.atomic
def give_opinion(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """What a department beside the host has to say, to the host alone. Once; late is late, and welcome."""
    voice, row = _own("give_opinion", code, by, seen)
    if not row.owes:
        raise NotNow(GIVEN)
    row.opinion = measured(
        words, field="words", least=4, most=2000, missing=_("写下意见：本单位能办什么，依据是什么。")
    )
    row.given_on, row.given_by = clock.today(), by.key
    kept = deadlines.end_opinion(row, MET)
    return _left("give_opinion", voice, row, by, seen, ["opinion", "given_on", "given_by"], on_time=kept)


@transaction.atomic
def return_part(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """It is none of this department's business. NotNow after the days set for that, or once it gave an
    opinion."""
    voice, row = _own("return_part", code, by, seen)
    if not row.owes:
        raise NotNow(GIVEN)
    if clock.today() > row.send_back_by:
        raise NotNow(_("退回要在转来后的几天内提，期限已经过了。办不了，请在意见里写明原因。"))
    row.sent_back_at, row.reason = clock.now(), stated(words, field="words")
    remark(voice, "voice_part_returned", by=by, words=row.reason)
    deadlines.end_opinion(row, DROPPED)
    return _left("return_part", voice, row, by, seen, ["sent_back_at", "reason"])


@transaction.atomic
def extend_part(code: str, *, by: Actor, seen: int | None, days: int, words: str) -> Voice:
    """Move the day of the own opinion, once, before it comes, with a reason; to the answer day at most, which
    is the host's to move."""
    voice, row = _own("extend_part", code, by, seen)
    most = int(voice.committee.set("extension_days"))
    if not row.owes:
        raise NotNow(GIVEN)
    assert row.due
    if row.extended:
        raise NotNow(_("这一次会办已经延过一次，不能再延。"))
    if clock.today() > row.due:
        raise NotNow(_("给意见的日子已经过了，不能再延期。先给意见，写明为什么晚了。"))
    last = deadlines.soonest_answer(voice)
    if last and row.due >= last:
        raise NotNow(_("给意见不能晚过答复的日子。要更晚，请主办单位先延期。"))
    if not 1 <= days <= most:
        raise ValidationError({"days": _("最多延 %(most)s 个工作日。") % {"most": most}})
    remark(voice, "voice_part_extended", by=by, words=stated(words, field="words"))
    row.extended = True
    due = deadlines.extend_opinion(row, days)
    return _left("extend_part", voice, row, by, seen, ["extended", "due"], due=iso(due))


def _left(
    move: str, voice: Voice, row: Assignment, by: Actor, seen: int | None, changed: list[str], **facts: object
) -> Voice:
    """Save what became of one part; the turn passes on to who is next."""
    row.save(update_fields=changed)
    voice.__dict__.pop("asked_beside", None)
    deadlines.point(voice, State.ASSIGNED)
    return CHART.move(move, voice, by=by, seen=seen, department=row.department.code, **facts)


def _own(move: str, code: str, by: Actor, seen: int | None) -> tuple[Voice, Assignment]:
    voice = about_to(move, code, by, seen)
    row = sharing.part_of(by, voice)
    if row is None:
        raise NotNow(_("现在没有请您单位会办。"))
    row.voice = voice
    return voice, row


def _send_back_by(voice: Voice) -> date:
    return clock.due_after(clock.today(), int(levels.desk(voice).set("send_back_days"))).day
