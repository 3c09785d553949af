"""What the office does with a voice: the studio, the committee, the department, another level. How it goes
from level to level stands in `passing`."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal import queries as journal
from shangliang.base.journal.codes import public_id
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Department

from .. import deadlines, levels, queries, rules, secondlook
from ..deadlines import ACCEPT, ANSWER, DROPPED, MET
from ..models import Assignment, Kind, Progress, Refusal, State, Voice
from ..queries import desk
from ..states import CHART
from . import keeping, second_look, sharing
from .giving import given, spoken_for
from .parts import Upload, iso, keep, measured, remark, stated
from .sorting import about

NUMBER = re.compile(r"\bSL-[0-9A-Z]{12}\b", re.IGNORECASE | re.ASCII)


@transaction.atomic
def take_up(code: str, *, by: Actor, seen: int | None, kind: str = "", topic: str = "") -> Voice:
    """Take it up; the kind may be set where its author left it blank, and what it is about."""
    voice = _about_to("take_up", code, by, seen)
    if kind and not voice.kind:
        voice.kind = Kind(kind)
    sorted_ = about(voice, topic)
    kept = deadlines.end(voice, ACCEPT, MET)
    deadlines.point(voice, State.TAKEN_UP)
    keeping.kept(voice, by)
    facts = {"first": True, "on_time": kept, "answer_by": iso(voice.answer_by)} | sorted_
    return CHART.move("take_up", voice, by=by, seen=seen, **facts)


@transaction.atomic
def refuse(
    code: str, *, by: Actor, seen: int | None, why: str, owner: str, contact: str, words: str
) -> Voice:
    """Not taken up: a reason of list A, whom to turn to with phone or address, and a sentence."""
    voice = _about_to("refuse", code, by, seen)
    _check_refusal(voice, why, words)
    owner = measured(owner, field="owner", least=2, most=60, missing=_("写明该去找哪个单位。"))
    contact = measured(contact, field="contact", least=3, most=100, missing=_("写上那里的电话或地址。"))
    words = measured(words, field="words", least=2, most=500, missing=_("给留言人写一句话。"))
    deadlines.end(voice, ACCEPT, MET)
    deadlines.end(voice, ANSWER, DROPPED)
    deadlines.point(voice, State.REFUSED)
    remark(voice, "voice_refused", by=by, words=words, owner=owner, contact=contact)
    return CHART.move("refuse", voice, by=by, seen=seen, reason=why)


@transaction.atomic
def reconsider(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """Take up after all what was refused; the answer clock runs anew."""
    voice = _about_to("reconsider", code, by, seen)
    remark(voice, "voice_reconsidered", by=by, words=stated(words, field="words"))
    _answer_anew(voice)
    keeping.kept(voice, by)
    return CHART.move("reconsider", voice, by=by, seen=seen, first=True, answer_by=iso(voice.answer_by))


@transaction.atomic
def assign(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    department: Department,
    beside: Sequence[Department] = (),
) -> Voice:
    """Ask a department of the committee at whose desk the voice lies, its own or another level's, and others
    beside it (see `sharing`); each may send the voice back within the days set there."""
    voice = _about_to("assign", code, by, seen)
    desk_ = levels.desk(voice)
    if department.committee_id != desk_.pk:
        raise ValidationError({"department": _("选本级的承办单位。")})
    last = clock.due_after(clock.today(), int(desk_.set("send_back_days"))).day
    voice.department, voice.assigned_on, voice.send_back_by = department, clock.today(), last
    Assignment.objects.create(
        voice=voice, department=department, by=by.key, at=clock.now(), send_back_by=last
    )
    rows = sharing.ask(voice, beside, by=by)
    deadlines.point(voice, State.ASSIGNED)
    facts: dict[str, Any] = {
        "department": department.code,
        "send_back_by": iso(last),
        "answer_by": iso(voice.answer_by),
        "office": desk_.code if desk_.pk != voice.committee_id else None,
    }
    if rows:
        facts |= {"beside": [one.code for one in beside], "due": iso(max(one.due for one in rows if one.due))}
    return CHART.move("assign", voice, by=by, seen=seen, **facts)


@transaction.atomic
def send_back(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """The department says that it is not its business: back to the studio. NotNow after the days set for
    that."""
    voice, asked = _sent_back("send_back", code, by, seen, words)
    deadlines.point(voice, State.TAKEN_UP)
    return CHART.move("send_back", voice, by=by, seen=seen, department=asked.department.code)


@transaction.atomic
def return_to_office(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """The same of a department that another level asked: back to that level's office."""
    voice, asked = _sent_back("return_to_office", code, by, seen, words)
    to = levels.desk(voice).code
    deadlines.point(voice, State.SENT_UP)
    return CHART.move("return_to_office", voice, by=by, seen=seen, department=asked.department.code, to=to)


