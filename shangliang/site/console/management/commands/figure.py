"""`manage.py figure`: figures of a committee for scripts, counted and reported side by side."""

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from shangliang.base.places import queries as places
from shangliang.ledgers.figures import names, queries
from shangliang.ledgers.figures.metrics import METRICS
from shangliang.ledgers.figures.period import between


class Command(BaseCommand):
    help = (
        "Print a figure, or all, of a committee: metric, counted, reported, at_least, unit, period, source."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("metric", help="a metric's name, or `all`")
        parser.add_argument("--committee", required=True, metavar="CODE", help="six digits")
        parser.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY", help="2026-01-01")
        parser.add_argument("--to", dest="until", type=date.fromisoformat, metavar="DAY", help="2026-12-31")
        parser.add_argument("--json", action="store_true", help="one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            committee = places.committee(options["committee"])
        except Http404 as fault:
            raise CommandError(f"There is no committee with the code {options['committee']}.") from fault
        since, until = options["since"], options["until"]
        if since and until and until < since:
            raise CommandError(f"--to {until} lies before --from {since}.")
        if options["metric"] == "all":
            reported = queries.reported(committee).values_list("metric", flat=True)
            wanted = [*METRICS, *dict.fromkeys(name for name in reported if name not in METRICS)]
        elif names.known(options["metric"]):
            wanted = [options["metric"]]
        else:
            raise CommandError(
                f"There is no metric {options['metric']!r}. Counted: {', '.join(METRICS)}. "
                f"Only reported: {', '.join(names.LABELS)}."
            )
        rows = [row for f in queries.figures(wanted, committee, between(since, until)) for row in _rows(f)]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write("\t".join("–" if row[key] is None else str(row[key]) for key in row))


def _rows(figure: queries.Figure) -> list[dict[str, Any]]:
    """One row, or one for each total reported under the name: totals are never added. null: no records are
    kept, nothing is reported; never 0."""
    row = {
        "metric": figure.metric,
        "counted": figure.counted,
        "reported": None,
        "at_least": figure.at_least,
        "unit": figure.unit,
        "period": figure.period,
        "source": figure.source or None,
    }
    if figure.of is not None:
        row["of"] = figure.of
    return [
        row
        | {
            "reported": t.value,
            "at_least": t.at_least,
            "unit": t.unit,
            "period": t.period,
            "source": t.source,
        }
        for t in figure.reported
    ] or [row]
