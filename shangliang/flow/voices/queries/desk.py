"""Reads of what the desk keeps beside voices: keepers, notes, the answer that waits, common answers, saved
filters, and what waits for whom."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from shangliang.base import clock
from shangliang.base.charts.errors import Unseen, one_of
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Post, Role
from shangliang.base.places.models import Committee
from shangliang.base.prepared import Prepared

from .. import levels, queries, rules
from ..deadlines import standing
from ..models import Batch, Edition, Keeping, Note, Remark, SavedFilter, SecondLook, Template, Voice
from .elsewhere import held_by

SOON = timedelta(days=3)  # calendar days, as a list says "soon"
MOST = 500  # voices dealt with at once
FILTERS = 20  # that one person keeps
DESK = (Role.OFFICER, Role.CONVENER, Role.DEPUTY)
CHANGES_HANDS = ("voice_sent_up", "voice_sent_down", "voice_passed_down")


# ── Who looks after it ───────────────────────────────────────────────────────────────────────────────────
def desk_of(voice: Voice, actor: Actor) -> Committee | None:
    """The committee at whose desk this actor deals with it; None for who does so at none."""
    if rules.hosts(actor, voice):
        return voice.committee
    return voice.upper if rules.above(actor, voice) else None


def colleagues(voice: Voice) -> dict[str, str]:
    """Pseudonym → name of those who may look after it where it is now: the officers there, and the studio's
    convener and deputies."""
    if levels.away(voice) and voice.upper:
        found = people.holders(Role.OFFICER, committee=voice.upper.path)
    else:
        found = _hosting(Q(committee=voice.committee_id), Q(studio=voice.studio.code))
    return {post.holder.key: post.holder.name for post in found}


def colleagues_of(actor: Actor) -> dict[str, str]:
    """Pseudonym → name of those who work at the actor's desk, themselves too, by name: the officers of their
    committees; the conveners and deputies of the studios that they see to."""
    found = _beside(actor).order_by("holder__name", "pk")
    return {post.holder.key: post.holder.name for post in found}


def _beside(actor: Actor) -> QuerySet[Post]:
    officers, studios = actor.paths(Role.OFFICER), actor.studios(Role.CONVENER, Role.DEPUTY)
    offices = Q(committee__path__in=officers | actor.paths(*DESK))
    return _hosting(offices, Q(committee__path__in=officers) | Q(studio__in=studios))


def _hosting(offices: Q, seats: Q) -> QuerySet[Post]:
    """Posts held today of officers at these offices, and of conveners and deputies at these seats."""
    held = people.held_on(clock.today())
    runs = Q(role__in=(Role.CONVENER, Role.DEPUTY))
    return (
        Post.objects.filter(held, Q(role=Role.OFFICER) & offices | runs & seats)
        .select_related("holder")
        .order_by("pk")
    )


def kept_by(*keys: str) -> Q:
    """Voices that one of these looks after."""
    return Q(pk__in=Keeping.objects.filter(keeper__in=keys).values("voice"))


def nobodys(actor: Actor) -> Q:
    """Voices that nobody at the actor's desk looks after: never taken up, or the keeper's post has ended."""
    keys = _beside(actor).select_related(None).order_by().values("holder__key")
    return ~Q(pk__in=Keeping.objects.filter(keeper__in=keys).values("voice"))


def handed_to(actor: Actor) -> Q:
    """Voices that a colleague handed to them."""
    return Q(pk__in=Keeping.objects.filter(keeper=actor.key).exclude(handed_by="").values("voice"))


def taken_since(day: date, *keys: str) -> Q:
    """Voices that somebody looks after since that day or later; one of these, if any are named."""
    found = Keeping.objects.filter(since__gte=day)
    return Q(pk__in=(found.filter(keeper__in=keys) if keys else found).values("voice"))


def keeping(voice: Voice, path: str) -> Keeping | None:
    """Who looks after it at the desk of the committee at this path."""
    return next(iter(_keeping(voice=voice.pk, path=path)), None)


@Prepared
def _keeping(*, voice: int, path: str) -> QuerySet[Keeping]:
    return Keeping.objects.filter(voice=voice, committee__path=path)


# ── Notes ────────────────────────────────────────────────────────────────────────────────────────────────
def notes(voice: Voice, actor: Actor) -> list[Note]:
    """Notes about it that this actor reads: those of their own committee, oldest first. None once it was
    erased."""
    paths = [path for path in sorted(voice.offices) if rules.reads_notes(actor, voice, path)]
    if not paths or voice.erased_on:
        return []
    found = _notes(voice=voice.pk, paths=tuple(paths))
    for note in found:
        note.voice = voice
        if "_key" in voice.__dict__:  # theirs is the voice's own: the keyring is asked once
            note.__dict__["_key"] = voice.__dict__["_key"]
    return found


@Prepared
def _notes(*, voice: int, paths: tuple[str, ...]) -> QuerySet[Note]:
    found = Note.objects.filter(voice_id=voice, committee__path__in=paths)
    return found.select_related("committee").order_by("pk")


def note(code: str, actor: Actor) -> Note:
    """One note, to be struck. Unseen for who may not read it."""
    found = one_of(Note.objects.select_related("committee", "voice"), code)
    voice = queries.get(found.voice.code, actor)
    if not rules.reads_notes(actor, voice, found.committee.path):
        raise Unseen(code)
    found.voice = voice
    return found


# ── The second look ──────────────────────────────────────────────────────────────────────────────────────
def waiting_look(voice: Voice) -> SecondLook | None:
    """The answer that waits for a second look."""
    return voice.secondlooks.filter(looked_by="").order_by("pk").last() if voice.proposed_by else None


def last_look(voice: Voice) -> SecondLook | None:
    """The last answer of this round that was written and did not go out: it waits, came back, or was taken
    back."""
    return next((row for row in _written_here(voice) if row.round == voice.round), None)


def _written_here(voice: Voice) -> list[SecondLook]:
    """Answers that whoever has the voice now wrote themselves, the last first: another level's drafts are not
    passed on."""
    came, found = _changed_hands(voice=voice.pk)[:1], _looks(voice=voice.pk)
    for row in found:
        row.voice = voice
    return [row for row in found if not came or row.at > came[0]]


@Prepared
def _changed_hands(*, voice: int) -> QuerySet[Remark, datetime]:
    rows = Remark.objects.filter(voice_id=voice, act__in=CHANGES_HANDS)
    return rows.order_by("-pk").values_list("at", flat=True)


@Prepared
def _looks(*, voice: int) -> QuerySet[SecondLook]:
    return SecondLook.objects.filter(voice_id=voice).order_by("-pk")


def may_open_waiting(code: str, actors: Iterable[Actor]) -> bool:
    """Whether one of these may open the papers of an answer that has not gone out: who holds the voice."""
    row = SecondLook.objects.filter(code=code).select_related("voice").last()
    if row is None:
        return False
    voice = queries.rows().get(pk=row.voice_id)
    if voice.erased_on is not None or row.round != voice.round or row not in _written_here(voice):
        return False
    return any(rules.reads_waiting(one, voice) for one in actors)


# ── Common answers ───────────────────────────────────────────────────────────────────────────────────────
def templates(actor: Actor) -> QuerySet[Template]:
    """The common answers of the committees at whose desk this actor decides, or which they audit, by
    title."""
    paths = actor.paths(*DESK, Role.AUDITOR)
    return Template.objects.filter(committee__path__in=paths, dropped=False).order_by("title", "pk")


def template(code: str, actor: Actor) -> Template:
    """One of them. Unseen for any other."""
    return one_of(templates(actor).select_related("committee"), code)


def editions(of: Template) -> QuerySet[Edition]:
    """What it said before, the latest first."""
    return of.editions.order_by("-number")


def locked_template(code: str, actor: Actor) -> Template:
    found = templates(actor).filter(code=code).select_related("committee")
    row = found.select_for_update(of=("self",)).first()
    if row is None:
        raise Unseen(code)
    return row


# ── Saved filters, batches: one's own ────────────────────────────────────────────────────────────────────
def saved_filters(actor: Actor) -> QuerySet[SavedFilter]:
    """The filters that somebody saved, in the order in which they did."""
    return SavedFilter.objects.filter(holder=actor.key).order_by("pk")


def saved_filter(code: str, actor: Actor) -> SavedFilter:
    return one_of(saved_filters(actor), code)


def batch(code: str, actor: Actor, *, lock: bool = False) -> Batch:
    """One's own batch. Unseen for anybody else's."""
    found = Batch.objects.filter(code=code, by=actor.key).select_related("committee")
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise Unseen(code)
    return row


def batches_kept_since(before: Any) -> QuerySet[Batch]:
    """Batches made before that moment: carried out or given up."""
    return Batch.objects.filter(at__lt=before)


def of_batch(codes: Collection[str], actor: Actor, *, lock: bool = False) -> dict[str, Voice]:
    """Code → those of these voices that the actor reads whole, in one query; locked in one order, so that two
    who lock many never wait for each other."""
    return {voice.code: voice for voice in _of_batch(actor, lock, codes=tuple(codes))}


@Prepared
def _of_batch(actor: Actor, locked: bool, *, codes: tuple[str, ...]) -> QuerySet[Voice]:
    return queries.rows(locked=locked).filter(queries.visible_to(actor), code__in=codes).order_by("pk")


# ── What waits for whom ──────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Load:
    """What waits for one officer, or in one studio. `key`: a pseudonym or a studio's code; "" is nobody."""

    key: str
    name: str
    waiting: int = 0
    late: int = 0
    today: int = 0
    soon: int = 0
    taken: int = 0


