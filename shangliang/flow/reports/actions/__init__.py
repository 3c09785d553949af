"""Everything that changes an opinion report or issues a bulletin. A refused move raises Unseen, NotYours or
NotNow; a fault in what was written a ValidationError with the form's field."""

from .erasing import forget, forget_quoted
from .issuing import issue
from .outcomes import adopt, endorse, feed_back, note_reply, refer, reply
from .reviewing import check, edit, hold_back, keep, pass_on, return_, sign
from .writing import Draft, begin, draft, readdress, redraft, send, withdraw

__all__ = [
    "Draft",
    "adopt",
    "begin",
    "check",
    "draft",
    "edit",
    "endorse",
    "feed_back",
    "forget",
    "forget_quoted",
    "hold_back",
    "issue",
    "keep",
    "note_reply",
    "pass_on",
    "readdress",
    "redraft",
    "refer",
    "reply",
    "return_",
    "send",
    "sign",
    "withdraw",
]
