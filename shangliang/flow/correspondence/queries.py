"""Every read of members' messages, scoped to the reader."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from shangliang.base.charts.errors import one_of
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.studios.models import Studio

from . import rules
from .models import Message, Said, State


def _messages() -> QuerySet[Message]:
    return Message.objects.select_related("studio__committee")


def visible_to(actor: Actor) -> QuerySet[Message]:
    """One's own; those to the studios that one convenes; those to the studios of one's committee, for its
    office and its auditor."""
    mine = Q(person=actor.key) if actor.kind == "person" else Q(pk=None)
    to_me = Q(studio__code__in=actor.studios(*rules.HOSTS))
    office = Q(studio__committee__path__in=actor.paths(Role.OFFICER, Role.AUDITOR))
    return _messages().filter(mine | to_me | office)


def message(code: str, actor: Actor) -> Message:
    """Unseen if there is none, or none for this actor to know of."""
    return one_of(visible_to(actor), code)


def lock(code: str, by: Actor) -> Message:
    """The message, locked until the transaction ends. Unseen if `by` may not see it."""
    return one_of(visible_to(by).select_for_update(of=("self",)), code)


def written_by(actor: Actor) -> QuerySet[Message]:
    """One's own, the last to move first."""
    return _messages().filter(person=actor.key).order_by("-last_at", "-pk")


def to_answer(actor: Actor) -> QuerySet[Message]:
    """Those to the studios of one's desk, one's own left out; the longest waiting first."""
    to_me = Q(studio__code__in=actor.studios(*rules.HOSTS))
    office = Q(studio__committee__path__in=actor.paths(Role.OFFICER))
    return _messages().filter(to_me | office).exclude(person=actor.key).order_by("last_at", "pk")


def waiting(actor: Actor) -> QuerySet[Message]:
    """What waits for an answer at this desk."""
    return to_answer(actor).filter(state__in=[State.WAITING, State.READ])


def at_desk(actor: Actor) -> QuerySet[Message]:
    """Everything that this desk, or this auditor, may read, the newest first."""
    path = actor.paths(Role.OFFICER, Role.AUDITOR)
    seen = Q(studio__code__in=actor.studios(*rules.HOSTS)) | Q(studio__committee__path__in=path)
    return _messages().filter(seen).order_by("-last_at", "-pk")


def lines(of: Message) -> list[Said]:
    """What was said, in its order; the message at hand."""
    found = list(Said.objects.filter(message=of).order_by("pk"))
    for line in found:
        line.message = of
    return found


def studios_to_write(actor: Actor, said: str, most: int = 20) -> list[Studio]:
    """Open studios that this member may know of, of every level, by words of their name or place."""
    rows = studios.visible_to(actor).filter(state=StudioState.OPEN)
    for word in said.split():
        rows = rows.filter(Q(name__icontains=word) | Q(committee__name__icontains=word))
    return list(rows.order_by("committee__path", "name", "pk")[:most])


def locked_of(person: str) -> QuerySet[Message]:
    return _messages().select_for_update(of=("self",)).filter(person=person).order_by("pk")


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows of this person; see `people.holders`."""
    return {
        "correspondence.Message": list(Message.objects.filter(person=person)),
        "correspondence.Said": list(Said.objects.filter(message__person=person).select_related("message")),
    }
