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
from .helping import (
    end_assistance,
    expire_assistances,
    refuse_assisted,
    settle_different,
    settle_same,
    start_assistance,
)
from .later import ask_later, change_verdict, follow_up, set_follow_up
from .leaving import leave, record_told
from .looking import appeal, dismiss, mend, reckon_again, reveal_phone, show, uphold, withhold
from .merging import agree_merge, decline_merge, propose_merge, unmerge
from .moving import hand_over
from .owning import agree, correct_phone
from .printing import print_forms
from .sharing import call_in, call_off, extend_part, give_opinion, return_part
from .supporting import support, withdraw_support
from .telling import confirm, judge_not, judge_partly, reopen, reply, say
from .urging import climb, remind, urge
from .withdrawing import make_private, withdraw

__all__ = [
    "agree",
    "agree_merge",
    "answer",
    "answer_from_consultation",
    "appeal",
    "ask_later",
    "assign",
    "call_in",
    "call_off",
    "change_verdict",
    "climb",
    "confirm",
    "correct_phone",
    "decline_merge",
    "dismiss",
    "end_assistance",
    "erase",
    "expire_assistances",
    "extend",
    "extend_part",
    "follow_up",
    "forget",
    "give_back",
    "give_opinion",
    "hand_over",
    "judge_not",
    "judge_partly",
    "leave",
    "make_private",
    "mend",
    "print_forms",
    "propose_merge",
    "raise_",
    "reckon_again",
    "reconsider",
    "record_told",
    "refuse",
    "refuse_assisted",
    "remind",
    "reopen",
    "reply",
    "report_done",
    "report_done_from_consultation",
    "report_progress",
    "return_part",
    "reveal_phone",
    "say",
    "send_back",
    "send_down",
    "send_up",
    "set_follow_up",
    "settle_different",
    "settle_same",
    "show",
    "start_assistance",
    "support",
    "take_up",
    "unmerge",
    "uphold",
    "urge",
    "withdraw",
    "withdraw_support",
    "withhold",
]
