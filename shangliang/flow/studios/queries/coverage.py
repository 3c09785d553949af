"""Whom and what a committee's studios do not reach yet (覆盖).

Full coverage (全覆盖) is defined here, once, for the desk and for the figures: every member sits in a studio,
whichever, as stationed member, convener or deputy. Who sits in none is counted anew at each level."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from shangliang.base import clock
from shangliang.base.people import queries as people
from shangliang.base.people.models import Person, Post, Role
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee

from ..models import Kind, State, Studio

TEAM = (Role.CONVENER, Role.DEPUTY, Role.STATIONED)
NAME = re.compile(r"\w+")


@dataclass(frozen=True)
class Coverage:
    """How many members of a committee there are, are stationed in a studio, and sit in none at all."""

    members: int
    stationed: int
    without: int


@dataclass(frozen=True)
class Gap:
    """A sector or a town without an open studio; how many members it has, None where nobody counts them."""

    name: str
    members: int | None = None


def in_no_studio(path: str, day: date | None = None) -> QuerySet[Person]:
    """The members of a committee, or one below it, who on this day (today) sit in no studio anywhere."""
    seated = Post.objects.filter(people.held_on(day or clock.today()), role__in=TEAM)
    return people.members(path, day).exclude(pk__in=seated.values("holder"))


def coverage(path: str) -> Coverage:
    """The numbers of a committee and those below it; three queries."""
    members = people.members(path).order_by()
    stationed = Post.objects.filter(
        people.held_on(clock.today()), role=Role.STATIONED, holder__in=members.values("pk")
    )
    return Coverage(
        members.count(),
        stationed.values("holder").distinct().count(),
        in_no_studio(path).order_by().count(),
    )


def sectors_without(committee: Committee) -> list[Gap]:
    """The sectors that no open studio of the committee is of; two queries."""
    reached = Studio.objects.filter(committee=committee, state=State.OPEN, sector__isnull=False)
    held = Post.objects.filter(people.held_on(clock.today()), role=Role.MEMBER, committee=committee)
    members = dict(held.order_by("sector").values_list("sector").annotate(Count("holder", distinct=True)))
    rows = places.sectors(committee).exclude(pk__in=reached.values("sector"))
    return [Gap(one.name, members.get(one.pk, 0)) for one in rows]


def of_unnamed_sector(committee: Committee) -> list[Studio]:
    """The sector studios of a committee that do not say of which sector: they were planned before it was
    asked."""
    rows = Studio.objects.filter(committee=committee, kind=Kind.SECTOR, sector=None)
    return list(rows.exclude(state=State.CLOSED).order_by("name", "pk"))


def zones_without(committee: Committee) -> list[Gap]:
    """The zones of towns that no open studio takes care of; two queries."""
    standing = Studio.objects.filter(committee=committee, state=State.OPEN)
    reached = {code for codes in standing.values_list("zones", flat=True) for code in codes}
    return [Gap(str(zone)) for zone in places.zones(committee) if zone.code not in reached]


def living_here(committee: Committee) -> list[tuple[Person, str]]:
    """The members of the committees above who sit in a studio of this committee, each with the office whose
    member they are: they serve near home (省、市委员); one query."""
    here = Post.objects.filter(people.held_on(clock.today()), role__in=TEAM, committee=committee)
    codes = committee.path.strip("/").split("/")[:-1]
    posts = Post.objects.filter(
        people.held_on(clock.today()), role=Role.MEMBER, committee__code__in=codes,
        committee__valid_until=None, holder__in=here.values("holder"),
    ).select_related("holder", "committee")  # fmt: skip
    return [
        (post.holder, post.committee.office) for post in posts.order_by("committee__path", "holder__name")
    ]


def to_seat(committee: Committee) -> list[tuple[Person, str]]:
    """The members of the committees above who said that they live here and sit in no studio anywhere, each
    with the office whose member they are; one query."""
    today = clock.today()
    seated = Post.objects.filter(people.held_on(today), role__in=TEAM)
    codes = committee.path.strip("/").split("/")[:-1]
    posts = Post.objects.filter(
        people.held_on(today), role=Role.MEMBER, lives_in=committee.code, committee__code__in=codes,
        committee__valid_until=None,
    ).exclude(holder__in=seated.values("holder")).select_related("holder", "committee")  # fmt: skip
    return [
        (post.holder, post.committee.office) for post in posts.order_by("committee__path", "holder__name")
    ]


def towns_without(committee: Committee) -> list[Gap]:
    """The towns, by their liaison groups, that no open studio lies in, serves or is one with; two queries.
    Names are compared whole: 清河镇 is not 河镇."""
    standing = Studio.objects.filter(committee=committee, state=State.OPEN)
    rows = list(standing.values_list("town", "area", "liaison_group"))
    said = {name for town, area, _group in rows for name in NAME.findall(f"{town} {area}")}
    merged = {group for _town, _area, group in rows}
    groups = places.liaison_groups(committee)
    return [Gap(one.town) for one in groups if one.pk not in merged and one.town not in said]
