"""A proposal with its signers and what was said of it; how departments handle and answer it."""

from .handling import Answer, Contact, Handling, Phase, Review, Task, Urging
from .letter import Letter
from .proposal import Filed, Kind, Note, Proposal, State, Version
from .session import Session
from .signing import Rating, Signature

__all__ = [
    "Answer",
    "Contact",
    "Filed",
    "Handling",
    "Kind",
    "Letter",
    "Note",
    "Phase",
    "Proposal",
    "Rating",
    "Review",
    "Session",
    "Signature",
    "State",
    "Task",
    "Urging",
    "Version",
]
