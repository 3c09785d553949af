"""What is asked of studios, each reader within their reach."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.base import clock, search
from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.errors import Unseen
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Person, Post, Role
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee
from shangliang.base.prepared import Prepared

from .. import levels
from ..models import Appointment, Kind, Online, Reception, Slot, State, Studio
from ..timetable import Turn, turns
from .coverage import TEAM

INSIDE = (
    Role.MEMBER, Role.STATIONED, Role.CONVENER, Role.DEPUTY, Role.OFFICER, Role.LEADER, Role.AUDITOR,
)  # fmt: skip
YEAR = timedelta(days=365)


def studios() -> QuerySet[Studio]:
    """Every studio with its committee, in the order of the tree; the reader's reach is not asked here."""
    return Studio.objects.select_related("committee").order_by("committee__path", "pk")


def public() -> QuerySet[Studio]:
    """The studios that anybody may see: those that are online."""
    return studios().filter(online=Online.ONLINE)


def visible_to(actor: Actor) -> QuerySet[Studio]:
    """Online studios for everybody; the rest for members, conveners, officers, leaders and auditors of the
    same committee. Neither handlers nor neighbours see what is not online; the office of a level above sees
    what it is asked to put online."""
    return studios().filter(
        Q(online=Online.ONLINE) | Q(committee__path__in=actor.paths(*INSIDE)) | from_below(actor, later=True)
    )


def studio(code: str, actor: Actor) -> Studio:
    """The studio, if this actor may see it; Unseen if not."""
    return _one(code, actor)


def lock(code: str, by: Actor) -> Studio:
    """The studio, locked until the transaction ends. Unseen if `by` may not see it."""
    return _one.lock(code, by)


_one = ByCode(lambda actor: visible_to(actor).select_related("special_committee"))


def door(code: str) -> Studio:
    """The studio whose door this is: open and online, else Unseen."""
    return _door(code)


_door = ByCode(lambda: public().filter(state=State.OPEN))


def of_committee(path: str) -> QuerySet[Studio]:
    """All studios of one committee, whatever their state."""
    return studios().filter(committee__path=path)


def named(codes: Iterable[str]) -> dict[str, str]:
    """Code → name, for a page full of acts, in one query."""
    return dict(Studio.objects.filter(code__in=set(codes)).values_list("code", "name"))


def blank(committee: Committee) -> Studio:
    """A studio of this committee that is not there yet, for the form that plans one."""
    return Studio(committee=committee)


def at_desk(actor: Actor) -> QuerySet[Studio]:
    """The studios on this actor's desk: those they convene, and all of a committee whose officer or auditor
    they are."""
    hosted = Q(code__in=actor.studios(Role.CONVENER, Role.DEPUTY))
    return studios().filter(hosted | Q(committee__path__in=actor.paths(Role.OFFICER, Role.AUDITOR)))


def joined_by(actor: Actor) -> QuerySet[Studio]:
    """The studios in which this actor sits or which they convene."""
    return studios().filter(code__in=actor.studios(*TEAM))


def worked_in(actor: Actor) -> QuerySet[Studio]:
    """The studios whose voices this actor works on: those of their seats; an officer, the committee."""
    own = Q(code__in=actor.studios(*TEAM))
    return studios().filter(own | Q(committee__path__in=actor.paths(Role.OFFICER)))


def receiving(actor: Actor) -> QuerySet[Studio]:
    """The open studios in which this actor may write down what a resident tells."""
    return worked_in(actor).filter(state=State.OPEN)


def with_door(actor: Actor) -> list[Studio]:
    """Those of them that take voices at their own door."""
    return [studio for studio in receiving(actor) if studio.has_door]


def looked_after_by(actor: Actor) -> QuerySet[Studio]:
    """The studios that this leader looks after (联系)."""
    return visible_to(actor).filter(leader=actor.key).exclude(state=State.CLOSED)


def from_below(actor: Actor, *, later: bool = False) -> Q:
    """Applications that came up to this actor's committee. `later`: those too that it passed on already."""
    found = Q(pk__in=[])
    for path in sorted(actor.paths(Role.OFFICER, Role.LEADER)):
        for state, depth in levels.DEPTHS.items():
            if path.count("/") == depth:
                at = [state, Online.PROVINCE] if later else [state]
                found |= Q(online__in=at, **places.below(path)) & ~Q(committee__path=path)
    return found


# ── A members' home (委员之家) ──


def under_home(home: Studio) -> list[Studio]:
    """The online studios over which a members' home stands, by kind, then in the order of their founding."""
    order = {kind.value: place for place, kind in enumerate(Kind)}
    rows = public().filter(committee=home.committee).exclude(pk=home.pk)
    return sorted(rows, key=lambda one: (order[one.kind], one.pk))


def home_over(studio: Studio) -> Studio | None:
    """The members' home over a studio, if it is online."""
    return public().filter(committee=studio.committee, kind=Kind.HOME).first()


# ── Finding one ──


