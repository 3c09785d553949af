"""What whoever may read a thread gets in hand about its first act: where it stands, and its very text."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from ..prepared import Prepared
from . import checkpoints
from .models import Act, Seal
from .seal import canonical


@dataclass(frozen=True)
class Kept:
    """`number` from 0; `text`: the bytes that its leaf is made of; `told`: a checkpoint knows of it."""

    number: int
    text: bytes
    told: bool


def of(thread: str) -> Kept | None:
    """The act that began the thread; None while it waits for its seal. Two queries. The caller has asked
    whether its reader may know of the thread."""
    return first_of(Act.objects.filter(thread=thread).order_by("id")[:1])


def first_of(acts: Iterable[Act]) -> Kept | None:
    """The same for whoever has the thread's acts already, in their order. One query."""
    act = next(iter(acts), None)
    number = next(iter(_sealed(act=act.id)), None) if act else None
    if act is None or number is None:
        return None
    return Kept(number, canonical(act), number < checkpoints.told())


@Prepared
def _sealed(*, act: int) -> QuerySet[Seal, int]:
    return Seal.objects.filter(act_id=act).values_list("number", flat=True)
