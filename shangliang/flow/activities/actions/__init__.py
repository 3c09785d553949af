"""Everything that changes an activity or a member's part in it. A refused move raises Unseen, NotYours or
NotNow; a fault in what was written a ValidationError with the form's field."""

from .arriving import arrive, tick
from .correcting import add, strike
from .covering import cover, uncover
from .erasing import forget
from .joining import ask_leave, invite, sign_up, study
from .planning import Plan, announce, begin_series, cancel, change, plan, set_rules
from .publishing import close, draft, publish, take_down
from .recording import Record, mend, record_afterwards, record_held

__all__ = [
    "Plan",
    "Record",
    "add",
    "announce",
    "arrive",
    "ask_leave",
    "begin_series",
    "cancel",
    "change",
    "close",
    "cover",
    "draft",
    "forget",
    "invite",
    "mend",
    "plan",
    "publish",
    "record_afterwards",
    "record_held",
    "set_rules",
    "sign_up",
    "strike",
    "study",
    "take_down",
    "tick",
    "uncover",
]
