"""Every read of voices, scoped to the reader. `visible_to` is the one word on who reads a voice whole;
`shown` on what everybody reads."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.by_code import ByCode
from shangliang.base.charts.chart import Move
from shangliang.base.charts.errors import NotNow, one_of
from shangliang.base.files import queries as files
from shangliang.base.people.actor import Actor
from shangliang.base.people.models import Role
from shangliang.base.people.personal.fields import with_keys
from shangliang.base.people.queries import looks
from shangliang.base.places.models import Level
from shangliang.base.places.queries import below, up_from
from shangliang.base.prepared import PartsOf, Prepared
from shangliang.base.review import queries as review
from shangliang.base.review.models import Review
from shangliang.flow.studios.models import Studio

from .. import ladder, levels, rules, secondlook, sharing, tracking
from ..models import Answer, Assignment, Deadline, Line, Progress, Remark, State, Verdict, Voice
from ..states import CHART, IN_A_STUDIO
from .elsewhere import held_by, sent_up_by

NOBODY = Q(pk__in=[])
TOLD = (Deadline.Kind.ACCEPT, Deadline.Kind.ANSWER)  # the days that an author was told
SHOWN = Q(review=Review.SHOWN)
OFFICE = (Role.OFFICER, Role.LEADER, Role.AUDITOR)
STUDIO = (Role.CONVENER, Role.DEPUTY, Role.STATIONED)


def rows(*, locked: bool = False) -> QuerySet[Voice]:
    """Voices with what every rule and page asks of them."""
    found = Voice.objects.select_related("studio", "committee", "department", "awaits", "upper")
    return found.select_for_update(of=("self",)) if locked else found


def unfinished_in(studio: Studio) -> int:
    """How many voices lie in a studio that are not at their end."""
    return Voice.objects.filter(studio=studio, state__in=IN_A_STUDIO).count()


def visible_to(actor: Actor) -> Q:
    """Voices that this actor reads whole: words, dialogue, photos.

    The author; the studio's own people; officers, leaders and auditors of its committee; handlers of a
    department once it was asked; the same three of each committee above that it was ever sent to. Said of one
    voice: `Voice.offices`."""
    if actor.kind == "author":
        return Q(code=actor.subject.removeprefix("voice:"))
    if actor.kind != "person":
        return NOBODY
    found = NOBODY
    if paths := actor.paths(*OFFICE):
        found |= Q(committee__path__in=paths) | Q(upper__path__in=paths)
        for path in paths:
            found |= Q(reached__in=up_from(path), **below(path))
    if studios := actor.studios(*STUDIO):
        found |= Q(studio__code__in=studios)
    if departments := actor.departments():
        asked = Assignment.objects.filter(department__code__in=departments)
        found |= Q(pk__in=asked.values("voice"))
    return found


def get(code: str, actor: Actor) -> Voice:
    """The voice to be read whole. Unseen if it is not visible to the actor, shown or not."""
    return _whole(code, actor)


_whole = ByCode(lambda actor: rows().filter(visible_to(actor)))


def get_to_look_over(code: str, actor: Actor) -> Voice:
    """The voice to whom looks over its wording: what is visible to them, and an appeal that came up."""
    return _looked_over(code, actor)


_looked_over = ByCode(lambda actor: rows().filter(visible_to(actor) | review.appealed_to(actor)))


def appealed_from_below(actor: Actor) -> QuerySet[Voice]:
    """Appeals that nobody else could decide where they arose, or are late there, oldest first."""
    return rows().filter(review.appealed_to(actor)).exclude(recorded_by=actor.key).order_by("pk")


def get_shown(code: str) -> Voice:
    """The voice as everybody reads it. Unseen until the review has shown it."""
    return one_of(rows().filter(SHOWN), code)


def lock(code: str, actor: Actor) -> Voice:
    """The voice to be changed, locked until the transaction ends. Unseen if the actor may not even read its
    public wording; what they may do is the chart's word. NotNow once its author had it erased."""
    voice = _known.lock(code, actor)
    if voice.erased_on:
        raise NotNow(_("这一件已经按本人要求删除，不再往下办。"))
    return voice


