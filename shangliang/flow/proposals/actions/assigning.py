"""Departments get a proposal, send it back, put it off, speak with its filers, give opinions."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Department

from .. import queries, settings
from ..models import Contact, Handling, Phase, Proposal, Task
from ..models.handling import ANSWERING
from ..states import HANDLING
from .parts import again, chosen, contact_next, locked, past, standing, stated, touch

MOST = 6  # departments of one proposal


@transaction.atomic
def assign(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    host: str = "",
    co: Sequence[str] = (),
    separate: Sequence[str] = (),
) -> Proposal:
    """Give it to a host, with others beside it, or to several that each answer their part (codes of
    departments). ValidationError for both or neither, for one named twice, or of another place."""
    found = locked(code, "assign", by=by, seen=seen)
    if bool(host) == bool(separate):
        raise ValidationError({"host": _("选一个主办，或者选几个分办。")})
    if separate and (len(set(separate)) < 2 or co):
        raise ValidationError({"separate": _("分办至少两家，各答各的，不另设会办。")})
    wanted = [(host, Task.HOST)] if host else [(one, Task.SEPARATE) for one in separate]
    wanted += [(one, Task.CO) for one in co]
    taken = {one.department.code for one in standing(found)}
    known = {one.code: one for one in queries.departments(found)}
    asked = [one for one, _task in wanted]
    if len(set(asked)) != len(asked) or set(asked) - known.keys() - taken or host in taken:
        raise ValidationError({"host": _("选本地的单位，一个单位一次。")})
    if len(asked) > MOST:
        raise ValidationError({"co": _("最多六个单位。")})
    touch(found, "assign", by=by, seen=seen, host=host or None, departments=len(asked),
          separate=bool(separate))  # fmt: skip
    for department, task in wanted:
        if department not in taken:
            _give(found, known[department], task, by)
    again(found)
    return found


@transaction.atomic
def add(code: str, *, by: Actor, seen: int | None, department: str, task: str) -> Proposal:
    """One more: beside the host, or for a part of its own where the others have theirs."""
    found = locked(code, "add", by=by, seen=seen)
    hosted = any(one.task == Task.HOST for one in standing(found))
    wanted = Task.CO if hosted else Task.SEPARATE
    if task != wanted:
        ask = _("有主办的，加的是会办。") if hosted else _("分办的，加的也是分办。")
        raise ValidationError({"task": ask})
    to = next((one for one in queries.departments(found) if one.code == department), None)
    if to is None:
        raise ValidationError({"department": _("选一个单位。")})
    if len(standing(found)) >= MOST:
        raise ValidationError({"department": _("最多六个单位。")})
    touch(found, "add", by=by, seen=seen, department=to.code)
    _give(found, to, task, by)
    again(found)
    return found


def _give(of: Proposal, to: Department, task: str, by: Actor) -> Handling:
    due = settings.opinion_due(of.committee) if task == Task.CO else settings.answer_due(of.committee)
    row = Handling(
        proposal=of, department=to, task=task, given_on=clock.today(), due=due,
        send_back_by=settings.send_back_by(of.committee), round=queries.round_of(of),
    )  # fmt: skip
    if row.answers:
        contact_next(row, Phase.BEFORE)
    return HANDLING.start("give", row, by=by, department=to.code, task=task, due=due.isoformat())


def part(code: str, move: str, *, by: Actor, seen: int | None) -> Handling:
    """One department's part, locked, if this move is open to the actor."""
    found = queries.lock_handling(code, by)
    HANDLING.check(move, found, by=by, seen=seen)
    return found


