"""People who write all the time, somebody who kills the server meanwhile, the book of what was answered."""

import json
import random
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from stories.postgres import Cluster
from stories.visitor import photo

from . import databases
from .server import AWAY, Answer, Browser, Server

PEOPLE = 6
WORD = ("words", "换了灯头，昨晚亮了")
TEXTS = {
    "situation": "四条巷子十九盏灯不亮，最长的已经半年。",
    "analysis": "移交时没有写明由谁管，坏了没有人修。",
    "advice": "由一个单位统一接管，列入年度计划。",
}
# kind → who writes it, where; the step after it, and what the journal says of that.
PIECES = {
    "reports": ("member", "/work/reports/", "write", "send", "opinion_report_sent opinion_report"),
    "proposals": ("member", "/work/proposals/", "write", "send", "proposal_sent proposal"),
    "activities": ("officer", "/desk/activities/", "plan", "announce", "activity_announced activity"),
}


@dataclass
class Sent:
    """A form and what became of it: acknowledged, refused (or never sent), or unknown."""

    kind: str
    sought: str
    send: Callable[[], Answer]
    became: str = "unknown"
    where: str = ""  # the page that the answer led to

    def go(self) -> str:
        try:
            answer = self.send()
        except ConnectionRefusedError:
            self.became = "refused"
        except AWAY:
            self.became = "unknown"
        else:
            taken, refused = answer.status in (302, 303), 400 <= answer.status < 500
            self.where = answer.location
            self.became = "acknowledged" if taken else "refused" if refused else "unknown"
        return self.became


