"""Who may read a member's statement, and try a tariff. Pure."""

from collections.abc import Collection

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

OFFICE = (Role.OFFICER, Role.LEADER, Role.AUDITOR)


def reads(actor: Actor, member: str, committees: Collection[str]) -> bool:
    """The member; officers, leaders and auditors of a committee (paths) that the member belongs to."""
    if actor.kind != "person":
        return False
    return actor.key == member or bool(actor.paths(*OFFICE) & set(committees))


def tries(actor: Actor, committee: str) -> bool:
    """A tariff on the acts of a committee (a path): its own officers, who read each of these statements."""
    return actor.kind == "person" and committee in actor.paths(Role.OFFICER)
