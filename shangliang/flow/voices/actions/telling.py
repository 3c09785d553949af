"""The dialogue, and the author's verdict: said by the author alone, once a round; one reopening in all."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor

from .. import deadlines, queries, rules
from ..models import Judgement, Line, State, Verdict, Voice
from ..states import CHART
from . import helping
from .later import again as begin_again
from .later import asks_again, marks, not_twice
from .parts import Upload, iso, keep, measured


@transaction.atomic
def say(code: str, *, by: Actor, seen: int | None, words: str, photos: Sequence[Upload] = ()) -> Voice:
    """The author adds a piece. `seen` None: a word said is welcome whatever changed meanwhile."""
    voice = queries.lock(code, by)
    CHART.check("say", voice, by=by, seen=seen)
    helper = helping.running_by_code(by.assisted) if by.assisted else None
    name = people.names({helper.by}).get(helper.by, "") if helper else ""
    _line(voice, Line.Side.AUTHOR, by, name, words, photos, helped_by=helper.by if helper else "")
    if not voice.waits_until:
        return CHART.move("say", voice, by=by, seen=seen)
    deadlines.go_on(voice)
    return CHART.move("say", voice, by=by, seen=seen, **_days(voice))


@transaction.atomic
def reply(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    words: str,
    photos: Sequence[Upload] = (),
    asks: bool = False,
) -> Voice:
    """The office answers back: a person under their name, a department or upper committee under its own.
    `asks`: it can't go on without the author's answer; the days stand still as `deadlines` says."""
    voice = queries.lock(code, by)
    CHART.check("reply", voice, by=by, seen=seen)
    _line(voice, Line.Side.OFFICE, by, _signature(voice, by), words, photos)
    if not (asks and rules.asks_author(by, voice)):
        return CHART.move("reply", voice, by=by, seen=seen)
    deadlines.wait(voice)
    days = {"waits_until": iso(voice.waits_until), **_days(voice)} if voice.waits_until else {}
    return CHART.move("reply", voice, by=by, seen=seen, **days)


@transaction.atomic
def confirm(
    code: str, *, by: Actor, seen: int | None, attitude: int | None = None, result: int | None = None
) -> Voice:
    """Solved: the fourth fact, by the author's word only."""
    voice = _judged("confirm", code, by, seen, Judgement.SOLVED, attitude, result, "")
    voice.confirmed_on = clock.today()
    return CHART.move("confirm", voice, by=by, seen=seen, **_facts(voice, Judgement.SOLVED))


@transaction.atomic
def judge_partly(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    attitude: int | None = None,
    result: int | None = None,
    missing: str = "",
) -> Voice:
    voice = _judged("judge_partly", code, by, seen, Judgement.PARTLY, attitude, result, missing)
    return CHART.move("judge_partly", voice, by=by, seen=seen, **_facts(voice, Judgement.PARTLY))


@transaction.atomic
def judge_not(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    attitude: int | None = None,
    result: int | None = None,
    missing: str = "",
) -> Voice:
    voice = _judged("judge_not", code, by, seen, Judgement.NOT, attitude, result, missing)
    return CHART.move("judge_not", voice, by=by, seen=seen, **_facts(voice, Judgement.NOT))


@transaction.atomic
def reopen(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    verdict: str,
    attitude: int | None = None,
    result: int | None = None,
    missing: str = "",
) -> Voice:
    """Partly or not solved, and to be done once more: the verdict stays, a second round begins with its own
    answer clock. NotNow the second time."""
    said = asks_again(verdict)
    voice = _judged("reopen", code, by, seen, said, attitude, result, missing, again=True)
    facts = _facts(voice, said)
    voice.reopened = True
    begin_again(voice)
    return CHART.move("reopen", voice, by=by, seen=seen, answer_by=iso(voice.answer_by), **facts)


def _judged(
    move: str,
    code: str,
    by: Actor,
    seen: int | None,
    verdict: Judgement,
    attitude: int | None,
    result: int | None,
    missing: str,
    again: bool = False,
) -> Voice:
    voice = queries.lock(code, by)
    CHART.check(move, voice, by=by, seen=seen)
    if again:
        not_twice(voice)
    attitude, result = marks(attitude, result)
    Verdict.objects.create(
        voice=voice, round=voice.round, verdict=verdict, attitude=attitude, result=result,
        missing=measured(missing, field="missing", least=0, most=1000), by=by.key, at=clock.now(),
        reopened=again,
    )  # fmt: skip
    deadlines.point(voice, State.CLOSED)
    return voice


def _facts(voice: Voice, verdict: Judgement) -> dict[str, str | int | None]:
    return {"verdict": verdict.value, "round": voice.round}


def _days(voice: Voice) -> dict[str, str | None]:
    """The days that a question, or its answer, may have moved."""
    answer = {"answer_by": iso(voice.answer_by)}
    return {"accept_by": iso(voice.accept_by), **answer} if voice.state == State.RECEIVED else answer


def _line(
    voice: Voice,
    side: Line.Side,
    by: Actor,
    name: str,
    words: str,
    photos: Sequence[Upload],
    helped_by: str = "",
) -> None:
    words = measured(words, field="words", least=1, most=1000, missing=_("写一个字也行，不能空着。"))
    line = Line(
        voice=voice, side=side, name=name, words=words, by=by.key, at=clock.now(), helped_by=helped_by
    )
    line.save(force_insert=True)
    keep(photos, subject=line.subject, by=by)


def _signature(voice: Voice, by: Actor) -> str:
    if rules.hosts(by, voice) or rules.stationed(by, voice):
        return by.name
    if rules.handles(by, voice) and voice.department:
        return voice.department.name
    return voice.upper.office if voice.upper else by.name
