"""Every change of a studio, one function each, keyword `by=`; each writes one act."""

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

__all__ = [
    "apply",
    "appoint",
    "approve",
    "close",
    "edit",
    "find_member",
    "hold_reception",
    "open_studio",
    "plan",
    "read_roster",
    "refuse",
    "release",
    "resume",
    "roster_template",
    "set_timetable",
    "station",
    "station_csv",
    "suspend",
    "take_offline",
    "take_roster",
]
