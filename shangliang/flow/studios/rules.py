"""Who may change a studio. What may be read is queries.visible_to's word."""

from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role

from . import levels
from .models import Booking, Inspection, Roster, Studio


def hosts(actor: Actor, studio: Studio) -> bool:
    """The convener or a deputy of this studio."""
    return actor.holds(Role.CONVENER, Role.DEPUTY, studio=studio.code)


def stationed(actor: Actor, studio: Studio) -> bool:
    """A member who sits in this studio."""
    return actor.holds(Role.STATIONED, studio=studio.code)


def is_officer(actor: Actor, studio: Studio) -> bool:
    """An officer of the studio's own committee."""
    return actor.holds(Role.OFFICER, committee=studio.committee_path)


def anybody(actor: Actor, booking: Booking) -> bool:
    """Whoever wants to come."""
    return True


def booked_it(actor: Actor, booking: Booking) -> bool:
    """Whoever holds this booking's code."""
    return actor.kind == "author" and actor.subject == booking.subject and actor.key == booking.person


def receives_them(actor: Actor, booking: Booking) -> bool:
    """Who receives people in the studio that was booked."""
    return receives(actor, booking.studio)


def house(actor: Actor, booking: Booking) -> bool:
    """The clock: a time that was given back goes to whoever waits first."""
    return actor.kind == "clock"


def visits(actor: Actor, inspection: Inspection) -> bool:
    """Who writes down a visit: an officer of the studio's committee."""
    return is_officer(actor, inspection.studio)


def puts_right(actor: Actor, inspection: Inspection) -> bool:
    """Who says what was put right: convener and deputy; the officer may too."""
    return keeps_page(actor, inspection.studio)


def keeps_rolls(actor: Actor, roster: Roster) -> bool:
    """Who brings a list of members: an officer of the committee whose members they are."""
    return actor.holds(Role.OFFICER, committee=roster.committee_path)


def leads(actor: Actor, studio: Studio) -> bool:
    """A leader of the studio's own committee."""
    return actor.holds(Role.LEADER, committee=studio.committee_path)


def decides_above(actor: Actor, studio: Studio) -> bool:
    """An officer or a leader of the city or the province that the studio's application waits for."""
    path = levels.deciding_path(studio.committee_path, studio.online)
    return path != studio.committee_path and actor.holds(Role.OFFICER, Role.LEADER, committee=path)


def looks_into(actor: Actor, studio: Studio) -> bool:
    """Who reads a studio's numbers about people: who works on it, its leader, the offices above it."""
    path = studio.committee_path
    above = {path[:end] for end in range(7, len(path), 7)}
    return works_on(actor, studio) or bool(
        actor.paths(Role.OFFICER, Role.LEADER) & above or actor.holds(Role.LEADER, committee=path)
    )


def keeps_page(actor: Actor, studio: Studio) -> bool:
    """Convener and deputy keep the page and the timetable; the officer may too."""
    return hosts(actor, studio) or is_officer(actor, studio)


def receives(actor: Actor, studio: Studio) -> bool:
    """Who may write down a reception or a voice told to them: convener, deputy, member stationed there,
    officer."""
    return hosts(actor, studio) or stationed(actor, studio) or is_officer(actor, studio)


def works_on(actor: Actor, studio: Studio) -> bool:
    """Who finds the studio at the desk: who keeps it or receives there, and the auditor, who only reads."""
    return receives(actor, studio) or actor.holds(Role.AUDITOR, committee=studio.committee_path)
