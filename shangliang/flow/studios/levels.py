"""A studio goes online level by level: its own committee's leader, the city's office, the province's.

A level that does not handle its matters on this platform yet (`records_since` is not set) cannot say anything
here, so its step is left out; the last level that says yes puts the studio online. A city's own studio begins
with the city's leader, a province's with the province's. One no at any level ends the application: it says
why and what to mend, and the convener may apply again, from the first level on."""

from shangliang.base.places.models import Committee, Level

from .models import Online

STATES = {Level.CITY: Online.CITY, Level.PROVINCE: Online.PROVINCE}
DEPTHS = {Online.CITY: 2, Online.PROVINCE: 1}  # how many codes the path has of who decides then


def deciding_path(path: str, online: str) -> str:
    """The path of the committee that an application of a studio at `path` waits for."""
    depth = DEPTHS.get(Online(online))
    return path if depth is None else "/".join(path.split("/")[:depth]) + "/"


def following(line: list[Committee], online: str) -> str:
    """The state after a yes: the next level up that works here, or online. `line`: from the province down to
    the studio's own committee."""
    *above, own = line
    reached = {Online.CITY: Level.CITY, Online.PROVINCE: Level.PROVINCE}.get(Online(online), Level(own.level))
    order = [Level.COUNTY, Level.CITY, Level.PROVINCE]
    for level in order[order.index(reached) + 1 :]:
        if any(one.level == level and one.records_since for one in above):
            return STATES[level].value
    return Online.ONLINE.value


def level_of(own: Committee, online: str) -> Level:
    """Which level decides in this state."""
    return {Online.CITY: Level.CITY, Online.PROVINCE: Level.PROVINCE}.get(Online(online), Level(own.level))
