"""Every read of research reports and supervisions by study, scoped to the reader."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.base import search
from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.errors import NotNow, one_of
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Erasure, Person, Role
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee
from shangliang.base.prepared import Along, PartsOf
from shangliang.base.search.kinds import Row
from shangliang.flow.activities.models import Activity
from shangliang.flow.activities.queries import DONE
from shangliang.flow.activities.queries import visible_to as activities_to
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations.models import Consultation
from shangliang.flow.studios import queries as studios
from shangliang.flow.studios.models import State as StudioState
from shangliang.flow.studios.models import Studio

from . import rules
from .models import (
    OUT,
    Addressee,
    Advice,
    Correction,
    Endorsement,
    Joined,
    Note,
    Outcome,
    Research,
    State,
    Teammate,
    Version,
    Visit,
)

OFFICE = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
# At the desk: each tab's states. What waits is the first two, and studies that are not closed.
TABS = {
    "submitted": (State.SUBMITTED,),
    "accepted": (State.ACCEPTED,),
    "sent": (State.SENT,),
    "closed": (State.CLOSED,),
    "rest": (State.RETURNED, State.WITHDRAWN),
}
SHOWN = 100  # of what is chosen from a list


def rows() -> QuerySet[Research]:
    team: QuerySet[Any] = Teammate.objects.order_by("-writer", "number")
    found = Research.objects.select_related("committee", "paper", "led_by", "topic")
    return found.prefetch_related(Prefetch("team", team))


def visible_to(actor: Actor) -> QuerySet[Research]:
    """Those that one writes or is named in; once it was handed in, those of one's committee for its office,
    leaders and auditor, and for the conveners of studios that joined."""
    if actor.kind != "person":
        return rows().none()
    mine = Exists(Teammate.objects.filter(research=OuterRef("pk"), person=actor.key, left_on=None))
    hosts = Exists(
        Joined.objects.filter(research=OuterRef("pk"), studio__code__in=actor.studios(*rules.HOSTS))
    )
    office = Q(committee__path__in=actor.paths(*OFFICE))
    return rows().filter(Q(person=actor.key) | mine | ((hosts | office) & Q(submitted_on__isnull=False)))


def research(code: str, actor: Actor) -> Research:
    """Unseen if there is none, or none for this actor to know of."""
    return _one(code, actor)


_one = ByCode(lambda actor: visible_to(actor))


def followed(code: str, actor: Actor) -> Research:
    """The same with what became of it (`listed`)."""
    return told(research(code, actor))


def lock(code: str, by: Actor) -> Research:
    """Locked until the transaction ends. Unseen if `by` may not see it; NotNow once the lead writer's account
    was erased before it was sent: its words are gone."""
    found = _one.lock(code, by)
    if found.state not in OUT and people.let_go(found.person):
        raise NotNow(_("执笔的委员注销了账号，稿子已经删掉，不再往下办。"))
    return found


# ── Lists ──
def listed(found: QuerySet[Research]) -> QuerySet[Research]:
    """With what became of each, in a fixed number of queries."""
    return found.prefetch_related(*_outcomes())


def told(of: Research) -> Research:
    """The same of the one at hand."""
    _along(of)
    return of


def _outcomes() -> "tuple[Prefetch[Any], ...]":
    addressed: QuerySet[Any] = Addressee.objects.select_related("department").order_by("pk")
    said: QuerySet[Any] = Outcome.objects.select_related("addressee__department", "advice").defer(
        "advice__words"
    )
    endorsed: QuerySet[Any] = Endorsement.objects.order_by("on", "pk")
    right: QuerySet[Any] = Correction.objects.select_related("department", "activity").order_by("on", "pk")
    return (
        Prefetch("addressees", addressed),
        Prefetch("outcomes", said.order_by("on", "pk")),
        Prefetch("endorsements", endorsed),
        Prefetch("corrections", right),
    )


_along = Along(_outcomes)


def of_member(actor: Actor) -> QuerySet[Research]:
    """Those that a member writes or is named in, the last to move first."""
    mine = Exists(Teammate.objects.filter(research=OuterRef("pk"), person=actor.key, left_on=None))
    return rows().filter(Q(person=actor.key) | mine).order_by("-last_at", "-pk")


def at_desk(actor: Actor, tab: str = "") -> QuerySet[Research]:
    """What this desk reads, the last to move first. `tab`: a key of `TABS`."""
    found = visible_to(actor).filter(submitted_on__isnull=False)
    if actor.holds(*OFFICE):
        found = found.filter(committee__path__in=actor.paths(*OFFICE))
    else:
        joined = Joined.objects.filter(studio__code__in=actor.studios(*rules.HOSTS))
        found = found.filter(pk__in=joined.values("research"))
    if tab in TABS:
        found = found.filter(state__in=TABS[tab])
    return found.order_by("-last_at", "-pk")


def waiting(actor: Actor) -> QuerySet[Research]:
    """What waits for somebody at this desk: a look or a signature."""
    officer = Q(committee__path__in=actor.paths(Role.OFFICER), state__in=(State.SUBMITTED, State.ACCEPTED))
    leader = Q(committee__path__in=actor.paths(Role.LEADER), state=State.ACCEPTED)
    mine = Exists(Teammate.objects.filter(research=OuterRef("pk"), person=actor.key))
    gone = Exists(Erasure.objects.filter(person=OuterRef("person")))  # see `lock`
    found = rows().filter(officer | leader).exclude(person=actor.key).exclude(mine | gone)
    return found.order_by("last_at", "pk")


# ── Search ──
def text_of(of: Research) -> str:
    """What is indexed: title, findings and advice, as they stand."""
    return "\n".join(of.said.texts)


def findable() -> Iterator[Row]:
    """What the index holds, by keyed tokens: all whose words are not gone with their writer's account."""
    gone = Exists(Erasure.objects.filter(person=OuterRef("person")))
    found = rows().filter(~gone | Q(state__in=OUT)).order_by("pk")
    for row in found.iterator(chunk_size=500):
        yield Row(row.pk, text_of(row), row.committee_path, private=True)


