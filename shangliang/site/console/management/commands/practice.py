"""`manage.py practice`: the practice room, drawn anew each night."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from shangliang.practice import FOLDER

from .serve import _die_with_parent

HERE = ZoneInfo("Asia/Shanghai")
MARK = "每夜清空"  # lies in the room's folder: nothing is cleared that has not this file


class Command(BaseCommand):
    help = "Run the practice room: the invented province, reset every night; never the true records."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8010")
        parser.add_argument("--hour", type=int, default=3, choices=range(24), help="when it is drawn anew")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(os.environ.get("SHANGLIANG_VAR") or settings.ROOT / "var") / FOLDER
        command = [
            sys.executable, "manage.py", "serve", "--demo",
            "--host", options["host"], "--port", str(options["port"]), "--workers", "1",
        ]  # fmt: skip
        told: list[int] = []
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda got, _frame: told.append(got))
        while not told:
            emptied(folder)
            until = next_night(datetime.now(HERE), options["hour"])
            room = subprocess.Popen(
                command, cwd=settings.ROOT, env=environment(os.environ), preexec_fn=_die_with_parent
            )
            while not told and room.poll() is None and datetime.now(HERE) < until:
                time.sleep(0.5)
            ended = room.poll()
            room.terminate()
            room.wait()
            if ended is not None and not told:
                sys.exit(ended or 1)


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """What the room's own processes are started with: see `shangliang.practice`."""
    return {**given, "SHANGLIANG_MODE": "practice", "PRACTICE_SECRET": secrets.token_urlsafe(48)}


def next_night(now: datetime, hour: int) -> datetime:
    """The next time that it is this hour."""
    today = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if now < today else today + timedelta(days=1)


def emptied(folder: Path) -> None:
    """The room's folder, new and empty. CommandError for one that stands there and is no practice room's."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise CommandError(f"{folder} holds something that is no practice room: it is left as it is.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
