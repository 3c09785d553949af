"""A message as pages show it: tone of its state, and the to and fro for `ui.talk`."""

from typing import Any

from django.utils.translation import gettext as _

from shangliang.base.people import queries as people
from shangliang.base.people.actor import Actor
from shangliang.base.ui.filters import moment

from . import queries
from .models import Message, Said

TONES = {"waiting": "wait", "read": "open", "answered": "info", "closed": "done"}


def pieces(of: Message, reader: Actor) -> list[tuple[Any, ...]]:
    """[(who, when, words, whether the reader said it, no photos)…] for `ui.talk`. Three queries."""
    lines = queries.lines(of)
    names = people.names({line.by for line in lines})
    return [
        (_who(line, of, names), moment(line.at), str(line.words), line.by == reader.key, ()) for line in lines
    ]


def _who(line: Said, of: Message, names: dict[str, str]) -> str:
    name = names.get(line.by, "")
    if line.side == Said.Side.MEMBER:
        return _("%(name)s（委员）") % {"name": name}
    return _("%(name)s（%(studio)s）") % {"name": name, "studio": of.studio.name}
