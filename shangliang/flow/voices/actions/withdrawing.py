"""The author takes something back: the public showing of their words, or the whole voice."""

from django.db import transaction

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.review import actions as review
from shangliang.base.review.models import Review
from shangliang.base.search import actions as search

from .. import deadlines, queries
from ..deadlines import ACCEPT, ANSWER, DROPPED
from ..models import State, Voice
from ..queries import tied
from ..states import CHART
from . import merging, showing
from .supporting import untie


@transaction.atomic
def make_private(code: str, *, by: Actor, seen: int | None) -> Voice:
    """Nobody but the office reads it any more; the matter itself goes on. `seen` is the review's version."""
    return _private(queries.lock(code, by), by, seen)


@transaction.atomic
def withdraw(code: str, *, by: Actor, seen: int | None) -> Voice:
    """Nothing more is done about it: clocks stop, it is shown no more, the phone goes. Its words stay with
    the office until they are erased; what was merged into it goes on by itself."""
    tied.locked_group(tied.group_of(code))
    voice = queries.lock(code, by)
    CHART.check("withdraw", voice, by=by, seen=seen)
    if voice.review != Review.NONE:
        _private(voice, by, None)
    was = voice.state
    for kind in (ACCEPT, ANSWER):
        deadlines.end(voice, kind, DROPPED)
    merging.drop(voice)
    merging.close(voice)
    voice.phone, voice.phone_mark, voice.withdrawn_on = None, "", clock.today()
    deadlines.point(voice, State.WITHDRAWN)
    CHART.move("withdraw", voice, by=by, seen=seen, was=was)
    merging.release(voice)
    return voice


def _private(voice: Voice, by: Actor, seen: int | None) -> Voice:
    review.make_private(voice, by=by, seen=seen)
    search.drop("shown_voice", voice.pk)
    untie(voice)
    showing.hide_all(voice)
    return voice
