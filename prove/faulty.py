"""One installation and what may befall it: each fault comes, is met by a visitor, and goes.

    python -m prove.faulty FAULT …      prints {fault: {"wrong": […], "seconds": …}, …}

It is run with SHANGLIANG_VAR on a small file system of its own where a fault is one of the disk's."""

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from stories.visitor import photo

from . import databases
from .server import AWAY, Answer, Browser, Server, alone, serve

PATIENCE = 10  # seconds after which it has to work again by itself
WORDS = "巷口第三盏路灯坏了半个月，晚上看不见路，老人不敢出门"
Fault = Callable[[], AbstractContextManager[None]]


class Visit:
    """A visitor who meets the fault. `wrong` says what was not as promised."""

    def __init__(self, server: Server, scene: dict[str, Any], mark: str, *, reads: bool) -> None:
        self.server, self.scene, self.mark, self.reads = server, scene, mark, reads
        self.browser = Browser(server.port)
        self.sent: list[str] = []
        self.wrong: list[str] = []
        self.refused = False

    def before(self) -> None:
        if self._leave(0).status != 303:
            self.wrong.append("it took nothing before the fault")
        self.browser.get("/consultations/")  # each thread has its connection

    def during(self, *, picture: bool = False) -> None:
        """Nothing is lost: refused with 503, the words kept on the page; or taken, which then holds."""
        for number in range(1, 200):
            answer = self._leave(number, photo()["buffer"] if picture else b"")
            if answer.status == 303:
                continue  # there was room yet
            self.refused = True
            self.sent.pop()
            self._is_clear(answer)
            break
        else:
            self.wrong.append("the fault was not met")
        if self.reads and self.browser.get("/consultations/").status != 200:
            self.wrong.append("public pages are not read meanwhile")

    def after(self) -> float:
        """Seconds until the form that was refused is taken, with its key."""
        began, number = time.monotonic(), len(self.sent)
        while True:
            try:
                answer = self._leave(number)
                if answer.status == 303:
                    return time.monotonic() - began
                self.sent.pop()
            except AWAY:
                pass
            if time.monotonic() - began > 6 * PATIENCE:
                self.wrong.append("it does not work again")
                return time.monotonic() - began
            time.sleep(0.2)

    def _leave(self, number: int, picture: bytes = b"") -> Answer:
        mark = f"{self.mark}-{number}"
        key = f"{self.mark}-{number}-".ljust(30, "x")
        path, said = f"/s/{self.scene['studio']}/", [("words", f"{mark} {WORDS}")]
        answer = self.browser.post(path, said, key=key, photo=picture)
        self.sent.append(mark)
        return answer

    def _is_clear(self, answer: Answer) -> None:
        if answer.status != 503 or not answer.retry_after:
            self.wrong.append(
                f"the fault was answered {answer.status} ({answer.retry_after or 'no Retry-After'})"
            )
        if WORDS not in answer.text:
            self.wrong.append("what was typed is not on the page")


@contextmanager
def locked() -> Iterator[None]:
    """Another process holds the write lock for longer than a page waits."""
    with closing(sqlite3.connect(_folder() / "shangliang.sqlite3", timeout=30, isolation_level=None)) as one:
        one.execute("BEGIN IMMEDIATE")
        yield
        one.execute("ROLLBACK")


@contextmanager
def full() -> Iterator[None]:
    filler = _folder() / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096):
                pass
        except OSError:
            pass
    yield
    filler.unlink()


@contextmanager
def read_only() -> Iterator[None]:
    _remount("ro")
    yield
    _remount("rw")


def _remount(how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(_folder())], check=True)


def _folder() -> Path:
    return Path(os.environ["SHANGLIANG_VAR"])


FAULTS: dict[str, Fault] = {"locked": locked, "full": full, "read-only": read_only}


def main() -> int:
    environment = {"SHANGLIANG_VAR": str(_folder())}
    scene = databases.told("scene", "0", environment=environment)
    said: dict[str, Any] = {}
    sent: list[str] = []
    server = Server(environment, serve, SHANGLIANG_MODE="demo")
    try:
        server.start()
        for name in sys.argv[1:]:
            if name == "read-only":  # no disk becomes so while a file is open to be written
                server.stop()
                server = Server(environment, alone, SHANGLIANG_MODE="test")
            visit = Visit(server, scene, f"zq{name}", reads=True)
            with FAULTS[name]():
                if server.ended:
                    server.start()
                visit.during(picture=name == "full")
                if name == "full":
                    visit.during()
            seconds = visit.after()
            if server.ended:
                visit.wrong.append("server or worker went down")
            sent += visit.sent
            said[name] = {"wrong": visit.wrong, "seconds": round(seconds, 1)}
    finally:
        server.stop()
    said["look"] = looked(environment, sent)
    print(json.dumps(said))
    return 0


def looked(environment: databases.Environment, sent: list[str]) -> dict[str, Any]:
    """Everything that was taken is there once, and the books agree."""
    asked = databases.folder(environment) / "asked.json"
    asked.write_text(json.dumps({"voices": sent}))
    there = databases.told("look", str(asked), environment=environment)
    wrong = [f"{one} is there {n} times" for one, n in there["voices"].items() if n != 1]
    return {"wrong": [*wrong, *there["wrong"], *(["files were left over"] if there["strays"] else [])]}


if __name__ == "__main__":
    sys.exit(main())
