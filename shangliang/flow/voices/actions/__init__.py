"""Everything that changes a voice. A refused move raises Unseen, NotYours or NotNow; a fault in what was
written a ValidationError with the form's field."""

from .consulting import answer_from_consultation, give_back, raise_, report_done_from_consultation
from .erasing import erase, forget
from .handling import (
    answer,
    assign,
    extend,
    reconsider,
    refuse,
    report_done,
    report_progress,
    send_back,
    send_down,
    send_up,
    take_up,
)
from .leaving import leave, record_told
from .looking import appeal, dismiss, mend, reckon_again, reveal_phone, show, uphold, withhold
from .owning import agree, correct_phone
from .printing import print_forms
from .telling import confirm, judge_not, judge_partly, reopen, reply, say
from .urging import climb, remind, urge

__all__ = [
    "agree",
    "answer",
    "answer_from_consultation",
    "appeal",
    "assign",
    "climb",
    "confirm",
    "correct_phone",
    "dismiss",
    "erase",
    "extend",
    "forget",
    "give_back",
    "judge_not",
    "judge_partly",
    "leave",
    "mend",
    "print_forms",
    "raise_",
    "reckon_again",
    "reconsider",
    "record_told",
    "refuse",
    "remind",
    "reopen",
    "reply",
    "report_done",
    "report_done_from_consultation",
    "report_progress",
    "reveal_phone",
    "say",
    "send_back",
    "send_down",
    "send_up",
    "show",
    "take_up",
    "uphold",
    "urge",
    "withhold",
]
