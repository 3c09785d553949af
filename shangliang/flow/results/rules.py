"""Who writes and publishes a result."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from .models import Result


def publishes(actor: Actor, result: Result) -> bool:
    """An officer of the consultation's committee."""
    return actor.holds(Role.OFFICER, committee=result.committee_path)
