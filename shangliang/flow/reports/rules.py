"""Who writes, looks over, edits, checks, signs, issues. What may be read is `queries.visible_to`'s word."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from .models import Bulletin, OpinionReport

HOSTS = (Role.CONVENER, Role.DEPUTY)
MEMBERS = (Role.MEMBER, Role.STATIONED, *HOSTS)


def writes(actor: Actor, report: OpinionReport) -> bool:
    """A member of the committee, or who sits in one of its studios."""
    return actor.kind == "person" and actor.holds(*MEMBERS, committee=report.committee_path)


def begins(actor: Actor, report: OpinionReport) -> bool:
    """A leader or an officer of the committee, for a member; nobody begins their own so."""
    return holds_back(actor, report)


def wrote(actor: Actor, report: OpinionReport) -> bool:
    return actor.kind == "person" and actor.key == report.person


def reviews(actor: Actor, report: OpinionReport) -> bool:
    """The first review: convener or deputy of the studio, or an officer; nobody looks over their own."""
    hosts = actor.holds(*HOSTS, studio=report.studio_code)
    return (hosts or officer(actor, report)) and not wrote(actor, report)


def officer(actor: Actor, report: OpinionReport) -> bool:
    return actor.holds(Role.OFFICER, committee=report.committee_path)


def edits(actor: Actor, report: OpinionReport) -> bool:
    """The office; not the writer, who may be an officer too."""
    return officer(actor, report) and not wrote(actor, report)


def signs(actor: Actor, report: OpinionReport) -> bool:
    """A leader or an officer of the committee, who neither wrote nor checked it: two persons stand for it."""
    path = report.committee_path
    return actor.holds(Role.LEADER, Role.OFFICER, committee=path) and actor.key not in (
        report.person,
        report.checked_by,
    )


def holds_back(actor: Actor, report: OpinionReport) -> bool:
    """Whoever could sign, and who checked it: a doubt may come to anybody."""
    return actor.holds(Role.LEADER, Role.OFFICER, committee=report.committee_path) and not wrote(
        actor, report
    )


def handles(actor: Actor, report: OpinionReport) -> bool:
    """Handles for a department to which it was passed; nobody who wrote it."""
    mine = actor.departments()
    asked = bool(mine) and any(one.department.code in mine for one in report.referrals.all())
    return asked and not wrote(actor, report)


def issues(actor: Actor, bulletin: Bulletin) -> bool:
    return actor.holds(Role.OFFICER, committee=bulletin.committee_path)
