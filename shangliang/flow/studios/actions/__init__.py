"""Every change of a studio, one function each, keyword `by=`; each writes one act."""

from .bookings import (
    book,
    call_off,
    cancel,
    come,
    erase_booking,
    forget,
    miss,
    reveal_phone,
    set_duty,
    tell,
    walk_in,
)
from .ending import close, resume, suspend
from .going import apply, approve, recheck, refuse, take_offline, tell_rechecks
from .moves import edit, end_model, make_model, open_studio, plan, set_timetable
from .receptions import hold_reception
from .rosters import read_roster, take_roster
from .rosters import template as roster_template
from .seats import appoint, find_member, release, station
from .standards import choose_standards, inspect, mark, put_right, write_standards
from .tasks import record_task, set_task_sheet, strike_task
from .towns import enter_town

__all__ = [
    "apply",
    "appoint",
    "approve",
    "book",
    "call_off",
    "cancel",
    "choose_standards",
    "close",
    "come",
    "edit",
    "end_model",
    "enter_town",
    "erase_booking",
    "find_member",
    "forget",
    "hold_reception",
    "inspect",
    "make_model",
    "mark",
    "miss",
    "open_studio",
    "plan",
    "put_right",
    "read_roster",
    "recheck",
    "record_task",
    "refuse",
    "release",
    "resume",
    "reveal_phone",
    "roster_template",
    "set_duty",
    "set_task_sheet",
    "set_timetable",
    "station",
    "strike_task",
    "suspend",
    "take_offline",
    "take_roster",
    "tell",
    "tell_rechecks",
    "walk_in",
    "write_standards",
]
