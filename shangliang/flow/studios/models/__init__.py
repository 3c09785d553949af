"""The tables of studios, a file for each side of their life."""

from .bookings import HOLDING, Booking, BookingState, Duty
from .rosters import Roster, RosterState
from .standards import Inspection, InspectionState, Mark, Standing
from .studio import Appointment, Kind, Online, Reception, Slot, State, Studio, Weekday

__all__ = [
    "HOLDING",
    "Appointment",
    "Booking",
    "BookingState",
    "Duty",
    "Inspection",
    "InspectionState",
    "Kind",
    "Mark",
    "Online",
    "Reception",
    "Roster",
    "RosterState",
    "Slot",
    "Standing",
    "State",
    "Studio",
    "Weekday",
]
