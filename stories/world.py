"""A small world for tests: 示例省, 示例市, 清溪县 and its neighbour 云岭县, with people who hold posts,
and three studios."""

from types import SimpleNamespace

from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places
from shangliang.base.places.models import Department

from . import world_studios
from .world_people import BY, SINCE, grant


def build() -> SimpleNamespace:
    world = SimpleNamespace()
    world.province = places.enter_committee("990000", "示例省", "province", by=BY, records_since=SINCE)
    world.city = places.enter_committee(
        "990100", "示例市", "city", by=BY, parent=world.province, records_since=SINCE
    )
    world.county = places.enter_committee(
        "990101", "清溪县", "county", by=BY, parent=world.city, records_since=SINCE
    )
    world.neighbour = places.enter_committee(
        "990102", "云岭县", "county", by=BY, parent=world.city, records_since=SINCE
    )
    for name, words in {
        "lamps": "城管局",
        "farms": "农业农村局",
        "roads": "交通运输局",
        "schools": "教育局",
    }.items():
        setattr(world, name, places.add(Department, world.county, words, phone="000-0000001"))
    world.far = places.add(Department, world.neighbour, "水利局", phone="000-0000002")
    world.accounts = {}
    grant(world, "officer", "陈干事", Role.OFFICER)
    grant(world, "leader", "秦主席", Role.LEADER)
    grant(world, "auditor", "郑审计", Role.AUDITOR)
    grant(world, "operator", "吴运维", Role.OPERATOR)
    grant(world, "handler", "周科长", Role.HANDLER, department=world.lamps.code)
    grant(world, "handler2", "冯科长", Role.HANDLER, department=world.farms.code)
    grant(world, "neighbour_officer", "卫干事", Role.OFFICER, committee=world.neighbour)
    grant(world, "city_officer", "沈干事", Role.OFFICER, committee=world.city)
    grant(world, "province_officer", "韩干事", Role.OFFICER, committee=world.province)
    for name, words in {
        "member": "岳委员",
        "member2": "何委员",
        "convener": "段委员",
        "deputy": "汪委员",
    }.items():
        grant(world, name, words, Role.MEMBER)
    grant(world, "other_convener", "许委员", Role.MEMBER)
    grant(world, "other_member", "吕委员", Role.MEMBER)
    world_studios.build(world)
    for name, person in world.accounts.items():
        setattr(world, name, actor_of(person))
    return world
