"""`manage.py serve`: the web server and the worker side by side, one going down with the other."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from shangliang.site.console.words import compile_words

LOCAL = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    help = "Start the server and the worker. With --demo: from nothing to the demonstration."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        parser.add_argument("--port", default=os.environ.get("PORT", "8000"))
        parser.add_argument("--workers", default="2")
        parser.add_argument(
            "--demo", action="store_true", help="load the demonstration first, if it is not there"
        )
        parser.add_argument("--reload", action="store_true", help="for developers: the server that reloads")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], str(options["port"])
        if settings.DEMO and host not in LOCAL:
            raise CommandError(
                f"Demo mode has public secrets and a printed password: it does not listen on {host}. "
                "Use 127.0.0.1, or SHANGLIANG_MODE=production with secrets of your own."
            )
        if "RUN_MAIN" in os.environ:  # the reloading server's child: its parent has prepared everything
            call_command("runserver", f"{host}:{port}")
            return
        prepare(self.stdout.write)
        if options["demo"]:
            call_command("demo", stdout=self.stdout)
        self.stdout.write(f"\n  http://{host}:{port}/\n")
        self.stdout.flush()
        if options["reload"]:
            worker = subprocess.Popen(work(), cwd=settings.ROOT, preexec_fn=_die_with_parent)
            try:
                call_command("runserver", f"{host}:{port}")
            finally:
                worker.terminate()
            return
        sys.exit(run_both(web(host, port, options["workers"]), work()))


def prepare(say: Callable[[str], Any]) -> None:
    """Words, databases, cache table, static files: each only where something is missing."""
    say("准备数据库和页面文件 …")
    compile_words(settings.LOCALE_PATHS)
    call_command("migrate", database="keyring", verbosity=0)  # first: steps of the other lock words up
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if "Hashed" in settings.STORAGES["staticfiles"]["BACKEND"]:
        call_command("collectstatic", interactive=False, verbosity=0)


def web(host: str, port: str, workers: str) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi",
        "--host", host, "--port", port,
        "--workers", workers, "--blocking-threads", "1", "--backpressure", "64",
        "--workers-kill-timeout", "5",
        "--respawn-failed-workers", "--log-level", "warning", "shangliang.wsgi:application",
    ]  # fmt: skip


def work() -> list[str]:
    return [sys.executable, "manage.py", "work"]


def run_both(*commands: list[str]) -> int:
    """Run the commands until one ends or we are told to stop; take the others down. The exit code."""
    running = [
        subprocess.Popen(command, cwd=settings.ROOT, preexec_fn=_die_with_parent) for command in commands
    ]
    told: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: told.append(got))
    while not told and all(child.poll() is None for child in running):
        time.sleep(0.2)
    ended = [child.returncode for child in running if child.returncode is not None]
    for child in running:
        if child.poll() is None:
            child.terminate()
    for child in running:
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
    return 0 if told else (ended[0] or 1)


def _die_with_parent() -> None:
    """On Linux a killed parent takes its children along; elsewhere they would have to be stopped by hand."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
