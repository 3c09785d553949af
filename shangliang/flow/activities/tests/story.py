"""Activities as the people of the small world hold them."""

from datetime import timedelta

from shangliang.base import clock
from shangliang.flow.activities import actions
from shangliang.flow.activities.actions import Plan, Record


def planned_for(kind="free_clinic", days=3, **more):
    start = clock.now() + timedelta(days=days)
    said = {
        "kind": kind,
        "title": "东街社区周末义诊",
        "place": "东街社区广场",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "about": "县医院的委员来量血压、看片子",
    }
    return Plan(**said | more)


def planned(world, kind="free_clinic", **more):
    return actions.plan(world.studio, by=world.convener, said=planned_for(kind, **more))


def announced(world, kind="free_clinic", **more):
    row = planned(world, kind, **more)
    return actions.announce(row.code, by=world.convener, seen=row.version)


def on_the_day(row):
    return clock.at(row.starts_at + timedelta(minutes=10))


def held(world, kind="free_clinic", came=("member",), lead=("convener",), measures=None, how=None, **more):
    """Announced and recorded an hour after its end."""
    row = announced(world, kind, **more)
    numbers = {"free_clinic_visits": 34} if measures is None else measures
    said = Record(
        measures=numbers,
        came=[getattr(world, one).key for one in came],
        lead=[getattr(world, one).key for one in lead],
        **(how or {}),
    )
    with clock.at(row.ends_at + timedelta(hours=1)):
        return actions.record_held(row.code, by=world.convener, seen=None, said=said)


def afterwards(world, kind="moving_to_safety", measures=None, hours=5, how=None, host=None, by=None, **more):
    start = clock.now() - timedelta(hours=hours)
    said = {"title": "暴雨夜转移河边住户", "place": "河堤社区", "starts_at": start, "about": ""}
    plan = planned_for(kind, **said | {"ends_at": start + timedelta(hours=2)} | more)
    numbers = {"residents_moved_to_safety": 56} if measures is None else measures
    record = Record(measures=numbers, came=[world.member.key], lead=[world.convener.key], **(how or {}))
    return actions.record_afterwards(
        host or world.studio,
        by=by or world.convener,
        plan=plan,
        said=record,
        reason="暴雨红色预警，来不及通知",
    )
