"""What Python itself is told, so that pages cost less (docs/adr/0050)."""

import gc
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")
# In words of eight bytes: a little over a quarter of a megabyte, so that half a megabyte is taken and as much
# as the frame itself has is left for the frames of all that it calls.
FRAME = 1 << 15
YOUNG = 20_000  # objects that are more than before, when the collector looks through the new ones


def roomy(call: Callable[P, R]) -> Callable[P, R]:
    """The same, called from a frame that is as large as those of everything it calls together.

    CPython 3.11 and later keep frames in pieces of 16 kB and give a piece back as soon as the first frame in
    it returns. A loop that stands at the end of one asks the system for memory, and returns it, at every
    turn: forty times a page. A large frame takes a large piece, once."""

    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        return call(*args, **kwargs)

    wide = cast(Any, inside)
    wide.__code__ = wide.__code__.replace(co_stacksize=FRAME)
    return inside


def settle() -> None:
    """What is loaded by now stays as long as the process: the collector need not go through it again, and
    need not look for circles after every few hundred objects, of which a page makes ten thousand."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG)
