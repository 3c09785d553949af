"""What several actions share: the voice that a move is about, words measured, remarks kept beside an act."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import queries
from ..models import Remark, Voice
from ..states import CHART

Upload = UploadedFile | files.Ready  # as it came, or made ready before the transaction


def about_to(move: str, code: str, by: Actor, seen: int | None) -> Voice:
    """The locked voice, once sight, rule, state and version have been asked."""
    voice = queries.lock(code, by)
    CHART.check(move, voice, by=by, seen=seen)
    return voice


def measured(words: str, *, field: str, least: int, most: int, missing: str = "") -> str:
    """The words without the space around them. ValidationError at `field` when too few or too many."""
    words = words.replace("\r\n", "\n").strip()
    if len(words) < least:
        raise ValidationError({field: missing or _("再写几个字，别人才看得明白。")})
    if len(words) > most:
        counts = {"n": f"{len(words):,}", "most": f"{most:,}"}
        raise ValidationError(
            {field: _("写了 %(n)s 个字，最多 %(most)s 个字。删短一点再交，写好的都还在。") % counts}
        )
    return words


def keep(uploads: Sequence[Upload], *, subject: str, by: Actor) -> int:
    """Keep photos and papers under `subject`; how many. ValidationError in plain words for one that can't
    be."""
    if not uploads:
        return 0
    return len(files.keep(list(uploads), subject=subject, by=by))


def stated(words: str, *, field: str = "reason", most: int = 500) -> str:
    return measured(words, field=field, least=2, most=most, missing=_("写一句为什么，留言人看得到。"))


def remark(voice: Voice, act: str, *, by: Actor, words: str = "", owner: str = "", contact: str = "") -> None:
    Remark.objects.create(
        voice=voice, act=act, by=by.key, at=clock.now(), words=words, owner=owner, contact=contact
    )


def mark(committee: Committee) -> str:
    """The committee's sign in its numbers: 溪 of 溪政留2026-000123."""
    return str(committee.preferences.get("mark") or committee.name[:1])


def iso(day: date | None) -> str | None:
    """A day as the journal keeps it; no day, no fact."""
    return day.isoformat() if day else None
