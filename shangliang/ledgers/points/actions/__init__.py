"""Everything that changes points: posting, the choice of a tariff, objections and their answers, closings. A
refused move raises Unseen, NotYours or NotNow; a fault in what was written a ValidationError."""

from .choosing import choose_tariff, read
from .closing import close
from .objecting import dismiss, forget, object_, uphold, withdraw
from .posting import post, repost

__all__ = [
    "choose_tariff",
    "close",
    "dismiss",
    "forget",
    "object_",
    "post",
    "read",
    "repost",
    "uphold",
    "withdraw",
]
