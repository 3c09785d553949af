"""Everybody at once: a form sent twenty times works once, of two officers one is first; one place, slot,
code, signature or number that twenty want (`prove.many`); four people with moves of their own at one voice
(`prove.four`)."""

import json
import random
import secrets
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from prove import databases
from prove.figure import Figure
from prove.four import Four
from prove.many import Rushes
from prove.server import Answer, Browser, Server, alone
from stories.visitor import photo

Send = Callable[[str], Answer]  # with this key
FOUR = "four people: "  # how a line of theirs begins
MANY = "one for many: "
ALIKE = 4  # voices of the scene that the races of many alike use; then those of four people, one a round


@dataclass(frozen=True)
class Act:
    """A countable act: who sends what where, and how `prove.look` finds its effect."""

    name: str
    browser: Callable[[], Browser]
    path: str
    said: list[tuple[str, str]]
    kind: str
    sought: str
    seen: int = 1
    photo: bytes = b""

    def send(self, key: str, *more: tuple[str, str]) -> Answer:
        said = [*self.said, *more]
        return self.browser().post(self.path, said, key=key, seen=self.seen, photo=self.photo)


class Crowd:
    """Sends acts from many threads at once and writes down what is not as it should be."""

    def __init__(self, server: Server, scene: dict[str, Any], people: int, draw: random.Random) -> None:
        self.server, self.scene, self.people, self.draw = server, scene, people, draw
        self.wrong: list[str] = []
        self.sought: dict[str, list[str]] = {"voices": [], "posts": [], "receptions": [], "acts": []}
        self.pool = ThreadPoolExecutor(people)

    def one_form_many_times(self, act: Act) -> None:
        """One effect; same key, same answer; same key, other body: 422."""
        key = self.key()
        answers = list(self.pool.map(lambda _n: act.send(key), range(self.people)))
        said = {(a.status, a.location) for a in answers}
        if len(said) != 1 or answers[0].status not in (302, 303):
            self.wrong.append(f"{act.name}: one form was answered {sorted(said)}")
        self.sought[act.kind].append(act.sought)
        other = act.send(key, ("note" if act.kind == "receptions" else "words", "别的话，别的事"))
        if other.status != 422:
            self.wrong.append(f"{act.name}: the same key with another text was answered {other.status}")

    def many_with_one_version(self, act: Act) -> None:
        """Many people, each with a form of their own, drawn from one version: the first is taken, 409 to all
        others, with what they typed."""
        answers = list(self.pool.map(lambda _n: act.send(self.key()), range(self.people)))
        taken = [a for a in answers if a.status in (302, 303)]
        late = [a for a in answers if a.status == 409]
        if len(taken) != 1 or len(late) != self.people - 1:
            statuses = sorted(a.status for a in answers)
            self.wrong.append(f"{act.name}: many with one version were answered {statuses}")
        self.sought[act.kind].append(act.sought)

    def key(self) -> str:
        return f"{self.draw.getrandbits(160):040x}"

    # ── The acts ──
    def person(self, name: str) -> Callable[[], Browser]:
        session = self.scene["sessions"][name] if name != "author" else self.scene["authors"][0]
        one = Browser(self.server.port, session=session)  # one visitor, however many of their forms arrive
        return lambda: one

    def stranger(self) -> Callable[[], Browser]:
        one = Browser(self.server.port, address=f"10.0.0.{self.draw.randrange(250)}")
        return lambda: one

    def voice(self, mark: str, *, picture: bytes = b"") -> Act:
        said = [("words", f"{mark} 桥上有个洞"), ("phone", "13800001111")]
        name = "voice with a photo" if picture else "voice"
        return Act(name, self.stranger(), f"/s/{self.scene['studio']}/", said, "voices", mark, photo=picture)

    def move(self, number: int, name: str, act: str, seen: int, *said: tuple[str, str]) -> Act:
        code = self.scene["voices"][number]
        path, sought = f"/desk/voices/{code}/{name}/", f"{act} voice:{code}"
        return Act(name, self.person("officer"), path, list(said), "acts", sought, seen)

    def verdict(self) -> Act:
        sought = f"voice_confirmed_solved voice:{self.scene['voices'][0]}"
        said = [("verdict", "solved")]
        return Act("verdict", self.person("author"), "/track/thread/judge/", said, "acts", sought, 3)

    def post(self, mark: str) -> Act:
        path, said = f"/consultations/{self.scene['topic']}/post/", [("words", f"{mark} 先数清楚田块")]
        return Act("post", self.person("member"), path, said, "posts", mark)

    def reception(self, mark: str) -> Act:
        said = [("day", "2026-11-02"), ("residents", "3"), ("note", mark)]
        said += [("members", key) for key in self.scene["present"]]
        path = f"/desk/studios/{self.scene['studio']}/reception/"
        return Act("reception", self.person("officer"), path, said, "receptions", mark)

    def timetable(self, studio: str = "other", officer: str = "officer") -> Act:
        """A change that leaves the state as it is: only the version can tell who was first."""
        code = self.scene[studio]
        said = [(f"line-{name}_FORMS", number) for name, number in (("TOTAL", "0"), ("INITIAL", "0"))]
        path, sought = f"/desk/studios/{code}/timetable/", f"studio_edited studio:{code}"
        return Act("timetable", self.person(officer), path, said, "acts", sought, seen=2)