_known = ByCode(lambda actor: rows().filter(visible_to(actor) | SHOWN | review.appealed_to(actor)))


def locked(code: str) -> Voice:
    """The same for the house itself, which has asked its own rule."""
    return one_of(rows(locked=True), code)


def locked_of(person: str) -> list[Voice]:
    """The voices of a pseudonym, locked: one, as each voice draws its own."""
    return list(rows(locked=True).filter(person=person))


def author_of(voice: Voice) -> Actor:
    """The actor that the voice's tracking code makes: their own thread, and one participant in their
    committee."""
    return Actor(
        key=voice.person,
        kind="author",
        thread=voice.thread,
        subject=voice.subject,
        committee=voice.committee.path,
    )


def by_tracking_code(code: str) -> Voice | None:
    """The voice that a normalised tracking code opens."""
    return next(iter(_opened(code_hash=tracking.digest(code))), None)


_opened: Prepared[Voice] = Prepared(lambda *, code_hash: rows().filter(code_hash=code_hash))


def offered(actor: Actor, voice: Voice, today: date) -> list[Move]:
    """The buttons: moves open to the actor, without an extension or reopening that would be refused; none
    once the voice was erased."""
    if voice.erased_on:
        return []
    spent = set()
    if voice.extended or (voice.answer_by and today > voice.answer_by):
        spent.add("extend")
    if voice.reopened:
        spent |= {"reopen", "reopen_after_all"}
    if voice.send_back_by and today > voice.send_back_by:
        spent.add("send_back")
    if rules.highest(voice):
        spent.add("send_up")
    if levels.desk(voice).level == Level.COUNTY:
        spent.add("pass_down")  # nothing lies below
    day = voice.promised_for
    if day is None or voice.done_on or today > day or voice.state != State.ANSWERED or promise_moved(voice):
        spent.add("move_promise")
    spent |= ladder.not_now(voice) | secondlook.not_now(voice) | sharing.spent(actor, voice, today)
    return [move for move in CHART.open_to(actor, voice) if move.name not in spent]


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────────────
def hosted_by(actor: Actor) -> Q:
    """Voices of the studios and committees whose people this actor belongs to."""
    found = NOBODY
    if paths := actor.paths(Role.OFFICER):
        found |= Q(committee__path__in=paths)
    if studios := actor.studios(*STUDIO):
        found |= Q(studio__code__in=studios)
    return found


def by_clock(found: QuerySet[Voice]) -> QuerySet[Voice]:
    """The next day first; what has no day comes last, oldest first."""
    return found.order_by(F("due_by").asc(nulls_last=True), "pk")


def queue(actor: Actor, *states: str) -> QuerySet[Voice]:
    """The desk's list by clock: the actor's own voices and those that are at their committee, or answered
    there; all with a running clock or a promise, or those in these states."""
    mine, wanted = hosted_by(actor), Q(state__in=states) if states else Q(due_by__isnull=False)
    if not states or {State.SENT_UP, State.ASSIGNED, State.ANSWERED} & {*states}:
        mine |= held_by(actor)  # only where needed: an OR is not read by the clock
    return by_clock(rows().filter(mine, Q() if len(states) == len(State) else wanted, erased_on=None))


def for_department(actor: Actor) -> QuerySet[Voice]:
    """What waits for the actor's departments, as host or beside it, and what they answered and nobody has
    judged yet, by clock."""
    mine = actor.departments()
    asked = Assignment.objects.filter(
        task=Assignment.Task.BESIDE, department__code__in=mine, sent_back_at=None, ended_at=None
    )
    held = Q(state=State.ASSIGNED) | Q(state=State.ANSWERED, answered_by="department")
    return by_clock(
        rows().filter(held & Q(department__code__in=mine) | Q(pk__in=asked.values("voice")), erased_on=None)
    )


def sent_up_to(actor: Actor) -> QuerySet[Voice]:
    """What was sent up to the actor's committee and is there now, by clock."""
    return by_clock(rows().filter(sent_up_by(actor), erased_on=None))


