"""Four people at one voice at once, each in a session of their own and with a move of their own: two
officers, a handler, and the author by the code."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from .server import Answer, Browser, Server

PEOPLE = ("officer", "officer2", "handler", "author")
TAKEN = (302, 303)


@dataclass(frozen=True)
class Part:
    """What one of them does: `act` is what the journal says of it, `word` the first word of what they write.
    `free`: it is welcome whatever changed meanwhile."""

    who: str
    path: str
    said: tuple[tuple[str, str], ...]
    act: str
    word: str = ""
    free: bool = False


class Four:
    """`wrong` says what was not as it should be; `sought` what `prove.look` is to find, each once."""

    def __init__(self, server: Server, scene: dict[str, Any], draw: random.Random, mark: str) -> None:
        self.server, self.scene, self.draw, self.mark = server, scene, draw, mark
        self.wrong: list[str] = []
        self.sought: dict[str, list[str]] = {"acts": [], "said": [], "refused": [], "versions": []}
        self.pool = ThreadPoolExecutor(len(PEOPLE))
        self.words = 0
        self.office = {name: Browser(server.port, session=scene["sessions"][name]) for name in PEOPLE[:3]}

    def rounds(self, voices: range) -> None:
        """Each voice of the scene once, in turn in each state in which several have something to do."""
        scenes = (self.when_taken_up, self.when_assigned, self.when_answered)
        for number in voices:
            code, kind = self.scene["voices"][number], scenes[number % len(scenes)]
            author = Browser(self.server.port, session=self.scene["authors"][number])
            self.at_once(code, kind.__name__, {**self.office, "author": author}, *kind(code))
        self.pool.shutdown()

    # ── What each does, and from which version ──
    def when_taken_up(self, code: str) -> tuple[int, list[Part]]:
        seen = self.begin(code)
        return seen, [
            self.at_desk("officer", code, "assign", "voice_assigned", department=self.scene["department"]),
            self.at_desk("officer2", code, "answer", "voice_answered", words=self.word()),
            self.of_handler(code, "reply", "voice_replied"),  # not theirs yet, or theirs since a moment
            self.say(),
        ]

    def when_assigned(self, code: str) -> tuple[int, list[Part]]:
        seen = self.begin(code, ("officer", "assign", {"department": self.scene["department"]}))
        return seen, [
            self.at_desk("officer", code, "reply", "voice_replied", words=self.word()),
            self.hand_over(code),
            self.of_handler(code, "answer", "voice_answered"),
            self.say(),
        ]

    def when_answered(self, code: str) -> tuple[int, list[Part]]:
        assign = ("officer", "assign", {"department": self.scene["department"]})
        seen = self.begin(code, assign, ("handler", "answer", {"words": self.word()}))
        judge = (("verdict", "solved"),)
        return seen, [
            self.at_desk("officer", code, "reply", "voice_replied", words=self.word()),
            self.hand_over(code),
            self.of_handler(code, "report_progress", "voice_progress_reported"),
            Part("author", "/track/thread/judge/", judge, "voice_confirmed_solved"),
        ]

    def begin(self, code: str, *more: tuple[str, str, dict[str, str]]) -> int:
        """The voice is brought where the round begins, one step after the other; its version then."""
        steps = [("officer", "take_up", {}), *more]
        for seen, (who, move, said) in enumerate(steps, 1):
            path = f"/{'handle' if who == 'handler' else 'desk'}/voices/{code}/{move}/"
            answer = self.office[who].post(path, list(said.items()), key=self.key(), seen=seen)
            if answer.status not in TAKEN:
                self.wrong.append(f"{move} before the race was answered {answer.status}")
        return len(steps) + 1

    def at_desk(self, who: str, code: str, move: str, act: str, **said: str) -> Part:
        return Part(who, f"/desk/voices/{code}/{move}/", tuple(said.items()), act, said.get("words", ""))

    def hand_over(self, code: str) -> Part:
        to = self.scene["keys"]["officer2"]
        return self.at_desk("officer2", code, "hand_over", "voice_handed_over", to=to, words=self.word())

    def of_handler(self, code: str, move: str, act: str) -> Part:
        word = self.word()
        return Part("handler", f"/handle/voices/{code}/{move}/", (("words", word),), act, word)

    def say(self) -> Part:
        word = self.word()
        return Part("author", "/track/thread/say/", (("words", word),), "voice_said", word, free=True)

    # ── At once ──
    def at_once(
        self, code: str, kind: str, browsers: dict[str, Browser], seen: int, parts: list[Part]
    ) -> None:
        self.draw.shuffle(parts)
        answers = list(self.pool.map(lambda one: self.send(browsers[one.who], one, seen), parts))
        taken = [one for one, answer in zip(parts, answers, strict=True) if answer.status in TAKEN]
        stale = [one for one in taken if not one.free]
        if len(stale) > 1:
            self.wrong.append(f"{kind}: taken, though drawn from one version: {[one.act for one in stale]}")
        if not stale and not any(one.free for one in taken):
            self.wrong.append(f"{kind}: nobody was first")
        for one, answer in zip(parts, answers, strict=True):
            if one in taken:
                self.sought["acts"].append(f"{one.act} voice:{code}")
                self.sought["said"] += [one.word] if one.word and one.act != "voice_handed_over" else []
            else:
                self.sought["refused"].append(f"{one.act} voice:{code}")
                self.wrong += [f"{kind}: {line}" for line in told_badly(one, answer)]
        self.sought["versions"].append(code)

    def send(self, browser: Browser, one: Part, seen: int) -> Answer:
        return browser.post(one.path, list(one.said), key=self.key(), seen=seen)

    def word(self) -> str:
        self.words += 1
        return f"{self.mark}f{self.words}"

    def key(self) -> str:
        return f"{self.draw.getrandbits(160):040x}"


def told_badly(one: Part, answer: Answer) -> Iterator[str]:
    """What is wrong with a refusal: 409 that says who did what, to the office; 404 for what is not theirs to
    know of; and the text is on the page."""
    if one.free or answer.status not in ((404, 409) if one.who == "handler" else (409,)):
        yield f"{one.who}, {one.act}: {answer.status}"
    if one.word and one.word not in answer.text:
        yield f"{one.who}, {one.act}: the text is not on the page of the refusal ({answer.status})"
    if answer.status == 409 and one.who != "author" and "这之间：" not in answer.text:
        yield f"{one.who}, {one.act}: the refusal does not say who did what"
