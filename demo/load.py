"""Loads the demonstration through the actions, each at its own moment, so that the journal tells what
happened.

Everything in it is invented and lies in 示例省; real places get only their entry and what their offices
reported.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from shangliang.base import clock, yamls
from shangliang.base.people.actor import CLOCK
from shangliang.base.people.models import Person
from shangliang.base.places.models import Committee
from shangliang.flow.voices import tracking

from . import (
    activities,
    consultations,
    crowd,
    desk,
    pictures,
    points,
    proposals,
    province,
    receptions,
    reported,
    reports,
    research,
    rulebook,
    voices,
)
from .days import Days
from .told import Step, Told

HERE = Path(__file__).parent
PASSWORD = "商量着办2026"  # noqa: S105  printed, public, and only good on this machine
SIGN_IN = (
    "officer", "convener", "deputy", "member", "bai", "handler", "leader", "auditor", "operator", "neighbour",
    "city", "province",
)  # fmt: skip
SAMPLE_CODES = ("lamps_lane", "stalls", "ibis_1", "bus", "quarrel")  # whose tracking codes are printed


def loaded() -> bool:
    return Person.objects.filter(username="officer").exists()


def load(today: date | None = None) -> Told:
    """Load everything in one transaction and return what was made. RuntimeError where people already sign
    in."""
    if Person.objects.exists() or Committee.objects.exists():
        raise RuntimeError("The demonstration is loaded into an empty database only.")
    told = Told(Days(today or clock.today()))
    pictures.ahead(
        name for file in ("matters", "activities", "research") for name in pictures.named(read(file))
    )
    with transaction.atomic():
        reported.enter_places(by=CLOCK.key)
        with clock.at(told.days.moment(70, "8:00")):
            province.people_and_places(told, read("province"), PASSWORD)
        of_studios, staffed = province.studio_steps(told, read("province")), told.days.moment(62)
        run([step for step in of_studios if step[0] < staffed])
        province.refresh_actors(told)
        matters = read("matters")
        if same := matters["voices"].keys() & matters["consultations"].keys():
            raise ValueError(f"A voice and a consultation have one label: {same}")
        steps = [step for step in of_studios if step[0] >= staffed]
        steps += province.reception_steps(told, read("province"))
        steps += receptions.steps(told)
        steps += rulebook.steps(told)
        steps += voices.steps(told, matters["voices"])
        steps += voices.helping(told)
        steps += reports.steps(told, read("reports"))
        steps += activities.steps(told, read("activities"))
        steps += proposals.steps(told, read("proposals"))
        steps += research.steps(told, read("research"))
        steps += consultations.steps(told, matters["consultations"])
        steps += desk.steps(told, read("desk"))
        steps += crowd.steps(told, read("crowd"))
        steps += points.steps(told)
        steps += reported.sample_steps(told, matters["totals"])
        run(steps)
        voices.still_helping(told)
        reported.real_totals(read("seven_speeches"))
    return told


def run(steps: list[Step]) -> None:
    """Every step at its moment, earliest first, so that the journal's order is the order of time."""
    for moment, step in sorted(steps, key=lambda s: s[0]):
        with clock.at(moment):
            step()


def read(name: str) -> Any:
    return yamls.read((HERE / f"{name}.yaml").read_text("utf-8"))


def sample_codes() -> list[tuple[str, str, str]]:
    """(label, first words, tracking code) of the voices whose codes are printed; the same each time."""
    rows = read("matters")["voices"]
    codes = {label: tracking.make(voices.form_key(label)) for label in SAMPLE_CODES}
    return [(label, rows[label]["words"][:14] + "…", tracking.grouped(code)) for label, code in codes.items()]
