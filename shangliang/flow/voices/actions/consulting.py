"""What a consultation does with the voices it came from, and what else came from a voice: a report, a
proposal, an activity. They stand later in the flow and call back here, after their own rule; a voice keeps no
key of them.

A voice that its author has closed or had reopened meanwhile is left as it is."""

from collections.abc import Sequence

from django.db import transaction

from shangliang.base import clock
from shangliang.base.journal.record import flow, record
from shangliang.base.people.actor import Actor

from .. import deadlines, queries
from ..deadlines import ANSWER, DROPPED
from ..models import Answer, Answerer, State, Voice
from ..states import CHART
from .giving import settle
from .handling import told
from .parts import Upload, iso, remark, stated


@transaction.atomic
def raise_(code: str, *, by: Actor, topic_title: str, topic_thread: str, seen: int | None = None) -> Voice:
    """The voice becomes (part of) a topic: its answer clock ends, its thread runs into the topic's."""
    voice = queries.lock(code, by)
    CHART.check("raise", voice, by=by, seen=seen)
    deadlines.end(voice, ANSWER, DROPPED)
    voice.answer_by = None
    deadlines.point(voice, State.IN_CONSULTATION)
    remark(voice, "voice_raised", by=by, words=topic_title)
    CHART.move("raise", voice, by=by, seen=seen, into=topic_thread)
    flow(voice.thread, topic_thread)
    return voice


@transaction.atomic
def tell_taken(what: str, code: str, *, by: Actor, into: str) -> None:
    """A member sent an opinion report or a proposal that rests on this voice, or an activity was announced
    because of it: its author reads so, and nothing of the voice changes. `what`: report, proposal, activity;
    `into`: its thread, or what stands for it (an activity has none, and nothing flows into it)."""
    voice = queries.locked(code)
    if voice.erased_on:
        return
    record(
        f"voice_taken_into_{what}",
        subject=voice.subject,
        thread=voice.thread,
        committee=voice.committee_path,
        studio=voice.studio_code,
        by=by,
        facts={"into": into},
    )
    if what != "activity":
        flow(voice.thread, into)


@transaction.atomic
def give_back(code: str, *, by: Actor, reason: str) -> Voice:
    """The topic was not taken: the voice goes on by itself, with a new answer clock."""
    voice = queries.locked(code)
    if voice.state != State.IN_CONSULTATION:
        return voice
    remark(voice, "voice_given_back", by=by, words=stated(reason))
    if voice.erased_on is None:
        deadlines.start(voice, ANSWER)
    deadlines.point(voice, State.TAKEN_UP)
    return CHART.move("give_back", voice, by=_sent(by), seen=None, answer_by=iso(voice.answer_by))


@transaction.atomic
def answer_from_consultation(code: str, *, by: Actor, count: int, who: str = "") -> Voice:
    """All of a consultation's recommendations (`count`) are answered; `who`: the consultation's host."""
    voice = queries.locked(code)
    if voice.state != State.IN_CONSULTATION:
        return voice
    Answer.objects.create(
        voice=voice, round=voice.round, by=by.key, at=clock.now(), who=who or voice.studio.name, count=count
    )
    settle(voice, Answerer.CONSULTATION, None)
    return CHART.move(
        "answer", voice, by=_sent(by), seen=None, first=voice.round == 1, round=voice.round,
        answerer=Answerer.CONSULTATION, count=count,
    )  # fmt: skip


@transaction.atomic
def report_done_from_consultation(
    code: str,
    *,
    by: Actor,
    words: str,
    evidence: int = 0,
    uploads: Sequence[Upload] = (),
    who: str = "",
) -> Voice:
    """What the consultation asked for is done. `evidence`: how many files lie with the recommendations."""
    voice = queries.locked(code)
    if voice.state != State.ANSWERED or voice.answered_by != Answerer.CONSULTATION:
        return voice
    first = not voice.reports.filter(done=True).exists()
    kept = told(voice, by, words, uploads, done=True, who=who)
    voice.done_on = clock.today()
    deadlines.point(voice, State.ANSWERED)
    return CHART.move(
        "report_done",
        voice,
        by=_sent(by),
        seen=None,
        first=first,
        round=voice.round,
        evidence=kept + evidence,
    )


def _sent(by: Actor) -> Actor:
    """The same doer, come through a consultation's action."""
    # Not dataclasses.replace: a request's actor is lazy, and that knows no lazy objects.
    return Actor(key=by.key, kind="clock", name=by.name)
