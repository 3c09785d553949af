"""An answer waits for another person of the committee, who lets it through or sends it back; see
`secondlook`."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor

from .. import queries, secondlook
from ..models import Answer, SecondLook, Voice
from ..queries import desk
from ..states import CHART
from .giving import given
from .parts import Upload, iso, keep, stated

NOTHING_WAITS = gettext_lazy("没有在等复核的答复。")


def propose(
    voice: Voice,
    *,
    by: Actor,
    seen: int | None,
    words: str,
    promised_for: date | None,
    uploads: Sequence[Upload],
) -> Voice:
    """Lay an answer down to be looked over. `voice` is locked, its words measured, its move asked."""
    before = desk.last_look(voice)
    row = SecondLook(
        voice=voice, round=voice.round, words=words, promised_for=promised_for, by=by.key, at=clock.now()
    )
    if before:
        row.code = before.code  # its papers stay with the answer that comes of it
    row.save(force_insert=True)
    keep(uploads, subject=f"answer:{row.code}", by=by)
    voice.proposed_by = by.key
    return CHART.move("propose", voice, by=by, seen=seen, round=voice.round, promised=iso(promised_for))


@transaction.atomic
def let_through(code: str, *, by: Actor, seen: int | None) -> Voice:
    """The answer goes out as it was written, under its writer's words; both are named in the journal. NotNow
    when it was changed since `seen`."""
    voice, row = _waiting("let_through", code, by, seen)
    _looked(row, by)
    voice.proposed_by = ""
    facts = given(voice, by, words=row.words, writer=row.by, code=row.code, promised_for=row.promised_for)
    return CHART.move("let_through", voice, by=by, seen=seen, written_by=row.by, **facts)


@transaction.atomic
def hold_back(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """Send it back to its writer, with what to mend."""
    voice, row = _waiting("hold_back", code, by, seen)
    row.back = stated(words, field="words")
    _looked(row, by)
    voice.proposed_by = ""
    return CHART.move("hold_back", voice, by=by, seen=seen, round=voice.round)


@transaction.atomic
def retract(code: str, *, by: Actor, seen: int | None) -> Voice:
    """Its writer takes it back, to say it otherwise."""
    voice, _row = _waiting("retract", code, by, seen)
    voice.proposed_by = ""
    return CHART.move("retract", voice, by=by, seen=seen, round=voice.round)


def forget(voice: Voice) -> list[str]:
    """Answers that never went out go with their author: they are no word of the office. Their files."""
    out = set(Answer.objects.filter(voice=voice).values_list("code", flat=True))
    rows = [row for row in voice.secondlooks.all() if row.code not in out]
    found = files.drop([f"answer:{row.code}" for row in rows])
    SecondLook.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return found


def ask(move: str, voice: Voice) -> None:
    """NotNow for a move about an answer that waits where none does, and for another answer while one does."""
    if move in secondlook.not_now(voice):
        waits = _("已经有一份答复在等复核。要改，先收回来或者退回去。")
        raise NotNow(waits if voice.proposed_by else str(NOTHING_WAITS))


def _waiting(move: str, code: str, by: Actor, seen: int | None) -> tuple[Voice, SecondLook]:
    voice = queries.lock(code, by)
    CHART.check(move, voice, by=by, seen=seen)
    ask(move, voice)
    row = desk.waiting_look(voice)
    if row is None:
        raise NotNow(str(NOTHING_WAITS))
    return voice, row


def _looked(row: SecondLook, by: Actor) -> None:
    row.looked_by, row.looked_at = by.key, clock.now()
    row.save(update_fields=["looked_by", "looked_at", "back"])
