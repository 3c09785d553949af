"""意见图谱的数学：谁和谁想得相近，大家都同意什么。Votes in, groups and common ground out; numpy only, nothing of the platform.

    from opinionmap import Conversation
    talk = Conversation([("ann", "s1", 1), ("bob", "s1", -1), …])
    found = talk.map()

See README.md beside this file for every formula with its source.
"""

from . import threads  # before numpy is loaded: how many threads it takes is read when it loads

threads.pin()

from .ballots import Ballots, TooLarge  # noqa: E402
from .conversation import Conversation  # noqa: E402
from .maps import LeftOut, Map  # noqa: E402
from .settings import Rejected, Settings  # noqa: E402
from .standing import AGREE, DISAGREE, Consensus, Held, Spoken  # noqa: E402
from .state import State  # noqa: E402

__version__ = "1.0"
__all__ = [
    "AGREE", "DISAGREE", "Ballots", "Consensus", "Conversation", "Held", "LeftOut", "Map", "Rejected",
]  # fmt: skip
