"""`manage.py work`: what the clock does, beside the web server."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections

from shangliang import chores
from shangliang.base.journal.checkpoints import private_key

PAUSE = 0.5  # seconds between two looks at the queue


class Command(BaseCommand):
    help = (
        "Seal acts, roll figures up, write checkpoints, clear what has expired. --once: until nothing waits."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        private_key()  # told now if there is none, not at the first checkpoint
        if options["once"]:
            chores.everything()
            return
        while True:
            close_old_connections()
            try:
                idle = not chores.often()
                chores.seldom()
            except OperationalError as away:  # the database restarts: try again, lose nothing
                self.stderr.write(f"数据库暂时连不上：{away}")
                time.sleep(2)
                continue
            if idle:
                time.sleep(PAUSE)
