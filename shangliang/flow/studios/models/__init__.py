"""The tables of studios, a file for each side of their life."""

from .bookings import HOLDING, Booking, BookingState, Duty
from .rosters import Roster, RosterState
from .studio import Appointment, Kind, Online, Reception, Slot, State, Studio, Weekday

__all__ = [
    "HOLDING",
    "Appointment",
    "Booking",
    "BookingState",
    "Duty",
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
