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
from .moves import (
    apply,
    approve,
    close,
    edit,
    open_studio,
    plan,
    refuse,
    resume,
    set_timetable,
    suspend,
    take_offline,
)
from .receptions import hold_reception
from .rosters import read_roster, take_roster
from .rosters import template as roster_template
from .seats import appoint, find_member, release, station, station_csv
from .standards import choose_standards, inspect, mark, put_right

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
    "erase_booking",
    "find_member",
    "forget",
    "hold_reception",
    "inspect",
    "mark",
    "miss",
    "open_studio",
    "plan",
    "put_right",
    "read_roster",
    "refuse",
    "release",
    "resume",
    "reveal_phone",
    "roster_template",
    "set_duty",
    "set_timetable",
    "station",
    "station_csv",
    "suspend",
    "take_offline",
    "take_roster",
    "tell",
    "walk_in",
]
