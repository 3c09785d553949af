"""Two voices that say the same are dealt with together: proposed by the office, decided by the author of the
one that would go into the other, undone by either side at any time.

Of the merged voice nothing changes but its state and where it went; its answer clock stops, nobody is urged
or named for it, and no answer of its own waits for a second look. Undoing it puts exactly that back: the
clock runs on from where it began, to the day that it had, and so does the ladder from the rung that stood."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.people.actor import CLOCK, Actor

from .. import deadlines, queries, rules
from ..models import Deadline, Merging, State, Voice
from ..queries import tied
from ..states import CHART
from .parts import iso, stated

GONE = gettext_lazy("那一件已经有了结果，或者不往下办了，不能再并过去。")


@transaction.atomic
def propose_merge(code: str, *, by: Actor, seen: int | None, into: str, words: str) -> Voice:
    """Ask the author whether it may be dealt with together with another voice of the committee; `into`: its
    code or number. Another open question of this kind falls away. Nothing is merged by it."""
    voice = queries.lock(code, by)
    CHART.check("propose_merge", voice, by=by, seen=seen)
    words = stated(words, field="words")
    host = _named(into, by)
    if host is None or not rules.hosts(by, host) or not tied.may_merge_into(voice, host):
        raise ValidationError({"into": _("写本县另一件还在办、还没答复的留言的编号。")})
    if tied.merged_into(voice):
        raise NotNow(_("有别的留言并在这一件里。先把它们拆开，才能再并。"))
    drop(voice)
    Merging.objects.create(voice=voice, into=host, by=by.key, at=clock.now(), words=words)
    return CHART.move("propose_merge", voice, by=by, seen=seen, into=host.thread)


@transaction.atomic
def agree_merge(code: str, *, by: Actor, seen: int | None) -> Voice:
    """The author says yes: the voice goes on with the other, whose answer reaches both. NotNow when they were
    asked nothing, or the other was answered or ended meanwhile."""
    asked = Merging.objects.filter(voice__code=code, said="").first()
    tied.locked_group([asked.voice_id, asked.into_id] if asked else [])
    voice = queries.lock(code, by)
    CHART.check("agree_merge", voice, by=by, seen=seen)
    found = _asked(voice)
    host = queries.locked(found.into.code)
    if not tied.may_merge_into(voice, host) or tied.merged_into(voice):
        raise NotNow(GONE)
    _said(found, Merging.Said.AGREED)
    found.rung, found.rung_on, found.proposed_by = voice.rung, voice.rung_on, voice.proposed_by
    found.save(update_fields=["rung", "rung_on", "proposed_by"])
    deadlines.end(voice, deadlines.ANSWER, Deadline.End.MERGED)
    voice.merged_into = host
    deadlines.point(voice, State.MERGED)
    return CHART.move("agree_merge", voice, by=by, seen=seen, into=host.thread)


@transaction.atomic
def decline_merge(code: str, *, by: Actor, seen: int | None) -> Voice:
    """The author says no: nothing changes."""
    voice = queries.lock(code, by)
    CHART.check("decline_merge", voice, by=by, seen=seen)
    _said(_asked(voice), Merging.Said.DECLINED)
    return CHART.move("decline_merge", voice, by=by, seen=seen)


@transaction.atomic
def unmerge(code: str, *, by: Actor, seen: int | None) -> Voice:
    """Undo it: the voice and its clock are what they were, its days the same days, its rung the same, and the
    answer that waited waits again."""
    voice = queries.lock(code, by) if by.kind != "clock" else queries.locked(code)
    CHART.check("unmerge", voice, by=by, seen=seen)
    stood = Merging.objects.get(voice=voice, said=Merging.Said.AGREED, undone_at=None)
    close(voice)
    deadlines.run_on(voice)
    deadlines.point(voice, State.TAKEN_UP)
    voice.rung, voice.rung_on, voice.proposed_by = stood.rung, stood.rung_on, stood.proposed_by
    return CHART.move("unmerge", voice, by=by, seen=seen, answer_by=iso(voice.answer_by))


def release(host: Voice) -> None:
    """The host ends without an answer: what was merged into it goes on by itself."""
    for voice in tied.merged_into(host):
        if voice.erased_on is None:
            unmerge(voice.code, by=CLOCK, seen=None)


def close(voice: Voice) -> None:
    """The voice leaves its host."""
    voice.merged_into = None
    rows = Merging.objects.filter(voice=voice, said=Merging.Said.AGREED, undone_at=None)
    rows.update(undone_at=clock.now())


def drop(voice: Voice) -> None:
    """What the author was asked is asked no more."""
    Merging.objects.filter(voice=voice, said=Merging.Said.NOTHING).update(
        said=Merging.Said.DROPPED, said_at=clock.now()
    )


def _asked(voice: Voice) -> Merging:
    found = Merging.objects.filter(voice=voice, said=Merging.Said.NOTHING).select_related("into").first()
    if found is None:
        raise NotNow(_("现在没有要您同意的事。"))
    return found


def _said(found: Merging, what: Merging.Said) -> None:
    found.said, found.said_at = what, clock.now()
    found.save(update_fields=["said", "said_at"])


def _named(into: str, by: Actor) -> Voice | None:
    wanted = into.strip()
    known = queries.rows().filter(queries.visible_to(by))
    return known.filter(code=wanted).first() or known.filter(number=wanted).first()
