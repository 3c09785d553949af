"""The tables of studios, a file for each side of their life."""

from .bookings import HOLDING, Booking, BookingState, Duty
from .going import Application, Decision
from .rosters import Roster, RosterState
from .standards import Inspection, InspectionState, Mark, OwnList, Standing
from .studio import Appointment, Kind, Online, Reception, Slot, State, Studio, Weekday
from .tasks import TaskRecord, TaskSheet

__all__ = [
    "HOLDING",
    "Application",
    "Appointment",
    "Booking",
    "BookingState",
    "Decision",
    "Duty",
    "Inspection",
    "InspectionState",
    "Kind",
    "Mark",
    "Online",
    "OwnList",
    "Reception",
    "Roster",
    "RosterState",
    "Slot",
    "Standing",
    "State",
    "Studio",
    "TaskRecord",
    "TaskSheet",
    "Weekday",
]