def loads(actor: Actor) -> tuple[list[Load], list[Load]]:
    """What waits for each who works at the actor's desk, and in each studio: by name, for it is no ranking.
    Five queries, however many there are."""
    names, day = colleagues_of(actor), clock.today()
    who = tuple(names)
    by_key = {row["whose"]: row for row in _by_keeper(actor, who, day)}
    by_key |= {row["whose"]: row for row in _nobodys(actor, who, day)}
    took, there = (
        {row["whose"]: row["taken"] for row in _taken(actor, who, day, whose)}
        for whose in ("keeper", "voice__studio__code")
    )
    people_ = [_load(key, name, by_key.get(key), took.get(key, 0)) for key, name in names.items()]
    nobody = _load("", "", by_key.get(""), 0)
    rooms = _by_studio(actor, day)
    studios = [_load(row["whose"], row["named"], row, there.get(row["whose"], 0)) for row in rooms]
    return [*people_, nobody], sorted(studios, key=lambda load: load.name)


def _waiting(actor: Actor) -> QuerySet[Voice]:
    return queries.queue(actor).order_by().select_related(None)


@Prepared
def _by_keeper(actor: Actor, names: tuple[str, ...], _day: date) -> QuerySet[Voice, dict[str, Any]]:
    held = Keeping.objects.filter(committee__path__in=actor.paths(*DESK), keeper__in=names)
    mine = _waiting(actor).filter(keepings__in=held)
    return mine.values(whose=F("keepings__keeper")).annotate(**_counts())


