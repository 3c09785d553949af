"""`manage.py places FILE`: enter committees from CSV (code,name,level,parent_code; upper levels first)."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from shangliang.base.people.actor import CLOCK
from shangliang.base.places import actions


class Command(BaseCommand):
    help = "Enter committees from a CSV file; all or none, codes entered before are left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="columns: code,name,level,parent_code")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = options["file"].read_text("utf-8-sig").splitlines()
            entered = actions.import_csv(lines, by=CLOCK.key)
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"读不了这个文件：{fault}") from fault
        except ValidationError as fault:
            raise CommandError(" ".join(fault.messages)) from fault
        self.stdout.write(f"登记了 {len(entered)} 个政协委员会。")
