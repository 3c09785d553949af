"""Who writes, leaves, looks, signs, writes down what became of it. What may be read is `queries.visible_to`'s
word. The team is at hand: the queries bring it along."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from .models import Research

HOSTS = (Role.CONVENER, Role.DEPUTY)
MEMBERS = (Role.MEMBER, Role.STATIONED, *HOSTS)


def writes(actor: Actor, of: Research) -> bool:
    """A member of the committee, or who sits in one of its studios."""
    return actor.kind == "person" and actor.holds(*MEMBERS, committee=of.committee_path)


def leads(actor: Actor, of: Research) -> bool:
    """The lead writer, in whose hands the text is."""
    return actor.kind == "person" and actor.key == of.person


def named(actor: Actor, of: Research) -> bool:
    """Writes it, or is on the list and has not left it."""
    return actor.kind == "person" and of.named(actor.key)


def may_leave(actor: Actor, of: Research) -> bool:
    """Whoever is on the list, but for the lead writer, who withdraws instead."""
    return named(actor, of) and not leads(actor, of)


def concerned(actor: Actor, of: Research) -> bool:
    """Is or was on the list."""
    return leads(actor, of) or any(one.person == actor.key for one in of.team.all())


def looks(actor: Actor, of: Research) -> bool:
    """The office; nobody of the team, who may be an officer too."""
    return actor.holds(Role.OFFICER, committee=of.committee_path) and not concerned(actor, of)


def signs(actor: Actor, of: Research) -> bool:
    """A leader or an officer who neither belongs to the team nor looked it over: two persons stand for it."""
    held = actor.holds(Role.LEADER, Role.OFFICER, committee=of.committee_path)
    return held and not concerned(actor, of) and actor.key != of.accepted_by


def sends_back(actor: Actor, of: Research) -> bool:
    """Whoever could look or sign."""
    held = actor.holds(Role.LEADER, Role.OFFICER, committee=of.committee_path)
    return held and not concerned(actor, of)


def looks_after(actor: Actor, of: Research) -> bool:
    """Of a supervision by study: the lead writer, and the office. Who reports what was put right does not
    close it: that is the office's."""
    return of.study and (leads(actor, of) or looks(actor, of))


def closes(actor: Actor, of: Research) -> bool:
    return of.study and looks(actor, of)
