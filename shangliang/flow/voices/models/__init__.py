"""Voices, what is kept beside them, and the forms on paper that they may come on."""

from ..lists import Answerer, Refusal, Rung
from ..scales import Attitude, Judgement, Later, Result
from .desk import Batch, Deed, Edition, Keeping, Note, SavedFilter, SecondLook, Template
from .printed import PaperForm
from .ties import FollowUp, Merging, Support
from .voice import (
    Answer,
    Assignment,
    Channel,
    Deadline,
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
    "State",
    "Support",
    "Template",
    "Verdict",
    "Voice",
]
