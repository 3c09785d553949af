"""Activities and a member's part in one, in each state, as rows laid down directly."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from shangliang.base import clock
from shangliang.flow.activities.models import Activity, Participation, Series

DONE = ("held", "published", "closed")


def activity(world: SimpleNamespace, stage: str, *, did: str = "", **more: Any) -> Activity:
    """Of the studio; the member stationed there is on its list, and `did` this. "held, private": a
    mediation."""
    state, _comma, private = stage.partition(", ")
    start = clock.now() + timedelta(days=-1 if state in DONE else 3)
    fields: dict[str, Any] = {
        "kind": "dispute" if private else "free_clinic", "private": bool(private), "state": state,
        "title": "东街社区周末义诊", "place": "东街社区广场", "starts_at": start,
        "ends_at": start + timedelta(hours=2), "last_at": clock.now(), "by": "convener",
    }  # fmt: skip
    if state != "planned" and not private:
        fields["announced_on"] = clock.today()
    if state in DONE:
        fields["recorded_on"] = clock.today()
    if state == "published":
        fields |= {"published_on": clock.today(), "photos_shown": True, "publicity": "看了三十四人次。"}
    made = Activity.objects.create(committee=world.county, studio=world.studio, **fields | more)
    if state in DONE:
        participation(world, "came", made, did=did)
    return made


def participation(
    world: SimpleNamespace, state: str, of: Activity | None = None, *, did: str = ""
) -> Participation:
    """The member's own part in an announced activity."""
    of = of or activity(world, "announced")
    return Participation.objects.create(
        activity=of, person=world.member.key, state=state, queued_at=clock.now(), did=did
    )


def series(world: SimpleNamespace) -> Series:
    return Series.objects.create(
        committee=world.county, name=f"每月义诊{Series.objects.count()}", form="series", by="convener",
        at=clock.now(),
    )  # fmt: skip