def passed_through(actor: Actor) -> QuerySet[Voice]:
    """What came to the actor's committee from another and left it again: sent on to a higher level, back, or
    judged since. As far as `visible_to` shows it still; by clock."""
    if not (paths := actor.paths(Role.OFFICER)):
        return rows().none()
    # Each by an index of its own: an OR of both would look through every voice there is.
    came = Voice.objects.filter(upper__path__in=paths).values("pk")
    reached = [Voice.objects.filter(reached__in=up_from(path), **below(path)).values("pk") for path in paths]
    found = rows().filter(pk__in=came.union(*reached), erased_on=None).exclude(hosted_by(actor))
    return by_clock(found.exclude(held_by(actor)))


def to_look_over(actor: Actor, review: str = Review.WAITING) -> QuerySet[Voice]:
    """Public wordings that wait for this actor's look (or stand in another state of the review), oldest
    first; without those that they wrote down themselves, and without appeals against their own word."""
    found = NOBODY
    if paths := actor.paths(Role.OFFICER):
        found |= Q(committee__path__in=paths)
    if studios := actor.studios(Role.CONVENER, Role.DEPUTY):
        found |= Q(studio__code__in=studios)
    rest = rows().filter(found, review=review).exclude(recorded_by=actor.key).order_by("pk")
    return rest.exclude(withheld_by=actor.key) if review == Review.APPEALED else rest


def reported(actor: Actor) -> QuerySet[Voice]:
    """Shown voices of which readers reported a problem, for this actor to look at again, oldest first."""
    return to_look_over(actor, Review.SHOWN).filter(code__in=review.reported("voice"), erased_on=None)


def shown(path: str = "", *, studio: str = "") -> QuerySet[Voice]:
    """What everybody may read, newest first: of a committee and all under it, or of one studio."""
    found = rows().filter(SHOWN)
    if path:
        found = found.filter(**below(path))
    if studio:
        found = found.filter(studio__code=studio)
    return found.order_by("-first_shown_at", "-pk")


def whole(found: Iterable[Voice]) -> list[Voice]:
    """The voices with the keys of their phones at hand: one query of the keyring for the page."""
    return with_keys(found)


def searched(voice: Voice) -> str:
    """What a search for the office finds a voice by."""
    return "\n".join((voice.number, voice.words, voice.place))


# ── What stands in a thread ──────────────────────────────────────────────────────────────────────────────
lines, answers = PartsOf(Line, "voice", "at", "pk"), PartsOf(Answer, "voice", "round")
reports, verdicts = PartsOf(Progress, "voice", "at", "pk"), PartsOf(Verdict, "voice", "round")
clocks, _remarks = PartsOf(Deadline, "voice", "pk", ended_on=None), PartsOf(Remark, "voice", "pk")


def replied_to(voice: Voice) -> bool:
    """Whether it was ever answered, in this round or before: else it has no answers, reports or verdicts."""
    return voice.answered_on is not None or voice.round > 1


def promise_moved(voice: Voice) -> bool:
    """Whether the day promised in this round is another than the answer said."""
    first = next((one.promised_for for one in answers(voice) if one.round == voice.round), None)
    return voice.promised_for != first


def remarks(voice: Voice) -> dict[str, list[Remark]]:
    """An act's name → what was written beside it, in order: the n-th belongs to the n-th act of the name."""
    found: dict[str, list[Remark]] = defaultdict(list)
    for remark in _remarks(voice):
        found[remark.act].append(remark)
    return found


def last_answers(voices: list[Voice]) -> dict[int, Answer]:
    """The latest answer of each of these voices, by the voice's pk, in one query."""
    found = _last_answers(voices=tuple(voice.pk for voice in voices)) if voices else []
    return {answer.voice_id: answer for answer in found}


@Prepared
def _last_answers(*, voices: tuple[int, ...]) -> QuerySet[Answer]:
    return Answer.objects.filter(voice__in=voices).order_by("round")


def by_codes(codes: list[str]) -> dict[str, Voice]:
    """Voices by their codes, whoever asks: for packages that keep codes and ask their own rule."""
    return {voice.code: voice for voice in rows().filter(code__in=codes)}


