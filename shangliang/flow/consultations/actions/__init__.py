"""Every change of a consultation: the topic, its posts, its recommendations, its founding voices."""

from .erasing import forget, own
from .posts import (
    appeal_post,
    dismiss_post,
    enter,
    leave_post,
    mend_post,
    print_door_codes,
    show_post,
    uphold_post,
    withhold_post,
)
from .reckoning import reckon_again
from .recommendations import answer, extend, judge, report_done, report_progress, send_again, send_back
from .topics import (
    Draft,
    decline,
    finish,
    hold_meeting,
    minute,
    open_topic,
    raise_as_leader,
    raise_as_member,
    raise_from_voices,
    raise_on_paper,
    send,
)

__all__ = [
    "Draft",
    "answer",
    "appeal_post",
    "decline",
    "dismiss_post",
    "enter",
    "extend",
    "finish",
    "forget",
    "hold_meeting",
    "judge",
    "leave_post",
    "mend_post",
    "minute",
    "open_topic",
    "own",
    "print_door_codes",
    "raise_as_leader",
    "raise_as_member",
    "raise_from_voices",
    "raise_on_paper",
    "reckon_again",
    "report_done",
    "report_progress",
    "send",
    "send_again",
    "send_back",
    "show_post",
    "uphold_post",
    "withhold_post",
]
