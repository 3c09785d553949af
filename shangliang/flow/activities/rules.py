"""Who plans, announces, records, publishes; who signs up. What may be read is `queries.visible_to`'s word."""

from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.people.models import Role

from .models import Activity, Participation

HOSTS = (Role.CONVENER, Role.DEPUTY)
MEMBERS = (Role.MEMBER, Role.STATIONED, *HOSTS)


def officer(actor: Actor, activity: Activity) -> bool:
    return actor.holds(Role.OFFICER, committee=activity.committee_path)


def organises(actor: Actor, activity: Activity) -> bool:
    """Convener or deputy of the studio that holds it, or an officer of the committee."""
    studio = activity.studio_code
    return bool(studio and actor.holds(*HOSTS, studio=studio)) or officer(actor, activity)


def publishes(actor: Actor, activity: Activity) -> bool:
    """An officer: the studio's people may write the text, the office looks it over and publishes."""
    return officer(actor, activity)


def joins(actor: Actor, row: Participation) -> bool:
    """A member of the committee for themselves; of another committee, who was invited."""
    member = row.pk is not None or actor.holds(*MEMBERS, committee=row.committee_path)
    return actor.kind == "person" and actor.key == row.person and member


def own(actor: Actor, row: Participation) -> bool:
    return actor.kind == "person" and actor.key == row.person


def ticks(actor: Actor, row: Participation) -> bool:
    """Who holds the list: the organisers."""
    return organises(actor, row.activity)


def checks_in(actor: Actor, row: Participation) -> bool:
    return ticks(actor, row) or joins(actor, row)


def house(actor: Actor, row: Participation) -> bool:
    """Nobody's own move: done by the house when a place is given back."""
    return actor.key == CLOCK.key
