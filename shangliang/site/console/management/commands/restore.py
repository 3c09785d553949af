"""`manage.py restore FOLDER`: a backup brought back, proved, and what was lost said plainly."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from shangliang.site.console.backup import folder
from shangliang.site.console.backup.restore import restore


class Command(BaseCommand):
    help = "Bring a backup back (stop the server first). Exit code 1 if what was brought back does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="one backup, or the folder of all: then the newest")
        parser.add_argument(
            "--keys", type=Path, help="the keyring's backup, or the folder of all: the newest"
        )
        parser.add_argument("--replace", action="store_true", help="put aside what stands there")

    def handle(self, *args: Any, **options: Any) -> None:
        backup = _one(options["folder"])
        keys = _one(options["keys"] or backup.parent.with_name(f"{backup.parent.name}-keys"))
        found = restore(backup, keys, replace=options["replace"], say=self.stdout.write)
        for fault in found:
            self.stderr.write(f"DOES NOT HOLD: {fault}")
        if found:
            sys.exit(1)
        self.stdout.write("It holds: rows, journal, photos and keys are those of the backup.")


def _one(place: Path) -> Path:
    if folder.moment(place):
        return place
    if found := folder.newest(place):
        return found
    raise CommandError(f"There is no backup in {place}.")
