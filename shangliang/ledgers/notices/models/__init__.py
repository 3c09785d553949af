"""The book of notices, what goes out, and who wants it."""

from .book import Letter, LetterState, Looked, Notice, Recorded, Telling, Untold
from .receivers import How, Mailbox, Subscriber, Subscription, What, Wish

__all__ = [
    "How",
    "Letter",
    "LetterState",
    "Looked",
    "Mailbox",
    "Notice",
    "Recorded",
    "Subscriber",
    "Subscription",
    "Telling",
    "Untold",
    "What",
    "Wish",
]
