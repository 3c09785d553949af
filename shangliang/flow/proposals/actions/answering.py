"""A department drafts its answer, the office passes it, the letter goes out; the department rates the
proposal."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow, NotYours
from shangliang.base.journal.record import draw
from shangliang.base.people.actor import Actor

from .. import queries, settings
from ..models import Answer, Contact, Handling, Phase, Proposal, Review, State, Task
from ..states import CHART, HANDLING
from .assigning import part
from .parts import again, contact_next, locked, named, standing, stated

WORST = "CBDA"  # the proposal is as the part of it that is worst: C before B before D before A


@transaction.atomic
def draft_answer(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    text: str,
    grade: str,
    public: bool,
    reason: str,
    contact: str,
    phone: str,
) -> Handling:
    """The department's answer, with its class, to be passed. NotNow before somebody spoke with the filers;
    ValidationError when it is not to be public without a reason."""
    found = part(code, "draft_answer", by=by, seen=seen)
    if not Contact.objects.filter(handling=found, round=found.round).exists():
        raise NotNow(_("先和提案人联系一次，记下来，再拟答复。"))
    if grade not in settings.grades(found.proposal.committee):
        raise ValidationError({"grade": _("选是哪一类。")})
    fields = {
        "text": stated(text, _("写明办了什么、怎么办、什么时候办，二十个字以上。"), field="text",
                       least=20, most=5000),
        "grade": grade, "public": public, "reason": "",
        "contact": stated(contact, _("写上联系人。"), field="contact", least=2, most=30),
        "phone": stated(phone, _("写上电话。"), field="phone", least=3, most=30),
        "by": by.key, "drafted_on": clock.today(), "passed_by": "",
    }  # fmt: skip
    if not public:
        fields["reason"] = stated(reason, _("不公开要写明理由。"), field="reason", most=200)
    Answer.objects.update_or_create(handling=found, round=found.round, defaults=fields)
    found.held_back = ""
    return HANDLING.move("draft_answer", found, by=by, seen=seen, department=found.department.code,
                         grade=grade)  # fmt: skip


@transaction.atomic
def hold_back(code: str, *, by: Actor, seen: int | None, words: str) -> Handling:
    """The answer does not do: back to the department, with what is wrong. Who agreed to it agrees anew."""
    found = part(code, "hold_back", by=by, seen=seen)
    found.held_back = stated(words, _("写明答复哪里不行。"))
    _agree_anew(found.proposal)
    return HANDLING.move("hold_back", found, by=by, seen=seen, department=found.department.code)


def _agree_anew(of: Proposal) -> None:
    Handling.objects.filter(proposal=of, task=Task.CO).update(countersigned_by="")
    again(of)


@transaction.atomic
def pass_(code: str, *, by: Actor, seen: int | None) -> Handling:
    """Pass a department's answer: its letter is numbered and goes out. With the last one the proposal is
    answered, and every one that was merged into it. NotNow while a department beside the host has not
    countersigned; NotYours for whoever drafted it."""
    found = part(code, "pass", by=by, seen=seen)
    of, row = found.proposal, queries.answer(found, found.round)
    assert row
    if row.by == by.key:
        raise NotYours(_("答复是您拟的，换一个人审核。"))
    beside = [one for one in standing(of) if one.task == Task.CO]
    if found.task == Task.HOST and any(not one.countersigned_by for one in beside):
        raise NotNow(_("还有会办单位没有会签。"))
    row.passed_by, row.passed_on, row.year = by.key, clock.today(), clock.today().year
    row.number = draw(f"reply_{found.department.code}", of.committee_path, row.year)
    row.save(update_fields=["passed_by", "passed_on", "year", "number"])
    kept = clock.today() <= found.due
    contact_next(found, Phase.AFTER)
    HANDLING.move("pass", found, by=by, seen=seen, department=found.department.code, grade=row.grade,
                  on_time=kept, again=found.round > 1)  # fmt: skip
    again(of)
    if queries.all_replied(of):
        _answered(of, by)
    return found


@transaction.atomic
def answer(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """Answered by those who still have a part of it, after whoever had not answered sent theirs back. NotNow
    while somebody has still to answer."""
    found = locked(code, "answer", by=by, seen=seen)
    if found.state != State.ASSIGNED or not queries.all_replied(found):
        raise NotNow(_("承办单位还没有都答复。"))
    _answered(found, by)
    return found


def _answered(of: Proposal, by: Actor) -> None:
    """The last part is answered: the proposal is, and what was merged into it."""
    rows = [one for one in queries.sent_answers(of) if one.round == queries.round_of(of)]
    worst = min((one.grade for one in rows), key=WORST.index)
    shown = any(one.public for one in rows)
    for one in [of, *of.merged.all()]:
        if one.state not in (State.ASSIGNED, State.MERGED):
            continue
        one.answered_on, one.outcome, one.again = clock.today(), worst, of.again
        one.public = shown and one.may_publish
        one.last_at = clock.now()
        CHART.move("answer", one, by=by, seen=None, grade=worst, again=of.again, public=one.public,
                   kind=one.kind, **named(one))  # fmt: skip


@transaction.atomic
def review(code: str, *, by: Actor, seen: int | None, marks: Sequence[int]) -> Handling:
    """The department rates the proposal: five marks of 0 to 20, in the order of `Review`. Once, and before
    it sees how it was rated itself."""
    found = part(code, "review", by=by, seen=seen)
    if Review.objects.filter(handling=found).exists():
        raise NotNow(_("已经评过这件提案了。"))
    if len(marks) != 5 or not all(0 <= one <= 20 for one in marks):
        raise ValidationError(_("五项各打 0 到 20 分。"))
    names = ("scientific", "serious", "feasible", "regular", "influential")
    given = dict(zip(names, marks, strict=True))
    made = Review.objects.create(handling=found, by=by.key, at=clock.now(), **given)
    return HANDLING.move("review", found, by=by, seen=seen, department=found.department.code,
                         total=made.total)  # fmt: skip
