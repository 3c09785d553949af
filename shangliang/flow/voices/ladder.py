"""The ladder (催办): who holds a voice past its day is reminded, then urged by a letter, then named in
public. So is who promised a day by which it is done, and has not said so.

Each rung once for whoever holds it, in this order, at most one a day by the clock, so many working days
past the day as the committee set (remind_days 1, urge_days 3, list_days 5). An officer may press the first
two earlier. Whoever takes the voice over begins anew, for nobody has reminded them yet. Nothing of it
happens outside office hours (office_hours 09:00 to 17:30) or on a rest day, by whomever. The committee
above is reminded and named, but no letter goes up; its own department is urged by its own letter. Of
several departments each that owes an opinion is reminded and urged by the day of its own; in public the one
whose turn it is is named, by the day that the author was told. Answered, said to be done, refused, raised or
passed on, the ladder is left."""

from datetime import date

from shangliang.base import clock

from .models import Answerer, Assignment, Deadline, Rung, State, Voice

SET = {Rung.REMINDED: "remind_days", Rung.URGED: "urge_days", Rung.LISTED: "list_days"}
PROMISE = "promise"  # the day by which the answer said it would be done: a day that runs, no clock
MOVES = {Rung.REMINDED: "remind", Rung.URGED: "urge", Rung.LISTED: "list"}


def days_late(voice: Voice) -> int:
    """Working days past the day that runs; 0 where none does or it has not gone by."""
    return _past(voice.due_by)


def _past(day: date | None) -> int:
    return 0 if day is None or day >= clock.today() else -clock.working_days_left(day)


def ahead(voice: Voice) -> list[Rung]:
    """The rungs that its holder has not been on yet, in order, as the committee has set them."""
    return [rung for rung in _after(voice, voice.rung) if rung != Rung.URGED or not _lies_above(voice)]


def _after(voice: Voice, rung: str) -> list[Rung]:
    order = list(Rung)
    rungs = order[order.index(Rung(rung)) + 1 :] if rung else order
    return [one for one in rungs if int(voice.committee.set(SET[one]))]


def _lies_above(voice: Voice) -> bool:
    """Whether another committee must act now, to which no letter goes."""
    return voice.state == State.SENT_UP or (
        voice.state == State.ANSWERED and voice.answered_by == Answerer.UPPER
    )


def due(voice: Voice) -> Rung | None:
    """The rung whose day has come; None where none has, or one was climbed today."""
    late, rungs = days_late(voice), ahead(voice)
    if not late or not rungs or voice.rung_on == clock.today():
        return None
    if rungs[0] == Rung.LISTED:
        late = _past(voice.promised_by)
    return rungs[0] if late >= int(voice.committee.set(SET[rungs[0]])) else None


def due_beside(asked: Assignment) -> Rung | None:
    """The same for one who owes an opinion while it is another's turn: reminded and urged, not named."""
    late, voice = _past(asked.due), asked.voice
    rungs = [rung for rung in _after(voice, asked.rung) if rung != Rung.LISTED]
    if not late or not rungs or asked.rung_on == clock.today():
        return None
    return rungs[0] if late >= int(voice.committee.set(SET[rungs[0]])) else None


def days_late_beside(asked: Assignment) -> int:
    """Working days past the day of an opinion."""
    return _past(asked.due)


def promise_passed(voice: Voice) -> bool:
    """Whether the day promised has gone by and nobody has said that it is done."""
    return voice.state == State.ANSWERED and bool(days_late(voice))


def not_now(voice: Voice) -> set[str]:
    """The ladder's moves that would be refused now."""
    open_ = ahead(voice) if days_late(voice) and at_work(voice) else []
    return {move for rung, move in MOVES.items() if rung not in open_}


def at_work(voice: Voice) -> bool:
    """Whether the committee's office is at work now."""
    return clock.at_work(voice.committee.set("office_hours"))


def named_on(voice: Voice) -> date | None:
    """The day on which the holder will be named in public at the earliest; None where that is not set."""
    days = int(voice.committee.set("list_days"))
    if not days or voice.promised_by is None:
        return None
    return max(clock.due_after(voice.promised_by, days).day, clock.due_after(clock.today(), 1).day)


def kind(voice: Voice) -> str:
    """Which clock its holder is late with, or that it is the day promised."""
    if voice.state == State.ANSWERED:
        return PROMISE
    if voice.state == State.RECEIVED:
        return Deadline.Kind.ACCEPT
    return Deadline.Kind.OPINION if voice.awaits_id else Deadline.Kind.ANSWER


def holder(voice: Voice) -> str:
    """Who must act now, as the journal names them: `department:…`, `committee:…` or `studio:…`."""
    answered = voice.answered_by if voice.state == State.ANSWERED else ""
    if voice.department and (voice.state == State.ASSIGNED or answered == Answerer.DEPARTMENT):
        return f"department:{(voice.awaits or voice.department).code}"
    if voice.upper and _lies_above(voice):
        return f"committee:{voice.upper.code}"
    return f"studio:{voice.studio.code}"
