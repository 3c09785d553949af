"""Many voices dealt with at once: looked through first, then carried out all together or not at all.

Each voice is moved by the action by which it would be moved alone, from the version that was looked through,
and has its own act. One that changed meanwhile stops them all: nothing is written, and it is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shangliang.base import clock
from shangliang.base.charts.chart import CHANGED
from shangliang.base.charts.errors import NotNow, NotYours, Unseen
from shangliang.base.journal.record import record
from shangliang.base.people.actor import Actor
from shangliang.base.places import queries as places
from shangliang.base.places.models import Committee, Department

from .. import levels, rules, secondlook, variables
from ..models import Batch, Deed, State, Voice
from ..queries import desk
from ..states import CHART
from ..topics import topics
from . import handling, keeping
from .parts import measured
from .templates import checked

LINKED = gettext_lazy("并到别的一件里了")
Rows = list[list[Any]]


@dataclass(frozen=True)
class Line:
    """One voice of a batch as it is looked through: what it would get, or why nothing can be done now."""

    voice: Voice | None
    code: str
    words: str = ""
    why: str = ""


class NotAll(NotNow):
    """409: some of a batch changed meanwhile, and nothing was written. `lines`: those, with the reason."""

    def __init__(self, lines: list[Line]) -> None:
        words = ngettext(
            "有 %(num)s 件在您看过以后变了，所以一件也没有办。您写的都还在。",
            "有 %(num)s 件在您看过以后变了，所以一件也没有办。您写的都还在。",
            len(lines),
        )
        super().__init__(words % {"num": len(lines)})
        self.lines = lines


@transaction.atomic
def prepare_batch(codes: Sequence[str], *, by: Actor, deed: str, words: str = "", to: str = "") -> Batch:
    """Look many voices through for one deed: keep which can be dealt with, from which version, and which
    can't and why. Nothing happens to them yet. ValidationError for an unknown variable, or when none can."""
    committee = _office(by)
    row = Batch(by=by.key, at=clock.now(), committee=committee, deed=_deed(deed))
    if len(codes) > desk.MOST:
        raise ValidationError(_("一次最多 %(most)s 件，先筛得窄一点。") % {"most": desk.MOST})
    _write(row, words, to)
    _look(row, by, list(dict.fromkeys(codes)))
    if not row.rows:
        raise ValidationError(_("选中的这些，现在一件也不能这样办。"))
    row.save(force_insert=True)
    return row


@transaction.atomic
def rewrite_batch(code: str, *, by: Actor, seen: int | None, words: str = "", to: str = "") -> Batch:
    """Say it otherwise, and look all of them through anew."""
    row = _locked(code, by, seen)
    _write(row, words, to)
    return _again(row, by)


@transaction.atomic
def look_again(code: str, *, by: Actor, seen: int | None) -> Batch:
    """Look all of them through as they are now: what changed can be read once more before it is carried
    out."""
    return _again(_locked(code, by, seen), by)


@transaction.atomic
def carry_out(code: str, *, by: Actor, seen: int | None) -> Batch:
    """Deal with every voice of the batch, or with none. NotAll, with which and why, when one changed since it
    was looked through; NotNow when the batch did, or was carried out already."""
    row = _locked(code, by, seen)
    lines = looked_through(row, by, lock=True)
    if wrong := [line for line in lines if line.why]:
        raise NotAll(wrong)
    act = _ACTS[Deed(row.deed)]
    versions = dict(row.rows)
    for line in lines:
        try:
            act(row, line, by, versions[line.code])
        except (NotNow, NotYours, Unseen, ValidationError) as fault:  # which the look did not foresee
            raise NotAll([Line(line.voice, line.code, line.words, _said(fault))]) from fault
    row.done_at, row.version = clock.now(), row.version + 1
    row.save(force_update=True)
    record(
        "batch_carried_out", subject=row.subject, committee=row.committee.path, by=by,
        facts={"deed": row.deed, "count": len(lines)},
    )  # fmt: skip
    return row


def looked_through(row: Batch, by: Actor, *, lock: bool = False) -> list[Line]:
    """Each voice of the batch: what it would get, or what stands in the way now."""
    found = desk.of_batch([code for code, _version in row.rows], by, lock=lock)
    through = Through(row.deed, by, row.to)
    return [_line(row, through, found.get(code), code, version) for code, version in row.rows]


def _line(row: Batch, through: "Through", voice: Voice | None, code: str, version: int | None) -> Line:
    if voice is None:
        return Line(None, code, why=_("您看不到这一件了"))
    if version is not None and voice.version != version:
        return Line(voice, code, why=_("您看过以后别人刚处理过，现在是「%s」") % voice.get_state_display())
    words = variables.filled(row.words, voice) if row.deed == Deed.ANSWER else row.words
    return Line(voice, code, words, through.why_not(voice))


