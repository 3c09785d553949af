"""The excellent proposals of a year, in four steps: gathered, shortlisted, deliberated, announced."""

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import Actor

from .. import queries
from ..models import Proposal, State
from ..states import EXCELLENCE
from .parts import named


@transaction.atomic
def nominate(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """NotNow before it was answered."""
    found = queries.lock(code, by)
    EXCELLENCE.check("nominate", found, by=by, seen=seen)
    if found.state not in (State.ANSWERED, State.CLOSED):
        raise NotNow(_("答复了的才推荐评优。"))
    return _moved("nominate", found, by, seen)


@transaction.atomic
def shortlist(code: str, *, by: Actor, seen: int | None) -> Proposal:
    return _moved("shortlist", queries.lock(code, by), by, seen)


@transaction.atomic
def deliberate(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """A leader says that the meeting agreed."""
    return _moved("deliberate", queries.lock(code, by), by, seen)


@transaction.atomic
def announce(code: str, *, by: Actor, seen: int | None) -> Proposal:
    return _moved("announce", queries.lock(code, by), by, seen)


@transaction.atomic
def drop(code: str, *, by: Actor, seen: int | None) -> Proposal:
    """Not chosen after all."""
    return _moved("drop", queries.lock(code, by), by, seen)


def _moved(move: str, found: Proposal, by: Actor, seen: int | None) -> Proposal:
    EXCELLENCE.check(move, found, by=by, seen=seen)
    found.last_at = clock.now()
    facts = named(found) if move == "announce" else {}
    return EXCELLENCE.move(move, found, by=by, seen=seen, year=found.year, kind=found.kind, **facts)
