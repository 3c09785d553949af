"""Voices, what is kept beside them, and the forms on paper that they may come on."""

from ..lists import Answerer, Refusal, Rung
from ..scales import Attitude, Judgement, Later, Result
from .asked import Assignment, Deadline
from .desk import Batch, Deed, Edition, Keeping, Note, SavedFilter, SecondLook, Template
from .helped import Assistance, Settling
from .pictures import ShownPhoto
from .printed import PaperForm
from .ties import FollowUp, Merging, Support
from .voice import (
    Answer,
    Channel,
    Kind,
    Line,
    Progress,
    Remark,
    State,
    Verdict,
    Voice,
)

__all__ = [
    "Answer",
    "Answerer",
    "Assignment",
    "Assistance",
    "Attitude",
    "Batch",
    "Channel",
    "Deadline",
    "Deed",
    "Edition",
    "FollowUp",
    "Judgement",
    "Keeping",
    "Kind",
    "Later",
    "Line",
    "Merging",
    "Note",
    "PaperForm",
    "Progress",
    "Refusal",
    "Remark",
    "Result",
    "Rung",
    "SavedFilter",
    "SecondLook",
    "Settling",
    "ShownPhoto",
    "State",
    "Support",
    "Template",
    "Verdict",
    "Voice",
]
