"""The second look (复核): an answer that touches somebody waits for another person of the committee, who
lets it through or sends it back with words.

Whoever writes it may ask for the look; a committee may set that answers to some kinds always wait
(second_look, none while nothing is set). It holds for what a committee's desk answers itself, the studio's
people and its officers, or the committee above; a department's answer is the department's. Nobody looks at
their own. The clock runs on: the author reads that an answer is being looked over, and the same day as
before. Whatever takes the voice out of the hands that answer (assigned, sent up, raised, withdrawn) lets the
waiting answer fall away; merged it is laid aside, and waits again if that is undone. The writer may take it
back."""

from .models import State, Voice

WAIT = frozenset({"let_through", "hold_back", "retract"})  # moves about an answer that waits


def at_desk(voice: Voice) -> bool:
    """Whether a committee's own desk answers it now."""
    return voice.state in (State.TAKEN_UP, State.SENT_UP)


def obliged(voice: Voice) -> bool:
    """Whether its kind always waits for a second look there; the desk that answers decides."""
    desk = voice.upper if voice.state == State.SENT_UP and voice.upper else voice.committee
    return at_desk(voice) and bool(voice.kind) and voice.kind in desk.set("second_look")


def not_now(voice: Voice) -> set[str]:
    """The moves that would be refused now: none waits, or one does."""
    return {"answer", "propose"} if voice.proposed_by else set(WAIT)