class Through:
    """Asks of one voice after another whether a deed can be done to it now. What the question needs beside
    the voice is read once."""

    def __init__(self, deed: str, by: Actor, to: str = "") -> None:
        self.deed, self.by, self.to = deed, by, to
        self._hands: dict[tuple[str, int | None], dict[str, str]] = {}

    def why_not(self, voice: Voice) -> str:
        """Why not; empty when it can."""
        if voice.erased_on:
            return _("按本人要求删除了")
        if not CHART.may(self.deed, self.by, voice):
            return self._state(voice)
        if self.deed == Deed.ANSWER and voice.proposed_by:
            return _("有一份答复在等复核")
        if self.deed == Deed.ANSWER and secondlook.obliged(voice):
            return _("「%s」的答复要先复核，一件一件写") % voice.get_kind_display()
        if self.deed == Deed.ASSIGN and self.to and self.department.committee_id != levels.desk(voice).pk:
            return _("不归这个单位那一级政协办")
        if self.deed == Deed.HAND_OVER and self.to and self.to not in self._colleagues(voice):
            return _("这位同事管不着这一件")
        return ""

    @cached_property
    def department(self) -> Department:
        return places.department(self.to)

    def _colleagues(self, voice: Voice) -> dict[str, str]:
        where = voice.studio.code, voice.upper_id if levels.away(voice) else None
        if where not in self._hands:
            self._hands[where] = desk.colleagues(voice)
        return self._hands[where]

    def _state(self, voice: Voice) -> str:
        if not rules.hosts(self.by, voice) and not rules.above(self.by, voice):
            return _("归别的工作室或别的政协")
        if voice.state in (State.ANSWERED, State.CLOSED) and self.deed == Deed.ANSWER:
            return _("已经答复过了")
        if voice.state == State.MERGED:
            return str(LINKED)
        if voice.state == State.RECEIVED and self.deed != Deed.TAKE_UP:
            return _("还没受理")
        return _("现在是「%s」") % voice.get_state_display()


def _office(by: Actor) -> Committee:
    paths = sorted(by.paths(*desk.DESK))
    if not paths:
        raise NotYours(_("成批办留言，是工作室召集人和政协干部的事。"))
    return places.at(paths[0])


def _deed(deed: str) -> Deed:
    if deed not in Deed.values:
        raise ValidationError({"deed": _("选一样要办的。")})
    return Deed(deed)


def _write(row: Batch, words: str, to: str) -> None:
    row.words, row.to = "", ""
    if row.deed == Deed.ANSWER:
        missing = _("写下答复，说人话，写明办了什么。")
        row.words = checked(measured(words, field="words", least=4, most=2000, missing=missing))
    if row.deed == Deed.HAND_OVER:
        row.words = measured(words, field="words", least=0, most=500)
    if row.deed == Deed.TAKE_UP:
        if to and to not in topics():
            raise ValidationError({"to": _("从单子里选一个主题，或者不选。")})
        row.to = to
    if row.deed in (Deed.HAND_OVER, Deed.ASSIGN):
        row.to = measured(to, field="to", least=1, most=16, missing=_("选交给谁。"))


def _look(row: Batch, by: Actor, codes: Sequence[str]) -> None:
    found = desk.of_batch(codes, by)
    through = Through(row.deed, by, row.to)
    lines = [_line(row, through, found.get(code), code, None) for code in codes]
    row.rows = [[line.code, line.voice.version] for line in lines if line.voice and not line.why]
    row.left_out = [[line.code, line.why] for line in lines if line.why]


def _again(row: Batch, by: Actor) -> Batch:
    _look(row, by, [code for code, _version in (*row.rows, *row.left_out)])
    row.version += 1
    row.save(force_update=True)
    return row


def _locked(code: str, by: Actor, seen: int | None) -> Batch:
    row = desk.batch(code, by, lock=True)
    if row.done_at:
        raise NotNow(_("这一批已经办过了。"))
    if seen is not None and seen != row.version:
        raise NotNow(CHANGED)
    return row


def _said(fault: Exception) -> str:
    return " ".join(fault.messages) if isinstance(fault, ValidationError) else str(fault)


def _answer(row: Batch, line: Line, by: Actor, seen: int) -> Voice:
    return handling.answer(line.code, by=by, seen=seen, words=line.words)


def _take_up(row: Batch, line: Line, by: Actor, seen: int) -> Voice:
    return handling.take_up(line.code, by=by, seen=seen, topic=row.to)


def _assign(row: Batch, line: Line, by: Actor, seen: int) -> Voice:
    return handling.assign(line.code, by=by, seen=seen, department=places.department(row.to))


def _hand_over(row: Batch, line: Line, by: Actor, seen: int) -> Voice:
    return keeping.hand_over(line.code, by=by, seen=seen, to=row.to, words=row.words)


_ACTS = {
    Deed.ANSWER: _answer,
    Deed.TAKE_UP: _take_up,
    Deed.ASSIGN: _assign,
    Deed.HAND_OVER: _hand_over,
}
