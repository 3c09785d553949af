"""What may be chosen, with the published algorithm's values as defaults."""

from dataclasses import dataclass
from enum import StrEnum

LEAST_VOTES = 7
LEAST_PEOPLE = 15
LEAST_GROUP = 5
LEAST_CELL = 5
MOST_GROUPS = 5
ROUNDS = 4
LISTED = 5


class Rejected(StrEnum):
    """What rejected statements do to the map."""

    ZERO = "zero"
    """Their votes count as 0 for everybody, and they stay in the number of statements: the published way."""
    DROP = "drop"
    """They are left out, as if they had never been asked."""


@dataclass(frozen=True)
class Settings:
    """How a map is made.

    rejected: see `Rejected`. strict: only accepted statements count (strict moderation); statements that
    nobody has moderated yet are then treated like rejected ones. least_votes: votes of a person to be placed
    in a group (7 or all statements, whichever is less). least_people: persons with so many votes for there to
    be groups at all. least_group: smaller groups join the nearest one. most_groups: the most groups tried.
    rounds: how often in a row another number of groups must fit best before it is shown. ValueError for a
    value that makes no sense.
    """

    rejected: Rejected = Rejected.ZERO
    strict: bool = False
    least_votes: int = LEAST_VOTES
    least_people: int = LEAST_PEOPLE
    least_group: int = LEAST_GROUP
    most_groups: int = MOST_GROUPS
    rounds: int = ROUNDS

    def __post_init__(self) -> None:
        object.__setattr__(self, "rejected", Rejected(self.rejected))
        if min(self.least_votes, self.least_group, self.rounds) < 1 or self.most_groups < 2:
            raise ValueError("least_votes, least_group and rounds are at least 1, most_groups at least 2")
        if self.least_people < 2:
            raise ValueError("least_people is at least 2")
