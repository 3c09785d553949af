"""Who at a committee looks after a voice: whoever took it up, until a colleague is handed it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.people.actor import Actor

from .. import queries
from ..models import Keeping, Voice
from ..queries import desk
from ..states import CHART
from .noting import keep_note
from .parts import measured


@transaction.atomic
def hand_over(code: str, *, by: Actor, seen: int | None, to: str, words: str = "") -> Voice:
    """Hand it to a colleague (or to oneself), by pseudonym; the words become a note. Clocks run on.
    ValidationError for somebody who does not work at the desk where it lies."""
    voice = queries.lock(code, by)
    CHART.check("hand_over", voice, by=by, seen=seen)
    if to not in desk.colleagues(voice):
        raise ValidationError({"to": _("选一位现在管得着这件事的同事。")})
    committee = desk.desk_of(voice, by) or voice.committee
    words = measured(words, field="words", least=0, most=500)
    if words:
        keep_note(voice, committee, words, by)
    _set(voice, committee.pk, to, by)
    return CHART.move("hand_over", voice, by=by, seen=seen, to=to)


def kept(voice: Voice, by: Actor) -> None:
    """Whoever takes it up looks after it."""
    committee = desk.desk_of(voice, by)
    if committee:
        _set(voice, committee.pk, by.key, by)


def _set(voice: Voice, committee: int, keeper: str, by: Actor) -> None:
    now = {"keeper": keeper, "since": clock.today(), "handed_by": "" if keeper == by.key else by.key}
    Keeping.objects.update_or_create(voice=voice, committee_id=committee, defaults=now)
