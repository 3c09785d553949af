"""The office looks it over, returns it, signs and sends it."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.journal.record import draw
from shangliang.base.people.actor import Actor

from .. import measure, queries
from ..models import Advice, Note, Paper, Research
from .parts import address, locked, stated, team, touch
from .parts import draw as draw_key


@transaction.atomic
def return_(code: str, *, by: Actor, seen: int | None, words: str) -> Research:
    """Back to the lead writer for more, with what is missing."""
    found = locked(code, "return", by=by, seen=seen)
    words = stated("words", words, _("写明还缺什么，执笔的委员照着补。"), least=4, most=500)
    draw_key(found)
    Note(research=found, words=words, by=by.key, at=clock.now()).save(force_insert=True)
    found.accepted_by = ""
    return touch(found, "return", by=by, seen=seen, **team(found))


@transaction.atomic
def accept(
    code: str, *, by: Actor, seen: int | None, to: Sequence[str], departments: Sequence[str]
) -> Research:
    """Looked over: the office says to whom it goes, and somebody else signs."""
    found = locked(code, "accept", by=by, seen=seen)
    if not to:
        raise ValidationError({"to": _("选一选报给谁。")})
    address(found, to, departments)
    found.accepted_by = by.key
    return touch(found, "accept", by=by, seen=seen, to=list(to), **team(found))


@transaction.atomic
def sign(code: str, *, by: Actor, seen: int | None) -> Research:
    """Signed by somebody else than whoever looked it over, and sent: it gets the next number of its kind, and
    the text stands as it is, each piece of advice by itself."""
    found = locked(code, "sign", by=by, seen=seen)
    today = clock.today()
    found.signed_by, found.sent_on, found.year = by.key, today, today.year
    paper = Paper(research=found)
    paper.title, paper.findings, paper.advice = found.texts
    paper.save(force_insert=True)
    found.paper = paper
    pieces = measure.pieces(found.texts[2])
    for number, words in enumerate(pieces, start=1):
        Advice(research=found, number=number, words=words).save(force_insert=True)
    found.number = draw(f"research_{found.kind}", found.committee_path, today.year)
    to = [one.whom for one in queries.addressees(found)]
    return touch(
        found, "sign", by=by, seen=seen, kind=found.kind, number=found.number, to=to, pieces=len(pieces),
        **team(found),
    )  # fmt: skip
