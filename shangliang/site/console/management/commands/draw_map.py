"""Draw a province's county outlines into the data that the pages show."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.ledgers.figures import drawing
from shangliang.ledgers.figures.maps import DATA


class Command(BaseCommand):
    help = "Draw county outlines from GeoJSON (properties code, city_code) into the map that pages show."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DATA / "shaanxi_counties.geojson")
        parser.add_argument("--area", type=float, default=drawing.LEAST_AREA, help="least triangle, px²")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            features = json.loads(options["file"].read_text("utf-8"))["features"]
            drawn = drawing.drawn(features, options["area"])
        except (OSError, KeyError, ValueError) as fault:
            raise CommandError(f"{options['file']}: {fault}") from fault
        province = str(features[0]["properties"]["code"])[:2] + "0000"
        target = DATA / f"map_{province}.json"
        target.write_text(json.dumps(drawn, separators=(",", ":")) + "\n", "utf-8")
        self.stdout.write(f"{target.name}: {len(drawn['places'])} counties, {target.stat().st_size:,} bytes")
