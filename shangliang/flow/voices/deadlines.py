"""The two clocks of a voice, accept and answer, in working days. A clock set today ends with its n-th working
day, 24:00 in Shanghai."""

from datetime import date

from shangliang.base import clock

from .models import Deadline, State, Voice

ACCEPT, ANSWER = Deadline.Kind.ACCEPT, Deadline.Kind.ANSWER
MET, DROPPED = Deadline.End.MET, Deadline.End.DROPPED


def plan(voice: Voice, *kinds: Deadline.Kind) -> list[Deadline]:
    """New clocks from today, shown on the voice but not saved: a voice that is being made has no row yet."""
    today, found = clock.today(), []
    for kind in kinds:
        days = int(voice.committee.set(f"{kind}_days"))
        due, provisional = clock.due_after(today, days)
        new = Deadline(voice=voice, kind=kind, round=voice.round, started=today, days=days)
        new.due, new.provisional = due, provisional
        found.append(new)
        setattr(voice, f"{kind}_by", due)
        voice.provisional = provisional
    return found


def start(voice: Voice, *kinds: Deadline.Kind) -> None:
    Deadline.objects.bulk_create(plan(voice, *kinds))


def end(voice: Voice, kind: Deadline.Kind, how: Deadline.End) -> bool | None:
    """Stop the running clock of this kind. Whether it was kept; None when none ran."""
    running = Deadline.objects.filter(voice=voice, kind=kind, ended_on=None).first()
    if running is None:
        return None
    running.ended_on, running.end = clock.today(), how
    running.save(update_fields=["ended_on", "end"])
    return running.ended_on <= running.due


def extend(voice: Voice, days: int) -> date:
    """Move the running answer day by working days; the new day."""
    running = Deadline.objects.get(voice=voice, kind=ANSWER, ended_on=None)
    due, provisional = clock.due_after(running.due, days)
    running.days, running.due, running.provisional = running.days + days, due, provisional
    running.save(update_fields=["days", "due", "provisional"])
    voice.answer_by, voice.provisional = due, provisional
    return due


def point(voice: Voice, state: State) -> None:
    """The day that the queue runs by, for a voice that is to be in this state."""
    voice.due_by = {
        State.RECEIVED: voice.accept_by,
        State.TAKEN_UP: voice.answer_by,
        State.ASSIGNED: voice.answer_by,
        State.SENT_UP: voice.answer_by,
    }.get(state)
