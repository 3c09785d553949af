"""Who may change accounts and posts, and who signs in with two steps."""

from collections.abc import Collection

from .actor import Actor
from .models import Role

# Whoever decides, handles or looks into other people's matters. A member only speaks for themselves.
STAFF = (
    Role.OFFICER, Role.CONVENER, Role.DEPUTY, Role.LEADER, Role.HANDLER, Role.AUDITOR, Role.OPERATOR,
)  # fmt: skip
# What an officer grants on the page of people; studios appoint their own, operators come from the server.
GRANTED = (Role.MEMBER, Role.OFFICER, Role.LEADER, Role.HANDLER, Role.AUDITOR)


def appoints(actor: Actor, committee_path: str) -> bool:
    """A committee's officers grant and end the posts of their own committee."""
    return actor.holds(Role.OFFICER, committee=committee_path)


def keeps_account(actor: Actor, owner: str, committee_paths: Collection[str]) -> bool:
    """Links, closing and second factors are of the whole account: only officers of every committee at which
    its owner holds a post, and nobody for themselves. The server's own commands may."""
    if actor.kind == "clock":
        return True
    return (
        owner != actor.key
        and bool(committee_paths)
        and all(appoints(actor, path) for path in committee_paths)
    )


def needs_second_factor(actor: Actor) -> bool:
    """Staff sign in with two steps, on every installation with real records."""
    return actor.holds(*STAFF)
