"""Who reads a member's statement, tries and chooses a tariff, doubts an entry, decides, closes. Pure."""

from collections.abc import Collection

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from .models import Objection

OFFICE = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
DECIDERS = (Role.OFFICER, Role.LEADER)


def reads(actor: Actor, member: str, committees: Collection[str]) -> bool:
    """The member; officers, leaders and auditors of a committee (paths) that the member belongs to."""
    if actor.kind != "person":
        return False
    return actor.key == member or bool(actor.paths(*OFFICE) & set(committees))


def tries(actor: Actor, committee: str) -> bool:
    """A tariff on the acts of a committee (a path): its own officers, who read each of these statements."""
    return actor.kind == "person" and committee in actor.paths(Role.OFFICER)


chooses = closes = tries  # which tariff holds, and when an account is closed, says the same office


def objects(actor: Actor, objection: Objection) -> bool:
    """To one's own statement alone."""
    return actor.kind == "person" and actor.key == objection.person


def decides(actor: Actor, objection: Objection) -> bool:
    """An officer or a leader of the committee: neither the member, nor whoever wrote down what is doubted."""
    held = actor.kind == "person" and objection.committee_path in actor.paths(*DECIDERS)
    return held and actor.key not in (objection.person, objection.written_by)
