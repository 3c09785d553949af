"""The studios of the small world: two of 清溪县 and one of 云岭县, all online, with their people."""

from types import SimpleNamespace

from shangliang.base.people.models import Role
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places
from shangliang.base.places.models import Sector
from shangliang.flow.studios import actions
from shangliang.flow.studios.models import Studio

from .world_people import SINCE, grant


def build(world: SimpleNamespace) -> None:
    """`studio other far_studio`: `deputy` and `member` sit in `studio`, `other_convener` and `other_member`
    in `other`; 云岭县 gets `far_convener` and `far_leader`."""
    grant(world, "far_convener", "温委员", Role.MEMBER, committee=world.neighbour)
    grant(world, "far_leader", "钟主席", Role.LEADER, committee=world.neighbour)
    world.studio = online(
        world,
        "城关委员工作室",
        convener="convener",
        deputy="deputy",
        seat="member",
        town="城关镇",
        area="东街社区、西街社区、草坪村",
        address="城关镇东街社区一楼",
        motto="家门口的小事，一条一条跟到底",
    )
    world.other = online(
        world,
        "农业界委员工作室",
        kind="sector",
        convener="other_convener",
        seat="other_member",
        sector=places.add(Sector, world.county, "农业界"),
        town="河口镇",
        area="草滩村、渠首村",
        address="河口镇便民中心旁",
        motto="地里的事，懂行的人来听",
    )
    world.far_studio = online(
        world,
        "老县镇委员工作室",
        convener="far_convener",
        officer="neighbour_officer",
        approver="far_leader",
        committee=world.neighbour,
        town="老县镇",
        area="老街村",
        address="老县镇便民中心",
    )


def planned(
    world: SimpleNamespace,
    name: str,
    *,
    kind: str = "area",
    officer: str = "officer",
    committee=None,
    **page: object,
) -> Studio:
    """A studio that is planned: no convener, no hours yet unless `page` says so."""
    by = actor_of(world.accounts[officer])
    return actions.plan(committee or world.county, by=by, name=name, kind=kind, **page)


def opened(
    world: SimpleNamespace,
    name: str,
    *,
    convener: str,
    officer: str = "officer",
    deputy: str = "",
    seat: str = "",
    **page,
) -> Studio:
    """A studio that is open, with its people, and not online."""
    by = actor_of(world.accounts[officer])
    page = {"address": "东街一号", "hours": "周一至周五 9:00—17:30", "phone": "000-0000100"} | page
    code = planned(world, name, officer=officer, **page).code
    for role, account in ((Role.CONVENER, convener), (Role.DEPUTY, deputy)):
        if account:
            actions.appoint(
                code, world.accounts[account], role, by=by, reason="熟悉这一片，走得勤", since=SINCE
            )
    if seat:
        actions.station(code, world.accounts[seat], by=by, since=SINCE)
    return actions.open_studio(code, by=by, seen=1)


def online(world: SimpleNamespace, name: str, *, convener: str, approver: str = "leader", **page) -> Studio:
    """A studio that is open and online."""
    return goes_online(
        world, opened(world, name, convener=convener, **page), convener=convener, approver=approver
    )


def goes_online(world: SimpleNamespace, studio: Studio, *, convener: str, approver: str = "leader") -> Studio:
    """Applied for, and a yes from its county, its city, its province."""
    host = actor_of(world.accounts[convener])
    actions.apply(studio.code, by=host, seen=None, why="接待正常，想在网上也收话", best="巷口的路灯亮了")
    actions.approve(
        studio.code, by=actor_of(world.accounts[approver]), seen=None, reason="接待够数，有人值班"
    )
    return passes_above(world, studio)


def passes_above(world: SimpleNamespace, studio: Studio) -> Studio:
    """What its county has passed on goes through the city and the province."""
    for officer in ("city_officer", "province_officer"):
        by = actor_of(world.accounts[officer])
        studio = actions.approve(studio.code, by=by, seen=None, reason="材料齐，数都点得开")
    return studio