def found(
    asked: str, among: QuerySet[Research], before: int | None = None
) -> tuple[list[Research], int | None]:
    """The newest of `among` that have all that is asked, and the `before` of the next page (None on the
    last)."""
    return search.newest("research", asked, among, before=before)


# ── Parts of one ──
def ready(of: Research) -> list[Advice]:
    """The pieces of advice as they were sent, in their order; empty before."""
    return with_keys(_ready(of))


_ready = PartsOf(Advice, "research", "number")


visits = PartsOf(Visit, "research", "day", "pk", beside=("activity",))


def versions(of: Research) -> list[Version]:
    """Oldest first; the report at hand."""
    return list(of.versions.order_by("number"))


# What the team was told, oldest first.
notes = PartsOf(Note, "research", "pk")


def joined(of: Research) -> list[Studio]:
    return [one.studio for one in _joined(of)]


_joined = PartsOf(Joined, "research", "studio__name", "pk", beside=("studio",))


def addressees(of: Research) -> list[Addressee]:
    return list(Addressee.objects.filter(research=of).select_related("department").order_by("pk"))


def corrections(of: Research) -> list[Correction]:
    found = Correction.objects.filter(research=of).select_related("department", "activity")
    return list(found.order_by("on", "pk"))


def standing(of: Research) -> QuerySet[Outcome]:
    """What addressees made of it and nobody took back."""
    rows = Outcome.objects.filter(research=of, taken_back_at=None).select_related("addressee", "advice")
    return rows.defer("advice__words").order_by("on", "pk")


def correction(code: str, of: Research) -> Correction:
    return one_of(Correction.objects.select_for_update().filter(research=of), code)


def addressee(code: str, of: Research) -> Addressee | None:
    return Addressee.objects.filter(code=code, research=of).select_related("department").first()


# ── To choose from ──
def committees(actor: Actor) -> list[Committee]:
    """Those to which this member may bring a report."""
    return [places.at(path) for path in sorted(actor.paths(*rules.MEMBERS))]


def blank(committee: Committee, kind: str) -> Research:
    """One that is not written yet, for the form of a new one."""
    return Research(committee=committee, kind=kind)


def nameable(of: Research) -> QuerySet[Person]:
    """Members of this committee, of none below it, who are not on the list and have not left it, by name."""
    known = {one.person for one in of.team.all() if not one.dropped} | {of.person}
    posts = people.holders(*rules.MEMBERS, committee=of.committee_path).filter(ended_at=None)
    found = Person.objects.filter(pk__in=posts.order_by().values("holder"))
    return found.exclude(key__in=known).order_by("name", "pk")


def held(of: Research, actor: Actor) -> QuerySet[Activity]:
    """Activities of this committee that are over and on record, and that this actor may know of; the latest
    first."""
    found = activities_to(actor).filter(committee=of.committee, state__in=DONE, private=False)
    return found.order_by("-starts_at", "-pk")


def activity(code: str, of: Research, actor: Actor) -> Activity | None:
    return held(of, actor).filter(code=code).first()


def topics(committee: Committee, actor: Actor) -> QuerySet[Consultation]:
    """Topics of this committee that the study may come from, the newest first."""
    return consultations.visible_to(actor).filter(committee=committee).order_by("-pk")


def rooms(committee: Committee) -> list[Studio]:
    """The open studios of this committee, which may join a supervision by study."""
    found = studios.studios().filter(committee=committee, state=StudioState.OPEN)
    return list(found.order_by("name", "pk")[:SHOWN])


# ── Files and erasure ──
def may_see_scan(actors: Sequence[Actor], code: str) -> bool:
    """The scan of an endorsement goes with its report."""
    return any(visible_to(actor).filter(endorsements__code=code).exists() for actor in actors)


def may_see_evidence(actors: Sequence[Actor], code: str) -> bool:
    """So does what shows that something was put right."""
    return any(visible_to(actor).filter(corrections__code=code).exists() for actor in actors)


def locked_of(person: str) -> QuerySet[Research]:
    return rows().select_for_update(of=("self",)).filter(person=person).order_by("pk")


def own(person: str) -> dict[str, Iterable[Any]]:
    """The rows of this person; see `people.holders`."""
    mine = {"research__person": person}
    return {
        "research.Research": list(Research.objects.filter(person=person)),
        "research.Version": list(Version.objects.filter(**mine).select_related("research")),
        "research.Note": list(Note.objects.filter(**mine).select_related("research")),
    }
