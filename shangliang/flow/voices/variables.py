"""What a common answer may leave open: {编号} {工作室} …, filled in for each voice. Nothing of what somebody
said or left is among them: an answer lies in clear, and others may read it."""

import re
from collections.abc import Callable

from shangliang.base import clock
from shangliang.base.ui.filters import day as long_day

from .models import State, Voice

NAMED = re.compile(r"[{｛]\s*([^{}｛｝\n]{1,20}?)\s*[}｝]")


def _office(voice: Voice) -> str:
    return (voice.upper if voice.state == State.SENT_UP and voice.upper else voice.committee).office


VARIABLES: dict[str, Callable[[Voice], str]] = {
    "编号": lambda voice: voice.number,
    "工作室": lambda voice: voice.studio.name,
    "委员会": _office,
    "日期": lambda voice: long_day(clock.today()),
    "留言日期": lambda voice: long_day(clock.local_day(voice.left_at)),
}


def unknown(words: str) -> list[str]:
    """The names in braces that are none of the variables, each once, in order."""
    return list(dict.fromkeys(name for name in NAMED.findall(words) if name not in VARIABLES))


def filled(words: str, voice: Voice) -> str:
    """The words with every variable in its place; what is none stands as it was."""
    return NAMED.sub(lambda found: VARIABLES[found[1]](voice) if found[1] in VARIABLES else found[0], words)
