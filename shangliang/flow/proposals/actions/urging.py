"""The office chases a department: for its part of a proposal, or for its reply to one that was not filed."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.record import draw
from shangliang.base.people.actor import Actor

from .. import queries
from ..models import Handling, Letter, Proposal, Urging
from ..states import HANDLING
from .assigning import part
from .parts import locked, stated, touch


@transaction.atomic
def urge(code: str, *, by: Actor, seen: int | None, words: str, due: date) -> Handling:
    """A letter chasing a department (督办函): of a key proposal, or once its day has passed, or that of a
    contact with the filers."""
    found = part(code, "urge", by=by, seen=seen)
    if not queries.may_urge(found):
        raise NotNow(_("没有过期，也不是重点提案，不用督办。"))
    number = _write(found.committee_path, by, words, due, handling=found)
    return HANDLING.move("urge", found, by=by, seen=seen, department=found.department.code, number=number)


@transaction.atomic
def urge_letter(code: str, *, by: Actor, seen: int | None, words: str, due: date) -> Proposal:
    """The same about the letter that a proposal (`code`) became which was not filed, once its day has passed
    without a reply."""
    found = locked(code, "urge_letter", by=by, seen=seen)
    letter = queries.letter_of(found)
    if letter is None or not letter.late:
        raise NotNow(_("没有过期，或者单位回复过了，不用督办。"))
    number = _write(found.committee_path, by, words, due, letter=letter)
    return touch(found, "urge_letter", by=by, seen=seen, department=letter.department.code, number=number)


def _write(committee: str, by: Actor, words: str, due: date, **about: Handling | Letter) -> int:
    """Its number of the year, one row of numbers for both. ValidationError for a day that is over or far."""
    if due < clock.today() or clock.too_far(due, years=1):
        raise ValidationError({"due": _("从今天起，不超过一年。")})
    said, today = stated(words, _("写明请它办什么。")), clock.today()
    number: int = draw("proposal_urging", committee, today.year)
    Urging.objects.create(year=today.year, number=number, words=said, due=due, on=today, by=by.key, **about)
    return number
