"""A voice in whatever state a test asks for, made by the actions on the way there."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from shangliang.base import clock
from shangliang.base.clock import SHANGHAI
from shangliang.flow.voices import actions, queries

MONDAY = date(2026, 11, 23)
WORDS = "村口到学校那段路灯三个月不亮，娃娃放学摸黑。一共 6 盏。"


def moment(day: date = MONDAY, hour: int = 10, minute: int = 26) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=SHANGHAI)


class Story:
    """The moves of one voice, each by who would make it."""

    def __init__(self, world: SimpleNamespace) -> None:
        self.world, self.keys = world, 0

    def leave(self, words: str = WORDS, **more):
        self.keys += 1
        more = {"studio": self.world.studio, "form_key": f"form-{self.keys}", "by": self.world.member} | more
        studio = more.pop("studio")
        voice, self.code = actions.leave(studio, words=words, **more)
        return voice

    def by(self, voice):
        return queries.author_of(voice)

    def merge(self, voice, host):
        """The voice merged into the host, asked by the officer and agreed to by its author."""
        words = "说的是同一排路灯，一起修。"
        asked = actions.propose_merge(
            voice.code, by=self.world.officer, seen=voice.version, into=host.number, words=words
        )
        return actions.agree_merge(voice.code, by=self.by(voice), seen=asked.version)

    def to(self, state: str, **more):
        """A voice in this state, by the shortest way."""
        voice, w = self.leave(**more), self.world
        if state == "received":
            return voice
        if state == "refused":
            return actions.refuse(
                voice.code,
                by=w.officer,
                seen=1,
                why="court",
                owner="县人民法院",
                contact="12368",
                words="等判决。",
            )
        voice = actions.take_up(voice.code, by=w.convener, seen=1)
        if state == "merged":
            return self.merge(voice, self.to("taken_up", words="学校门口那排灯也黑着，跟村口是一回事。"))
        if state == "withdrawn":
            return actions.withdraw(voice.code, by=self.by(voice), seen=voice.version)
        if state == "assigned":
            return actions.assign(voice.code, by=w.officer, seen=2, department=w.lamps)
        if state == "sent_up":
            return actions.send_up(voice.code, by=w.officer, seen=2, words="是市里的路。")
        if state == "in_consultation":
            return actions.raise_(
                voice.code, by=w.officer, seen=2, topic_title="路灯谁来管", topic_thread="SL-TOPIC0000001"
            )
        if state in ("answered", "closed"):
            voice = actions.answer(voice.code, by=w.convener, seen=2, words="换了 6 盏灯。")
        if state == "closed":
            voice = actions.confirm(voice.code, by=self.by(voice), seen=3)
        return voice


@pytest.fixture
def monday():
    """The clock stands at Monday, 2026-11-23, 10:26."""
    with clock.at(moment()):
        yield MONDAY


@pytest.fixture
def story(world, monday):
    return Story(world)


@pytest.fixture
def later():
    """`with later(days=3):` some calendar days after that Monday."""
    return lambda days, hour=10: clock.at(moment(MONDAY + timedelta(days=days), hour))
