"""Everything that changes a proposal, a signature or a department's part of it. A refused move raises Unseen,
NotYours or NotNow; a fault in what was written a ValidationError with the form's field."""

from .answering import answer, draft_answer, hold_back, pass_, review
from .assigning import add, assign, contact, countersign, extend, opine, send_back
from .choosing import announce, deliberate, drop, nominate, shortlist
from .erasing import forget
from .passing import reply_letter, write_letter
from .rating import Said, rate, refuse_rating, wait_no_more
from .reviewing import Looked, check, file, look_again, mark_key, merge, recheck, refuse, return_
from .sessions import enter_session, strike_session
from .signing import call_off, decline, invite, seal, sign, take_back
from .urging import urge, urge_letter
from .writing import Draft, draft, readdress, redraft, send, withdraw

__all__ = [
    "Draft",
    "Looked",
    "Said",
    "add",
    "announce",
    "answer",
    "assign",
    "call_off",
    "check",
    "contact",
    "countersign",
    "decline",
    "deliberate",
    "draft",
    "draft_answer",
    "drop",
    "enter_session",
    "extend",
    "file",
    "forget",
    "hold_back",
    "invite",
    "look_again",
    "mark_key",
    "merge",
    "nominate",
    "opine",
    "pass_",
    "rate",
    "readdress",
    "recheck",
    "redraft",
    "refuse",
    "refuse_rating",
    "reply_letter",
    "return_",
    "review",
    "seal",
    "send",
    "send_back",
    "shortlist",
    "sign",
    "strike_session",
    "take_back",
    "urge",
    "urge_letter",
    "wait_no_more",
    "withdraw",
    "write_letter",
]
