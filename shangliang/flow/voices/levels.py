"""Which level has a voice: its own committee; one above that it came up to; one that it was passed to, below,
or across to a neighbour by the level over both."""

from django.db.models import QuerySet

from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee

from .models import Answerer, State, Voice


def away(voice: Voice) -> bool:
    """Whether another committee than its own deals with it: at its desk, or by a department of its own."""
    return voice.state == State.SENT_UP or (voice.state == State.ASSIGNED and _of_another(voice))


def by_its_department(voice: Voice) -> bool:
    """Whether a department that another committee asked has it, or answered it."""
    answered = voice.state == State.ANSWERED and voice.answered_by == Answerer.DEPARTMENT
    return (answered or voice.state == State.ASSIGNED) and _of_another(voice)


def _of_another(voice: Voice) -> bool:
    return voice.department is not None and voice.department.committee_id != voice.committee_id


def desk(voice: Voice) -> Committee:
    """The committee at whose desk it is dealt with, or that asked the department which has it."""
    there = away(voice) or by_its_department(voice)
    return voice.upper if there and voice.upper else voice.committee


def came_up(voice: Voice) -> bool:
    """Whether whoever has it at another level lies above its own committee."""
    at = voice.leaves or voice.upper
    return at is not None and voice.committee.path.startswith(at.path)


def across(voice: Voice) -> bool:
    """Whether whoever has it at another level lies neither above nor below its own committee."""
    at = voice.leaves or voice.upper
    return at is not None and not came_up(voice) and not at.path.startswith(voice.committee.path)


def passed_by(voice: Voice) -> Committee | None:
    """The level that passed it across, to which it goes back: the lowest over both. None where none did, or
    where nobody works there any more: then it goes back to its own committee."""
    at = (voice.leaves or voice.upper) if across(voice) else None
    while at is not None and not voice.committee.path.startswith(at.path):
        at = at.parent
    return at if at is not None and at.records_since is not None else None


def open_to(voice: Voice) -> QuerySet[Committee]:
    """The committees that whoever has it may pass it to: those below that handle their matters here. A level
    above passes across: what lies on the way back to its own committee it returns."""
    if voice.state != State.SENT_UP or voice.upper is None:
        return places.handling_below(voice.committee)
    own, at = voice.committee.path, voice.upper.path
    back = next((path for path in places.up_from(own) if len(path) > len(at)), own)
    return places.handling_below(voice.upper).exclude(**places.below(back, "path"))
