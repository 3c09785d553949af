"""Every read of activities, scoped to the reader."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db.models import Count, Max, Model, Q, QuerySet, Sum

from shangliang.base import clock, search
from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.errors import one_of
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person, Post, Role
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee, Sector
from shangliang.base.prepared import PartsOf, Prepared
from shangliang.base.search.kinds import Row
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import Online, Studio
from shangliang.flow.studios.models import State as StudioState

from . import codes, rules
from .models import Activity, Measured, Participation, Series, Standing, State

M = TypeVar("M", bound=Model)
OFFICE = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
DONE = (State.HELD, State.PUBLISHED, State.CLOSED)
IN = (Standing.SIGNED, Standing.CAME)  # who takes up a place
# At the desk: each tab's states.
TABS = {
    "planned": (State.PLANNED,),
    "announced": (State.ANNOUNCED,),
    "held": (State.HELD,),
    "published": (State.PUBLISHED,),
    "rest": (State.CLOSED, State.CANCELLED),
}
# What was announced, and what was published. Private kinds never.
ANNOUNCED = Q(private=False) & (Q(announced_on__isnull=False) | Q(state=State.PUBLISHED))
# What anybody may know of: no studio becomes known by what it announces; one that is closed stays known.
PUBLIC = ANNOUNCED & (Q(studio__isnull=True) | Q(studio__online=Online.ONLINE) | Q(studio__was_online=True))


def activities() -> QuerySet[Activity]:
    return Activity.objects.select_related("committee", "studio", "series", "campaign")


def inside(actor: Actor) -> Q:
    """Those of the studios that one convenes, and of one's committee for its office, leaders and auditor."""
    hosts = Q(studio__code__in=actor.studios(*rules.HOSTS))
    return hosts | Q(committee__path__in=actor.paths(*OFFICE))


def _taken_part(actor: Actor) -> Q:
    own = Participation.objects.filter(person=actor.key).values("activity")
    told = Q(announced_on__isnull=False) | Q(recorded_on__isnull=False)
    return Q(pk__in=own) & told


def visible_to(actor: Actor) -> QuerySet[Activity]:
    """What was announced or published, for everybody, of a studio that is not online for its committee's
    members; all of one's studio or committee for those who hold or oversee it; of a private kind also those
    that one is invited to or took part in."""
    if actor.kind != "person":
        return activities().filter(PUBLIC)
    near = ANNOUNCED & Q(committee__path__in=actor.paths(*rules.MEMBERS))
    return activities().filter(PUBLIC | near | inside(actor) | _taken_part(actor))


def at_desk(actor: Actor, tab: str = "") -> QuerySet[Activity]:
    """Those of this desk, the latest first. `tab`: a key of `TABS`."""
    rows = activities().filter(inside(actor))
    if tab in TABS:
        rows = rows.filter(state__in=TABS[tab])
    return rows.order_by("-starts_at", "-pk")


def to_record(actor: Actor) -> QuerySet[Activity]:
    """Announced ones that are over and not yet recorded, for who organises them."""
    hosts = Q(studio__code__in=actor.studios(*rules.HOSTS))
    mine = hosts | Q(committee__path__in=actor.paths(Role.OFFICER))
    rows = activities().filter(mine, state=State.ANNOUNCED, ends_at__lt=clock.now())
    return rows.order_by("starts_at", "pk")


def activity(code: str, actor: Actor) -> Activity:
    """Unseen if there is none, or none for this actor to know of."""
    return _one(code, actor)


def lock(code: str, by: Actor) -> Activity:
    """The activity, locked until the transaction ends. Unseen if `by` may not see it."""
    return _one.lock(code, by)


_one = ByCode(lambda actor: visible_to(actor))
# One of this desk, by its code; Unseen for what is public elsewhere.
of_desk = ByCode(lambda actor: at_desk(actor))


def open_to_all(of: Activity) -> bool:
    """Whether it stands announced and anybody may read its public page."""
    return of.state == State.ANNOUNCED and activities().filter(PUBLIC, pk=of.pk).exists()


def sees_record(actor: Actor, of: Activity) -> bool:
    """Whether this reader may know all of how it was: who holds or oversees it, and who was there. What is
    published tells everybody else."""
    if actor.kind != "person":
        return False
    came = Participation.objects.filter(person=actor.key, state=Standing.CAME).values("activity")
    return visible_to(actor).filter(inside(actor) | Q(pk__in=came), pk=of.pk).exists()


# ── Who takes part ──
# In the order in which they came to the list.
parts = PartsOf(Participation, "activity", "queued_at", "pk")


def part(of: Activity, person: str) -> Participation | None:
    """Somebody's part in it, locked; the activity at hand."""
    rows = Participation.objects.select_for_update(of=("self",)).filter(activity=of, person=person)
    found = rows.first()
    if found:
        found.activity = of
    return found


def own_part(of: Activity, actor: Actor) -> Participation | None:
    found = Participation.objects.filter(activity=of, person=actor.key).first()
    if found:
        found.activity = of
    return found


