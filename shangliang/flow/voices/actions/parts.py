"""What several actions share: words measured, remarks kept beside an act."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.people.actor import Actor

from ..models import Remark, Voice


def measured(words: str, *, field: str, least: int, most: int, missing: str = "") -> str:
    """The words without the space around them. ValidationError at `field` when too few or too many."""
    words = words.replace("\r\n", "\n").strip()
    if len(words) < least:
        raise ValidationError({field: missing or _("再写几个字，别人才看得明白。")})
    if len(words) > most:
        raise ValidationError(
            {field: _("写了 %(n)s 个字，最多 %(most)s 个字。删短一点再交，写好的都还在。") % {"n": f"{len(words):,}", "most": f"{most:,}"}}
        )
    return words


def stated(words: str, *, field: str = "reason", most: int = 500) -> str:
    return measured(words, field=field, least=2, most=most, missing=_("写一句为什么，留言人看得到。"))


def remark(voice: Voice, act: str, *, by: Actor, words: str = "", owner: str = "", contact: str = "") -> None:
    Remark.objects.create(
        voice=voice, act=act, by=by.key, at=clock.now(), words=words, owner=owner, contact=contact
    )


def iso(day: date | None) -> str | None:
    """A day as the journal keeps it; no day, no fact."""
    return day.isoformat() if day else None