def with_timetable(rows: QuerySet[Studio]) -> QuerySet[Studio]:
    """The same studios with their timetable at hand, in one query more."""
    return rows.prefetch_related(Prefetch("timetable", Slot.objects.order_by("start", "pk")))


def directory(under: str = "", *, after: str = "", day: date | None = None, size: int = 20) -> list[Studio]:
    """Online studios under a path of the tree, in the order of the tree; `after` is the code of the last one
    shown,
    `day` keeps those whose timetable has that day. One more than `size` comes back when there are more."""
    rows = with_timetable(public())
    if under:
        rows = rows.filter(**places.below(under))
    if day:
        on_day = Slot.objects.filter(Q(weekday=day.weekday()) | Q(monthday=day.day))
        rows = rows.filter(pk__in=on_day.values("studio"))
    last = Studio.objects.filter(code=after).values_list("committee__path", "pk").first() if after else None
    if last:
        rows = rows.filter(Q(committee__path__gt=last[0]) | Q(committee__path=last[0], pk__gt=last[1]))
    return list(rows[: size + 1])


def search_place(
    text: str, *, scope: str = "", before: int | None = None, size: int = 20
) -> tuple[list[Studio], int | None]:
    """Online studios in whose name, address, town, served places, special committee or committee's line the
    words stand (two characters are enough), newest first; and the `before` of the next page."""
    rows = with_timetable(public())
    return search.newest("studio", text, rows, scope, before=before, size=size)


def kinds_under(path: str) -> list[tuple[str, int]]:
    """(kind's words, how many studios are online under this path), in the order of the kinds."""
    rows = Studio.objects.filter(online=Online.ONLINE, **places.below(path))
    found = dict(rows.order_by("kind").values_list("kind").annotate(Count("pk")))
    return [(str(kind.label), found[kind.value]) for kind in Kind if kind.value in found]


def counts_by_path(paths: Iterable[str]) -> dict[str, int]:
    """Path → how many studios are online at or below it, for step by step finding, in one query."""
    rows = Studio.objects.filter(online=Online.ONLINE)
    by_committee = list(rows.order_by("committee__path").values_list("committee__path").annotate(Count("pk")))
    return {path: sum(n for at, n in by_committee if at.startswith(path)) for path in paths}


def search_text(studio: Studio) -> str:
    """What a studio is found by."""
    line = " ".join(c.name for c in places.line(studio.committee))
    special = studio.special_committee.name if studio.special_committee else ""
    return f"{studio.name} {studio.town} {studio.area} {studio.address} {special} {line}"


def search_rows() -> Iterator[search.kinds.Row]:
    """All online studios for the index, oldest first."""
    for one in public().select_related("special_committee").order_by("pk").iterator():
        yield search.kinds.Row(one.pk, search_text(one), one.committee_path)


# ── Who runs it, when it receives ──


def team(codes: Iterable[str]) -> dict[str, list[Post]]:
    """Studio code → the posts held in it today: convener, deputies, members, in this order; in one query."""
    found: dict[str, list[Post]] = {}
    for post in _in_turn(_members(clock.today(), studios=tuple(set(codes)))):
        found.setdefault(post.studio, []).append(post)
    return found


def _held(day: date) -> QuerySet[Post]:
    return Post.objects.filter(people.held_on(day), role__in=TEAM).select_related("holder", "sector")


@Prepared
def _members(day: date, *, studios: tuple[str, ...]) -> QuerySet[Post]:
    return _held(day).filter(studio__in=studios)


def _in_turn(posts: Iterable[Post]) -> list[Post]:
    return sorted(posts, key=lambda post: (TEAM.index(Role(post.role)), post.pk))


def members_of(studio: Studio) -> list[Post]:
    """The posts held in the studio today: convener, deputies, members stationed there."""
    return _in_turn(_members(clock.today(), studios=(studio.code,)))


def people_of(studio: Studio) -> list[Post]:
    """The same, each person once, under the first of their posts: what the public page shows."""
    first: dict[int, Post] = {}
    for post in members_of(studio):
        first.setdefault(post.holder_id, post)
    return list(first.values())


def seat(studio: Studio, person: str) -> Post:
    """The first of the posts that this person (a pseudonym) holds today in the studio. Unseen if there is
    none."""
    found = next((post for post in people_of(studio) if post.holder.key == person), None)
    if found is None:
        raise Unseen(person)
    return found


def has_convener(studio: Studio) -> bool:
    return people.holders(Role.CONVENER, studio=studio.code).exists()


def reasons(studio: Studio) -> dict[int, str]:
    """Post's pk → the reason for which it was given."""
    return dict(_reasons(studio=studio.pk))


@Prepared
def _reasons(*, studio: int) -> QuerySet[Appointment, tuple[int, str]]:
    return Appointment.objects.filter(studio_id=studio).values_list("post_id", "reason")


def post_in(studio: Studio, person: str, role: str) -> Post:
    """The post that this person (a pseudonym) holds today in the studio. Unseen if there is none."""
    held = people.holders(role, studio=studio.code).filter(holder__key=person).first()
    if held is None:
        raise Unseen(person)
    return held