def standing_in(rows: Sequence[Activity], actor: Actor) -> dict[int, Participation]:
    """Activity's id → the actor's own part in it, in one query."""
    own = Participation.objects.filter(activity__in=[row.pk for row in rows], person=actor.key)
    return {part.activity_id: part for part in own.defer("reason", "correction", "did")}


def full(of: Activity) -> bool:
    taken = Participation.objects.filter(activity=of, state__in=IN).count()
    return of.places is not None and taken >= of.places


def first_waiting(of: Activity) -> Participation | None:
    """Who waits longest for a place. Who scanned late waits for the organisers' word, not for a place."""
    waiting = Participation.objects.filter(activity=of, state=Standing.WAITING, late=False)
    found = waiting.select_for_update(of=("self",)).order_by("queued_at", "pk").first()
    if found:
        found.activity = of
    return found


def standings(rows: Sequence[Activity]) -> dict[int, dict[str, int]]:
    """Activity's id → how many stand in each state, in one query."""
    found: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    for activity, state, n in _standings(activities=tuple(found)):
        found[activity][state] = n
    return found


@Prepared
def _standings(*, activities: tuple[int, ...]) -> QuerySet[Participation, tuple[int, str, int]]:
    counted = Participation.objects.filter(activity__in=activities).order_by("activity", "state")
    return counted.values_list("activity", "state").annotate(Count("pk"))


def taken_part(actor: Actor) -> QuerySet[Participation]:
    """One's own parts in what was announced or recorded, the latest first."""
    rows = Participation.objects.filter(person=actor.key).exclude(activity__state=State.PLANNED)
    told = rows.filter(Q(activity__announced_on__isnull=False) | Q(activity__recorded_on__isnull=False))
    return told.select_related("activity__committee", "activity__studio").order_by(
        "-activity__starts_at", "-pk"
    )


def open_to(actor: Actor) -> QuerySet[Activity]:
    """What is announced and to come in one's committees, or where one was invited; the soonest first."""
    invited = Participation.objects.filter(person=actor.key).values("activity")
    mine = Q(committee__path__in=actor.paths(*rules.MEMBERS), private=False) | Q(pk__in=invited)
    rows = activities().filter(mine, state=State.ANNOUNCED, ends_at__gte=clock.now())
    return rows.order_by("starts_at", "pk")


def members_of(*, studio: str = "", sector: str = "", committee: str = "") -> list[str]:
    """Pseudonyms of the members in a studio, a sector (its code) or a committee (its path)."""
    held = Post.objects.filter(people.held_on(clock.today()))
    if studio:
        held = held.filter(studio=studio, role__in=studios.TEAM)
    elif sector:
        held = held.filter(sector__code=sector, role=Role.MEMBER)
    else:
        held = held.filter(committee__path=committee, role=Role.MEMBER)
    return list(dict.fromkeys(held.order_by("pk").values_list("holder__key", flat=True)))


def are_members(keys: Iterable[str]) -> bool:
    """Whether each of these pseudonyms holds a member's post somewhere today or has held one."""
    wanted = set(keys)
    held = Post.objects.filter(holder__key__in=wanted, role__in=rules.MEMBERS).values_list("holder__key")
    return len(held.order_by().distinct()) == len(wanted)


def named(names: Iterable[str]) -> dict[str, list[str]]:
    """Name → pseudonyms of the members who are called so, anywhere: for a list of who came."""
    found: dict[str, list[str]] = {name: [] for name in names}
    rows = Person.objects.filter(name__in=found, posts__role__in=rules.MEMBERS).distinct().order_by("pk")
    for person in rows:
        found[person.name].append(person.key)
    return found


def sectors(committee: Committee) -> list[Sector]:
    return list(Sector.objects.filter(committee=committee).order_by("name"))


def near(committee: Committee) -> list[Committee]:
    """A committee and its neighbours under the same one above."""
    above = committee.parent
    return [committee, *(one for one in (places.children(above) if above else ()) if one != committee)][:60]


def studios_near(committees: Sequence[Committee]) -> list[Studio]:
    """The open studios of these committees that everybody may know of."""
    rows = studios.public().filter(committee__in=committees, state=StudioState.OPEN)
    return list(rows[:300])


def team(host: Studio | Committee | None) -> list[tuple[str, str]]:
    """Pseudonym and name of a studio's own people; nobody's for a committee."""
    rows = studios.members_of(host) if isinstance(host, Studio) else []
    return sorted({(post.holder.key, post.holder.name) for post in rows}, key=lambda pair: pair[1])


def hosts_of(actor: Actor) -> list[Studio | Committee]:
    """Where somebody may hold an activity: the studios they convene; an officer's committees and all open
    studios there."""
    paths = actor.paths(Role.OFFICER)
    rows = studios.studios().filter(
        Q(code__in=actor.studios(*rules.HOSTS)) | Q(committee__path__in=paths), state=StudioState.OPEN
    )
    offices = sorted(places.by_path(paths).values(), key=lambda one: one.path)
    return [*offices, *rows[:300]]


