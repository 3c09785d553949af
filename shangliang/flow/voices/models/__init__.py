"""Voices, what is kept beside them, and the forms on paper that they may come on."""

from ..scales import Later
from .printed import PaperForm
from .ties import FollowUp, Merging, Support
from .voice import (
    Answer,
    Answerer,
    Assignment,
    Attitude,
    Channel,
    Deadline,
    Judgement,
    Kind,
    Line,
    Progress,
    Refusal,
    Remark,
    Result,
    Rung,
    State,
    Verdict,
    Voice,
)

__all__ = [
    "Answer",
    "Answerer",
    "Assignment",
    "Attitude",
    "Channel",
    "Deadline",
    "FollowUp",
    "Judgement",
    "Kind",
    "Later",
    "Line",
    "Merging",
    "PaperForm",
    "Progress",
    "Refusal",
    "Remark",
    "Result",
    "Rung",
    "State",
    "Support",
    "Verdict",
    "Voice",
]