def _sent_back(move: str, code: str, by: Actor, seen: int | None, words: str) -> tuple[Voice, Assignment]:
    voice = _about_to(move, code, by, seen)
    if voice.send_back_by and clock.today() > voice.send_back_by:
        raise NotNow(_("退回要在转来后的几天内提，期限已经过了。办不了，请在答复里写明原因。"))
    words = stated(words, field="words")
    asked = voice.assignments.filter(task=Assignment.Task.HOST, sent_back_at=None).latest("pk")
    asked.sent_back_at, asked.reason = clock.now(), words
    asked.save(update_fields=["sent_back_at", "reason"])
    remark(voice, "voice_sent_back", by=by, words=words)
    return voice, asked


@transaction.atomic
def extend(code: str, *, by: Actor, seen: int | None, days: int, words: str) -> Voice:
    """Move the answer day, once a round, before it comes, with a reason. NotNow the second time, or late."""
    voice = _about_to("extend", code, by, seen)
    most = int(voice.committee.set("extension_days"))
    if voice.extended:
        raise NotNow(_("这一轮已经延过一次，不能再延。"))
    if voice.answer_by and clock.today() > voice.answer_by:
        raise NotNow(_("答复的日子已经过了，不能再延期。先答复，写明为什么晚了。"))
    if not 1 <= days <= most:
        raise ValidationError({"days": _("最多延 %(most)s 个工作日。") % {"most": most}})
    remark(voice, "voice_extended", by=by, words=stated(words, field="words"))
    voice.extended = True
    deadlines.extend(voice, days)
    deadlines.point(voice, State(voice.state))
    return CHART.move("extend", voice, by=by, seen=seen, days=days, answer_by=iso(voice.answer_by))


@transaction.atomic
def answer(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    words: str,
    promised_for: date | None = None,
    uploads: Sequence[Upload] = (),
    sensitive: bool = False,
) -> Voice:
    """Answer, by whoever holds it; a day may be promised, papers and photos added. Whether it is solved is
    the author's word alone. `sensitive`: at a committee's desk it waits for a second look first."""
    voice = _about_to("answer", code, by, seen)
    words = measured(words, field="words", least=4, most=2000, missing=_("写下答复，说人话，写明办了什么。"))
    if promised_for and promised_for < clock.today():
        raise ValidationError({"promised_for": _("承诺的日子要在今天或以后。")})
    if promised_for:
        _not_too_far(promised_for)
    if secondlook.at_desk(voice) and (sensitive or secondlook.obliged(voice)):
        return second_look.propose(
            voice, by=by, seen=seen, words=words, promised_for=promised_for, uploads=uploads
        )
    before = desk.last_look(voice) if secondlook.at_desk(voice) else None
    code = before.code if before else public_id()
    keep(uploads, subject=f"answer:{code}", by=by)
    facts = given(voice, by, words=words, writer=by.key, code=code, promised_for=promised_for)
    return CHART.move("answer", voice, by=by, seen=seen, **facts)


@transaction.atomic
def report_progress(
    code: str, *, by: Actor, seen: int | None, words: str, uploads: Sequence[Upload] = ()
) -> Voice:
    voice = _about_to("report_progress", code, by, seen)
    told(voice, by, words, uploads, done=False)
    return CHART.move("report_progress", voice, by=by, seen=seen, round=voice.round)


