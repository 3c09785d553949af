"""The small world in an installation of its own, made ready for people over HTTP.

python -m prove.scene VOICES PEOPLE    prints what they need to know as JSON: codes, and sessions by name"""

import json
import secrets
import sys
from typing import Any

from . import databases, many


def made(number: int, people: int = 0) -> dict[str, Any]:
    """The world with a topic that is open, and so many voices that nobody has taken up yet; and, for so many
    members more, one of everything that only one can have (`prove.many`), twice."""
    from shangliang.base.people.actor import STRANGER
    from shangliang.base.people.models import Role
    from shangliang.flow.voices import actions
    from stories import world_topics
    from stories.world import build
    from stories.world_people import grant

    world = build()
    grant(world, "officer2", "罗干事", Role.OFFICER)
    for n in range(people):
        grant(world, f"m{n}", f"委员{n}", Role.MEMBER)
    topic = world_topics.opened(world)
    several = [many.laid_down(world, topic, people), many.few(world, people)] if people else []
    voices = [
        actions.leave(
            world.studio, by=STRANGER, words=f"第 {n} 盏路灯坏了", form_key=secrets.token_urlsafe(16)
        )[0]
        for n in range(number)
    ]
    return {
        "studio": world.studio.code, "other": world.other.code, "far": world.far_studio.code,
        "committee": world.county.code,
        "department": world.lamps.code, "topic": topic.code, "voices": [voice.code for voice in voices],
        "present": [world.convener.key, world.member.key],
        "sessions": {name: _session(account) for name, account in world.accounts.items()},
        "many": several,
        "authors": [thread_session(voice) for voice in voices],
        "keys": {name: str(account.key) for name, account in world.accounts.items()},
    }  # fmt: skip


def _session(account: Any) -> str:
    from django.test import Client

    browser = Client()
    browser.force_login(account)
    return browser.cookies["sessionid"].value


def thread_session(voice: Any) -> str:
    """The session of somebody who entered the voice's tracking code."""
    from django.contrib.sessions.backends.db import SessionStore

    from shangliang.base import clock
    from shangliang.flow.voices import queries

    author, session = queries.author_of(voice), SessionStore()
    session["thread"] = {
        "key": author.key, "thread": author.thread, "subject": author.subject,
        "committee": author.committee, "until": int(clock.now().timestamp()) + 1800,
    }  # fmt: skip
    session.save()
    return str(session.session_key)


if __name__ == "__main__":
    databases.begin()
    print(json.dumps(made(*map(int, sys.argv[1:]))))
