"""Showing, withholding, mending. The thing is locked by its owner's package before it comes here."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .. import clock
from ..people.actor import Actor
from .models import DETAIL, Reason
from .states import CHART

LONGEST = 2000  # characters of a public wording


@transaction.atomic
def show(thing: Any, *, by: Actor, seen: int | None, **facts: Any) -> Any:
    """Show it. `facts` are numbers of the owner's package that figures count with the first showing."""
    first = thing.first_shown_at is None
    _looked(thing, by)
    thing.withheld_reason, thing.withheld_detail = "", ""
    thing.first_shown_at = thing.first_shown_at or clock.now()
    return CHART.move("show", thing, by=by, seen=seen, first=first, **facts)


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
    thing.withheld_reason, thing.withheld_detail = reason, detail.strip()
    return CHART.move("withhold", thing, by=by, seen=seen, reason=reason, **facts)


@transaction.atomic
def mend(thing: Any, *, by: Actor, seen: int | None, words: str, **facts: Any) -> Any:
    """The author gives a new public wording; the first words stay as they are."""
    if len(words.strip()) < 4:
        raise ValidationError({"words": _("写上改好的话，四个字以上。")})
    if len(words.strip()) > LONGEST:
        raise ValidationError({"words": _("最多 2,000 个字。")})
    thing.public_words = words.strip()
    return CHART.move("mend", thing, by=by, seen=seen, **facts)


def _looked(thing: Any, by: Actor) -> None:
    thing.reviewed_by, thing.reviewed_at = by.key, clock.now()
