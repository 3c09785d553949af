"""A resident asks that what they said be erased: words, phone, photos and dialogue go, the thread stays."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.files import actions as files
from shangliang.base.people import actions as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Erasure
from shangliang.base.people.personal.fields import GONE
from shangliang.base.people.personal.holders import Left, Trace
from shangliang.base.review.models import Review
from shangliang.base.search import actions as search

from .. import deadlines, queries, rules
from ..models import Deadline, Line, Note, PaperForm, Settling, Verdict, Voice
from . import merging, second_look, showing
from .supporting import untie


@transaction.atomic
def erase(code: str, *, by: Actor, way: str = Erasure.Way.CODE) -> Erasure:
    """Erase what the author of a voice said, here and in consultations, for good. `way`: how it was asked
    for; an officer must say which. NotNow if it is erased already."""
    voice = queries.lock(code, by)
    if not rules.erases(by, voice):
        raise NotYours(_("要删除，请本人用查询码办理，或请本县政协的干部代办。"))
    if way not in ((Erasure.Way.CODE,) if rules.wrote(by, voice) else Erasure.TOLD):
        raise ValidationError({"way": _("选一下本人是怎么提出来的。")})
    return people.erase(voice.person, way=way, by=by)


def forget(person: str) -> Left:
    """Everything that the voices hold of this pseudonym; see `people.holders`. What officials wrote in answer
    stays theirs."""
    left = Left()
    for voice in queries.locked_of(person):
        lines = list(voice.lines.all())
        left.files += files.drop([voice.subject, *(line.subject for line in lines)])
        left.traces.append(Trace(voice.subject, voice.thread, voice.committee_path, voice.studio_code))
        Line.objects.filter(voice=voice).update(words=GONE)
        Note.objects.filter(voice=voice).update(words=GONE)
        left.files += second_look.forget(voice) + showing.forget(voice)
        Verdict.objects.filter(voice=voice, missing__isnull=False).update(missing=GONE)
        deadlines.end_opinions(voice)
        Deadline.objects.filter(voice=voice, ended_on=None).update(
            ended_on=clock.today(), end=Deadline.End.DROPPED
        )
        PaperForm.objects.filter(voice=voice).update(code_hash=f"erased:{voice.code}")
        for kind in ("voice", "shown_voice"):
            search.drop(kind, voice.pk)
        untie(voice)
        merging.drop(voice)
        Settling.objects.filter(Q(voice=voice) | Q(earlier=voice)).delete()
        _empty(voice)
        merging.release(voice)
    return left


def _empty(voice: Voice) -> None:
    voice.words, voice.place, voice.phone, voice.appeal = GONE, None, None, None
    voice.public_words = voice.withheld_detail = voice.appeal_answer = None
    voice.phone_mark = ""
    voice.code_hash = f"erased:{voice.code}"  # the code opens nothing more, and its digest goes too
    voice.erased_on = voice.erased_on or clock.today()
    voice.due_by = voice.awaits = voice.waits_until = None
    voice.proposed_by = ""
    voice.rung = ""  # nobody is named in public for what is no more
    voice.version += 1
    if voice.review != Review.SHOWN:  # what was shown is counted as shown; its words are gone there too
        voice.review, voice.withheld_reason = Review.NONE, ""
    voice.review_version += 1
    voice.save()
