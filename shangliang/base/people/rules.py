"""Who may change accounts and posts."""

from .actor import Actor
from .models import Role


def appoints(actor: Actor, committee_path: str) -> bool:
    """A committee's officers grant and end the posts of their own committee."""
    return actor.holds(Role.OFFICER, committee=committee_path)
