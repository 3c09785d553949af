"""Who looks a wording over: the convener first, an officer at any time, never who wrote it or
wrote it down."""

from typing import Any

from ..people.actor import Actor
from ..people.models import Role
from .models import Review


def looks_over(actor: Actor, thing: Any) -> bool:
    """The convener or a deputy of the thing's studio, or an officer of its committee."""
    if wrote(actor, thing) or recorded(actor, thing):
        return False
    return actor.holds(Role.OFFICER, committee=thing.committee_path) or (
        bool(thing.studio_code) and actor.holds(Role.CONVENER, Role.DEPUTY, studio=thing.studio_code)
    )


def decides(actor: Actor, thing: Any) -> bool:
    """Who decides an appeal: somebody who looks over here, another than who withheld it (product.md 11);
    where there is nobody else, or it lies here past its day, an officer of the committee above, of this one
    thing."""
    return (looks_over(actor, thing) and actor.key != thing.withheld_by) or above(actor, thing)


def above(actor: Actor, thing: Any) -> bool:
    """An officer of the committee to which an appeal went: nobody else was there, or it was late."""
    if thing.review != Review.APPEALED or not thing.appeal_above:
        return False
    apart = wrote(actor, thing) or recorded(actor, thing) or actor.key == thing.withheld_by
    return not apart and actor.holds(Role.OFFICER, committee=thing.appeal_above)


def appeals(actor: Actor, thing: Any) -> bool:
    """The author, once for each withholding."""
    return wrote(actor, thing) and not thing.appeal_answer


def anybody(actor: Actor, report: Any) -> bool:
    """Who reads it may say that it has a problem; what they are is not asked."""
    return True


def the_clock(actor: Actor, report: Any) -> bool:
    """Nobody's move: it follows from another."""
    return actor.kind == "clock"


def wrote(actor: Actor, thing: Any) -> bool:
    """The author, by the pseudonym that the thing keeps."""
    return bool(thing.author_key) and actor.key == thing.author_key


def recorded(actor: Actor, thing: Any) -> bool:
    """Who wrote it down for somebody; a thing that is never written down for others has no such field."""
    by = getattr(thing, "recorded_by", "")
    return bool(by) and actor.key == by
