"""A world in which things have happened and been counted."""

from datetime import UTC, datetime

import pytest

from shangliang.base import clock
from shangliang.base.journal.seal import seal
from shangliang.flow.voices import actions as voices
from shangliang.flow.voices import queries as voice_queries
from shangliang.ledgers.figures import actions

MONDAY = datetime(2026, 11, 23, 2, 26, tzinfo=UTC)  # 10:26 in Shanghai


@pytest.fixture(autouse=True)
def monday():
    with clock.at(MONDAY):
        yield MONDAY


class Told:
    """Voices brought as far as a test needs."""

    def __init__(self, world):
        self.world, self.n = world, 0

    def leave(self, studio=None, words="村口的路灯三个月不亮了", **more):
        self.n += 1
        voice, _code = voices.leave(
            studio or self.world.studio, by=self.world.auditor, words=words, form_key=f"form-{self.n}", **more
        )
        return voice

    def answer(self, studio=None, by=None, **more):
        by, voice = by or self.world.officer, self.leave(studio, **more)
        voice = voices.take_up(voice.code, by=by, seen=1)
        return voices.answer(voice.code, by=by, seen=2, words="换了 6 盏灯。")

    def confirm(self, studio=None, by=None, **more):
        voice = self.answer(studio, by, **more)
        return voices.confirm(voice.code, by=voice_queries.author_of(voice), seen=voice.version)

    def reopen(self):
        voice = self.answer()
        return voices.reopen(
            voice.code,
            by=voice_queries.author_of(voice),
            seen=voice.version,
            verdict="partly",
            missing="还差两盏",
        )


def count():
    """What the worker does."""
    while seal():
        pass
    while actions.roll_up():
        pass


@pytest.fixture
def told(world, monday):
    return Told(world)
