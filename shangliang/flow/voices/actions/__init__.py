"""Everything that changes a voice. A refused move raises Unseen, NotYours or NotNow; a fault in what was
written a ValidationError with the form's field."""

from .batches import (
    NotAll,
    Through,
    carry_out,
    look_again,
    looked_through,
    prepare_batch,
    rewrite_batch,
)
from .consulting import (
    answer_from_consultation,
    give_back,
    raise_,
    report_done_from_consultation,
    tell_taken,
)
from .erasing import erase, forget
from .filters import delete_filter, rename_filter, save_filter
from .handling import (
    answer,
    assign,
    extend,
    move_promise,
    reconsider,
    refuse,
    report_done,
    report_progress,
    return_to_office,
    send_back,
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
from .keeping import hand_over
from .later import ask_later, change_verdict, follow_up, reopen_after_all, set_follow_up
from .leaving import leave, record_told
from .looking import (
    appeal,
    dismiss,
    keep_shown,
    mend,
    reckon_again,
    remind_of_appeals,
    report,
    reveal_phone,
    show,
    uphold,
    withhold,
)
from .merging import agree_merge, decline_merge, propose_merge, unmerge
from .moving import change_studio
from .noting import note, strike_note
from .owning import agree, correct_phone
from .passing import pass_down, return_across, return_down, send_down, send_up
from .printing import print_forms
from .second_look import hold_back, let_through, retract
from .sharing import call_in, call_off, extend_part, give_opinion, return_part
from .showing import hide_photo, show_photo
from .sorting import set_topic
from .supporting import support, withdraw_support
from .telling import confirm, judge_not, judge_partly, reopen, reply, say
from .templates import change_template, drop_template, make_template
from .urging import climb, remind, urge
from .withdrawing import make_private, withdraw

__all__ = [
    "NotAll",
    "Through",
    "agree",
    "agree_merge",
    "answer",
    "answer_from_consultation",
    "appeal",
    "ask_later",
    "assign",
    "call_in",
    "call_off",
    "carry_out",
    "change_studio",
    "change_template",
    "change_verdict",
    "climb",
    "confirm",
    "correct_phone",
    "decline_merge",
    "delete_filter",
    "dismiss",
    "drop_template",
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
    "hide_photo",
    "hold_back",
    "judge_not",
    "judge_partly",
    "keep_shown",
    "leave",
    "let_through",
    "look_again",
    "looked_through",
    "make_private",
    "make_template",
    "mend",
    "move_promise",
    "note",
    "pass_down",
    "prepare_batch",
    "print_forms",
    "propose_merge",
    "raise_",
    "reckon_again",
    "reconsider",
    "record_told",
    "refuse",
    "refuse_assisted",
    "remind",
    "remind_of_appeals",
    "rename_filter",
    "reopen",
    "reopen_after_all",
    "reply",
    "report",
    "report_done",
    "report_done_from_consultation",
    "report_progress",
    "retract",
    "return_across",
    "return_down",
    "return_part",
    "return_to_office",
    "reveal_phone",
    "rewrite_batch",
    "save_filter",
    "say",
    "send_back",
    "send_down",
    "send_up",
    "set_follow_up",
    "set_topic",
    "settle_different",
    "settle_same",
    "show",
    "show_photo",
    "start_assistance",
    "strike_note",
    "support",
    "take_up",
    "tell_taken",
    "unmerge",
    "uphold",
    "urge",
    "withdraw",
    "withdraw_support",
    "withhold",
]