@transaction.atomic
def send_back(code: str, *, by: Actor, seen: int | None, words: str) -> Handling:
    """It is none of this department's business: back to the office, to be given to another. NotNow after the
    days set for that, and once it was handled."""
    found = part(code, "send_back", by=by, seen=seen)
    if not queries.may_send_back(found):
        raise NotNow(_("退回要在交办后的几个工作日里提，期限过了。办不了的，在答复里写明原因。"))
    found.reason = stated(words, _("写明为什么不归本单位办，归哪个单位。"), most=300)
    contact_next(found, None)
    HANDLING.move("send_back", found, by=by, seen=seen, department=found.department.code, task=found.task)
    of = found.proposal
    again(of)
    if not any(one.answers for one in standing(of)):
        touch(of, "give_up", by=by, seen=None, department=found.department.code)
    return found


@transaction.atomic
def extend(code: str, *, by: Actor, seen: int | None, due: date, words: str) -> Handling:
    """Put the answer off, once a round, before its day, with a reason that the filers are told; to six
    months after it was given at most (setting)."""
    found = part(code, "extend", by=by, seen=seen)
    most = settings.latest(found.proposal.committee, found.given_on)
    if found.extended:
        raise NotNow(_("已经延过一次，不能再延。"))
    if clock.today() > found.due:
        raise NotNow(_("期限已经过了，不能再延。"))
    if not found.due < due <= most:
        raise ValidationError({"due": _("比原来晚，最晚到 %(most)s。") % {"most": most.strftime("%Y-%m-%d")}})
    found.reason = stated(words, _("写明为什么要晚，提案人会看到。"), most=300)
    found.due, found.extended = due, True
    return HANDLING.move("extend", found, by=by, seen=seen, department=found.department.code,
                         due=due.isoformat())  # fmt: skip


@transaction.atomic
def contact(code: str, *, by: Actor, seen: int | None, way: str, on: date) -> Handling:
    """Write down that somebody got in touch with the filers. Which of the three it is (before, during, after)
    follows from what stands: the first before handling, what comes till the answer during it. The clock of
    the next one starts; the third has its own from the day that the answer goes out."""
    found = part(code, "contact", by=by, seen=seen)
    chosen("way", way, Contact.Way.values, _("选怎么联系的。"))
    if past(on) < found.given_on:
        raise ValidationError({"on": _("日子在交办以后。")})
    before = Contact.objects.filter(handling=found, round=found.round)
    phase = Phase.AFTER if found.state == Handling.State.ANSWERED else (
        Phase.DURING if before.exists() else Phase.BEFORE
    )  # fmt: skip
    kept = on <= found.contact_by if found.contact_by and found.contact_due == phase else None
    contact_next(found, Phase.DURING if phase == Phase.BEFORE else None)
    Contact.objects.create(
        handling=found, round=found.round, phase=phase, way=way, on=on, by=by.key, at=clock.now()
    )
    return HANDLING.move("contact", found, by=by, seen=seen, department=found.department.code, phase=phase,
                         on_time=kept)  # fmt: skip


@transaction.atomic
def opine(code: str, *, by: Actor, seen: int | None, words: str) -> Handling:
    """What a department beside the host has to say, to the host. Late is late, and welcome."""
    found = part(code, "opine", by=by, seen=seen)
    found.opinion = stated(words, _("写下意见：本单位能办什么，依据是什么。"), most=2000)
    kept = clock.today() <= found.due
    return HANDLING.move("opine", found, by=by, seen=seen, department=found.department.code, on_time=kept)


@transaction.atomic
def countersign(code: str, *, by: Actor, seen: int | None) -> Handling:
    """Agree to the host's draft. NotNow while there is none, or twice."""
    found = part(code, "countersign", by=by, seen=seen)
    drafted = any(
        one.task in ANSWERING and one.state == Handling.State.DRAFTED
        for one in standing(found.proposal)
    )  # fmt: skip
    if not drafted:
        raise NotNow(_("主办的答复还没有拟好。"))
    if found.countersigned_by:
        raise NotNow(_("已经会签过了。"))
    found.countersigned_by = by.key
    return HANDLING.move("countersign", found, by=by, seen=seen, department=found.department.code)
