"""`manage.py work`: what the clock does, beside the web server."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from shangliang import chores
from shangliang.base.journal.checkpoints import private_key
from shangliang.base.ui.outage import is_outage

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
                chores.soon()
                chores.seldom()
            except Exception as fault:
                if not is_outage(fault):
                    raise  # the service manager starts us anew; a fault of ours is not waited away
                self.stderr.write(f"数据库或磁盘暂时用不了：{fault}")
                time.sleep(2)
                continue
            if idle:
                time.sleep(PAUSE)
