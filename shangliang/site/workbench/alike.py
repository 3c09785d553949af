"""Earlier ones that may say the same, beside what a member writes: looked at now and then, and to find them
costs as much as the rest of the page, so they are fetched apart."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from shangliang.base.journal.pages import drawn_until_an_act
from shangliang.base.people.actor import Actor

PART = "alike"


def drawn(kind: str, of: Any, actor: Actor, find: Callable[[], list[Any]]) -> str:
    """Those to a "report" or a "proposal", as its template draws what `find` gives, kept until an act."""

    def draw() -> str:
        return render_to_string(f"workbench/{kind}_alike.html", {"alike": find()})

    return drawn_until_an_act(f"work {kind}", PART, actor.key, actor.posts, of.code, of.version, draw=draw)
