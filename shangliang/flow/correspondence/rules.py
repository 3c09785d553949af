"""Who writes to a studio, and who answers there. What may be read is `queries.visible_to`'s word."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from .models import Message

MEMBERS = (Role.MEMBER, Role.STATIONED, Role.CONVENER, Role.DEPUTY)
HOSTS = (Role.CONVENER, Role.DEPUTY)


def writes(actor: Actor, message: Message) -> bool:
    """Any member, of any level."""
    return actor.holds(*MEMBERS)


def wrote(actor: Actor, message: Message) -> bool:
    return actor.kind == "person" and actor.key == message.person


def answers(actor: Actor, message: Message) -> bool:
    """The studio's convener or deputy, an officer of its committee; nobody answers their own."""
    hosts = actor.holds(*HOSTS, studio=message.studio_code)
    officer = actor.holds(Role.OFFICER, committee=message.committee_path)
    return (hosts or officer) and not wrote(actor, message)
