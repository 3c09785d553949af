"""What addressees made of it, of the whole or of single pieces of advice; what leaders wrote on it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.files import actions as files
from shangliang.base.people.actor import Actor
from shangliang.flow.reports.models import Level

from .. import queries
from ..models import Addressee, Advice, Endorsement, Outcome, Research, Said, Whom
from .parts import locked, past, stated, team, touch

# What it took, by who decided: the government itself or one of its departments.
OF_GOVERNMENT = (Whom.GOVERNMENT, Whom.DEPARTMENT)


@transaction.atomic
def acknowledge(
    code: str, *, by: Actor, seen: int | None, addressee: str, pieces: Sequence[str], words: str, on: date
) -> Research:
    """An addressee found it good (肯定): the whole (no `pieces`), or pieces of advice by their numbers."""
    return _noted("acknowledge", Said.ACKNOWLEDGED, code, by, seen, addressee, pieces, words, on)


@transaction.atomic
def adopt(
    code: str, *, by: Actor, seen: int | None, addressee: str, pieces: Sequence[str], words: str, on: date
) -> Research:
    """An addressee adopted it (采纳): the whole, or pieces of advice by their numbers."""
    return _noted("adopt", Said.ADOPTED, code, by, seen, addressee, pieces, words, on)


@transaction.atomic
def decline(
    code: str, *, by: Actor, seen: int | None, addressee: str, pieces: Sequence[str], words: str, on: date
) -> Research:
    """An addressee does not take it, or pieces of it; `words` give the reason."""
    return _noted("decline", Said.DECLINED, code, by, seen, addressee, pieces, words, on)


def _noted(
    move: str,
    said: Said,
    code: str,
    by: Actor,
    seen: int | None,
    addressee: str,
    pieces: Sequence[str],
    words: str,
    on: date,
) -> Research:
    """Facts: `first`, whether nobody had said this of the report or a piece of it; `pieces`, of how many
    pieces of advice it is said for the first time; `by_government`, of how many for the first time by the
    government or one of its departments; neither says nought."""
    found = locked(code, move, by=by, seen=seen)
    to = queries.addressee(addressee, found)
    if to is None:
        raise ValidationError({"addressee": _("选是谁说的。")})
    ask = (
        _("写明为什么没有采纳。") if said == Said.DECLINED else _("写明哪次会议、哪个文件，或者谁怎么说的。")
    )
    words, on = stated("words", words, ask), past(found, on)
    known = {str(one.number): one for one in queries.ready(found)}
    if set(pieces) - set(known):
        raise ValidationError({"pieces": _("从列着的建议里选。")})
    of: list[Advice | None] = [known[number] for number in dict.fromkeys(pieces)] or [None]
    before = list(queries.standing(found))
    _agrees(before, to, of, said)
    first = not any(one.said == said for one in before)
    fresh = _fresh(before, of, said)
    ruled = _fresh([one for one in before if official(one.addressee)], of, said) if official(to) else 0
    for one in of:
        Outcome.objects.create(
            research=found, addressee=to, advice=one, said=said, words=words, on=on, by=by.key, at=clock.now()
        )
    return touch(
        found, move, by=by, seen=seen, kind=found.kind, whom=to.whom, whole=of == [None], first=first,
        pieces=fresh or None, by_government=ruled or None, **team(found),
    )  # fmt: skip


def official(one: Addressee) -> bool:
    """Whether the government or one of its departments says it."""
    return one.whom in OF_GOVERNMENT


def _fresh(before: list[Outcome], of: list[Advice | None], said: Said) -> int:
    """How many of these pieces nobody had said this of before."""
    known = {one.advice_id for one in before if one.said == said}
    return sum(one is not None and one.pk not in known for one in of)


def _agrees(before: list[Outcome], to: Addressee, of: list[Advice | None], said: Said) -> None:
    """Nobody says the same twice, or adopts what they declined: NotNow."""
    for one in of:
        told = {row.said for row in before if row.addressee_id == to.pk and row.advice_id == (one and one.pk)}
        if said in told:
            raise NotNow(_("「%(to)s」的这一条已经记过了。") % {"to": to})
        if Said.DECLINED in told or (said == Said.DECLINED and Said.ADOPTED in told):
            raise NotNow(_("「%(to)s」已经说过采纳不采纳，不能再记相反的。") % {"to": to})


@transaction.atomic
def endorse(
    code: str,
    *,
    by: Actor,
    seen: int | None,
    level: str,
    who: str,
    words: str,
    on: date,
    scan: Sequence[UploadedFile],
) -> Endorsement:
    """Write down what a leader wrote on it, with a scan of the paper."""
    found = locked(code, "endorse", by=by, seen=seen)
    if level not in Level.values:
        raise ValidationError({"level": _("选哪一级。")})
    past(found, on)
    if not scan:
        raise ValidationError({"scan": _("附上批示的扫描件或照片。")})
    made = Endorsement.objects.create(
        research=found, level=level, who=stated("who", who, _("写上领导的职务。"), most=40),
        words=stated("words", words, _("照原文写上批示的内容。"), most=500), on=on, by=by.key, at=clock.now(),
    )  # fmt: skip
    files.keep(list(scan), subject=made.subject, by=by)
    touch(found, "endorse", by=by, seen=seen, kind=found.kind, level=level, **team(found))
    return made