def slots(studio: Studio) -> list[Slot]:
    """The timetable's lines: through the week, then through the month."""
    return _slots(studio=studio.pk)


@Prepared
def _slots(*, studio: int) -> QuerySet[Slot]:
    rows = Slot.objects.filter(studio_id=studio)
    return rows.order_by(F("weekday").asc(nulls_last=True), "monthday", "start", "pk")


def next_receptions(studio: Studio, most: int = 3) -> list[Turn]:
    """The studio's next reception days, from today on. None while it is not open."""
    return turns(studio.timetable.all(), most=most) if studio.state == State.OPEN else []


def next_reception(studio: Studio) -> Turn | None:
    return next(iter(next_receptions(studio, 1)), None)


@Prepared
def receptions(most: int, *, studio: int) -> QuerySet[Reception]:
    """The last receptions held in a studio (its pk), the latest first."""
    return Reception.objects.filter(studio_id=studio).order_by("-day", "-pk")[:most]


def minimum_shortfall(studio: Studio, month: date | None = None) -> int:
    """How many receptions the studio is short of its committee's minimum in the month of this day (this
    month)."""
    return shortfalls([studio], month)[studio.code]


def shortfalls(rows: list[Studio], month: date | None = None) -> dict[str, int]:
    """Studio code → receptions missing in that month, in one query. A studio that is not open owes none."""
    first = (month or clock.today()).replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    held = dict(_receptions(first, following, studios=tuple(s.pk for s in rows)))
    return {s.code: _short(s, held.get(s.pk, 0)) for s in rows}


@Prepared
def _receptions(first: date, end: date, *, studios: tuple[int, ...]) -> QuerySet[Reception, tuple[int, int]]:
    held = Reception.objects.filter(studio__in=studios, day__gte=first, day__lt=end).order_by("studio")
    return held.values_list("studio").annotate(Count("pk"))


def _short(studio: Studio, held: int) -> int:
    least = int(studio.committee.set("receptions_a_month"))
    return max(0, least - held) if studio.state == State.OPEN else 0


# ── Members with and without a studio ──


def within_reach(committee: Committee) -> QuerySet[Person]:
    """Who can sit in a studio of this committee: its own members, and members of the committees above who
    live here."""
    codes = committee.path.strip("/").split("/")
    posts = Post.objects.filter(
        people.held_on(clock.today()),
        role=Role.MEMBER,
        committee__code__in=codes,
        committee__valid_until=None,
    )
    return Person.objects.filter(pk__in=posts.values("holder")).order_by("name", "pk")


# ── Before it goes online ──


@dataclass(frozen=True)
class Check:
    """One thing that a leader looks at before a studio goes online."""

    words: str
    done: bool


def readiness(
    rows: list[Studio], teams: dict[str, list[Post]], short: dict[str, int]
) -> dict[str, list[Check]]:
    """Studio code → what is there and what is missing, from the records themselves; two queries for all.
    `teams` and `short` are those of `team` and `shortfalls`, of these and maybe of others."""
    asked = tuple(one.pk for one in rows)
    slots, year = dict(_slots_in(studios=asked)), dict(_receptions(*_year(), studios=asked))
    return {
        one.code: _checks(
            one, teams.get(one.code, []), slots.get(one.pk, 0), year.get(one.pk, 0), short[one.code]
        )
        for one in rows
    }


def readiness_of(studio: Studio, team: list[Post], slots: list[Slot]) -> tuple[int, list[Check]]:
    """The same for one studio, of which its page already knows the rest, and before it how many receptions
    are missing this month (`minimum_shortfall`): both from one query."""
    today = clock.today()
    days = _days(today - YEAR, studio=studio.pk)
    this_month = sum(1 for day in days if (day.year, day.month) == (today.year, today.month))
    short = _short(studio, this_month)
    return short, _checks(studio, team, len(slots), len(days), short)


@Prepared
def _days(after: date, *, studio: int) -> QuerySet[Reception, date]:
    return Reception.objects.filter(studio_id=studio, day__gt=after).values_list("day", flat=True)


def _checks(one: Studio, people_in: list[Post], slots: int, held: int, short: int) -> list[Check]:
    return [
        Check(_("有召集人"), any(post.role == Role.CONVENER for post in people_in)),
        Check(_("有驻室委员"), any(post.role == Role.STATIONED for post in people_in)),
        Check(_("写了地址、开门时间和电话"), bool(one.address and one.hours and one.phone)),
        Check(_("排了接待时间"), bool(slots)),
        Check(_("近 12 个月接待 %(n)s 次") % {"n": held}, held > 0),
        Check(_("这个月还差 %(n)s 次接待") % {"n": short} if short else _("这个月接待够数"), not short),
    ]


def _year() -> tuple[date, date]:
    """The first day of the year that ends today, and the last of all."""
    return clock.today() - YEAR + timedelta(days=1), date.max


@Prepared
def _slots_in(*, studios: tuple[int, ...]) -> QuerySet[Slot, tuple[int, int]]:
    counted = Slot.objects.filter(studio__in=studios).order_by("studio")
    return counted.values_list("studio").annotate(Count("pk"))
