"""Reads of what a voice is tied to: who supports it, what it is dealt with together with, what is asked four
weeks on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.prepared import PartsOf, Prepared

from .. import queries, rules
from ..models import Answer, FollowUp, Judgement, Merging, Progress, State, Support, Verdict, Voice
from ..states import HOSTING, SUPPORTED

CHANGE_DAYS = 7  # a verdict may be changed until so many days after it was given
LATER_DAYS = 28  # the question of four weeks later
TOO_LATE = 90  # days after the verdict: what was not asked until then is not asked any more
WINDOW = timedelta(days=CHANGE_DAYS)


# ── Support ──────────────────────────────────────────────────────────────────────────────────────────────
def support_of(voice: Voice, digest: str) -> Support | None:
    """The support that belongs to this browser's digest."""
    return Support.objects.filter(voice=voice, digest=digest).first() if digest else None


def supports(voice: Voice) -> int:
    """How many support it; none while it was never shown."""
    return sum(_supports(voice=voice.pk)) if voice.first_shown_at else 0


@Prepared
def _supports(*, voice: int) -> QuerySet[Support, int]:
    rows = Support.objects.filter(voice=voice).order_by().values("voice")
    return rows.annotate(n=Count("pk")).values_list("n", flat=True)


def supports_by_day(voice: Voice) -> list[tuple[date, int]]:
    """(day, how many of those who support it now came on it), the newest first."""
    rows = Support.objects.filter(voice=voice).order_by("-on").values_list("on")
    return list(rows.annotate(Count("pk")))


def supports_kept_since(before: datetime) -> QuerySet[Support]:
    """Supports older than the browser's own mark, which nobody can take back any more."""
    return Support.objects.filter(digest__isnull=False, on__lt=clock.local_day(before))


# ── Dealt with together ──────────────────────────────────────────────────────────────────────────────────
def asked_to_merge(voice: Voice) -> Merging | None:
    """What the author is asked now: whether it may be dealt with together with another that still hosts."""
    if voice.state != State.TAKEN_UP:
        return None
    found = next(iter(_asked(voice=voice.pk)), None)
    return found if found and hosts(found.into) else None


@Prepared
def _asked(*, voice: int) -> QuerySet[Merging]:
    rows = Merging.objects.filter(voice=voice, said=Merging.Said.NOTHING).order_by("pk")
    return rows.select_related("into__studio", "into__committee", "into__department", "into__upper")[:1]


def hosts(voice: Voice) -> bool:
    """Whether another may be merged into this one now."""
    return voice.state in HOSTING and voice.erased_on is None


def may_merge_into(voice: Voice, other: Voice) -> bool:
    """Whether the one could be merged into the other: of one committee, and the other's answer is to come."""
    return voice.pk != other.pk and voice.committee_id == other.committee_id and hosts(other)


def merging_of(voice: Voice) -> Merging | None:
    """By which yes this voice is dealt with together with another now."""
    rows = Merging.objects.filter(voice=voice, said=Merging.Said.AGREED, undone_at=None)
    return rows.select_related("into__studio", "into__committee", "into__department", "into__upper").last()


@dataclass(frozen=True)
class Host:
    """The voice that another is dealt with together with, and what it was answered since then."""

    voice: Voice
    since: datetime
    answers: list[Answer] = field(default_factory=list)
    reports: list[Progress] = field(default_factory=list)


def host_of(voice: Voice) -> Host | None:
    """The host of a merged voice, with its answers and reports from the merging on, not those before."""
    found = merging_of(voice) if voice.state == State.MERGED else None
    if found is None or found.said_at is None:
        return None
    host, since = found.into, found.said_at
    return Host(
        host,
        since,
        [one for one in queries.answers(host) if one.at >= since],
        [one for one in queries.reports(host) if one.at >= since],
    )


def reaches(kind: str, code: str, actor: Actor) -> bool:
    """Whether a paper of a host's answer or report belongs to the author of a voice merged into it."""
    if actor.kind != "author" or kind not in ("answer", "progress"):
        return False
    rows = Answer.objects.filter(code=code) if kind == "answer" else Progress.objects.filter(code=code)
    row = rows.values_list("voice", "at").first()
    merged = Merging.objects.filter(
        voice__code=actor.subject.removeprefix("voice:"), said=Merging.Said.AGREED, undone_at=None,
        voice__state=State.MERGED,
    )  # fmt: skip
    return row is not None and merged.filter(into=row[0], said_at__lte=row[1]).exists()