@transaction.atomic
def report_done(code: str, *, by: Actor, seen: int | None, words: str, uploads: Sequence[Upload]) -> Voice:
    """The unit says it is done, with at least one photo or paper. It counts as solved only when the author
    says so."""
    voice = _about_to("report_done", code, by, seen)
    if not uploads:
        raise ValidationError({"uploads": _("附一张办完的照片，或一份文件，留言人才好去看。")})
    first = not voice.reports.filter(done=True).exists()
    kept = told(voice, by, words, uploads, done=True)
    voice.done_on = clock.today()
    deadlines.point(voice, State.ANSWERED)
    return CHART.move("report_done", voice, by=by, seen=seen, first=first, round=voice.round, evidence=kept)


@transaction.atomic
def move_promise(code: str, *, by: Actor, seen: int | None, promised_for: date, words: str) -> Voice:
    """Promise a later day, once a round, before the first one comes, with a reason that the author reads. The
    answer keeps what it promised. NotNow without a promise, late, the second time, or once it is done."""
    voice = _about_to("move_promise", code, by, seen)
    was = voice.promised_for
    if was is None or voice.done_on:
        raise NotNow(_("现在没有还在走的承诺。"))
    if clock.today() > was:
        raise NotNow(_("答应的日子已经过了，不能再改。先把事办完，或者报一次进展，写明为什么晚了。"))
    if queries.promise_moved(voice):
        raise NotNow(_("承诺的日子这一轮已经改过一次，不能再改。"))
    if promised_for <= was:
        raise ValidationError({"promised_for": _("写一个比原来晚的日子。")})
    _not_too_far(promised_for)
    remark(voice, "voice_promise_moved", by=by, words=stated(words, field="words"))
    voice.promised_for = promised_for
    deadlines.point(voice, State.ANSWERED)
    return CHART.move("move_promise", voice, by=by, seen=seen, was=iso(was), promised=iso(promised_for))


def _not_too_far(day: date) -> None:
    if clock.too_far(day, years=5):
        raise ValidationError({"promised_for": _("日子太远了，写五年以内的。")})


def told(voice: Voice, by: Actor, words: str, uploads: Sequence[Upload], *, done: bool, who: str = "") -> int:
    """Keep a report with its evidence; how many files it has."""
    words = measured(words, field="words", least=2, most=1000, missing=_("写一句办到哪儿了。"))
    row = Progress(
        voice=voice, round=voice.round, words=words, by=by.key, at=clock.now(),
        who=who or spoken_for(voice, by), done=done,
    )  # fmt: skip
    row.save(force_insert=True)
    return keep(uploads, subject=row.subject, by=by)


def _about_to(move: str, code: str, by: Actor, seen: int | None) -> Voice:
    """The locked voice, once sight, rule, state and version have been asked.

    Who held it a moment ago is told "not now" rather than "not yours": a colleague was quicker."""
    voice = queries.lock(code, by)
    if move in ("answer", "extend") and rules.may_hold(by, voice) and not CHART.may(move, by, voice):
        raise NotNow(
            _("这件事现在是「%(state)s」，不在您手里。您写的都还在。") % {"state": voice.get_state_display()}
        )
    rules.not_for_those_beside(move, by, voice)
    CHART.check(move, voice, by=by, seen=seen)
    second_look.ask(move, voice)
    return voice


def _names_another(voice: Voice, words: str) -> bool:
    """Whether the words name the number of another matter: a voice's or a consultation's."""
    named = {number.upper() for number in NUMBER.findall(words)} - {voice.thread}
    return bool(named) and journal.acts(named).exists()


def _answer_anew(voice: Voice) -> None:
    deadlines.start(voice, ANSWER)
    deadlines.point(voice, State.TAKEN_UP)


def _check_refusal(voice: Voice, why: str, words: str) -> None:
    if why not in Refusal.values:
        raise ValidationError({"why": _("从单子里选一条理由。")})
    if why == Refusal.REPEAT and not _names_another(voice, words):
        raise ValidationError(
            {"words": _("写明已在办的那件事的事由编号，如 SL-7K2M9QXD4HTA，留言人好去看。")}
        )
    unanswered = voice.waits_until is not None and clock.today() > voice.waits_until
    if why == Refusal.UNCLEAR and not unanswered:
        days = int(voice.committee.set("unclear_days"))
        raise ValidationError(
            {
                "why": _("先回一句问清楚，勾上「等他回话」；%(days)s 个工作日没有回话，才能用这一条。")
                % {"days": days}
            }
        )
