"""Who may report a total and link records to it: an officer of that committee. Pure."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role


def reports(actor: Actor, committee_path: str) -> bool:
    return actor.holds(Role.OFFICER, committee=committee_path)
