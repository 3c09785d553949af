"""Showing, withholding, mending, appealing. Its owner's package locks the thing before it comes here."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import clock
from ..people.actor import Actor
from .models import COVER, DETAIL, Reason
from .states import CHART

LONGEST = 2000  # characters of a public wording
LONGEST_APPEAL, LONGEST_ANSWER = 1000, 500
APPEAL_DAYS = 5  # working days in which somebody else decides; product.md 11


def cover(texts: Sequence[str], phrases: Sequence[str]) -> list[str]:
    """The same texts with every place of these phrases covered, a block for each character.

    ValidationError for a phrase that stands in none of them: it was mistyped, and would stay to be read."""
    wanted = sorted({p.strip() for p in phrases if p.strip()}, key=len, reverse=True)
    if missing := [p for p in wanted if not any(p in text for text in texts)]:
        said = "、".join(f"「{p}」" for p in missing)
        raise ValidationError({"cover": _("原话里没有%(words)s，一个字都不能差。") % {"words": said}})
    covered = list(texts)
    for phrase in wanted:
        covered = [text.replace(phrase, COVER * len(phrase)) for text in covered]
    return covered


@transaction.atomic
def show(thing: Any, *, by: Actor, seen: int | None, **facts: Any) -> Any:
    """Show it. `facts` are numbers of the owner's package that figures count with the first showing."""
    return _shown("show", thing, by, seen, facts)


def _shown(move: str, thing: Any, by: Actor, seen: int | None, facts: dict[str, Any]) -> Any:
    first = thing.first_shown_at is None
    _looked(thing, by)
    thing.withheld_reason, thing.withheld_detail = "", ""
    thing.first_shown_at = thing.first_shown_at or clock.now()
    return CHART.move(move, thing, by=by, seen=seen, first=first, **facts)


@transaction.atomic
def withhold(thing: Any, *, by: Actor, seen: int | None, reason: str, detail: str, **facts: Any) -> Any:
    """Keep it back for a listed reason, with the words meant. ValidationError for another reason or none
    of the words."""
    if reason not in Reason.values:
        raise ValidationError({"reason": _("从单子里选一条理由；不同意见和批评不是理由。")})
    if len(detail.strip()) < 2:
        raise ValidationError(
            {"detail": _("%(what)s，留言人才知道怎么改。") % {"what": DETAIL[Reason(reason)]}}
        )
    _looked(thing, by)
    thing.withheld_reason, thing.withheld_detail, thing.withheld_by = reason, detail.strip(), by.key
    thing.appeal, thing.appealed_at, thing.appeal_due, thing.appeal_answer = None, None, None, ""
    return CHART.move("withhold", thing, by=by, seen=seen, reason=reason, **facts)


@transaction.atomic
def mend(thing: Any, *, by: Actor, seen: int | None, words: str, **facts: Any) -> Any:
    """The author gives a new public wording, which is looked at again before it shows; the first words stay."""
    if len(words.strip()) < 4:
        raise ValidationError({"words": _("写上改好的话，四个字以上。")})
    if len(words.strip()) > LONGEST:
        raise ValidationError({"words": _("最多 2,000 个字。")})
    thing.public_words = words.strip()
    return CHART.move("mend", thing, by=by, seen=seen, **facts)


@transaction.atomic
def appeal(thing: Any, *, by: Actor, seen: int | None, words: str, **facts: Any) -> Any:
    """The author says why it should be shown; somebody else looks at it within five working days."""
    said = words.strip()
    if len(said) < 4:
        raise ValidationError({"words": _("写上为什么该公开，四个字以上。")})
    if len(said) > LONGEST_APPEAL:
        raise ValidationError({"words": _("最多 1,000 个字。")})
    thing.appeal, thing.appealed_at = said, clock.now()
    thing.appeal_due = clock.due_after(clock.today(), APPEAL_DAYS).day
    return CHART.move("appeal", thing, by=by, seen=seen, reason=thing.withheld_reason, **facts)


@transaction.atomic
def uphold(thing: Any, *, by: Actor, seen: int | None, **facts: Any) -> Any:
    """Decide for the author: it is shown as it stands."""
    facts |= {"appeal": True, "in_time": _in_time(thing)}
    return _shown("uphold", thing, by, seen, facts)


@transaction.atomic
def dismiss(thing: Any, *, by: Actor, seen: int | None, answer: str, **facts: Any) -> Any:
    """Decide that it stays withheld, with the reason told to the author."""
    said = answer.strip()
    if not 4 <= len(said) <= LONGEST_ANSWER:
        raise ValidationError({"answer": _("写上为什么还是先不公开，4 到 500 个字，留言人看得到。")})
    _looked(thing, by)
    thing.appeal_answer = said
    facts |= {"reason": thing.withheld_reason, "in_time": _in_time(thing)}
    return CHART.move("dismiss", thing, by=by, seen=seen, **facts)


def _in_time(thing: Any) -> bool:
    return bool(thing.appeal_due and clock.today() <= thing.appeal_due)


@transaction.atomic
def make_private(thing: Any, *, by: Actor, seen: int | None, **facts: Any) -> Any:
    """The author wants it shown no more: it is between themselves and the office, whatever was said of it."""
    was = thing.review
    thing.public, thing.withheld_reason, thing.withheld_detail = False, "", ""
    thing.appeal_due = None  # nobody waits for it any more
    return CHART.move("make_private", thing, by=by, seen=seen, was=was, **facts)


def _looked(thing: Any, by: Actor) -> None:
    thing.reviewed_by, thing.reviewed_at = by.key, clock.now()
