"""What the author says after the verdict: another verdict within a week, and four weeks later whether it
still holds."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.record import record
from shangliang.base.people.actor import CLOCK, Actor

from .. import deadlines, queries
from ..deadlines import ANSWER
from ..models import FollowUp, Judgement, Later, State, Verdict, Voice
from ..queries import tied
from ..states import CHART
from .owning import own
from .parts import iso, measured


@transaction.atomic
def change_verdict(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    verdict: str,
    attitude: int | None = None,
    result: int | None = None,
    missing: str = "",
) -> Voice:
    """Another verdict on the same round, within seven days of the first. What it was before stands in the
    journal, and the figures follow. NotNow after that."""
    voice = queries.lock(code, by)
    CHART.check("change_verdict", voice, by=by, seen=seen)
    turned = _turned(voice, verdict, attitude, result, missing)
    if turned:
        voice.confirmed_on = clock.today() if verdict == Judgement.SOLVED else None
    return CHART.move("change_verdict", voice, by=by, seen=seen, round=voice.round, **turned)


@transaction.atomic
def reopen_after_all(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    verdict: str,
    attitude: int | None = None,
    result: int | None = None,
    missing: str = "",
) -> Voice:
    """Another verdict within seven days of the first, partly or not solved, and to be done once more: what
    `reopen` is with the first verdict. NotNow after that, or where it was reopened before."""
    voice = queries.lock(code, by)
    CHART.check("reopen_after_all", voice, by=by, seen=seen)
    not_twice(voice)
    asks_again(verdict)
    turned = _turned(voice, verdict, attitude, result, missing, again=True)
    facts = {"round": voice.round, **turned}
    voice.reopened = True
    again(voice)
    return CHART.move("reopen_after_all", voice, by=by, seen=seen, answer_by=iso(voice.answer_by), **facts)


def asks_again(verdict: str) -> Judgement:
    """A verdict after which it may be done once more. ValidationError for another."""
    if verdict not in (Judgement.PARTLY, Judgement.NOT):
        raise ValidationError({"verdict": _("说「解决了一部分」或「没解决」，才退回再办。")})
    return Judgement(verdict)


def not_twice(voice: Voice) -> None:
    """NotNow where it was reopened before."""
    if voice.reopened:
        raise NotNow(_("一件事只能退回一次，这件已经退回过了。请直接评价，或者再说一句。"))


def _turned(
    voice: Voice, verdict: str, attitude: int | None, result: int | None, missing: str, again: bool = False
) -> dict[str, str]:
    """Put another verdict in the place of the one of this round; what it was and is, where that changed."""
    row = Verdict.objects.get(voice=voice, round=voice.round)
    last = tied.changeable_until(row)
    if last is None or clock.today() > last:
        raise NotNow(_("评价说出七天以内可以改，已经过了。有新情况，请到工作室门口再说一件。"))
    if verdict not in Judgement.values:
        raise ValidationError({"verdict": _("选一样：解决了、解决了一部分，还是没解决。")})
    was, row.verdict = row.verdict, verdict
    row.attitude, row.result = marks(attitude, result)
    row.missing = measured(missing, field="missing", least=0, most=1000)
    row.changed_at, row.reopened = clock.now(), again
    row.save()
    return {"was": was, "verdict": verdict} if verdict != was else {}


@transaction.atomic
def follow_up(code: str, *, by: Actor, seen: int | None, said: str) -> Voice:
    """What the author says four weeks on, once. "Not" opens the matter again, with an answer clock of its
    own, and takes a confirmation back. NotNow before they were asked, or the second time."""
    voice = queries.lock(code, by)
    move = "relapse" if said == Later.NOT else "follow_up"
    CHART.check(move, voice, by=by, seen=seen)
    asked = tied.follow_up_of(voice)
    if asked is None or asked.said:
        raise NotNow(_("这一句现在不用说：还没问，或者您已经说过了。"))
    if said not in Later.values:
        raise ValidationError({"said": _("选一样；说不准也可以选。")})
    asked.said, asked.said_at = said, clock.now()
    asked.save(update_fields=["said", "said_at"])
    if move == "follow_up":
        return CHART.move(move, voice, by=by, seen=seen, said=said)
    facts = {"said": said, "was": Verdict.objects.get(voice=voice, round=voice.round).verdict}
    again(voice)
    return CHART.move(move, voice, by=by, seen=seen, answer_by=iso(voice.answer_by), **facts)


@transaction.atomic
def set_follow_up(code: str, *, by: Actor, wanted: bool) -> Voice:
    """Whether the author may be asked four weeks on."""
    voice = own(code, by)
    voice.ask_later = wanted
    voice.save(update_fields=["ask_later"])
    _journal("voice_follow_up_set", voice, by, wanted=wanted)
    return voice


@transaction.atomic
def ask_later() -> int:
    """A chore: put the question where four weeks have passed; each voice once, however often it runs. How
    many were asked."""
    asked = 0
    for voice in tied.to_ask_later().select_for_update(of=("self",)):
        _row, fresh = FollowUp.objects.get_or_create(voice=voice, defaults={"asked_on": clock.today()})
        if fresh:  # another worker may have asked while this one waited for the voice
            _journal("voice_follow_up_due", voice, CLOCK)
            asked += 1
    return asked


def again(voice: Voice) -> None:
    """A further round begins: what was answered belongs to the one before."""
    voice.round, voice.extended, voice.stood = voice.round + 1, False, False
    voice.answered_on = voice.promised_for = voice.done_on = voice.confirmed_on = voice.verdict_by = None
    voice.answered_by = ""
    deadlines.start(voice, ANSWER)
    deadlines.point(voice, State.TAKEN_UP)


def marks(attitude: int | None, result: int | None) -> tuple[int | None, int | None]:
    """The two marks, 1 to 5 or not given. ValidationError at the field otherwise."""
    for name, mark in (("attitude", attitude), ("result", result)):
        if mark is not None and not 1 <= mark <= 5:
            raise ValidationError({name: _("从这五档里选一档，或者不选。")})
    return attitude, result


def _journal(act: str, voice: Voice, by: Actor, **facts: bool) -> None:
    record(
        act, subject=voice.subject, thread=voice.thread, committee=voice.committee_path,
        studio=voice.studio_code, by=by.key, facts=facts,
    )  # fmt: skip