# ── For the figures ──────────────────────────────────────────────────────────────────────────────────────
def overdue_on(path: str, day: date) -> QuerySet[Voice]:
    """Voices of a committee and all under it for which a clock ran past its day, at the end of `day`."""
    late = Deadline.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day),
        kind__in=TOLD,
        due__lt=day,
        started__lte=day,
        **below(path, "voice__committee__path"),
    )
    return rows().filter(pk__in=late.values("voice")).order_by("pk")


def deadlines_fallen(path: str, first: date, last: date) -> QuerySet[Deadline]:
    """Answer clocks whose day fell between two days, both included: answered or still running. `on_time` of a
    row says whether it was kept; those dropped on the way, or merged in time, have no say."""
    return (
        Deadline.objects.filter(
            kind=Deadline.Kind.ANSWER, due__range=(first, last), **below(path, "voice__committee__path")
        )
        .exclude(end=Deadline.End.DROPPED)
        .exclude(end=Deadline.End.MERGED, ended_on__lte=F("due"))
        .select_related("voice")
        .order_by("due", "pk")
    )


# ── For the files' door ──────────────────────────────────────────────────────────────────────────────────
def may_open(kind: str, code: str, actors: list[Actor]) -> bool:
    """Whether one of these actors may open a file that lies under `kind:code`. A resident's photos stay in
    the thread; papers of an answer and evidence are public with the shown voice."""
    path = {"voice": "code", "line": "lines__code", "answer": "answers__code", "progress": "reports__code"}[
        kind
    ]
    seen = SHOWN if kind in ("answer", "progress") else NOBODY
    for actor in actors:
        seen |= visible_to(actor)
    return Voice.objects.filter(seen, **{path: code}).exists()


def may_erase(actor: Actor, voice: Voice) -> bool:
    """Whether a page offers to erase it."""
    return voice.erased_on is None and rules.erases(actor, voice)


def may_reveal(actor: Actor, voice: Voice) -> bool:
    """Whether a page offers the whole phone number, for a reason."""
    return rules.reveals(actor, voice)


# ── For the author, and for whoever keeps the time ───────────────────────────────────────────────────────
def own(person: str) -> dict[str, Iterable[Any]]:
    """Model → the rows of this pseudonym that hold something of them: for the copy they take. Of the dialogue
    their own side."""
    found = list(rows().filter(person=person))
    lines = [line for voice in found for line in voice.lines.filter(side=Line.Side.AUTHOR).order_by("pk")]
    shown = [row for voice in found for row in voice.shownphotos.order_by("pk")]
    subjects = [one.subject for rows_of in (found, lines, shown) for one in rows_of]
    return {
        "voices.Voice": found,
        "voices.Line": lines,
        "voices.Verdict": [one for voice in found for one in verdicts(voice)],
        "voices.Note": [note for voice in found for note in voice.notes.order_by("pk")],
        "voices.ShownPhoto": shown,
        "people.Look": [look for voice in found for look in looks(voice.subject)],
        "files.File": [file for kept in files.of(subjects).values() for file in kept],
    }


def phones_kept_since(before: datetime) -> QuerySet[Voice]:
    """Voices whose phone is still kept though their last word was said before that moment."""
    return Voice.objects.filter(pk__in=over_since(before).filter(phone__isnull=False).values("pk"))


def over_since(before: datetime) -> QuerySet[Voice]:
    """Voices whose last word was said before that moment: the verdict, the refusal, the withdrawal, or the
    day until which a verdict was waited for."""
    day = clock.local_day(before)
    judged = Q(state=State.CLOSED) & ~Q(verdicts__at__gte=before)
    refused = Q(state=State.REFUSED) & ~Q(remarks__act="voice_refused", remarks__at__gte=before)
    silent = Q(state=State.ANSWERED, verdict_by__lt=day)
    hosts = Voice.objects.filter(judged | silent)  # what is merged into them ends with them
    withdrawn = Q(state=State.WITHDRAWN, withdrawn_on__lt=day)
    ended = judged | refused | silent | withdrawn | Q(state=State.MERGED, merged_into__in=hosts)
    return Voice.objects.filter(ended)
