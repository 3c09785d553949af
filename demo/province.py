"""示例省: its committees, bodies, people, studios and receptions."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.contrib.auth.hashers import make_password

from shangliang.base import clock
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK
from shangliang.base.people.models import Person, Role
from shangliang.base.people.queries import actor_of
from shangliang.base.places import actions as places
from shangliang.base.places import queries as place_queries
from shangliang.base.places.models import Department, LiaisonGroup, Sector, SpecialCommittee
from shangliang.flow.studios import actions as studios
from shangliang.flow.studios import queries as studio_queries

from .told import Step, Told

OFFICERS = {"990101": "officer", "990102": "neighbour", "990100": "city"}  # who runs the studios there


def people_and_places(told: Told, said: dict[str, Any], password: str) -> None:
    """Committees, bodies, accounts and their posts at committees and departments."""
    for row in said["committees"]:
        parent = told.committees.get(row.get("parent"))
        told.committees[row["code"]] = places.enter_committee(
            row["code"], row["name"], row["level"], by=CLOCK.key, parent=parent, records_since=clock.today()
        )
        if "mark" in row:
            places.prefer(told.committees[row["code"]], "mark", row["mark"])
    for code, rows in said["departments"].items():
        for label, row in rows.items():
            body = places.add(Department, told.committees[code], row["name"], phone=row["phone"])
            told.departments[label] = body
    sectors = {
        (code, name): places.add(Sector, told.committees[code], name)
        for code, names in said["sectors"].items()
        for name in names
    }
    for kind, key in ((SpecialCommittee, "special_committees"), (LiaisonGroup, "liaison_groups")):
        for code, names in said[key].items():
            for name in names:
                places.add(kind, told.committees[code], name)
    for code, towns in said["zones"].items():
        for town, names in towns.items():
            group = LiaisonGroup.objects.get(committee=told.committees[code], name=f"{town}联络组")
            for name in names:
                places.enter_zone(group, name)
    for username, row in said["people"].items():
        person = people.open_account(username, row["name"], password=None, title=row["title"])
        told.people[username] = person
        department = told.departments[row["department"]].code if "department" in row else ""
        people.grant(
            person, row["role"], committee=told.committees[row["committee"]], department=department,
            sector=sectors.get((row["committee"], row.get("sector"))), by=CLOCK.key,
        )  # fmt: skip
    Person.objects.update(password=make_password(password))  # hashed once: it is slow on purpose
    refresh_actors(told)


def refresh_actors(told: Told) -> None:
    """Actors with the posts they hold by now."""
    told.actors = {username: actor_of(person) for username, person in told.people.items()}


def studio_steps(told: Told, said: dict[str, Any]) -> list[Step]:
    return [
        step
        for number, (label, row) in enumerate(said["studios"].items())
        for step in _studio(told, label, row, number)
    ]


def _studio(told: Told, label: str, row: dict[str, Any], number: int) -> list[Step]:
    """Planned, staffed, opened, put online, a day or two between."""
    at = partial(_at, told, minute=number)
    officer = told.actors[OFFICERS[row["committee"]]]
    steps: list[Step] = [(at(68), partial(_plan, told, label, row, officer))]
    if row.get("planned"):
        return steps
    steps.append((at(67), partial(_staff, told, label, row, officer)))
    steps.append((at(66), lambda: studios.open_studio(told.studios[label], by=officer, seen=None)))
    if row.get("online"):
        steps.append((at(65), partial(_apply, told, label, row)))
        steps.append((at(64), partial(_approve, told, label, row["leader"])))
        steps += [(_at(told, 63, 20 + number), partial(_approve, told, label, "city"))]
        steps += [(_at(told, 63, 40 + number), partial(_approve, told, label, "province"))]
    if "refused" in row:
        steps.append((at(9), partial(_apply, told, label, row)))
        steps.append((at(6), partial(_refuse, told, label, row)))
    if reached := row.get("applied"):
        steps.append((at(2), partial(_apply, told, label, row)))
        passed = {"city": [row["leader"]], "province": [row["leader"], "city"]}.get(reached, [])
        steps += [
            (_at(told, 1, 10 + 15 * n + number), partial(_approve, told, label, who))
            for n, who in enumerate(passed)
        ]
    if "model" in row:
        steps.append((at(25), partial(_model, told, label, row["model"], officer)))
    if "suspended" in row:
        steps.append((at(20), partial(_suspend, told, label, row["suspended"], officer)))
    if "closed" in row:
        steps.append((at(30), partial(_close, told, label, row["closed"], officer)))
    return steps


def _at(told: Told, back: int, minute: int) -> Any:
    return told.days.moment(back, f"8:{10 + minute:02d}")


def _plan(told: Told, label: str, row: dict[str, Any], officer: Any) -> None:
    committee = told.committees[row["committee"]]
    special = row.get("special_committee")
    leader = row.get("leader")
    page: dict[str, Any] = {
        name: row[name]
        for name in (
            "plate", "town", "area", "address", "hours", "motto", "phone", "shared_with", "plan_reason",
        )
        if name in row
    }  # fmt: skip
    if "planned_in" in row:
        page["planned_for"] = clock.today() + timedelta(days=row["planned_in"])
    if group := row.get("liaison_group"):
        page["liaison_group"] = LiaisonGroup.objects.get(committee=committee, name=group)
    if zones := row.get("zones"):
        page["zones"] = [one.code for one in place_queries.zones(committee) if one.name in zones]
    if sector := row.get("sector"):
        page["sector"] = Sector.objects.get(committee=committee, name=sector)
    if special:
        page["special_committee"] = SpecialCommittee.objects.get(committee=committee, name=special)
    if leader:
        page["leader"] = told.people[leader].key
    studio = studios.plan(committee, by=officer, name=row["name"], kind=row["kind"], **page)
    told.studios[label] = studio.code


def _staff(told: Told, label: str, row: dict[str, Any], officer: Any) -> None:
    code = told.studios[label]
    why = "县政协党组会议定的"
    studios.appoint(code, told.people[row["convener"]], Role.CONVENER, by=officer, reason=why)
    for deputy in row.get("deputies", ()):
        studios.appoint(code, told.people[deputy], Role.DEPUTY, by=officer, reason=why)
    for member in row.get("stationed", ()):
        studios.station(code, told.people[member], by=officer)
    slots = [
        {"weekday": s["weekday"], "start": _time(s["from"]), "end": _time(s["to"]), "note": s["note"]}
        for s in row.get("timetable", ())
    ]
    studios.set_timetable(code, by=officer, seen=None, slots=slots)


def _time(words: str) -> time:
    hour, minute = words.split(":")
    return time(int(hour), int(minute))


def _apply(told: Told, label: str, row: dict[str, Any]) -> None:
    convener = actor_of(told.people[row["convener"]])
    why, best = "每周有人值班，接待正常，想在网上也收话", "巷口的路灯、下水道，说了就有人看"
    studios.apply(told.studios[label], by=convener, seen=None, why=why, best=best)


def _approve(told: Told, label: str, who: str) -> None:
    why = {"city": "材料齐，数都点得开，同意", "province": "同意上线"}.get(
        who, "牌子、人、接待日都齐了，同意上线"
    )
    studios.approve(told.studios[label], by=told.actors[who], seen=None, reason=why)


def _refuse(told: Told, label: str, row: dict[str, Any]) -> None:
    by, (why, mend) = told.actors[row["leader"]], row["refused"]
    studios.refuse(told.studios[label], by=by, seen=None, reason=why, mend=mend)


def _model(told: Told, label: str, row: dict[str, Any], officer: Any) -> None:
    until = clock.today() + timedelta(days=row["days"])
    studios.make_model(told.studios[label], by=officer, seen=None, reason=row["why"], until=until)


def _suspend(told: Told, label: str, why: str, officer: Any) -> None:
    studios.suspend(told.studios[label], by=officer, seen=None, reason=why)


def _close(told: Told, label: str, why: str, officer: Any) -> None:
    code = told.studios[label]
    go_to = "没有办完的事，由云岭城关委员工作室接着办"
    heir = told.studios["yunling"]
    team = studio_queries.members_of(studio_queries.studio(code, officer))
    studios.close(
        code, by=officer, seen=None, reason=why, voices_go_to=go_to, successor=heir,
        people_go={post.holder.key: heir for post in team},
    )  # fmt: skip


def reception_steps(told: Told, said: dict[str, Any]) -> list[Step]:
    return [
        (told.days.moment(row["wd"], "12:00"), partial(_receive, told, row)) for row in said["receptions"]
    ]


def _receive(told: Told, row: dict[str, Any]) -> None:
    day: date = clock.today()
    members = [told.people[name].key for name in row["members"]]
    by = told.actors[row["members"][0]]
    studios.hold_reception(
        told.studios[row["studio"]],
        by=by,
        day=day,
        residents=row["residents"],
        members=members,
        note=row["note"],
    )
