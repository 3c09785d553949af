"""A research report in words: the tone of its state, the line under its title, what became of it."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from shangliang.base.ui.filters import short_day

from .models import Advice, Correction, Outcome, Research

TONES = {
    "draft": "quiet", "submitted": "wait", "returned": "late", "accepted": "open", "sent": "open",
    "closed": "done", "withdrawn": "quiet",
}  # fmt: skip
SAID_TONES = {"acknowledged": "open", "adopted": "done", "declined": "quiet"}


def beside(of: Research) -> str:
    """The line under a title in a list: the number, or which kind it is; who leads a study."""
    told = [of.running or of.get_kind_display()]
    told += [_("%(body)s牵头") % {"body": of.led_by.name}] if of.led_by else []
    return "　".join(told)


def writers(of: Research, names: Mapping[str, str]) -> str:
    """Who wrote it, in their order, the lead writer first."""
    keys = [of.person, *(one.person for one in of.team.all() if one.writer and one.left_on is None)]
    return "、".join(filter(None, (names.get(key, "") for key in keys)))


def went(of: Research, names: Mapping[str, str]) -> str:
    """Who went along without writing, in their order."""
    keys = [one.person for one in of.team.all() if not one.writer and one.left_on is None]
    return "、".join(filter(None, (names.get(key, "") for key in keys)))


def became(of: Research) -> list[str]:
    """A sentence for each thing that became of it, in order; of rows from `queries.listed`."""
    told: list[str] = []
    if of.sent_on:
        told.append(_("报送%(to)s（%(day)s）") % {"to": addressed(of), "day": short_day(of.sent_on)})
    endorsed = [
        (one.on, _("%(who)s批示（%(day)s）") % {"who": one.who, "day": short_day(one.on)})
        for one in of.endorsements.all()
    ]
    told += [words for _on, words in sorted([*outcomes(of), *endorsed], key=lambda pair: pair[0])]
    if number := len(of.corrections.all()):
        told.append(_("整改了 %(n)s 项") % {"n": number})
    if of.closed_on:
        told.append(_("办结（%(day)s）") % {"day": short_day(of.closed_on)})
    return told


def addressed(of: Research) -> str:
    return "、".join(str(one) for one in of.addressees.all())


def outcomes(of: Research) -> list[tuple[date, str]]:
    """What each addressee said, on one day in the same words, in one sentence; with the day."""
    return [(rows[0].on, _sentence(rows)) for rows in _grouped(of.outcomes.all())]


def _grouped(rows: Iterable[Outcome]) -> list[list[Outcome]]:
    def alike(row: Outcome) -> tuple[object, ...]:
        return row.addressee_id, row.said, row.on, row.words, row.taken_back_at

    return [list(some) for _key, some in groupby(rows, alike)]


def _sentence(rows: list[Outcome]) -> str:
    one = rows[0]
    numbers = [str(row.advice.number) for row in rows if row.advice]
    said: dict[str, object] = {
        "to": one.addressee,
        "said": one.get_said_display(),
        "day": short_day(one.on),
        "words": one.words,
    }
    told = _("%(to)s%(said)s（%(day)s，%(words)s）")
    if numbers:
        said["numbers"] = "、".join(numbers)
        told = _("%(to)s%(said)s第 %(numbers)s 条建议（%(day)s，%(words)s）")
    back = _("。记错了，收回：%(why)s") % {"why": one.taken_back_why} if one.taken_back_at else ""
    return told % said + back


def to_take_back(of: Research) -> list[tuple[str, str]]:
    """What could be taken back: the code of one of its rows, and its sentence."""
    stands = [row for row in of.outcomes.all() if row.taken_back_at is None]
    return [(rows[0].code, _sentence(rows)) for rows in _grouped(stands)]


def piece_said(piece: Advice, rows: list[Outcome]) -> list[tuple[str, str]]:
    """Of a piece of advice: who said what (words, tone), of the report's outcomes."""
    return [
        (f"{one.addressee}{one.get_said_display()}", SAID_TONES[one.said])
        for one in rows
        if one.advice_id == piece.pk and one.taken_back_at is None
    ]


def right(row: Correction) -> str:
    """What was put right, by which department, on which day."""
    unit = f"{row.department.name}　" if row.department else ""
    return f"{unit}{short_day(row.on)}"
