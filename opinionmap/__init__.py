"""民意图谱的数学：谁和谁想得相近，大家都同意什么。Votes in, groups and common ground out.

    from opinionmap import Conversation

    talk = Conversation([("ann", "s1", 1), ("bob", "s1", -1)])
    found = talk.map()

Numpy only. README.md beside this file has every formula with its source.
"""

from . import threads  # before numpy is loaded: how many threads it takes is read when it loads

threads.pin()

from .ballots import Ballots, TooLarge  # noqa: E402
from .conversation import Conversation  # noqa: E402
from .maps import LeftOut, Map  # noqa: E402
from .patterns import Burst, Patterns, Same, patterns  # noqa: E402
from .public import published  # noqa: E402
from .settings import Rejected, Settings  # noqa: E402
from .standing import AGREE, DISAGREE, Consensus, Held, Spoken  # noqa: E402
from .state import State  # noqa: E402

__version__ = "1.0"
__all__ = [
    "AGREE", "DISAGREE", "Ballots", "Burst", "Consensus", "Conversation", "Held", "LeftOut", "Map",
    "Patterns", "Rejected", "Same", "Settings", "Spoken", "State", "TooLarge", "patterns", "published",
]  # fmt: skip
