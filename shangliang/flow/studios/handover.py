"""What lies open in a studio when it stops: whoever keeps such matters says how many there are, and hands
them to another studio.

Studios stand first in the flow and know nothing of what residents say there; the packages after them
register."""

from collections.abc import Callable
from dataclasses import dataclass

from shangliang.base.people.actor import Actor

from .models import Studio


@dataclass(frozen=True)
class Keeper:
    """`count`: how many matters of a studio are open. `hand`: gives them to another one, each by an act
    of its own, and says how many."""

    count: Callable[[Studio], int]
    hand: Callable[[Studio, Studio, Actor], int]


_keepers: dict[str, Keeper] = {}


def register(name: str, keeper: Keeper) -> None:
    _keepers[name] = keeper


def open_matters(studio: Studio) -> int:
    """How many open matters lie in a studio."""
    return sum(keeper.count(studio) for keeper in _keepers.values())


def hand_over(studio: Studio, to: Studio, *, by: Actor) -> int:
    """Give every open matter of a studio to another; how many. In the transaction of the change it is for."""
    return sum(keeper.hand(studio, to, by) for keeper in _keepers.values())
