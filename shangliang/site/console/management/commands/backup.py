"""`manage.py backup FOLDER`: the whole site, its keyring apart, while people go on writing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from shangliang.site.console.backup.take import take


class Command(BaseCommand):
    help = "Back up database, photos and checkpoints into a new folder in FOLDER, and the keyring apart."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--keys", type=Path, help="where the keyring's backups lie; unsaid: FOLDER-keys")

    def handle(self, *args: Any, **options: Any) -> None:
        into: Path = options["folder"]
        taken = take(into, options["keys"] or into.with_name(f"{into.name}-keys"))
        self.stdout.write(f"{taken.main}\n{taken.keys}")
        for old in taken.removed:
            self.stdout.write(f"removed, older than 30 days: {old}")
