"""Finding Chinese texts by any two characters, and texts that say the same (查找). Knows no process.

What is shown to the public is indexed in clear; what is not, by keyed tokens (`private=True`), which tell
only that two texts share a word. Who may see a hit is not decided here: every question takes the reader's
own `rows`.

    search.put("voice", voice.pk, voice.words, committee.path, private=True)
    items, following = search.newest("voice", "路灯", queries.visible_to(actor), scope="610482")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from . import kinds

if TYPE_CHECKING:
    from .actions import drop, put, rebuild
    from .queries import MOST, Match, count, newest, shared_words, similar

__all__ = ["MOST", "Match", "count", "drop", "kinds", "newest", "put", "rebuild", "shared_words", "similar"]


def __getattr__(name: str) -> Any:
    """Late, because a package may not touch its tables while Django is still gathering them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    room = "actions" if name in {"drop", "put", "rebuild"} else "queries"
    return getattr(import_module(f"{__name__}.{room}"), name)
