"""Who stands in each column, for one thing: their relation to it makes the column."""

from collections.abc import Callable
from types import SimpleNamespace

from shangliang.base.people.actor import STRANGER, Actor
from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as place_actions
from shangliang.base.places import queries as places
from shangliang.base.places.models import Department

from ..world_people import grant
from .columns import COLUMNS

Cast = dict[str, list[Actor]]


def widen(world: SimpleNamespace) -> None:
    """More people of 云岭县, so that "neighbour" means whoever holds a post there; a handler of the city."""
    department = streets(world).code
    grant(world, "of_streets", "龚科长", Role.HANDLER, committee=world.city, department=department)
    grant(world, "far_handler", "田科长", Role.HANDLER, committee=world.neighbour, department=world.far.code)
    grant(world, "far_auditor", "葛审计", Role.AUDITOR, committee=world.neighbour)
    for name in ("far_handler", "far_auditor", "of_streets"):
        setattr(world, name, actor_of(world.accounts[name]))


def streets(world: SimpleNamespace) -> Department:
    """A department of the city."""
    found = places.departments(world.city).first()
    return found or place_actions.add(Department, world.city, "市住建局", phone="000-0000003")


def of(world: SimpleNamespace, **instead: list[Actor]) -> Cast:
    """The people of each column, all of whom must get the same answer. `instead`: the columns that depend on
    the thing: its author, its guest, who wrote or raised it."""
    found = {
        "stranger": [STRANGER],
        "author_own": [world.author],
        "author_other": [world.author_other],
        "guest_own": [guest(world, "guest_own", "")],
        "guest_other": [guest(world, "guest_other", "elsewhere0")],
        "member_own": [world.member],
        "member_other": [world.other_member, world.member2],
        "convener_own": [world.convener, world.deputy],
        "convener_other": [world.other_convener],
        "officer": [world.officer],
        "leader": [world.leader],
        "handler_own": [world.handler],
        "handler_other": [world.handler2],
        "auditor": [world.auditor],
        "operator": [world.operator],
        "neighbour": [
            world.neighbour_officer,
            world.far_convener,
            world.far_leader,
            world.far_handler,
            world.far_auditor,
            world.far_author,
        ],
        "above": [world.province_officer],
        "above_asked": [world.city_officer],
    } | instead
    if unknown := found.keys() - COLUMNS.keys():
        raise ValueError(f"No such columns: {sorted(unknown)}")
    return found


def guest(world: SimpleNamespace, key: str, consultation: str) -> Actor:
    return Actor(key, "guest", committee=world.county.path, consultation=consultation)


def asked(cast: Cast, question: Callable[[Actor], str]) -> dict[str, str]:
    """Column → the one mark that all its people got; several when they differ."""
    return {column: "".join(sorted({question(actor) for actor in cast[column]})) for column in COLUMNS}