@dataclass
class Storm:
    server: Server
    scene: dict[str, Any]
    draw: random.Random
    cluster: Cluster | None = None
    desk: bool = True
    book: list[Sent] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    kills: dict[str, int] = field(default_factory=dict)
    acknowledged: int = 0
    stopped: bool = False
    turns: Any = field(default_factory=lambda: cycle(PIECES))  # so that each kind has as many
    lock: Any = field(default_factory=threading.Lock)

    def blow(self, kills: int, targets: tuple[str, ...]) -> None:
        """Let people write, kill so many times, stop them; afterwards all that is unknown is sent again."""
        voices = list(self.scene["voices"])
        people = [
            threading.Thread(
                target=self._write, args=(n, random.Random(self.draw.random()), voices[n::PEOPLE])
            )
            for n in range(PEOPLE)
        ]
        for one in people:
            one.start()
        try:
            for _kill in range(kills):
                self._wait_for(self.draw.randint(5, 80))
                self._kill(self.draw.choice(targets))
                self._revive()
            self._wait_for(5)
        finally:
            self.stopped = True
            for one in people:
                one.join()
        self._again()

    # ── The people ──
    def _write(self, number: int, draw: random.Random, voices: list[str]) -> None:
        officer = Browser(self.server.port, session=self.scene["sessions"]["officer"])
        forms = 0
        while not self.stopped:
            forms += 1
            mark = f"zq{number}-{forms}-{draw.getrandbits(24):06x}"
            if self.desk and voices and draw.random() < 0.3:
                self._handle(officer, draw, voices.pop())
            elif self.desk and draw.random() < 0.4:
                self._compose(next(self.turns), mark, draw)
            else:
                self._speak(mark, draw)

    def _speak(self, mark: str, draw: random.Random) -> None:
        studio = self.scene[draw.choice(("studio", "other", "far"))]
        one = Browser(self.server.port, address=f"10.{draw.randrange(250)}.{draw.randrange(250)}.1")
        said = [("words", f"{mark} 桥上有个洞"), ("phone", "13800001111")]
        key, picture = f"{draw.getrandbits(160):040x}", photo()["buffer"] if draw.random() < 0.1 else b""
        self._note(
            Sent("voices", mark, lambda: one.post(f"/s/{studio}/", said, key=key, photo=picture)),
        )

    def _handle(self, officer: Browser, draw: random.Random, code: str) -> None:
        """Take a voice up and answer it; the answer only if the first is known to have been taken."""
        for move, act, seen, said in (
            ("take_up", "voice_taken_up", 1, []),
            ("answer", "voice_answered", 2, [WORD]),
        ):
            key, path = f"{draw.getrandbits(160):040x}", f"/desk/voices/{code}/{move}/"

            def send(path: str = path, said: Any = said, key: str = key, seen: int = seen) -> Answer:
                return officer.post(path, said, key=key, seen=seen)

            if self._note(Sent("acts", f"{act} voice:{code}", send)) != "acknowledged":
                return

    def _compose(self, kind: str, mark: str, draw: random.Random) -> None:
        """A report, a proposal, an activity; and its next step, if the first is known to have been taken."""
        who, folder, begin, step, act = PIECES[kind]
        one = Browser(self.server.port, session=self.scene["sessions"][who])
        keys = [f"{draw.getrandbits(160):040x}" for _form in range(2)]
        said = list({"title": f"{mark} 巷道路灯", **TEXTS, **self._of(kind)}.items())
        made = Sent(kind, mark, lambda: one.post(f"{folder}{begin}/", said, key=keys[0]))
        if self._note(made) == "acknowledged":
            code = made.where.removeprefix(folder).strip("/")
            path = f"{folder}{code}/{step}/"
            self._note(Sent("acts", f"{act}:{code}", lambda: one.post(path, said, key=keys[1], seen=1)))

    def _of(self, kind: str) -> dict[str, str]:
        if kind == "reports":
            return {"studio": self.scene["studio"]}
        if kind == "proposals":
            return {"committee": self.scene["committee"], "kind": "individual", "may_publish": "on"}
        day = (date.today() + timedelta(days=9)).isoformat()
        return {
            "host": self.scene["studio"], "kind": "free_clinic", "place": "东街社区广场",
            "starts_at": f"{day}T09:00", "ends_at": f"{day}T11:00",
        }  # fmt: skip

    def _note(self, sent: Sent) -> str:
        became = sent.go()
        with self.lock:
            self.book.append(sent)
            self.acknowledged += became == "acknowledged"
        if became != "acknowledged":
            time.sleep(0.2)  # nobody hammers a site that is down
        return became

    # ── The killer ──
    def _wait_for(self, more: int, *, seconds: float = 120) -> None:
        """Until so many more are acknowledged. RuntimeError when for so long not one was."""
        target, last, since = self.acknowledged + more, self.acknowledged, time.monotonic()
        while self.acknowledged < target:
            if self.server.ended:  # whoever goes down with the killed one may answer for some seconds more
                self._revive()
            if self.acknowledged > last:
                last, since = self.acknowledged, time.monotonic()
            if time.monotonic() - since > seconds:
                raise RuntimeError(
                    f"nothing is acknowledged any more: {self.server.said.read_text()[-2000:]}"
                )
            time.sleep(0.005)

    def _kill(self, target: str) -> None:
        self.kills[target] = self.kills.get(target, 0) + 1
        if target == "web":
            self.server.kill("granian")
        elif target == "one web process":
            self.server.kill_one("granian")
        elif target == "worker":
            self.server.kill("manage.py\0work")
        elif target == "everything":
            self.server.stop()
        elif self.cluster:
            postmaster = (self.cluster.folder / "data" / "postmaster.pid").read_text().split()[0]
            subprocess.run(["kill", "-9", postmaster], check=True)
            self._start_cluster()

    def _start_cluster(self) -> None:
        """The children of a killed postmaster need a moment to go."""
        assert self.cluster
        for _try in range(100):
            try:
                self.cluster.start()
                return
            except subprocess.CalledProcessError:
                time.sleep(0.2)
        raise RuntimeError("the database did not start again")

    def _revive(self, *, seconds: float = 120) -> None:
        """What a service manager does: start the whole again when it has ended."""
        until = time.monotonic() + seconds
        time.sleep(0.3)  # so that who goes down with the killed one has gone
        while self.server.ended or not self.server.answers():
            if self.server.ended:
                self.server.stop()
                self.server.start()
            if time.monotonic() > until:
                raise RuntimeError(f"it did not come back: {self.server.said.read_text()[-2000:]}")
            time.sleep(0.1)

    def _again(self) -> None:
        """Everything whose answer was lost, with its key."""
        databases.execute(self.server.environment, "DELETE FROM people_try")  # a crowd's, not these few's
        for sent in self.book:
            if sent.became == "unknown" and sent.go() != "acknowledged":
                self.wrong.append(f"{sent.sought}: sent again, it was {sent.became}")

    def _never_taken(self) -> Iterator[str]:
        """Of what this load writes; nothing would be proved of it."""
        taken = [(sent.kind, sent.sought) for sent in self.book if sent.became == "acknowledged"]
        for kind, (*_where, act) in PIECES.items() if self.desk else ():
            if not any(one == kind for one, _sought in taken):
                yield f"none of the {kind} was taken"
            if not any(sought.startswith(f"{act}:") for _kind, sought in taken):
                yield f"{act}: none was taken"

    # ── The look ──
    def look(self, environment: databases.Environment) -> list[str]:
        """What is wrong: acknowledged and not there once, refused and there, books that disagree."""
        sought: dict[str, list[str]] = {"voices": [], "acts": [], **{kind: [] for kind in PIECES}}
        for sent in self.book:
            sought[sent.kind].append(sent.sought)
        asked = Path(environment["SHANGLIANG_VAR"]) / "asked.json"
        asked.write_text(json.dumps(sought))
        there = databases.told("look", str(asked), environment=environment)
        found = [*self.wrong, *there["wrong"], *self._never_taken()]
        for sent in self.book:
            count = there[sent.kind][sent.sought]
            if count != (sent.became == "acknowledged"):
                found.append(f"{sent.sought} was {sent.became} and is there {count} times")
        if there["strays"]:
            found.append(f"{there['strays']} files were left over")
        return found
