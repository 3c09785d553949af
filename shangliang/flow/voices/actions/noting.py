"""Notes among the colleagues of a committee. The voice's version stays: a note makes no half-written answer
stale, and clocks know nothing of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee

from .. import queries, rules
from ..models import Note, Voice
from ..queries import desk
from .parts import measured


@transaction.atomic
def note(code: str, *, by: Actor, words: str) -> Note:
    """Write a note that only one's own committee reads, and the author in the copy that they take. NotYours
    for who decides nothing about it."""
    voice = queries.lock(code, by)
    committee = desk.desk_of(voice, by)
    if committee is None or not rules.notes(by, voice):
        raise NotYours(_("内部备注由受理这件事的工作室和政协写。"))
    words = measured(words, field="words", least=2, most=500, missing=_("写一句，同事好接着办。"))
    return keep_note(voice, committee, words, by)


def keep_note(voice: Voice, committee: Committee, words: str, by: Actor) -> Note:
    """The caller has asked its rule and measured the words."""
    row = Note(voice=voice, committee=committee, words=words, by=by.key, at=clock.now())
    row.save(force_insert=True)
    _journal("voice_noted", voice, by)
    return row


@transaction.atomic
def strike_note(code: str, *, by: Actor) -> None:
    """Take a note away for good: its writer, or an officer of its committee, since it may say something wrong
    of somebody. Only that it was struck stays."""
    found = desk.note(code, by)
    if found.by != by.key and not by.holds("officer", committee=found.committee.path):
        raise NotYours(_("写备注的人，或者本级政协的干部，才能划掉它。"))
    voice = queries.lock(found.voice.code, by)
    found.delete()
    _journal("voice_note_struck", voice, by)


def _journal(act: str, voice: Voice, by: Actor) -> None:
    record(
        act, subject=voice.subject, thread=voice.thread, committee=voice.committee_path,
        studio=voice.studio_code, by=by,
    )  # fmt: skip