# ── What was measured ──
def measures(rows: Iterable[Activity]) -> dict[int, dict[str, int]]:
    """Activity's id → key → number, in one query."""
    found: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    for one in _measures(activities=tuple(found)):
        found[one.activity_id][one.key] = one.value
    return found


@Prepared
def _measures(*, activities: tuple[int, ...]) -> QuerySet[Measured]:
    return Measured.objects.filter(activity__in=activities).order_by("pk")


def all_series(paths: Iterable[str], form: str = "") -> QuerySet[Series]:
    rows = Series.objects.filter(committee__path__in=set(paths)).select_related("committee")
    return (rows.filter(form=form) if form else rows).order_by("name", "pk")


def desk_paths(actor: Actor) -> set[str]:
    """The committees whose series somebody works with."""
    return actor.paths(*rules.HOSTS, *OFFICE)


def series(code: str, paths: Iterable[str]) -> Series:
    return one_of(all_series(paths), code)


def next_number(of: Series) -> int:
    """The series is locked until the transaction ends: two that are planned at once get two numbers."""
    Series.objects.select_for_update().get(pk=of.pk)
    last = Activity.objects.filter(series=of).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def members_of_series(of: Series, actor: Actor) -> QuerySet[Activity]:
    """Those that this reader may know of, in their order."""
    return visible_to(actor).filter(Q(series=of) | Q(campaign=of)).order_by("starts_at", "pk")


def others_of_series(of: Series, actor: Actor) -> int:
    """How many more there are."""
    rows = activities().filter(Q(series=of) | Q(campaign=of))
    return rows.exclude(pk__in=visible_to(actor).values("pk")).count()


def sums(of: Series) -> dict[str, int]:
    """Key → sum over what was held of a series or campaign."""
    rows = Measured.objects.filter(
        Q(activity__series=of) | Q(activity__campaign=of), activity__state__in=DONE
    )
    found = rows.values("key").annotate(n=Sum("value")).order_by("key")
    return {one["key"]: one["n"] for one in found}


# ── For everybody ──
def public(committee: str = "", studio: str = "") -> QuerySet[Activity]:
    """Of a committee (a path) and below, of a studio (its code), or all: what anybody may know of."""
    rows = activities().filter(PUBLIC)
    if studio:
        rows = rows.filter(studio__code=studio)
    if committee:
        rows = rows.filter(**places.below(committee))
    return rows


def coming(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.filter(state=State.ANNOUNCED, ends_at__gte=clock.now()).order_by("starts_at", "pk")


def published(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    return rows.filter(state=State.PUBLISHED).order_by("-published_on", "-pk")


def calendar(rows: QuerySet[Activity], today: date) -> list[Activity]:
    """What a calendar holds: from a year back on, cancelled ones too, at most 500."""
    first = today.replace(year=today.year - 1, day=1)
    found = rows.filter(starts_at__date__gte=first).order_by("-starts_at", "-pk")[:500]
    return list(reversed(found))


def own_calendar(person: str) -> QuerySet[Activity]:
    own = Participation.objects.filter(person=person).values("activity")
    told = Q(announced_on__isnull=False) | Q(recorded_on__isnull=False)
    return activities().filter(told, pk__in=own)


def feed_token(person: str) -> str:
    """The token of a member's own calendar; "" for nobody who may sign in."""
    found = people.person(person)
    return codes.feed(person, found.password) if found and found.is_active else ""


# ── Search ──
def public_text(of: Activity) -> str:
    """What is searched of it: what everybody reads; "" for one that is not public. What is still drafted is
    no part of it: a hit would tell that it stands there."""
    if of.private or not (of.announced_on or of.state == State.PUBLISHED):
        return ""
    parts = [of.title, of.place, of.about, of.partners]
    return "\n".join([*parts, *([of.publicity] if of.state == State.PUBLISHED else [])])


def findable() -> Iterator[Row]:
    """What the index holds. Keyed: some are of studios that not everybody may know of yet."""
    for row in activities().filter(ANNOUNCED).order_by("pk").iterator(chunk_size=500):
        yield Row(row.pk, public_text(row), row.committee_path, private=True)


def found(asked: str, size: int) -> list[Activity]:
    """The newest that have all that is asked, of what anybody may know of; none that was called off."""
    rows = public().exclude(state=State.CANCELLED)
    return search.newest("activity", asked, rows, size=size)[0]


# ── Files and erasure ──
def may_see_photos(actors: Sequence[Actor], code: str) -> bool:
    """Who sees how it was; everybody once it is published with its photos."""
    for actor in actors:
        found = visible_to(actor).filter(code=code).first()
        if found is None:
            continue
        if found.state == State.PUBLISHED and found.photos_shown:
            return True
        if sees_record(actor, found):
            return True
    return False


def may_see_covered(actors: Sequence[Actor], code: str) -> bool:
    """What lies under the boxes is for those alone who see the record, whatever is published."""
    for actor in actors:
        found = visible_to(actor).filter(code=code).first()
        if found is not None and sees_record(actor, found):
            return True
    return False


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows of this person; see `people.holders`."""
    return {"activities.Participation": list(Participation.objects.filter(person=person))}
