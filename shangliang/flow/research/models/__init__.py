"""A research report or a supervision by study, and what became of it."""

from .outcome import Addressee, Advice, Correction, Endorsement, Outcome, Said, Whom
from .research import OUT, Joined, Kind, Note, Paper, Research, State, Teammate, Text, Version, Visit

__all__ = [
    "OUT",
    "Addressee",
    "Advice",
    "Correction",
    "Endorsement",
    "Joined",
    "Kind",
    "Note",
    "Outcome",
    "Paper",
    "Research",
    "Said",
    "State",
    "Teammate",
    "Text",
    "Version",
    "Visit",
    "Whom",
]
