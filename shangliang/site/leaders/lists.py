"""What a leader's pages list again and again."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from shangliang.base.people.actor import Actor
from shangliang.base.prepared import Prepared
from shangliang.flow.studios import queries as studios


@Prepared
def looked_after(actor: Actor, _day: date) -> QuerySet[Any]:
    """The studios that the leader looks after."""
    return studios.looked_after_by(actor)


@Prepared
def applied(actor: Actor, _day: date) -> QuerySet[Any]:
    """Those whose going online waits for the leader's word."""
    return studios.waiting_for_approval(actor)
