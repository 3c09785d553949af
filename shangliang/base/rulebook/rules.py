"""Who keeps a committee's rule book. What may be read is `queries.visible_to`'s word."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from .models import Rule

INSIDE = (
    Role.MEMBER, Role.STATIONED, Role.CONVENER, Role.DEPUTY, Role.OFFICER, Role.LEADER, Role.AUDITOR,
)  # fmt: skip


def keeps(actor: Actor, rule: Rule) -> bool:
    """An officer of the rule's own committee."""
    return actor.holds(Role.OFFICER, committee=rule.committee_path)
