"""The ladder (催办): who holds a voice past its day is reminded, then urged by a letter, then named in
public.

Each rung once for whoever holds it, in this order, at most one a day by the clock, so many working days
past the day as the committee set (remind_days 1, urge_days 3, list_days 5). An officer may press the first
two earlier. Whoever takes the voice over begins anew, for nobody has reminded them yet. Nothing of it
happens outside office hours (office_hours 09:00 to 17:30) or on a rest day, by whomever. The committee
above is reminded and named, but no letter goes up. Of several departments it is climbed for the one whose
turn it is, by the day of its own; in public it is named by the day that the author was told. Answered,
refused, raised or passed on, the ladder is left."""

from datetime import date

from shangliang.base import clock

from .models import Deadline, Rung, State, Voice

SET = {Rung.REMINDED: "remind_days", Rung.URGED: "urge_days", Rung.LISTED: "list_days"}
MOVES = {Rung.REMINDED: "remind", Rung.URGED: "urge", Rung.LISTED: "list"}


def days_late(voice: Voice) -> int:
    """Working days past the day that runs; 0 where none does or it has not gone by."""
    return _past(voice.due_by)


def _past(day: date | None) -> int:
    return 0 if day is None or day >= clock.today() else -clock.working_days_left(day)


def ahead(voice: Voice) -> list[Rung]:
    """The rungs that its holder has not been on yet, in order, as the committee has set them."""
    order = list(Rung)
    passed = order.index(Rung(voice.rung)) + 1 if voice.rung else 0
    letter = voice.state != State.SENT_UP
    rungs = [rung for rung in order[passed:] if letter or rung != Rung.URGED]
    return [rung for rung in rungs if int(voice.committee.set(SET[rung]))]


def due(voice: Voice) -> Rung | None:
    """The rung whose day has come; None where none has, or one was climbed today."""
    late, rungs = days_late(voice), ahead(voice)
    if not late or not rungs or voice.rung_on == clock.today():
        return None
    if rungs[0] == Rung.LISTED:
        late = _past(voice.promised_by)
    return rungs[0] if late >= int(voice.committee.set(SET[rungs[0]])) else None


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


def kind(voice: Voice) -> Deadline.Kind:
    """Which clock its holder is late with."""
    if voice.state == State.RECEIVED:
        return Deadline.Kind.ACCEPT
    return Deadline.Kind.OPINION if voice.awaits_id else Deadline.Kind.ANSWER


def holder(voice: Voice) -> str:
    """Who must act now, as the journal names them: `department:…`, `committee:…` or `studio:…`."""
    if voice.state == State.ASSIGNED and voice.department:
        return f"department:{(voice.awaits or voice.department).code}"
    if voice.state == State.SENT_UP and voice.upper:
        return f"committee:{voice.upper.code}"
    return f"studio:{voice.studio.code}"