@dataclass(frozen=True)
class Together:
    """What the office sees of a voice's mergings: `asked` waits for the author, `declined` they said no to,
    `into` it is merged into, `holds` are merged into it."""

    asked: Merging | None = None
    declined: Merging | None = None
    into: Voice | None = None
    holds: list[Voice] = field(default_factory=list)


def together(voice: Voice) -> Together:
    """All that ties the voice to others: one query, and one more for the others where there are any."""
    rows = _ties(voice=voice.pk)
    others = {pk for row in rows for pk in (row.voice_id, row.into_id)} - {voice.pk}
    found = {one.pk: one for one in (voice, *(_others(pks=tuple(others)) if others else ()))}  # a wide row
    for row in rows:
        row.voice, row.into = found[row.voice_id], found[row.into_id]
    said, own = Merging.Said, [row for row in rows if row.voice_id == voice.pk]
    current = [row for row in rows if row.said == said.AGREED and row.undone_at is None]
    return Together(
        asked=next((row for row in own if row.said == said.NOTHING), None),
        declined=next((row for row in reversed(own) if row.said == said.DECLINED), None),
        into=next((row.into for row in current if row.voice_id == voice.pk), None),
        holds=[row.voice for row in current if row.into_id == voice.pk],
    )


@Prepared
def _ties(*, voice: int) -> QuerySet[Merging]:
    return Merging.objects.filter(Q(voice=voice) | Q(into=voice)).order_by("pk")


@Prepared
def _others(*, pks: tuple[int, ...]) -> QuerySet[Voice]:
    return Voice.objects.filter(pk__in=pks)


def merged_into(voice: Voice) -> list[Voice]:
    """The voices that are dealt with together with this one."""
    return list(queries.rows().filter(merged_into=voice).order_by("pk"))


def group_of(code: str) -> list[int]:
    """The pks of a voice and of those that are dealt with together with it."""
    return list(Voice.objects.filter(Q(code=code) | Q(merged_into__code=code)).values_list("pk", flat=True))


def locked_group(pks: Iterable[int]) -> None:
    """Lock several voices, always in the same order, so that two who do it at once wait and don't block each
    other for good."""
    list(Voice.objects.filter(pk__in=list(pks)).order_by("pk").select_for_update().values_list("pk"))


def behind(pk: int | None, actor: Actor) -> Voice | None:
    """The voice that a report, a proposal or an activity came from, if this reader may read it: what a link
    to it says, not its words."""
    if not pk:
        return None
    return Voice.objects.only("code", "number").filter(queries.visible_to(actor), pk=pk).first()


# ── Later ────────────────────────────────────────────────────────────────────────────────────────────────
def changeable_until(verdict: Verdict | None) -> date | None:
    """The last day on which the author may change this verdict."""
    return clock.local_day(verdict.at) + WINDOW if verdict else None


def to_ask_later() -> QuerySet[Voice]:
    """Voices judged solved or partly four weeks ago, whose author was not asked yet and did not say that
    they would rather not be."""
    day = clock.today()
    last, first = day - timedelta(days=LATER_DAYS), day - timedelta(days=TOO_LATE)
    judged = Verdict.objects.filter(
        voice=OuterRef("pk"), round=OuterRef("round"), verdict__in=[Judgement.SOLVED, Judgement.PARTLY],
        at__lt=clock.end_of(last), at__gte=clock.start_of(first),
    )  # fmt: skip
    return queries.rows().filter(
        Exists(judged), state=State.CLOSED, ask_later=True, erased_on=None, follow_up=None
    )


_follow_ups = PartsOf(FollowUp, "voice", "pk")


def follow_up_of(voice: Voice) -> FollowUp | None:
    """The question of four weeks later, once it was put."""
    return next(iter(_follow_ups(voice)), None)


def asks_later(voice: Voice, asked: FollowUp | None) -> bool:
    """Whether the page puts the question now."""
    return bool(asked and not asked.said and voice.ask_later and voice.state == State.CLOSED)


def may_support(actor: Actor, voice: Voice) -> bool:
    """Whether the page of a shown voice offers to support it."""
    return rules.supports(actor, voice) and voice.state in SUPPORTED and voice.erased_on is None
