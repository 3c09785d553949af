"""Each signer rates the answer, from their own session. Who is not satisfied has it handled again, once."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.record import record
from shangliang.base.people.actor import CLOCK, Actor

from .. import queries, rules, settings
from ..models import Handling, Phase, Proposal, Rating, Signature, State, Task
from ..states import CHART, HANDLING, SIGNING_CHART
from .parts import again, contact_next, standing


@dataclass(frozen=True)
class Said:
    """The five questions, a mark of 0 to 100, and words; `again`: to be handled once more."""

    visited: str
    attitude: str
    heard: str
    aimed: str
    result: str
    score: int
    words: str = ""
    again: bool = False


QUESTIONS: dict[str, type[TextChoices]] = {
    "visited": Rating.Visited, "attitude": Rating.Attitude, "heard": Rating.Heard, "aimed": Rating.Aimed,
    "result": Rating.Result,
}  # fmt: skip


@transaction.atomic
def rate(code: str, *, by: Actor, seen: int | None, said: Said) -> Signature:
    """One signer's rating (`code`: of the signature) of the answer that stands. NotNow before it is answered
    or twice a round. `again` asks words and an unsatisfied answer; it is done once."""
    found = queries.lock_signature(code, by)
    SIGNING_CHART.check("rate", found, by=by, seen=seen)
    of = found.proposal
    if of.state != State.ANSWERED:
        raise NotNow(_("现在没有要评的答复。"))
    round_ = queries.round_of(of)
    if Rating.objects.filter(signature=found, round=round_).exists():
        raise NotNow(_("这一次答复您已经评过了。"))
    row = _row(found, round_, said)
    if row.again and of.again:
        raise NotNow(_("已经重新办过一次。还不满意，写在评价里，机关会看到。"))
    if row.again and not row.words:
        raise ValidationError({"words": _("请再办一次，写明哪里没有办好。")})
    row.save(force_insert=True)
    SIGNING_CHART.move("rate", found, by=by, seen=seen, satisfied=row.satisfied, again=row.again,
                       result=row.result, round=round_, score=row.score)  # fmt: skip
    if row.again:
        _redo(of, by)
    elif _all_rated(of, round_):
        _close(of, by, round_)
    return found


def wait_no_more() -> int:
    """A chore: who was erased, or is no member any more, is waited for no more. What all others have rated is
    closed; what nobody has rated and nobody can rate any more is ended. Returns how many."""
    done, after = 0, 0
    while piece := queries.awaiting(after):
        after = piece[-1].pk
        done += sum(_let_go(one) for one in piece)
    return done


@transaction.atomic
def _let_go(of: Proposal) -> bool:
    queries.head(of)  # locked first, as whoever rates locks it
    found = queries.hold(of)
    round_ = queries.round_of(found)
    if found.state != State.ANSWERED or not _all_rated(found, round_):
        return False
    _close(found, CLOCK, round_)
    return True


def _close(of: Proposal, by: Actor, round_: int) -> None:
    of.last_at = clock.now()
    if any(one.signature.proposal_id == of.pk and one.round == round_ for one in queries.ratings(of)):
        CHART.move("close", of, by=by, seen=None, satisfied=_satisfied(of, round_))
    else:
        CHART.move("end", of, by=by, seen=None)


def _row(found: Signature, round_: int, said: Said) -> Rating:
    fields = {name: getattr(said, name) for name in QUESTIONS}
    asks = {name: _("选一个。") for name, kind in QUESTIONS.items() if fields[name] not in kind.values}
    if not 0 <= said.score <= 100:
        asks["score"] = _("打 0 到 100 分。")
    if len(said.words) > 1000:
        asks["words"] = _("最多 1,000 个字。")
    if asks:
        raise ValidationError(asks)
    row = Rating(signature=found, round=round_, score=said.score, at=clock.now(), **fields)
    row.words, row.again = said.words.strip(), said.again
    if row.again and row.satisfied:
        raise ValidationError({"again": _("满意的不用再办。")})
    return row


def _redo(of: Proposal, by: Actor) -> None:
    """Back to the departments, with a new clock; what was merged waits with it."""
    head = queries.head(of)
    for one in (part for part in standing(head) if part.state == Handling.State.ANSWERED):
        one.proposal = head
        one.round, one.given_on, one.extended, one.reason = 2, clock.today(), False, ""
        one.due = settings.answer_due(head.committee)
        contact_next(one, Phase.BEFORE)
        HANDLING.move("redo", one, by=by, seen=None, department=one.department.code,
                      due=one.due.isoformat())  # fmt: skip
    Handling.objects.filter(proposal=head, task=Task.CO).update(countersigned_by="")
    again(head)
    for one_ in [head, *(one for one in head.merged.all() if one.state in (State.ANSWERED, State.CLOSED))]:
        one_.again, one_.last_at = True, clock.now()
        CHART.move("redo" if one_ is head else "wait_again", one_, by=by, seen=None)


def _all_rated(of: Proposal, round_: int) -> bool:
    rated = set(
        Rating.objects.filter(signature__proposal=of, round=round_).values_list("signature", flat=True)
    )
    return {one.pk for one in queries.raters(of)} <= rated


def _satisfied(of: Proposal, round_: int) -> bool:
    """Whether nobody who rated it was unsatisfied: a proposal counts as one that satisfied only then."""
    return all(one.satisfied for one in queries.ratings(of) if one.round == round_)


def refuse_rating(code: str, *, by: Actor) -> bool:
    """Whether this account may not rate because it is of a department that handled the proposal: that it was
    tried is written down. Call it outside the form's transaction, which is undone."""
    with transaction.atomic():
        of = queries.proposal(code, by)
        if not rules.handles(by, of.head):
            return False
        record(
            "proposal_rating_refused", subject=of.subject, thread=of.thread, committee=of.committee_path,
            by=by.key,
        )  # fmt: skip
        return True
