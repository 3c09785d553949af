"""The rungs of the ladder: by the committee's officer, with one press, or by the clock when its day comes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.base import clock
from shangliang.base.charts.errors import NotNow
from shangliang.base.journal.record import draw
from shangliang.base.people.actor import CLOCK, Actor
from shangliang.base.places.models import Committee
from shangliang.base.ui.filters import moment

from .. import ladder, levels, queries
from ..models import Assignment, Deadline, Rung, Voice
from ..queries import urged
from ..states import CHART
from .parts import iso, mark

MOST = 500  # voices in one round of the chore


@transaction.atomic
def remind(code: str, *, by: Actor, seen: int | None) -> Voice:
    """Remind who holds a late voice: it stands on their list. NotNow where nothing is late, twice, or outside
    office hours."""
    return _climb(queries.lock(code, by), Rung.REMINDED, by=by, seen=seen)


@transaction.atomic
def urge(code: str, *, by: Actor, seen: int | None) -> Voice:
    """Urge who holds a late voice by a numbered letter (催办函), which is drawn from this act. NotNow as
    `remind`."""
    return _climb(queries.lock(code, by), Rung.URGED, by=by, seen=seen)


def climb() -> int:
    """A chore: the next rung of every late voice whose day for it has come, and of each who is late with an
    opinion while it is another's turn. How many were climbed.

    Outside office hours and on rest days it does nothing; what one round did, the next does not again."""
    if not clock.is_working_day(clock.today()):
        return 0
    climbed = 0
    for code in urged.to_climb(MOST):
        with transaction.atomic():
            voice = queries.locked(code)  # as it is now: somebody may have answered meanwhile
            rung = ladder.due(voice) if voice.erased_on is None and ladder.at_work(voice) else None
            if rung:
                _climb(voice, rung, by=CLOCK, seen=None)
                climbed += 1
    return climbed + sum(_climb_beside(pk) for pk in urged.to_climb_beside(MOST))


def _climb(voice: Voice, rung: Rung, *, by: Actor, seen: int | None) -> Voice:
    move = ladder.MOVES[rung]
    CHART.check(move, voice, by=by, seen=seen)
    late = ladder.days_late(voice)
    if not late:
        raise NotNow(_("还没有超期，不用催。"))
    if not ladder.at_work(voice):
        when = clock.next_at_work(voice.committee.set("office_hours"))
        raise NotNow(_("晚上和休息日不催办。%(when)s以后再按。") % {"when": moment(when)})
    if rung not in ladder.ahead(voice):
        raise NotNow(_("这一级已经催过了，一级只催一次。"))
    facts: dict[str, Any] = {
        "kind": ladder.kind(voice),
        "holder": ladder.holder(voice), "due": iso(voice.due_by), "late": late,
    }  # fmt: skip
    if voice.awaits_id and voice.department:
        facts["host"] = voice.department.code
    if rung == Rung.URGED:
        facts |= _lettered(voice, ladder.named_on(voice))
    voice.rung, voice.rung_on = rung, clock.today()
    for one in voice.beside if voice.awaits_id else ():
        if one.owes and one.department_id == voice.awaits_id:
            _keep(one, rung)
    return CHART.move(move, voice, by=by, seen=seen, **facts)


@transaction.atomic
def _climb_beside(pk: int) -> int:
    """The next rung of one who owes an opinion while it is another's turn: 1 if there was one. The voice's
    own ladder stays where it is; the letter has no day of naming, for only whose turn it is is named."""
    asked = Assignment.objects.select_related("voice").get(pk=pk)
    voice = queries.locked(asked.voice.code)
    owing = [one for one in voice.beside if one.owes and one.department_id != voice.awaits_id]
    found = next((one for one in owing if one.pk == pk), None)
    if found is None or voice.erased_on or not voice.department or not ladder.at_work(voice):
        return 0
    found.voice = voice
    rung = ladder.due_beside(found)
    if rung is None:
        return 0
    facts: dict[str, Any] = {
        "kind": Deadline.Kind.OPINION, "holder": f"department:{found.department.code}",
        "due": iso(found.due), "late": ladder.days_late_beside(found), "host": voice.department.code,
    }  # fmt: skip
    if rung == Rung.URGED:
        facts |= _lettered(voice, None)
    _keep(found, rung)
    CHART.move(ladder.MOVES[rung], voice, by=CLOCK, seen=None, **facts)
    return 1


def _keep(asked: Assignment, rung: Rung) -> None:
    asked.rung, asked.rung_on = rung, clock.today()
    asked.save(update_fields=["rung", "rung_on"])


def _lettered(voice: Voice, named: date | None) -> dict[str, Any]:
    """Of the committee that asked who is urged: its letter, in its own numbers."""
    year, office = clock.today().year, levels.desk(voice)
    own = {"office": office.code} if office.pk != voice.committee_id else {}
    return own | {
        "number": _number(office, year, draw("urging", office.path, year)), "named_on": iso(named),
    }  # fmt: skip


def _number(office: Committee, year: int, running: int) -> str:
    """溪政催〔2026〕3号, as offices number their letters."""
    return f"{mark(office)}政催〔{year}〕{running}号"
