"""A recommendation is sent, sent back, answered, reported on and judged."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Department
from shangliang.base.places.queries import departments

from .. import proposers, queries
from ..models import (
    ADOPTED,
    Consultation,
    Deadline,
    Decision,
    Judgement,
    Progress,
    Recommendation,
    RecommendationState,
    Suggestion,
    Verdict,
)
from ..states import RECOMMENDATION as CHART
from . import founding

MARKS = (None, 1, 2, 3, 4, 5)


def send(
    topic: Consultation,
    number: int,
    words: str,
    department: Department,
    suggestions: Sequence[Suggestion],
    *,
    by: Actor,
) -> Recommendation:
    """Make and send one; only `topics.send` calls it, in its own transaction."""
    row = Recommendation(consultation=topic, number=number, words=words, department=department)
    _set_clock(row)
    CHART.start("send", row, by=by, department=department.code, first=True)
    row.suggestions.set(suggestions)
    _start_clock(row)
    return row


@transaction.atomic
def send_back(code: str, *, by: Actor, seen: int | None, reason: str) -> Recommendation:
    """The department says it is not theirs. NotNow after the days set for that."""
    row = queries.lock_recommendation(code)
    CHART.check("send_back", row, by=by, seen=seen)
    if clock.today() > row.send_back_by:
        raise NotNow(_("退回要在 %(day)s 前，已经过了，请照常答复。") % {"day": row.send_back_by})
    row.returned_reason = _said("reason", reason, _("写明为什么不归你们管，该归谁。"))
    _end_clock(row, Deadline.End.DROPPED)
    return CHART.move("send_back", row, by=by, seen=seen)


@transaction.atomic
def send_again(code: str, *, by: Actor, seen: int | None, department: str) -> Recommendation:
    """An officer names another department; the clock starts anew."""
    row = queries.lock_recommendation(code)
    CHART.check("send_again", row, by=by, seen=seen)
    found = (
        departments(row.consultation.committee).filter(code=department).exclude(pk=row.department_id).first()
    )
    if found is None:
        raise ValidationError({"department": _("换一个单位。")})
    row.department, row.extended, row.extension_reason = found, False, ""
    _set_clock(row)
    _start_clock(row)
    return CHART.move("send_again", row, by=by, seen=seen, department=found.code)


@transaction.atomic
def extend(code: str, *, by: Actor, seen: int | None, until: date, reason: str) -> Recommendation:
    """Move the day, once, before it is past, by no more working days than the committee set."""
    row = queries.lock_recommendation(code)
    CHART.check("extend", row, by=by, seen=seen)
    if row.extended:
        raise NotNow(_("延过一次了，不能再延。"))
    if clock.today() > row.due:
        raise NotNow(_("答复的日子 %(day)s 已经过了，不能延，请尽快答复。") % {"day": row.due})
    latest = clock.due_after(row.due, row.consultation.committee.set("recommendation_extension_days"))
    if not row.due < until <= latest.day:
        raise ValidationError({"until": _("新的日子最晚 %(day)s。") % {"day": latest.day}})
    row.extension_reason = _said("reason", reason, _("写明为什么要晚，大家都看得到。"))
    row.extended, row.due, row.provisional = True, until, clock.is_provisional(until)
    Deadline.objects.filter(recommendation=row, ended_on=None).update(due=until, provisional=row.provisional)
    return CHART.move("extend", row, by=by, seen=seen, until=until.isoformat())


@transaction.atomic
def answer(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    decision: str,
    reason: str,
    measure: str = "",
    promised_for: date | None = None,
) -> Recommendation:
    """The department decides. With the last answer the founding voices are answered too."""
    row = queries.lock_recommendation(code)
    CHART.check("answer", row, by=by, seen=seen)
    if decision not in Decision.values:
        raise ValidationError({"decision": _("采纳、部分采纳还是不采纳，选一样。")})
    row.decision, row.reason = decision, _said("reason", reason, _("写明理由，大家都看得到。"))
    if row.adopted:
        row.measure = _said("measure", measure, _("写明打算怎么办。"))
        if promised_for is None or promised_for < clock.today():
            raise ValidationError({"promised_for": _("写明哪天办完，不早于今天。")})
        if clock.too_far(promised_for, years=5):
            raise ValidationError({"promised_for": _("日子太远了，写五年以内的。")})
        row.promised_for = promised_for
    row.answered_on, row.answered_by = clock.today(), by.key
    on_time = row.answered_on <= row.due
    _end_clock(row, Deadline.End.MET)
    promised = row.promised_for.isoformat() if row.promised_for else None
    members = proposers.members_behind(row)
    CHART.move(
        "answer",
        row,
        by=by,
        seen=seen,
        decision=decision,
        on_time=on_time,
        promised=promised,
        members=members,
    )
    queries.lock(row.consultation.code, by=by)  # of two that answer at once, one must see the other's
    if queries.all_answered(row.consultation):
        founding.answered(row.consultation, by=by, count=row.consultation.recommendations.count())
    return row


@transaction.atomic
def report_progress(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    percent: int,
    words: str,
    less_because: str = "",
    evidence: Sequence[UploadedFile] = (),
) -> Progress:
    """Say how far it is, 1 to 99 per cent; below what was said before only with a reason."""
    row = queries.lock_recommendation(code)
    CHART.check("report_progress", row, by=by, seen=seen)
    _has_promise(row)
    if not 1 <= percent <= 99:
        raise ValidationError({"percent": _("进度在 1 到 99 之间；办完了请选「说办完了」。")})
    if percent < row.percent and len(less_because.strip()) < 2:
        raise ValidationError(
            {"less_because": _("比上次（%(n)s%%）还低，写一句为什么。") % {"n": row.percent}}
        )
    said = _said("words", words, _("写一句办到哪里了。"))
    reported = _report(row, percent, said, by, evidence, less_because=less_because.strip())
    row.percent = percent
    CHART.move("report_progress", row, by=by, seen=seen, percent=percent)
    return reported


@transaction.atomic
def report_done(
    code: str, *, by: Actor, seen: int | None, words: str, evidence: Sequence[UploadedFile]
) -> Progress:
    """The department says it is done, with at least one photo or paper. Its proposers then judge."""
    row = queries.lock_recommendation(code)
    CHART.check("report_done", row, by=by, seen=seen)
    _has_promise(row)
    if not evidence:
        raise ValidationError({"evidence": _("至少附一张照片或一份材料。")})
    reported = _report(row, 100, _said("words", words, _("写一句怎么办完的。")), by, evidence)
    row.percent, row.done_on = 100, clock.today()
    on_time = row.promised_for is not None and row.done_on <= row.promised_for
    CHART.move("report_done", row, by=by, seen=seen, percent=100, on_time=on_time, evidence=len(evidence))
    queries.lock(row.consultation.code, by=by)  # the same
    if queries.all_done(row.consultation):
        founding.done(row.consultation, by=by)
    return reported


@transaction.atomic
def judge(
    code: str, *, by: Actor, verdict: str, attitude: int | None = None, result: int | None = None
) -> Judgement:
    """A proposer's verdict, given once, when there is something to judge. 1 is the best, None not said.

    Takes no version: two proposers judging at once do not disturb each other."""
    row = proposers.judging(queries.lock_recommendation(code))
    CHART.check("judge", row, by=by, seen=None)
    if row.adopted and row.state != RecommendationState.DONE:
        raise NotNow(_("等单位说办完了，再请您评。"))
    if row.judgements.filter(key=by.key).exists():
        raise NotNow(_("这一条您已经评过了。"))
    if verdict not in Verdict.values:
        raise ValidationError({"verdict": _("解决了没有，选一样。")})
    if attitude not in MARKS or result not in MARKS:
        raise ValidationError(_("态度和结果各分五档，也可以不选。"))
    given = Judgement.objects.create(
        recommendation=row, key=by.key, verdict=verdict, attitude=attitude, result=result, at=clock.now()
    )
    CHART.move("judge", row, by=by, seen=None, verdict=verdict)
    return given


def _set_clock(row: Recommendation) -> None:
    committee, today = row.consultation.committee, clock.today()
    due = clock.due_after(today, committee.set("recommendation_days"))
    back = clock.due_after(today, committee.set("recommendation_send_back_days"))
    row.sent_on, row.due, row.provisional, row.send_back_by = today, due.day, due.provisional, back.day


def _start_clock(row: Recommendation) -> None:
    Deadline.objects.create(recommendation=row, started=row.sent_on, due=row.due, provisional=row.provisional)


def _end_clock(row: Recommendation, end: Deadline.End) -> None:
    Deadline.objects.filter(recommendation=row, ended_on=None).update(ended_on=clock.today(), end=end)


def _has_promise(row: Recommendation) -> None:
    if row.decision not in ADOPTED:
        raise NotNow(_("这一条没有采纳，没有进展可报。"))


def _report(
    row: Recommendation,
    percent: int,
    words: str,
    by: Actor,
    evidence: Sequence[UploadedFile],
    less_because: str = "",
) -> Progress:
    reported = Progress.objects.create(
        recommendation=row, percent=percent, words=words, less_because=less_because, at=clock.now(), by=by.key
    )
    if evidence:
        files.keep(list(evidence), subject=reported.subject, by=by)
    return reported


def _said(field: str, words: str, ask: str) -> str:
    """The words, trimmed. ValidationError at the field, with what is asked for, when there are none."""
    words = words.strip()
    if len(words) < 2:
        raise ValidationError({field: ask})
    return words
