"""The tables of studios, a file for each side of their life."""

from .rosters import Roster, RosterState
from .studio import Appointment, Kind, Online, Reception, Slot, State, Studio, Weekday

__all__ = [
    "Appointment",
    "Kind",
    "Online",
    "Reception",
    "Roster",
    "RosterState",
    "Slot",
    "State",
    "Studio",
    "Weekday",
]
