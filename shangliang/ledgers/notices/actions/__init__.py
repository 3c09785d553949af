"""Posting, spreading, sending, and what readers choose."""

from .choosing import choose, looked, mark_read
from .erasing import forget
from .posting import post, repost
from .sending import deliver
from .subscribing import (
    ask_mailbox,
    ask_subscription,
    confirm,
    drop_mailbox,
    drop_subscription,
    set_how,
    stop,
    sweep_unconfirmed,
)

__all__ = [
    "ask_mailbox",
    "ask_subscription",
    "choose",
    "confirm",
    "deliver",
    "drop_mailbox",
    "drop_subscription",
    "forget",
    "looked",
    "mark_read",
    "post",
    "repost",
    "set_how",
    "stop",
    "sweep_unconfirmed",
]
