"""An answer stands: its row, the clock that ends, under whose name it is said."""

from datetime import date
from typing import Any

from shangliang.base import clock
from shangliang.base.people.actor import Actor

from .. import deadlines, rules
from ..deadlines import ANSWER, MET
from ..models import Answer, Answerer, State, Voice
from .parts import iso

HELD_BY = {
    State.TAKEN_UP: Answerer.STUDIO,
    State.ASSIGNED: Answerer.DEPARTMENT,
    State.SENT_UP: Answerer.UPPER,
}


def given(
    voice: Voice, by: Actor, *, words: str, writer: str, code: str, promised_for: date | None
) -> dict[str, Any]:
    """The answer stands, its clock has ended; the facts of its act. Whoever calls makes the move."""
    held = HELD_BY[State(voice.state)]
    Answer(
        voice=voice, round=voice.round, words=words, by=writer, at=clock.now(), who=spoken_for(voice, by),
        department=voice.department if held == Answerer.DEPARTMENT else None, code=code,
        committee=voice.upper if held == Answerer.UPPER else None, promised_for=promised_for,
    ).save(force_insert=True)  # fmt: skip
    kept = settle(voice, held, promised_for)
    return {
        "first": voice.round == 1, "on_time": kept, "round": voice.round, "answerer": held,
        "department": voice.department.code if voice.department and held == Answerer.DEPARTMENT else None,
        "promised": iso(promised_for),
    }  # fmt: skip


def settle(voice: Voice, held: Answerer, promised_for: date | None) -> bool | None:
    """The answer stands: its clock ends, the author's turn begins. Whether the clock was kept."""
    kept = deadlines.end(voice, ANSWER, MET)
    days = int(voice.committee.set("verdict_reminder_days"))
    voice.answered_on, voice.answered_by, voice.promised_for = clock.today(), held, promised_for
    voice.verdict_by = clock.due_after(clock.today(), days).day
    deadlines.point(voice, State.ANSWERED)
    return kept


def spoken_for(voice: Voice, by: Actor) -> str:
    """Under whose name an answer stands: the department's, the upper committee's, or the studio's."""
    if rules.handles(by, voice) and voice.department and _by(voice) == Answerer.DEPARTMENT:
        return voice.department.name
    if rules.above(by, voice) and voice.upper and _by(voice) == Answerer.UPPER:
        return voice.upper.office
    return voice.studio.name


def _by(voice: Voice) -> Any:
    return voice.answered_by if voice.state == State.ANSWERED else HELD_BY.get(State(voice.state))
