"""The world that a server's own thread sees, and people who come with their browsers."""

import pickle
from contextvars import ContextVar
from datetime import UTC
from functools import partial

import pytest

from shangliang.base import clock
from shangliang.base.clock import moments

from ..kept import MADE
from ..moments import Moment
from ..visitor import PHONE, Visitor
from ..world import build

_built: dict = {}  # day → what the databases held when the world had been built, and the world, pickled


@pytest.fixture
def world(transactional_db):
    """See the root's: here it is committed. It is built by the first test of a day, and laid down for others
    as it was then."""
    today = clock.today()
    if today not in _built:
        world = build()
        _built[today] = Moment(f"world_{today}"), pickle.dumps(world)
        _built[today][0].hold()
    else:
        _built[today][0].back(MADE)
    return pickle.loads(_built[today][1])  # noqa: S301, our own


@pytest.fixture
def visitor(browser, live_server):
    """Opens a browser for somebody new, as often as it is called; options as of `Visitor`."""
    made = []

    def open_(**options):
        made.append(Visitor(browser, live_server.url, **options))
        return made[-1]

    yield open_
    for one in made:
        one.context.close()


@pytest.fixture
def phone(visitor):
    """The same on a resident's phone."""
    return partial(visitor, size=PHONE)


@pytest.fixture
def door(world):
    """The address of the form at the studio's door."""
    return f"/s/{world.studio.code}/"


@pytest.fixture
def clock_for_all(monkeypatch):
    """Tells every thread another moment, the live server's too: `clock.at` reaches only its own."""

    def at(moment):
        told = moment.astimezone(UTC)
        monkeypatch.setattr(moments, "_told", ContextVar("clock_told", default=told))

    return at
