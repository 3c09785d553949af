"""The two looks: what one proposes, another decides. And what the office does with it later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.record import draw
from shangliang.base.people.actor import Actor

from .. import queries, reasons, settings
from ..models import Filed, Note, Proposal
from ..models.proposal import Decision, Passed, Topic
from .parts import copied, locked, named, told, touch
from .passing import as_letter, as_report

SERIES = {True: "proposal_session", False: "proposal"}  # two rows of numbers, each of a year


@dataclass(frozen=True)
class Looked:
    """What the first look found: `ticks`, keys of the checklist that hold; `into`: the code of the proposal
    that it should go together with; `reason`: a key of the published reasons."""

    decision: str
    topic: str = ""
    ticks: Sequence[str] = ()
    into: str = ""
    reason: str = ""
    passed: str = ""


@transaction.atomic
def check(code: str, *, by: Actor, seen: int | None, looked: Looked) -> Proposal:
    """The first look. ValidationError where what it proposes is not founded: to file asks the whole
    checklist, to merge another proposal, not to file a published reason."""
    found = locked(code, "check", by=by, seen=seen)
    if looked.decision not in Decision.values:
        raise ValidationError({"decision": _("选初审意见。")})
    if looked.topic not in Topic.values:
        raise ValidationError({"topic": _("选一个类别。")})
    if looked.decision == Decision.FILE and set(reasons.checklist()) - set(looked.ticks):
        raise ValidationError({"ticks": _("都符合才能立案；有一条不符合，退回修改或者不立案。")})
    found.into = None
    if looked.decision == Decision.MERGE:
        found.into = next((one for one in queries.mergeable(found) if one.code == looked.into), None)
        if found.into is None:
            raise ValidationError({"into": _("选并进哪一件。")})
    refused = looked.decision == Decision.REFUSE
    if refused and looked.reason not in reasons.on(clock.today()).reasons:
        raise ValidationError({"reason": _("选一条公布的理由。")})
    if refused and looked.passed not in Passed.values:
        raise ValidationError({"passed": _("不立案的，意见也要转出去：选怎么转。")})
    found.topic, found.proposed, found.checked_by = looked.topic, looked.decision, by.key
    found.reason, found.passed = (looked.reason, looked.passed) if refused else ("", "")
    return touch(found, "check", by=by, seen=seen, decision=looked.decision)


def _looked_at_by_nobody(found: Proposal) -> None:
    found.checked_by, found.proposed, found.into, found.reason, found.passed = "", "", None, "", ""


@transaction.atomic
def look_again(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """Not agreed: back to the first look."""
    found = locked(code, "look_again", by=by, seen=seen)
    _looked_at_by_nobody(found)
    return touch(found, "look_again", by=by, seen=seen)


@transaction.atomic
def return_(code: str, *, by: Actor, seen: int | None, words: str) -> Proposal:
    """Back to whoever leads, with what has to be mended."""
    found = locked(code, "return", by=by, seen=seen)
    told(found, Note.About.RETURNED, words, by, _("写明哪里要改，提案人照着改。"))
    _looked_at_by_nobody(found)
    return touch(found, "return", by=by, seen=seen)


@transaction.atomic
def file(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """File it under the next number of its session or year. NotNow unless the first look said so."""
    found = _decided(code, "file", Decision.FILE, by, seen)
    _number(found)
    return _filed(found, "file", by, seen)


@transaction.atomic
def merge(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """File it together with the one that the first look named: it keeps a number of its own, and its filers
    are answered with that one's."""
    found = _decided(code, "merge", Decision.MERGE, by, seen)
    into = queries.hold(found.into) if found.into else None
    if into is None or into.code not in {one.code for one in queries.mergeable(found)}:
        raise NotNow(_("要并进去的那一件已经往下走了。退回初审，重新看。"))
    _number(found)
    return _filed(found, "merge", by, seen, into=into.code)


def _filed(found: Proposal, move: str, by: Actor, seen: int | None, **facts: str) -> Proposal:
    touch(found, move, by=by, seen=seen, number=found.number, year=found.year, kind=found.kind,
          session=found.in_session, **facts, **named(found))  # fmt: skip
    text = Filed(proposal=found)
    copied(text, found)
    text.save(force_insert=True)
    search.put("proposal", text.pk, queries.text_of(text), found.committee_path, private=True)
    return found


def _number(found: Proposal) -> None:
    found.filed_on = clock.today()
    found.number = draw(SERIES[found.in_session], found.committee_path, found.year or clock.today().year)


@transaction.atomic
def refuse(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    words: str,
    department: str = "",
    due: date | None = None,
) -> Proposal:
    """Not filed, with the published reason; the opinion is passed on otherwise, and the filers are told. One
    that goes on as an opinion report is a draft of its leader's at once; NotNow where they have no studio to
    send it through. One that goes on as a letter goes to a department (its code), to be replied to by a day;
    ValidationError without these."""
    found = _decided(code, "refuse", Decision.REFUSE, by, seen)
    told(found, Note.About.NOT_FILED, words, by, _("告诉提案人：为什么不立案，意见转到哪里。"))
    into = as_report(found, by) if found.passed == Passed.REPORT else None
    touch(found, "refuse", by=by, seen=seen, reason=found.reason, passed=found.passed, into=into,
          **named(found))  # fmt: skip
    if found.passed == Passed.LETTER:
        as_letter(found, by=by, seen=None, department=department, due=due)
    return found


def _decided(code: str, move: str, wanted: str, by: Actor, seen: int | None) -> Proposal:
    found = locked(code, move, by=by, seen=seen)
    if found.proposed != wanted:
        raise NotNow(
            _("初审意见是「%(decision)s」。不同意就退回初审。") % {"decision": found.get_proposed_display()}
        )
    found.decided_by = by.key
    return found


@transaction.atomic
def mark_key(code: str, *, by: Actor, seen: int | None, words: str) -> Proposal:
    """A key proposal (重点提案), with the reason; once."""
    found = locked(code, "mark_key", by=by, seen=seen)
    if found.key_reason:
        raise NotNow(_("已经是重点提案了。"))
    told(found, Note.About.KEY, words, by, _("写明为什么列为重点。"))
    found.key_reason = words.strip()[:200]
    return touch(found, "mark_key", by=by, seen=seen, **named(found))


@transaction.atomic
def recheck(code: str, *, by: Actor, seen: int | None, grade: str, words: str) -> Proposal:
    """Look again at a class B of an earlier year: what it is now. NotNow before the year has turned, or
    twice in a year."""
    found = locked(code, "recheck", by=by, seen=seen)
    today = clock.today()
    if found.outcome != "B" or found.answered_on is None:
        raise NotNow(_("B 类的才在次年复查。"))
    if found.answered_on.year >= today.year:
        raise NotNow(_("答复的第二年才复查。"))
    if found.rechecked_on and found.rechecked_on.year == today.year:
        raise NotNow(_("今年已经复查过了。"))
    if grade not in settings.grades(found.committee):
        raise ValidationError({"grade": _("选现在是哪一类。")})
    told(found, Note.About.RECHECKED, words, by, _("写明现在办到哪一步。"))
    found.rechecked_on, found.outcome = today, grade
    return touch(found, "recheck", by=by, seen=seen, grade=grade)
