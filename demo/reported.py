"""What is true of real places: their entry in the tree, and the totals that seven offices reported, with
the source.

And, marked as a sample, one reported total of 清溪县 with records linked to it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from shangliang.base.people.actor import CLOCK
from shangliang.base.places import actions as places
from shangliang.base.places import queries as place_queries
from shangliang.ledgers.figures import actions as figures

from .told import Step, Told

SHAANXI = places.SHAANXI
SAMPLE = "样例：为看「有据 n/m」编的数，不是哪个单位报的"


def enter_places(*, by: str) -> None:
    """Shaanxi's 118 committees, from the file that ships with its source."""
    places.import_csv(SHAANXI.read_text("utf-8").splitlines(), by=by)


def real_totals(said: dict[str, Any]) -> None:
    """Each figure of the seven speeches, on its committee, with unit, period and source."""
    source = said["source"]
    told = f"《{source['paper']}》{source['published']}：{source['title']}"
    for row in said["figures"]:
        more = {name: row[name] for name in ("at_least", "derived", "stated", "where", "note") if name in row}
        figures.report_total(
            place_queries.committee(row["code"]), row["metric"], row["value"], by=CLOCK, unit=row["unit"],
            period=row["period"], source=told, source_on=_day(source["published"]), **more,
        )  # fmt: skip


def _day(said: Any) -> date:
    return said if isinstance(said, date) else date.fromisoformat(str(said))


def sample_steps(told: Told, rows: list[dict[str, Any]]) -> list[Step]:
    return [(told.days.moment(row["wd"], "17:00"), partial(_sample, told, row)) for row in rows]


def _sample(told: Told, row: dict[str, Any]) -> None:
    by = told.actors[row["by"]]
    total = figures.report_total(
        told.committees[row["committee"]], row["metric"], row["value"], by=by, unit=row["unit"],
        period=row["period"], source=SAMPLE, note=row["note"],
    )  # fmt: skip
    for label in row["evidence"]:
        figures.link_evidence(total, f"voice:{told.codes[label]}", by=by)
