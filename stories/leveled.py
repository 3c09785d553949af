"""What stories of several levels ask again and again, and the departments of levels above and beside."""

from shangliang.base import clock
from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places
from shangliang.base.places.models import Department
from shangliang.flow.voices import queries
from shangliang.flow.voices.models import Voice
from shangliang.flow.voices.told import timeline

from .world_people import grant


def departments(world):
    """The city's departments with a handler each, and one of 云岭县."""
    for name, words in {"streets": "市住建局", "water": "市水务局", "parks": "市园林局"}.items():
        setattr(world, name, places.add(Department, world.city, words, phone="000-0000003"))
        grant(world, f"of_{name}", f"{words}科长", Role.HANDLER, committee=world.city,
              department=getattr(world, name).code)  # fmt: skip
    grant(world, "of_far", "田科长", Role.HANDLER, committee=world.neighbour, department=world.far.code)
    for name in ("of_streets", "of_water", "of_parks", "of_far"):
        setattr(world, name, actor_of(world.accounts[name]))
    return world


def reads(voice, *actors):
    return {actor.name for actor in actors if Voice.objects.filter(queries.visible_to(actor), pk=voice.pk)}


def has(actor):
    return [one.code for one in queries.queue(actor)]


def moves(actor, voice):
    return {move.name for move in queries.offered(actor, queries.get(voice.code, actor), clock.today())}


def sentences(voice, *acts, mine=True):
    return [one.sentence for one in timeline(voice, mine=mine) if one.act in acts]