@Prepared
def _nobodys(actor: Actor, names: tuple[str, ...], _day: date) -> QuerySet[Voice, dict[str, Any]]:
    return _waiting(actor).filter(nobodys_of(names)).values(whose=Value("")).annotate(**_counts())


@Prepared
def _by_studio(actor: Actor, _day: date) -> QuerySet[Voice, dict[str, Any]]:
    named = _waiting(actor).values(whose=F("studio__code"), named=F("studio__name"))
    return named.annotate(**_counts())


@Prepared
def _taken(actor: Actor, names: tuple[str, ...], _day: date, whose: str) -> QuerySet[Keeping, dict[str, Any]]:
    """What they began with this week, counted by this field."""
    own = Voice.objects.filter(queries.hosted_by(actor) | held_by(actor), erased_on=None)
    began = Keeping.objects.filter(since__gte=monday(), keeper__in=names, voice__in=own.values("pk"))
    return began.order_by().values(whose=F(whose)).annotate(taken=Count("voice", distinct=True))


def nobodys_of(names: Collection[str]) -> Q:
    return ~kept_by(*names)


def monday() -> date:
    """The Monday of this week."""
    return clock.today() - timedelta(days=clock.today().weekday())


def soon() -> tuple[date, date]:
    """The days that a list calls soon: after today."""
    return clock.today() + timedelta(days=1), clock.today() + SOON


def _counts() -> dict[str, Any]:
    now = clock.today()
    return {
        "waiting": Count("pk", distinct=True),
        "late": Count("pk", distinct=True, filter=Q(due_by__lt=now)),
        "today": Count("pk", distinct=True, filter=Q(due_by=now)),
        "soon": Count("pk", distinct=True, filter=Q(due_by__range=soon()) & ~standing()),
    }


def _load(key: str, name: str, row: dict[str, Any] | None, taken: int) -> Load:
    counts = {k: (row or {}).get(k, 0) for k in ("waiting", "late", "today", "soon")}
    return Load(key, name, taken=taken, **counts)
