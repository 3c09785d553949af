"""How a voice stands, in the words and tone of a public list."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.flow.consultations import queries as consultations
from shangliang.flow.consultations.models import Consultation
from shangliang.flow.voices import queries as voices
from shangliang.flow.voices.models import Answer, State, Voice


@dataclass(frozen=True)
class Outcome:
    """`words` and `tone` for the pill; `sentence`: what was answered, in short."""

    voice: Voice
    words: str
    tone: str
    sentence: str = ""


def outcomes(rows: list[Voice]) -> list[Outcome]:
    """The outcome of each, the answers in one query."""
    answered = voices.last_answers(rows)
    return [_outcome(row, answered.get(row.pk)) for row in rows]


def mixed(rows: list[Voice], most: int) -> list[Outcome]:
    """The newest of each kind of outcome (solved, answered, unsolved, refused, late) side by side, so that a
    first page never shows the good ones only; what is quietly in hand fills up."""
    found = sorted(outcomes(rows), key=lambda row: ORDER.index(row.tone))
    newest = list({row.words: row for row in reversed(found)}.values())[::-1]
    return (newest + [row for row in found if row not in newest])[:most]


ORDER = ("done", "info", "late", "quiet", "you", "open")


def _outcome(voice: Voice, answer: Answer | None) -> Outcome:
    sentence = _short(answer.words) if answer else ""
    if voice.state == State.CLOSED and voice.confirmed_on:
        return Outcome(voice, _("群众说解决了"), "done", sentence)
    if voice.state == State.CLOSED:
        return Outcome(voice, _("群众说没全解决"), "quiet", sentence)
    if voice.state == State.ANSWERED:
        return Outcome(voice, _("已答复，等群众评价"), "info", sentence)
    if voice.state == State.REFUSED:
        return Outcome(voice, _("没有受理，写明找谁"), "quiet")
    if voice.state == State.IN_CONSULTATION:
        return Outcome(voice, _("正在协商"), "you")
    if voice.state == State.MERGED:
        return Outcome(voice, _("和另一件一起办"), "open")
    if voice.promised_by and voice.promised_by < clock.today():
        days = -clock.working_days_left(voice.promised_by)
        return Outcome(voice, _("超期 %(n)s 个工作日") % {"n": days}, "late")
    return Outcome(voice, _("正在办"), "open")


def _short(words: str, most: int = 46) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def talked_over(most: int = 3) -> list[Consultation]:
    """Consultations for a first page: those open, and where these are few, those that wait for answers."""
    found = list(consultations.listed()[:most])
    return found + list(consultations.listed(later=True)[: most - len(found)])
