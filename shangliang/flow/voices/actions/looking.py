"""The public wording is looked over, a phone number is looked at, provisional days are reckoned again."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotYours
from shangliang.base.journal.record import record
from shangliang.base.people import actions as people
from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.review import actions as review
from shangliang.base.review.models import Report
from shangliang.base.search import actions as search

from .. import deadlines, queries, rules
from ..models import Deadline, State, Voice


@transaction.atomic
def show(code: str, *, by: Actor, seen: int | None, cover: Sequence[str] = ()) -> Voice:
    """Show the public wording; from then on everybody finds it. `seen` is the review's own version. `cover`:
    what of it nobody may read, character by character; the first words stay as they are."""
    voice = queries.lock(code, by)
    if cover:
        [voice.public_words] = review.cover([voice.wording], cover)
    return _found(review.show(voice, by=by, seen=seen, covered=len(cover) or None))


def _found(voice: Voice) -> Voice:
    search.put("shown_voice", voice.pk, voice.wording, voice.committee.path, private=True)
    return voice


@transaction.atomic
def withhold(code: str, *, by: Actor, seen: int | None, reason: str, detail: str) -> Voice:
    """Keep the wording back; the matter itself goes on."""
    voice: Voice = review.withhold(
        queries.lock(code, by), by=by, seen=seen, reason=reason, detail=detail, kind="voice"
    )
    search.drop("shown_voice", voice.pk)
    return voice


@transaction.atomic
def mend(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """The author gives another public wording; what they first wrote stays as it is."""
    voice: Voice = review.mend(queries.lock(code, by), by=by, seen=seen, words=words)
    search.drop("shown_voice", voice.pk)
    return voice


@transaction.atomic
def appeal(code: str, *, by: Actor, seen: int | None, words: str) -> Voice:
    """The author does not agree that it is withheld: somebody else looks at it."""
    voice: Voice = review.appeal(queries.lock(code, by), by=by, seen=seen, words=words, kind="voice")
    return voice


@transaction.atomic
def uphold(code: str, *, by: Actor, seen: int | None) -> Voice:
    """Decide an appeal for the author: everybody finds it from now on."""
    return _found(review.uphold(queries.lock(code, by), by=by, seen=seen, kind="voice"))


@transaction.atomic
def dismiss(code: str, *, by: Actor, seen: int | None, answer: str) -> Voice:
    """Decide an appeal the other way, with a reason."""
    voice: Voice = review.dismiss(queries.lock(code, by), by=by, seen=seen, answer=answer, kind="voice")
    return voice


@transaction.atomic
def remind_of_appeals() -> int:
    """A chore: appeals that are to be answered today, and those that are late; each told once. How many."""
    return review.remind_of_appeals(queries.rows(locked=True), kind="voice")


@transaction.atomic
def report(code: str, *, by: Actor, reason: str, words: str = "") -> Report:
    """A reader says that a shown voice has a problem: it is looked at again. Who it was is not kept."""
    return review.report(queries.lock(code, by), reason=reason, words=words)


@transaction.atomic
def keep_shown(code: str, *, by: Actor, seen: int | None, known: int) -> Voice:
    """Looked at again: it stays shown, and what readers reported is settled."""
    voice = queries.lock(code, by)
    review.keep(voice, by=by, seen=seen, known=known)
    return voice


@transaction.atomic
def reveal_phone(code: str, *, by: Actor, reason: str) -> str:
    """The whole phone number, after the look and its reason are written down; empty when none was left."""
    voice = queries.lock(code, by)
    if not rules.reveals(by, voice):
        raise NotYours(_("电话只给受理这件事的工作室和政协看。"))
    people.reveal(
        voice.subject, person=voice.person, by=by, reason=reason, committee=voice.committee.path,
        thread=voice.thread, studio=voice.studio.code,
    )  # fmt: skip
    return voice.phone or ""


@transaction.atomic
def reckon_again() -> int:
    """A chore: clocks with a provisional day, once the year's make-up days are known. How many moved."""
    moved = 0
    voices: dict[int, Voice] = {}  # both clocks of a voice move the same one
    clocks = Deadline.objects.filter(ended_on=None, provisional=True).select_related(
        "voice__committee", "voice__studio", "assignment__department"
    )
    for running in clocks.select_for_update(of=("voice",)):  # or one answered meanwhile would wait again
        due, provisional = clock.due_after(running.started, running.days)
        if (due, provisional) == (running.due, running.provisional):
            continue
        running.due, running.provisional = due, provisional
        running.save(update_fields=["due", "provisional"])
        voice = voices.setdefault(running.voice_id, running.voice)
        asked, told = running.assignment, []
        facts = {"kind": running.kind, "due": due.isoformat()}
        if asked:
            asked.due = due
            asked.save(update_fields=["due"])
            voice.__dict__.pop("asked_beside", None)
            facts["department"] = asked.department.code
        else:
            setattr(voice, f"{running.kind}_by", due)
            voice.provisional = provisional
            if running.stands_from and voice.waits_until:
                voice.waits_until = deadlines.waited_until(voice, running.stands_from)
            told = [f"{running.kind}_by", "provisional", "waits_until"]
        deadlines.point(voice, State(voice.state))
        voice.version += 1  # a page drawn before shows the old day
        voice.save(update_fields=[*told, "due_by", "awaits", "rung", "version"])
        record(
            "voice_clock_reckoned", subject=voice.subject, thread=voice.thread, by=CLOCK, facts=facts,
            committee=voice.committee_path, studio=voice.studio_code,
        )  # fmt: skip
        moved += 1
    return moved
