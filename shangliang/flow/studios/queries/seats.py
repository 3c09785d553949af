"""Whose code it is by which somebody comes to a studio's door."""

from shangliang.base.people.models import Post

from .. import seatcodes
from ..models import Studio
from .of_studios import people_of


def seat_code(studio: Studio, post: Post) -> str:
    """What the sheet of who holds this post in the studio leads by."""
    return seatcodes.of(studio.code, post.holder.key)


def seat_of_code(studio: Studio, code: str) -> Post | None:
    """The first post of the one whose sheet has this code. None if they sit there no more, or nobody ever
    had it: the sheet hangs on, and the door opens all the same."""
    if not code:
        return None
    return next((post for post in people_of(studio) if seat_code(studio, post) == code), None)
