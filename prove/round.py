"""One round of residents' and officers' acts over HTTP, each form with a key that is always the same, so that
a round may be done again after a crash, step by step, as browsers would send their forms again."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse

from shangliang import chores
from shangliang.base.files.models import File
from shangliang.base.journal.models import Act
from shangliang.flow.consultations.models import Post
from shangliang.flow.studios.models import Reception
from shangliang.flow.voices.models import Voice
from shangliang.ledgers.figures.models import ReportedTotal
from stories.pages import photo

from .scene import thread_session

WORKER = "worker"
PHONE = "13800001111"


@dataclass(frozen=True)
class Step:
    """A form sent (`send`), and how often its effect is there (`landed`)."""

    name: str
    send: Callable[[], Any]
    landed: Callable[[], int]


class Round:
    """`steps()` in their order, at most one photo with the voice. `mark` stands in all that is written, so
    that it can be found."""

    def __init__(self, world: SimpleNamespace, mark: str, *, photos: int = 1, talks: bool = True) -> None:
        self.world, self.mark, self.photos, self.talks = world, mark, photos, talks

    def steps(self) -> Iterator[Step]:
        yield Step("voice", self._voice, partial(self._of_voice, "voice_left"))
        if self.photos:  # drawing one anew takes a process of its own, half a second
            yield Step("photo", lambda: None, self._kept_photos)
        for move, act, said in (
            ("take_up", "voice_taken_up", {}),
            ("reply", "voice_replied", {"words": "看到了，这两天就去"}),
            ("answer", "voice_answered", {"words": "换了灯头，昨晚亮了"}),
        ):
            yield Step(move, self._desk_move(move, said), partial(self._of_voice, act))
        yield Step("verdict", self._verdict, partial(self._of_voice, "voice_confirmed_solved"))
        yield Step("reception", self._reception, lambda: self._acts("reception_held", self._receptions()))
        if self.talks:
            yield Step("post", self._post, lambda: self._acts("post_left", self._posts()))
            yield Step("show", self._show, lambda: self._acts("review_shown", self._posts()))
        yield Step("total", self._total, lambda: self._acts("total_reported", self._totals()))
        yield Step(WORKER, self._worker, lambda: 1)

    # ── What is sent ──
    def _voice(self) -> Any:
        said = {
            "words": f"{self.mark} 巷口的路灯坏了", "phone": PHONE, "audience": "public",
            "photos": [photo("灯.jpg")] * self.photos,  # type: ignore[no-untyped-call]
        }  # fmt: skip
        return self._send(self._browser(), "voices:door", self.world.studio.code, said=said)

    def _desk_move(self, move: str, said: dict[str, str]) -> Callable[[], Any]:
        seen = {"take_up": 1, "reply": 2, "answer": 3}[move]
        return lambda: self._send(
            self._browser("officer"), "desk:voice_move", self._voices().get().code, move, seen=seen, said=said
        )

    def _verdict(self) -> Any:
        browser = self._browser()
        browser.cookies["sessionid"] = thread_session(self._voices().get())
        return self._send(browser, "portal:thread_move", "judge", seen=4, said={"verdict": "solved"})

    def _reception(self) -> Any:
        present = [self.world.convener.key, self.world.member.key]
        said = {"day": "2026-11-02", "residents": 3, "members": present, "note": self.mark}
        browser = self._browser("officer")
        return self._send(browser, "desk:studio_move", self.world.studio.code, "reception", said=said)

    def _post(self) -> Any:
        said = {"words": f"{self.mark} 先数清楚田块，再谈补多少"}
        return self._send(self._browser("member"), "consultations:post", self.world.topic.code, said=said)

    def _show(self) -> Any:
        code = self._posts().get().code
        return self._send(self._browser("officer"), "desk:review_move", "post", code, "show", seen=1)

    def _total(self) -> Any:
        said = {"metric": "voices_received", "value": 80, "period": "2025年", "source": self.mark}
        return self._send(self._browser("officer"), "desk:total_report", said=said)

    def _worker(self) -> None:
        chores.everything()

    # ── What is there ──
    def _voices(self) -> QuerySet[Voice]:
        """Their words lie locked: looked for among all."""
        mine = [one.pk for one in Voice.objects.all() if one.words.startswith(f"{self.mark} ")]
        return Voice.objects.filter(pk__in=mine)

    def _receptions(self) -> QuerySet[Reception]:
        return Reception.objects.filter(note=self.mark)

    def _posts(self) -> QuerySet[Post]:
        mine = [one.pk for one in Post.objects.all() if one.words.startswith(f"{self.mark} ")]
        return Post.objects.filter(pk__in=mine)

    def _totals(self) -> QuerySet[ReportedTotal]:
        return ReportedTotal.objects.filter(source=self.mark)

    def _of_voice(self, act: str) -> int:
        return self._acts(act, self._voices())

    def _acts(self, name: str, things: QuerySet[Any]) -> int:
        """How often it happened: acts of the things found; a thing without its act counts as none."""
        return Act.objects.filter(name=name, subject__in=[thing.subject for thing in things]).count()

    def _kept_photos(self) -> int:
        return File.objects.filter(subject__in=[voice.subject for voice in self._voices()]).count()

    # ── How it is sent ──
    def _browser(self, name: str = "") -> Client:
        browser = Client(headers={"x-forwarded-for": "127.0.0.9"})
        browser.cookies["csrftoken"] = hashlib.sha256(self.mark.encode()).hexdigest()[
            :32
        ]  # one visitor's own
        if name:
            browser.force_login(self.world.accounts[name])
        return browser

    def _send(
        self, browser: Client, name: str, *parts: str, seen: int = 1, said: dict[str, Any] | None = None
    ) -> Any:
        where = reverse(name, args=parts)
        key = hashlib.sha256(f"{self.mark} {where}".encode()).hexdigest()[:40]
        return browser.post(where, {"key": key, "seen": seen, **(said or {})})


class Book:
    """What was acknowledged, on the disk at once: it outlives the process that is killed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def acknowledge(self, name: str) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(handle, f"{name}\n".encode())
        os.close(handle)

    def acknowledged(self) -> list[str]:
        return self.path.read_text().split("\n")[:-1] if self.path.exists() else []
