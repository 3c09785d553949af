"""The lead writer drafts, hands in and withdraws."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.people.actor import Actor
from shangliang.base.places.models import Committee
from shangliang.base.places.queries import special_committees

from .. import measure, queries
from ..models import Joined, Kind, Research
from ..states import CHART
from .finding import index
from .parts import address, keep_version, locked, put, team, touch


@dataclass(frozen=True)
class Draft:
    """What the lead writer wrote; a draft may still lack a part. `to`: kinds of addressees, `departments`:
    codes. Of a supervision by study: `led_by`, the special committee's code, `studios` that join, and perhaps
    the `topic` (a code) that it comes from."""

    title: str
    findings: str = ""
    advice: str = ""
    to: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    led_by: str = ""
    studios: tuple[str, ...] = ()
    topic: str = ""


@transaction.atomic
def draft(committee: Committee, *, by: Actor, kind: str, said: Draft) -> Research:
    """Begin a report (`kind` "report") or a supervision by study ("study") for a committee of one's own."""
    made = Research(person=by.key, committee=committee, kind=kind, started_at=clock.now())
    CHART.check_new("draft", made, by=by)
    if kind not in Kind.values:
        raise ValidationError({"kind": _("选调研报告，还是监督式调研。")})
    _lead(made, said, by)
    put(made, said.title, said.findings, said.advice)
    CHART.start("draft", made, by=by, kind=kind)
    _beside(made, said)
    return index(made)


@transaction.atomic
def redraft(code: str, *, by: Actor, seen: int | None, said: Draft) -> Research:
    found = locked(code, "redraft", by=by, seen=seen)
    _written(found, said, by)
    return index(touch(found, "redraft", by=by, seen=seen))


def _written(of: Research, said: Draft, by: Actor) -> None:
    _lead(of, said, by)
    put(of, said.title, said.findings, said.advice)
    _beside(of, said)


def _lead(of: Research, said: Draft, by: Actor) -> None:
    """Who leads a study, and what it comes from; a report has neither."""
    of.led_by = of.topic = None
    if not of.study:
        return
    of.led_by = special_committees(of.committee).filter(code=said.led_by).first()
    if of.led_by is None:
        raise ValidationError({"led_by": _("选哪个专委会牵头。")})
    if said.topic:
        of.topic = queries.topics(of.committee, by).filter(code=said.topic).first()
        if of.topic is None:
            raise ValidationError({"topic": _("从列着的题目里选。")})


def _beside(of: Research, said: Draft) -> None:
    address(of, said.to, said.departments)
    rooms = {room.code: room for room in queries.rooms(of.committee)} if of.study else {}
    if of.study and set(said.studios) - set(rooms):
        raise ValidationError({"studios": _("从列着的工作室里选。")})
    Joined.objects.filter(research=of).delete()
    for code in dict.fromkeys(said.studios if of.study else ()):
        Joined.objects.create(research=of, studio=rooms[code])


@transaction.atomic
def submit(code: str, *, by: Actor, seen: int | None, said: Draft | None = None) -> Research:
    """Hand it to the office: with findings, advice, a visit that it rests on, and to whom it is to go.
    `said`: with this text instead of the one that was kept."""
    found = locked(code, "submit", by=by, seen=seen)
    if said is not None:
        _written(found, said, by)
        index(found)
    lacking: dict[str, str] = {}
    if len(found.texts[1]) < measure.FINDINGS[0]:
        lacking["findings"] = _("写一写调研发现，二十个字以上。")
    pieces = measure.pieces(found.texts[2])
    if not pieces or min(map(len, pieces)) < measure.PIECE[0]:
        lacking["advice"] = _("提具体的建议，一行一条，每条六个字以上。")
    if not queries.addressees(found):
        lacking["to"] = _("选一选报给谁。")
    if lacking:
        raise ValidationError(lacking)
    if not queries.visits(found):
        raise ValidationError(_("还没有一次走访。调研报告要有下去看过的依据，先记一次走访再交。"))
    first = found.submitted_on is None
    found.submitted_on = found.submitted_on or clock.today()
    number = keep_version(found, by)
    return touch(
        found, "submit", by=by, seen=seen, first=first, kind=found.kind, number=number, pieces=len(pieces),
        **team(found),
    )  # fmt: skip


@transaction.atomic
def withdraw(code: str, *, by: Actor, seen: int | None) -> Research:
    """The lead writer takes it back, until it is signed."""
    found = locked(code, "withdraw", by=by, seen=seen)
    found.accepted_by = ""
    return touch(found, "withdraw", by=by, seen=seen, handed_in=found.submitted_on is not None, **team(found))
