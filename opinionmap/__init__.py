"""民意图谱的数学：谁和谁想得相近，大家都同意什么。Votes in, groups and common ground out.

    from opinionmap import Conversation

    talk = Conversation([("ann", "s1", 1), ("bob", "s1", -1)])
    found = talk.map()

Numpy only. README.md beside this file has every formula with its source.
"""

from . import threads  # first: it pins numpy's threads, whose number is read when numpy loads
from .ballots import Ballots, TooLarge
from .conversation import Conversation
from .maps import LeftOut, Map
from .patterns import Burst, Patterns, Same, patterns
from .public import published
from .settings import Rejected, Settings
from .standing import AGREE, DISAGREE, Consensus, Held, Spoken
from .state import State

__version__ = "1.0"
__all__ = [
    "AGREE", "DISAGREE", "Ballots", "Burst", "Consensus", "Conversation", "Held", "LeftOut", "Map",
    "Patterns", "Rejected", "Same", "Settings", "Spoken", "State", "TooLarge", "patterns", "published",
    "threads",
]  # fmt: skip