def race(
    environment: databases.Environment, scene: dict[str, Any], people: int, draw: random.Random, *,
    rounds: range, without: str = "", few: bool = False,
) -> list[str]:  # fmt: skip
    """What was wrong after the races."""
    more = {"SHANGLIANG_MODE": "test", "PROVE_WITHOUT": without}
    server = Server(environment, alone, **more)
    mark = f"zq{secrets.token_hex(3)}"
    try:
        server.start()
        crowd = Crowd(server, scene, people, draw)
        crowd.one_form_many_times(crowd.reception(f"{mark}r"))
        if without:
            crowd.many_with_one_version(crowd.timetable("far", "neighbour_officer"))
        else:
            all_of_them(crowd, mark, few)
        rushes = Rushes(server, scene, scene["many"][bool(without)], crowd.key)
        ran = rushes.run(crowd.pool, short=few or bool(without))
        four = Four(server, scene, draw, mark)
        four.rounds(rounds)
    finally:
        server.stop()
    asked = databases.folder(environment) / "asked.json"
    both = {
        kind: crowd.sought.get(kind, []) + four.sought.get(kind, [])
        for kind in {**crowd.sought, **four.sought}
    }
    for rush in ran:
        for kind, one in rush.effects:
            both.setdefault(kind, []).append(one)
    asked.write_text(json.dumps(both))
    there = databases.told("look", str(asked), environment=environment)
    for one_of, sought in ((crowd, crowd.sought), (four, four.sought)):
        for kind, ones in sought.items():
            one_of.wrong += [f"{one}: {there[kind][one]} effects" for one in ones if there[kind][one] != 1]
    for rush in ran:
        rush.look(there)
        crowd.wrong += [f"{MANY}{line}" for line in rush.wrong]
    crowd.wrong += [f"{FOUR}{line}" for line in four.wrong]
    return [*crowd.wrong, *there["wrong"], *(["files were left over"] if there["strays"] else [])]


def all_of_them(crowd: Crowd, mark: str, few: bool) -> None:
    crowd.one_form_many_times(crowd.voice(f"{mark}v"))
    crowd.one_form_many_times(crowd.move(0, "take_up", "voice_taken_up", 1))
    crowd.many_with_one_version(crowd.move(1, "take_up", "voice_taken_up", 1))
    crowd.many_with_one_version(crowd.timetable())
    if few:
        return
    answer = ("words", "换了灯头，昨晚亮了")
    crowd.one_form_many_times(crowd.move(0, "answer", "voice_answered", 2, answer))
    crowd.many_with_one_version(crowd.move(1, "answer", "voice_answered", 2, answer))
    crowd.one_form_many_times(crowd.verdict())
    crowd.one_form_many_times(crowd.post(f"{mark}p"))
    crowd.one_form_many_times(crowd.voice(f"{mark}w", picture=photo()["buffer"]))


def figures(seed: int, short: bool) -> Iterator[Figure]:
    people = 8 if short else 20
    for name, environment in databases.both():
        draw = random.Random(seed)
        if short and name != "SQLite":
            continue
        rounds = range(ALIKE, ALIKE + (3 if short else 30))
        planted = range(rounds.stop, rounds.stop + 3)
        scene = databases.told("scene", str(planted.stop), str(people), environment=environment)
        wrong = race(environment, scene, people, draw, rounds=rounds, few=short)
        unguarded = race(
            environment, scene, people, draw, rounds=planted, without="key version places numbers"
        )
        alike = [line for line in unguarded if not line.startswith((FOUR, MANY))]
        crowded = [line for line in unguarded if line.startswith(MANY) and "the last place" in line]
        gaps = [line for line in unguarded if "the numbers of cases" in line]
        doubled = [line for line in alike if "one form" in line or "effects" in line]
        overrun = [line for line in unguarded if "many with one version" in line]
        overtaken = [line for line in unguarded if "drawn from one version" in line]
        yield Figure(
            f"{people} of everything at once, {name}: effects and answers that are wrong", len(wrong), 0,
            "keys that are not unique", bool(doubled), seed,
        )  # fmt: skip
        yield Figure(
            f"{people} with one version, {name}: not exactly one was taken",
            len([line for line in wrong if "many with one version" in line]), 0,
            "no version guard", bool(overrun), seed,
        )  # fmt: skip
        kinds = "a last place, check-in, case numbers" if short else (
            "a last place, check-in, a slot, a door code, supports, signatures, ratings, numbers of cases "
            "and bulletins"
        )  # fmt: skip
        yield Figure(
            f"{people} for one, {name} ({kinds}): effects and answers that are wrong",
            len([line for line in wrong if line.startswith(MANY) or "the numbers of" in line]), 0,
            "a place that is never full, a number that is left out", bool(crowded and gaps), seed,
        )  # fmt: skip
        yield Figure(
            f"two officers, a handler and the author at one voice at once, {len(rounds)} rounds, {name}: "
            "updates lost, refusals that do not say why or lose the text",
            len([line for line in wrong if line.startswith(FOUR)]), 0,
            "no version guard", bool(overtaken), seed,
        )  # fmt: skip
        for line in wrong:
            print(line, file=sys.stderr)
