"""What the journal says a studio did in a span of days: effect, activity and results, each number with the
acts behind it. The application to go online and the yearly task sheet rest on these numbers."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from shangliang.base import clock
from shangliang.base.journal.models import Act
from shangliang.base.journal.queries import acts_of_studios

from ..models import Studio


@dataclass(frozen=True)
class Count:
    """One number. `weight`: the fact that holds what an act adds, "" for one. `once`: a subject counts once,
    however often it happened to it. `people`: it counts residents, and a few of them could be told apart: for
    the office and the studio only."""

    key: str
    group: Any
    label: Any
    unit: Any
    acts: tuple[str, ...]
    weight: str = ""
    once: bool = False
    people: bool = False


ACTIVITY, EFFECT, RESULTS = _("做了什么"), _("群众来说"), _("办成什么")
COUNTS: dict[str, Count] = {
    one.key: one
    for one in (
        Count("receptions", ACTIVITY, _("接待"), _("场"), ("reception_held",)),
        Count("residents", ACTIVITY, _("接待群众"), _("人次"), ("reception_held",), weight="residents",
              people=True),
        Count("bookings_kept", ACTIVITY, _("约了来、没约也来的"), _("人"),
              ("booking_came", "booking_walked_in"), once=True, people=True),
        Count("consultations", ACTIVITY, _("开的协商"), _("个"), ("consultation_opened",), once=True),
        Count("meetings", ACTIVITY, _("开的协商会"), _("次"), ("meeting_held",)),
        Count("voices", EFFECT, _("收到留言"), _("件"), ("voice_left", "voice_recorded"), once=True),
        Count("answered", EFFECT, _("答复留言"), _("件"), ("voice_answered",), once=True),
        Count("solved", RESULTS, _("留言人说解决了"), _("件"), ("voice_confirmed_solved",), once=True),
        Count("results", RESULTS, _("公布成果"), _("个"), ("result_published",), once=True),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Happened:
    """An act as these numbers need it: on the day on which it was done, which may be before it was told."""

    pk: int
    name: str
    subject: str
    studio: str
    day: date
    facts: Mapping[str, Any]


def happened(codes: Iterable[str], since: date, names: Collection[str]) -> dict[str, list[Happened]]:
    """Studio code → what of these names was done there since a day, in the order of the journal; one query
    for all of them."""
    found: dict[str, list[Happened]] = {}
    rows = acts_of_studios(codes, names, clock.start_of(since))
    for pk, name, subject, studio, at, facts in rows.values_list(
        "pk", "name", "subject", "studio", "at", "facts"
    ):
        day = date.fromisoformat(facts["day"]) if "day" in facts else clock.local_day(at)
        if day >= since:
            found.setdefault(studio, []).append(Happened(pk, name, subject, studio, day, facts))
    return found


def behind(count: Count, acts: Iterable[Happened], since: date, until: date) -> list[Happened]:
    """The acts of these that make up a number between two days, both included: of a subject that counts once
    the first."""
    found, met = [], set()
    for act in acts:
        if act.name in count.acts and since <= act.day <= until and not (count.once and act.subject in met):
            met.add(act.subject)
            found.append(act)
    return found


def amount(count: Count, acts: Iterable[Happened], since: date, until: date) -> int:
    return sum(
        int(act.facts.get(count.weight) or 0) if count.weight else 1
        for act in behind(count, acts, since, until)
    )


def numbers(studio: Studio, since: date, until: date) -> list[tuple[Count, int]]:
    """Every number of a studio between two days; one query."""
    wanted = {name for count in COUNTS.values() for name in count.acts}
    acts = happened([studio.code], since, wanted).get(studio.code, [])
    return [(count, amount(count, acts, since, until)) for count in COUNTS.values()]


def acts_behind(studio: Studio, count: Count, since: date, until: date) -> list[Happened]:
    """What opens behind one number; one query."""
    acts = happened([studio.code], since, count.acts).get(studio.code, [])
    return behind(count, acts, since, until)


def opened_on(codes: Iterable[str]) -> dict[str, date]:
    """Studio code → the day on which it opened first; one query."""
    found: dict[str, date] = {}
    rows: Iterable[Act] = acts_of_studios(codes, ["studio_opened"], None)
    for act in rows:
        found.setdefault(act.studio, clock.local_day(act.at))
    return found
