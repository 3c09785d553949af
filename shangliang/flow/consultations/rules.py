"""Who may do what with a consultation and its recommendations. Pure: no query, no state."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from .models import Consultation, Participant, Recommendation, Source

HOSTS = (Role.CONVENER, Role.DEPUTY)
MEMBERS = (Role.MEMBER, Role.STATIONED, *HOSTS)
INSIDE = (*MEMBERS, Role.OFFICER, Role.LEADER, Role.AUDITOR)


def runs(actor: Actor, consultation: Consultation) -> bool:
    """An officer of the committee."""
    return actor.holds(Role.OFFICER, committee=consultation.committee_path)


def hosts(actor: Actor, consultation: Consultation) -> bool:
    """An officer of the committee, or the convener or a deputy of the studio that hosts."""
    return runs(actor, consultation) or (
        bool(consultation.studio_code) and actor.holds(*HOSTS, studio=consultation.studio_code)
    )


def raises(actor: Actor, consultation: Consultation) -> bool:
    """By where the topic comes from. An officer raises for a leader only on the leader's dated paper."""
    path = consultation.committee_path
    if consultation.source == Source.LEADER:
        on_paper = bool(consultation.raised_for and consultation.paper_on)
        return actor.holds(Role.OFFICER if on_paper else Role.LEADER, committee=path)
    if consultation.source == Source.VOICES:
        return actor.holds(Role.OFFICER, *HOSTS, committee=path)
    return actor.holds(*MEMBERS, committee=path)


def opens(actor: Actor, consultation: Consultation) -> bool:
    """Whoever will host; while no studio is named, any convener of the committee may name their own."""
    if consultation.studio_code:
        return hosts(actor, consultation)
    return runs(actor, consultation) or actor.holds(*HOSTS, committee=consultation.committee_path)


def declines(actor: Actor, consultation: Consultation) -> bool:
    """Who could host, but not who raised it, nor who entered the paper: nobody decides on their own topic."""
    return hosts(actor, consultation) and actor.key != consultation.raised_by


def posts(actor: Actor, consultation: Consultation) -> bool:
    """A member of the committee, the holder of a tracking code of it, a guest with this door code. Staff
    never."""
    return participation(actor, consultation) is not None


def participation(actor: Actor, consultation: Consultation) -> Participant | None:
    """By what right this actor takes part; one right is one participant."""
    path = consultation.committee_path
    if actor.kind == "person" and actor.holds(*MEMBERS, committee=path):
        return Participant.MEMBER
    if actor.kind == "author" and actor.committee == path:
        return Participant.CODE
    if is_guest(actor, consultation):
        return Participant.DOOR
    return None


def is_guest(actor: Actor, consultation: Consultation) -> bool:
    """Somebody whom a door code of this consultation let in."""
    return actor.kind == "guest" and actor.consultation == consultation.code


def answers(actor: Actor, recommendation: Recommendation) -> bool:
    """A handler of the department it was sent to."""
    return actor.holds(Role.HANDLER, department=recommendation.department.code)


def sends_again(actor: Actor, recommendation: Recommendation) -> bool:
    return runs(actor, recommendation.consultation)


def judges(actor: Actor, recommendation: Recommendation) -> bool:
    """Who made a suggestion that it rests on; `proposers.judging` has looked them up. The author of a
    founding voice is asked in their own thread."""
    return actor.key in recommendation.askable


def inside(actor: Actor, path: str) -> bool:
    """A member, officer, leader or auditor of the committee: they see what is only raised."""
    return actor.holds(*INSIDE, committee=path)


def looks_over(actor: Actor, consultation: Consultation) -> bool:
    """Who sees posts that are not shown: the host, officers, auditors of the committee."""
    return hosts(actor, consultation) or actor.holds(Role.AUDITOR, committee=consultation.committee_path)
