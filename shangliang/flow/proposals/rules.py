"""Who writes, signs, looks over, decides, handles, answers, rates. What may be read is `queries.visible_to`'s
word. Signatures and handlings of a proposal are at hand: the queries bring them along."""

from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.people.models import Role

from .models import Handling, Proposal, Signature, Task

MEMBERS = (Role.MEMBER, Role.STATIONED, Role.CONVENER, Role.DEPUTY)
SIGNED, INVITED = Signature.State.SIGNED, Signature.State.INVITED


# ── Proposal ──
def writes(actor: Actor, proposal: Proposal) -> bool:
    """A member of the committee, or who sits in one of its studios."""
    return actor.kind == "person" and actor.holds(*MEMBERS, committee=proposal.committee_path)


def leads(actor: Actor, proposal: Proposal) -> bool:
    return actor.kind == "person" and actor.key == proposal.person


def alone(proposal: Proposal) -> bool:
    """Nobody else was ever asked to sign it, and it was never sent: whose it is may still change."""
    asked = (one.person for one in proposal.signatures.all())
    return proposal.sent_on is None and all(person == proposal.person for person in asked)


def is_signer(actor: Actor, proposal: Proposal) -> bool:
    """Signed it, whatever became of the account since."""
    return actor.kind == "person" and any(
        one.person == actor.key and one.state == SIGNED for one in proposal.signatures.all()
    )


def signed(actor: Actor, proposal: Proposal) -> bool:
    """Signed this one, or one that was merged into it."""
    merged = (one for one in proposal.merged.all() if one.number is not None)
    return is_signer(actor, proposal) or any(is_signer(actor, one) for one in merged)


def signed_with(actor: Actor, proposal: Proposal) -> bool:
    """Signed any of those that are handled together."""
    return signed(actor, proposal.head)


def closes(actor: Actor, proposal: Proposal) -> bool:
    """Whoever rates last; the house, once nobody is left who still can."""
    return signed(actor, proposal) or house(actor, proposal)


def house(actor: Actor, proposal: Proposal) -> bool:
    return actor.key == CLOCK.key


def concerned(actor: Actor, proposal: Proposal) -> bool:
    """Signed it or was asked to."""
    return leads(actor, proposal) or any(one.person == actor.key for one in proposal.signatures.all())


def officer(actor: Actor, proposal: Proposal) -> bool:
    """The office; nobody who was asked to sign it, who may be an officer too."""
    return actor.holds(Role.OFFICER, committee=proposal.committee_path) and not concerned(actor, proposal)


def decides(actor: Actor, proposal: Proposal) -> bool:
    """A leader or an officer who did not take the first look: two persons stand for it."""
    return (
        actor.holds(Role.OFFICER, Role.LEADER, committee=proposal.committee_path)
        and not concerned(actor, proposal)
        and actor.key != proposal.checked_by
    )


def office(actor: Actor, proposal: Proposal) -> bool:
    """A leader or an officer, whoever looked first."""
    held = actor.holds(Role.OFFICER, Role.LEADER, committee=proposal.committee_path)
    return held and not concerned(actor, proposal)


def leader(actor: Actor, proposal: Proposal) -> bool:
    return actor.holds(Role.LEADER, committee=proposal.committee_path) and not concerned(actor, proposal)


def handles(actor: Actor, proposal: Proposal) -> bool:
    """Handles for one of the departments that have or had a part of it."""
    mine = actor.departments()
    return bool(mine) and any(one.department.code in mine for one in proposal.handlings.all())


def replies(actor: Actor, proposal: Proposal) -> bool:
    """Handles for the department to which the letter went that it became; nobody who signed it."""
    letter = getattr(proposal, "letter", None)
    asked = letter is not None and letter.department.code in actor.departments()
    return asked and not concerned(actor, proposal)


def stands_apart(actor: Actor, proposal: Proposal) -> bool:
    """Neither signed it or what is handled with it, nor handles it: reads how both sides rate each other."""
    either = concerned(actor, proposal) or signed_with(actor, proposal)
    return not either and not handles(actor, proposal.head)


# ── Signature ──
def asks(actor: Actor, signature: Signature) -> bool:
    return leads(actor, signature.proposal)


def own(actor: Actor, signature: Signature) -> bool:
    return actor.kind == "person" and actor.key == signature.person


def rates(actor: Actor, signature: Signature) -> bool:
    """The signer, from their own account, which is none of a department that handled it."""
    return own(actor, signature) and not handles(actor, signature.proposal.head)


# ── Handling ──
def gives(actor: Actor, handling: Handling) -> bool:
    return officer(actor, handling.proposal)


def has(actor: Actor, handling: Handling) -> bool:
    """Handles for its department; nobody who signed the proposal answers it."""
    return actor.holds(Role.HANDLER, department=handling.department.code) and not concerned(
        actor, handling.proposal
    )


def answers(actor: Actor, handling: Handling) -> bool:
    return handling.answers and has(actor, handling)


def opines(actor: Actor, handling: Handling) -> bool:
    return handling.task == Task.CO and has(actor, handling)


def passes(actor: Actor, handling: Handling) -> bool:
    """The office, which sees that the answer is one."""
    return officer(actor, handling.proposal)


def sends_again(actor: Actor, handling: Handling) -> bool:
    return signed(actor, handling.proposal)
