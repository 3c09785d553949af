"""The disk full or read-only, the database locked or restarted, the cache gone, the clock wrong: a clear
page, nothing lost, and it works again by itself."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from prove import databases
from prove.faulty import PATIENCE, Visit, looked
from prove.figure import Figure
from prove.server import Server, serve
from stories import postgres

WORDS = {
    "locked": "the database locked by another process",
    "full": "the disk full",
    "read-only": "the disk read-only",
    "restarted": "PostgreSQL stopped as by a crash, away for twelve seconds, started",
}
PLANTED = "an outage answered as any fault, 500"


def figures(seed: int, short: bool) -> Iterator[Figure]:
    met = on_disk(["locked"] if short else ["locked", "full", "read-only"], seed)
    if not short and postgres.programs():
        met["restarted"] = restarted()
    caught = misanswered()
    for name, words in WORDS.items():
        if name not in met:
            continue
        wrong = [*met[name]["wrong"], *met["look"]["wrong"]]
        for line in wrong:
            print(f"{words}: {line}", file=sys.stderr)
        yield Figure(f"{words}: lost, or without a clear page", len(wrong), 0, PLANTED, caught, seed)
        again, seconds = f"{words}: seconds until it works again by itself", met[name]["seconds"]
        yield Figure(again, seconds, PATIENCE, PLANTED, caught, seed, bar="at most")
    yield from inside(seed)


def on_disk(faults: list[str], seed: int) -> dict[str, Any]:
    """Faults of a SQLite installation. Those of its disk need a file system of our own, which root may mount
    where nobody else sees it; they are left out, and said to be, where we are not root."""
    with tempfile.TemporaryDirectory(prefix="prove-faults-") as folder:
        command = [sys.executable, "-m", "prove.faulty", *faults]
        if len(faults) > 1 and os.geteuid() == 0:
            mount = f'mount -t tmpfs -o size=48m none {folder} && exec "$@"'
            command = ["unshare", "-m", "sh", "-c", mount, "sh", *command]
        elif len(faults) > 1:
            print("left out, for they need root: the disk full, the disk read-only", file=sys.stderr)
            command = [*command[: -len(faults)], "locked"]
        own = {"SHANGLIANG_VAR": folder}
        done = subprocess.run(command, env=os.environ | own, stdout=subprocess.PIPE, text=True, check=True)
        return dict(json.loads(done.stdout.splitlines()[-1]))


def restarted() -> dict[str, Any]:
    with postgres.cluster(options="") as cluster, databases.on(cluster) as environment, ExitStack() as end:
        scene = databases.told("scene", "0", environment=environment)
        server = Server(environment, serve, SHANGLIANG_MODE="demo")
        end.callback(server.stop)
        server.start()
        visit = Visit(server, scene, "zqrestarted", reads=False)
        visit.before()
        cluster.stop("immediate")
        visit.during()
        time.sleep(12)
        cluster.start()
        seconds = visit.after()
        if server.ended:
            visit.wrong.append("server or worker went down")
        server.stop()
        wrong = [*visit.wrong, *looked(environment, visit.sent)["wrong"]]
    return {"wrong": wrong, "seconds": round(seconds, 1)}


# ── Inside one process ──
def misanswered() -> bool:
    """Whether a site that takes outages for faults of its own is found out."""
    databases.begin()
    from django.db import OperationalError, connection
    from django.test import Client

    def refuse(*said: Any) -> None:
        raise OperationalError("the database is away")

    browser = Client(raise_request_exception=False)
    with connection.execute_wrapper(refuse):
        clear = browser.get("/voices/7k2m0qxt9d/").status_code
        with patch("shangliang.base.ui.views.is_outage", lambda fault: False):
            blunt = browser.get("/voices/7k2m0qxt9d/").status_code
    return (clear, blunt) == (503, 500)


def inside(seed: int) -> Iterator[Figure]:
    from django.core.cache import caches
    from django.test import Client

    from prove import books
    from prove.round import Round
    from shangliang.base import clock
    from stories import world_topics
    from stories.world import build

    def gone(*said: Any) -> None:
        raise ConnectionError("the cache is gone")

    world = build()
    world.topic = world_topics.opened(world)
    cache = type(caches["pages"])
    pages = ["/", "/consultations/", "/results/", "/studios/", "/data/"]
    with patch.object(cache, "get", gone):
        failed = [path for path in pages if Client().get(path).status_code != 200]
    with patch.object(cache, "get", gone), patch("shangliang.base.ui.kept._found", caches["pages"].get):
        felt = [path for path in pages if Client(raise_request_exception=False).get(path).status_code != 200]
    yield Figure("the pages' cache gone: public pages that fail", len(failed), 0,
                 "a cache whose fault is the page's", bool(felt), seed)  # fmt: skip
    wrong: list[str] = []
    began = clock.now()
    for n, jump in enumerate((timedelta(0), timedelta(days=400), timedelta(hours=-1), timedelta(days=-1))):
        with clock.at(began + jump):
            for step in Round(world, f"zqjump{n}", photos=0, talks=False).steps():
                answer = step.send()
                if step.landed() != 1:
                    wrong.append(f"{jump}: {step.name}: {getattr(answer, 'status_code', '')}")
        wrong += [f"{jump}: {line}" for line in books.wrong()]
    for line in wrong:
        print(line, file=sys.stderr)
    with clock.at(began), patch("shangliang.chores.roll_up", lambda: 0):
        for step in Round(world, "zqplanted", photos=0, talks=False).steps():
            step.send()
    yield Figure("the clock 400 days ahead, then back: lost, doubled or disagreeing", len(wrong), 0,
                 "figures that are not rolled up", bool(books.wrong()), seed)  # fmt: skip
