"""`manage.py verify`: is the journal what it was, and does every private row have its key? Names the first
broken place."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from shangliang.base.journal.checkpoints import public_keys
from shangliang.base.journal.verify import WORDS, verify
from shangliang.base.people.personal import rows


class Command(BaseCommand):
    help = (
        "Check the journal against its seals, nodes and checkpoints, and that every private row has its key "
        "or its erasure. Exit code 1 if it does not hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="the report as one JSON object")
        parser.add_argument(
            "--keys",
            type=Path,
            metavar="FILE",
            help="public keys kept elsewhere, instead of the published ones",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = verify(public_keys(options["keys"]) if options["keys"] else None)
        locked = rows.without_key()
        if options["json"]:
            told = asdict(report) | {
                "ok": report.ok and not locked,
                "locked": [one._asdict() for one in locked],
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        elif report.ok:
            self.stdout.write(
                f"The journal holds: {report.acts:,} acts, {report.sealed:,} sealed, "
                f"{report.unsealed:,} not; "
                f"compared with {report.checkpoint:,} told outside. Root {report.root}"
            )
        else:
            self.stderr.write(f"Broken at {report.where}: {WORDS[report.broken]} ({report.broken}).")
        for one in () if options["json"] else locked:
            self.stderr.write(f"Nobody can open {one}. No erasure says why.")
        if not report.ok or locked:
            sys.exit(1)
