"""`manage.py verify`: is the journal what it was, has every private row its key, and does all hold that must?
Names what is broken."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from shangliang.base.charts import invariants
from shangliang.base.journal.checkpoints import public_keys
from shangliang.base.journal.verify import WORDS, verify
from shangliang.base.people.personal import rows


class Command(BaseCommand):
    help = (
        "Check the journal against its seals, nodes and checkpoints, that every private row has its key or "
        "its erasure, and the records against what must hold. Exit code 1 if something does not."
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
        locked, faults = rows.without_key(), invariants.check()
        ok = report.ok and not locked and not faults
        if options["json"]:
            told = asdict(report) | {
                "ok": ok,
                "locked": [one._asdict() for one in locked],
                "faults": [fault._asdict() for fault in faults],
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
        for said in () if options["json"] else faults:
            self.stderr.write(str(said))
        for one in () if options["json"] else locked:
            self.stderr.write(f"Nobody can open {one}. No erasure says why.")
        if not ok:
            sys.exit(1)
